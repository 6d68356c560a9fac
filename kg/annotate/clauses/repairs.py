"""Mend what the small parser gets wrong in the same way again and again, before anything reads the tree.

one; two           two sentences joined by a semicolon, which it calls a complement: ``juxtaposed``
sold Mali drones   two objects behind a verb of giving: the first is the one given to
said A had done …, and urged B    a simple past behind a past perfect goes with the verb of speech
said in a letter that A left      what is said hangs on "said", not on the letter
barred from running by A          the doer of a passive, which it hangs on the gerund below
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.annotate.names.nouns import words as words_of

__all__ = ["repair"]

_CARRYING = frozenset({"in", "at", "on", "during", "to", "via", "by"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_INSIDE = frozenset({"det", "amod", "compound", "nummod", "nmod", "quantmod", "poss", "advmod", "case", "punct"})


def repair(words: Sequence[str], lemmas: Sequence[str], tags: Sequence[str], deps: list[str], heads: list[int]) -> None:
    """Change ``deps`` and ``heads`` of a document's tokens in place; words and lemmas are lower-case."""
    for i, dep in enumerate(deps):
        if dep == "ccomp" and _is_juxtaposed(words, deps, heads, i):
            deps[i] = "juxtaposed"
        elif dep == "dobj" and heads[i] < i and lemmas[heads[i]] in words_of("giving_verbs"):
            _part_objects(deps, heads, i)
        elif dep == "conj" and tags[i] == "VBD" and tags[heads[i]] == "VBN":
            _lift(words, tags, deps, heads, i)
        elif dep in {"acl", "relcl", "ccomp"} and tags[heads[i]] == "NN" and tags[i][:2] in {"VB", "MD"}:
            _hang_on_speech(words, lemmas, deps, heads, i)
        elif dep in {"agent", "prep"} and words[i] == "by" and tags[heads[i]] == "VBG":
            _raise_doer(words, deps, heads, i)


def _is_juxtaposed(words: Sequence[str], deps: Sequence[str], heads: Sequence[int], i: int) -> bool:
    """Tell a sentence before a semicolon from a complement: the mark hangs on the verb behind it."""
    head = heads[i]
    between = range(i + 1, head) if i < head else range(head + 1, i)
    return any(words[j] == ";" and not _leads_to(heads, j, i) for j in between)


def _part_objects(deps: list[str], heads: Sequence[int], i: int) -> None:
    """Make a dative of an object right behind which the second one of the same verb begins."""
    verb = heads[i]
    second = next((j for j in range(i + 1, min(i + 8, len(deps))) if deps[j] == "dobj" and heads[j] == verb), None)
    if second is None:
        return
    if all(deps[j] in _INSIDE and _leads_to(heads, j, second) for j in range(i + 1, second)):
        deps[i] = "dative"


def _leads_to(heads: Sequence[int], i: int, to: int) -> bool:
    for _ in range(4):
        if heads[i] == to:
            return True
        i = heads[i]
    return False


def _lift(words: Sequence[str], tags: Sequence[str], deps: Sequence[str], heads: list[int], i: int) -> None:
    """Hang "… and urged" on "said" where the first verb of the list is in the past perfect and the subject the same."""
    first = heads[i]
    while deps[first] == "conj" and tags[heads[first]] in {"VBN", "VBD"}:
        first = heads[first]
    said = heads[first]
    if deps[first] != "ccomp" or tags[said] != "VBD" or said > first:
        return
    perfect = any(words[c] == "had" and deps[c] == "aux" and heads[c] == first for c in range(said, first))
    own = any(heads[c] == i and (deps[c] in _SUBJECTS or deps[c] in {"aux", "auxpass"}) for c in range(first, i))
    if perfect and not own:
        heads[i] = said


def _hang_on_speech(words: Sequence[str], lemmas: Sequence[str], deps: list[str], heads: list[int], i: int) -> None:
    """Hang a clause with "that" on the verb of speech above its noun: "said in a letter | that they left"."""
    noun = heads[i]
    prep, marked = heads[noun], any(words[j] == "that" and heads[j] == i and deps[j] == "mark" for j in range(noun, i))
    if deps[noun] != "pobj" or words[prep] not in _CARRYING or not marked:
        return
    verb = heads[prep]
    free = not any(heads[j] == verb and deps[j] == "ccomp" for j in range(len(heads)))
    if lemmas[verb] in words_of("reporting_verbs") and verb < prep and free:
        heads[i], deps[i] = verb, "ccomp"


def _raise_doer(words: Sequence[str], deps: Sequence[str], heads: list[int], i: int) -> None:
    """Hang "by A" on the passive verb above "from" and a gerund: "barred from running | by A"."""
    gerund = heads[i]
    prep = heads[gerund]
    if deps[gerund] != "pcomp" or words[prep] not in {"from", "of", "for"}:
        return
    verb = heads[prep]
    passive = any(heads[j] == verb and deps[j] in {"auxpass", "nsubjpass"} for j in range(max(0, verb - 12), verb))
    being = any(heads[j] == gerund and deps[j] == "auxpass" for j in range(prep, gerund))
    if passive and not being:
        heads[i] = verb
