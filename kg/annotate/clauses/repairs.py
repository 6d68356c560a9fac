"""Mend what the small parser gets wrong in the same way again and again, before anything reads the tree.

one; two                          two sentences, of which it calls one a complement: ``juxtaposed``
sold Mali drones                  two objects behind a verb of giving: the first is the one given to
sold Peru gas                     the same, read as one phrase
said A had done …, and urged B    a simple past behind a past perfect goes with the verb of speech
asked A to go and promised B      a simple past behind an infinitive or gerund goes with the verb that governs that
said in a letter that A left      what is said hangs on "said", not on the letter
barred from running by A          the doer of a passive, which it hangs on the gerund below
accused the aide, A, of lying     of what somebody is accused hangs on the verb
pressed A to stop buying          who is pressed is who stops
called it "a great day"           what something is called
X, the head of the Y party, who   "who" means X, not the party
an award of 3%, which             "which" means the award
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.annotate.names.nouns import words as words_of

__all__ = ["Parse", "repair"]

_CALLING = frozenset({"call", "dub", "brand", "label", "deem", "name"})
_HANDING = frozenset({"sell", "give", "lend", "offer", "pay", "grant", "promise", "owe", "send"})
_QUOTES = frozenset({'"', "“", "‘", "'", "``"})
_CHARGING = frozenset({"accuse", "suspect", "convict", "acquit"})
_CARRYING = frozenset({"in", "at", "on", "during", "to", "via", "by"})
_NOBODY = frozenset({"ORG", "GPE", "LOC", "FAC", "NORP", "LAW", "PRODUCT", "EVENT"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_INSIDE = frozenset({"det", "amod", "compound", "nummod", "nmod", "quantmod", "poss", "advmod", "case", "punct"})
_PHRASAL = frozenset({"pobj", "prep", "appos", "compound", "nmod", "poss"})
_VERBAL = frozenset({"VBN", "VBD", "VBG"})


@dataclass(frozen=True, slots=True)
class Parse:
    """A document's tokens as lists; words and lemmas are lower-case, ``ents`` spaCy's entity types or empty."""

    words: Sequence[str]
    lemmas: Sequence[str]
    tags: Sequence[str]
    ents: Sequence[str]
    deps: list[str]
    heads: list[int]

    def hanging(self, head: int, start: int, end: int, *deps: str) -> list[int]:
        """Return the tokens in a range that hang on ``head`` by one of the labels, in text order."""
        return [i for i in range(start, end) if self.heads[i] == head and self.deps[i] in deps]

    def leads_to(self, i: int, to: int) -> bool:
        """Tell whether a token hangs below another, a few steps at most."""
        for _ in range(4):
            if self.heads[i] == to:
                return True
            i = self.heads[i]
        return False


def repair(parse: Parse) -> None:
    """Change labels and heads of a parse in place."""
    deps, tags, heads, lemmas = parse.deps, parse.tags, parse.heads, parse.lemmas
    for i, dep in enumerate(deps):
        head = heads[i]
        if dep == "ccomp" and _is_juxtaposed(parse, i):
            deps[i] = "juxtaposed"
        elif dep == "dobj" and head < i and lemmas[head] in words_of("giving_verbs"):
            _part_objects(parse, i)
        elif dep == "compound" and parse.ents[i] == "GPE" and i and lemmas[i - 1] in _HANDING:
            _part_compound(parse, i)
        elif dep == "conj" and tags[i] == "VBD":
            _place_past(parse, i)
        elif dep == "relcl" and tags[i][:2] in {"VB", "MD"}:
            _find_antecedent(parse, i)
        elif dep == "advcl" and tags[i] == "VB" and lemmas[head] in words_of("control_verbs"):
            _control(parse, i)
        elif dep in {"npadvmod", "appos"} and parse.ents[i] not in {"DATE", "TIME"}:
            _call(parse, i)
        elif dep in {"agent", "prep"} and parse.words[i] == "by" and tags[head] == "VBG":
            _raise_doer(parse, i)
        elif dep == "prep" and parse.words[i] == "of" and deps[head] == "dobj":
            _charge(parse, i)
        if dep in {"acl", "relcl", "ccomp"} and tags[heads[i]] == "NN" and tags[i][:2] in {"VB", "MD"}:
            _hang_on_speech(parse, i)


def _is_juxtaposed(parse: Parse, i: int) -> bool:
    """Tell a sentence before a semicolon from a complement: the mark hangs on the verb behind it."""
    head = parse.heads[i]
    between = range(i + 1, head) if i < head else range(head + 1, i)
    return any(parse.words[j] == ";" and parse.heads[j] in {i, head} for j in between)


def _part_objects(parse: Parse, i: int) -> None:
    """Make a dative of an object right behind which the second one of the same verb begins."""
    second = next(iter(parse.hanging(parse.heads[i], i + 1, min(i + 8, len(parse.deps)), "dobj")), None)
    if second is None:
        return
    if all(parse.deps[j] in _INSIDE and parse.leads_to(j, second) for j in range(i + 1, second)):
        parse.deps[i] = "dative"


def _part_compound(parse: Parse, i: int) -> None:
    """Make a dative of a country that stands between a verb of giving and its bare object: "sold | Peru | gas"."""
    noun = parse.heads[i]
    if (
        noun == i + 1
        and parse.tags[noun] in {"NN", "NNS"}
        and parse.deps[noun] == "dobj"
        and parse.heads[noun] == i - 1
    ):
        parse.heads[i], parse.deps[i] = i - 1, "dative"


def _lift(parse: Parse, i: int) -> None:
    """Hang "… and urged" on the main verb where the first of the list is in another tense below a verb of speech.

    "said they had gone, and urged": on "said"; "left, saying they were going, and urged": on "left".
    """
    heads, deps, tags = parse.heads, parse.deps, parse.tags
    first = heads[i]
    while deps[first] == "conj" and tags[heads[first]] in _VERBAL:
        first = heads[first]
    said = heads[first]
    if deps[first] != "ccomp" or said > first or parse.hanging(i, first, i, "aux", "auxpass", *_SUBJECTS):
        return
    perfect = any(parse.words[c] == "had" for c in parse.hanging(first, said, first, "aux"))
    speaks = parse.lemmas[said] in words_of("reporting_verbs") and parse.lemmas[i] in words_of("addressing_verbs")
    if tags[said] == "VBD" and (perfect or speaks):
        heads[i] = said
    elif tags[said] == "VBG" and deps[said] == "advcl" and tags[heads[said]] == "VBD" and parse.words[i - 2] == ",":
        heads[i] = heads[said]


def _place_past(parse: Parse, i: int) -> None:
    """Hang a simple past of a list where its tense belongs."""
    if not _lifted(parse, i) and parse.tags[parse.heads[i]] in _VERBAL:
        _lift(parse, i)


def _lifted(parse: Parse, i: int) -> bool:
    """Hang a simple past that stands in a list with an infinitive, a gerund or "would go" on the simple past above."""
    heads, deps, tags = parse.heads, parse.deps, parse.tags
    first = heads[i]
    if tags[first] not in {"VB", "VBG"} or parse.hanging(i, first, i, "aux", "auxpass", *_SUBJECTS):
        return False
    above = first
    for _ in range(4):
        if heads[above] == above or deps[above] not in {"xcomp", "ccomp", "pcomp", "prep", "advcl"}:
            return False
        above = heads[above]
        if tags[above] == "VBD":
            break
    if tags[above] != "VBD" or above > first:
        return False
    heads[i] = above
    return True


def _find_antecedent(parse: Parse, i: int) -> None:
    """Hang a relative clause on the person, or the thing measured, that its pronoun means."""
    noun = parse.heads[i]
    pronoun = next((parse.words[c] for c in range(noun + 1, i) if parse.tags[c] in {"WP", "WDT"}), "")
    if pronoun in {"who", "whom"} and parse.ents[noun] in _NOBODY:
        person = _climb(parse, noun, lambda t: parse.ents[t] == "PERSON")
        parse.heads[i] = noun if person is None else person
    elif pronoun == "which" and parse.deps[noun] == "pobj" and _is_measure(parse, noun):
        whole = parse.heads[parse.heads[noun]]
        parse.heads[i] = whole if parse.tags[whole].startswith("NN") else noun


def _is_measure(parse: Parse, i: int) -> bool:
    return parse.tags[i] == "CD" or parse.words[i] in {"%", "percent"}


def _climb(parse: Parse, i: int, fits: Callable[[int], bool]) -> int | None:
    """Return the nearest token above a noun that fits, through phrases and appositions only."""
    for _ in range(6):
        if parse.deps[i] not in _PHRASAL:
            return None
        i = parse.heads[i]
        if fits(i):
            return i
    return None


def _control(parse: Parse, i: int) -> None:
    """Make an infinitive behind "pressed A" the complement that A controls."""
    verb = parse.heads[i]
    objects = parse.hanging(verb, verb + 1, i, "dobj")
    marked = any(parse.words[c] == "to" for c in parse.hanging(i, verb + 1, i, "aux"))
    if objects and marked and not any(w in {",", "so", "order"} for w in parse.words[objects[-1] : i]):
        parse.deps[i] = "xcomp"


def _call(parse: Parse, i: int) -> None:
    """Make a predicate of a noun that follows the object of "called" directly: 'called it | "a great day"'.

    Behind a name it is often read as apposition, which it is not in quotation marks: 'called A | "a dictator"'.
    """
    above = parse.heads[i]
    quoted = parse.deps[i] == "appos" and parse.deps[above] == "dobj" and parse.words[above + 1] in _QUOTES
    verb = parse.heads[above] if quoted else above
    objects = parse.hanging(verb, verb + 1, i, "dobj") if parse.lemmas[verb] in _CALLING else []
    plain = quoted or parse.deps[i] == "npadvmod"
    if plain and objects and parse.tags[i] in {"NN", "NNS", "NNP"} and i - objects[-1] < 10:
        parse.heads[i], parse.deps[i] = verb, "oprd"


def _hang_on_speech(parse: Parse, i: int) -> None:
    """Hang a clause with "that" on the verb of speech above its noun: "said in a letter | that they left"."""
    noun = parse.heads[i]
    prep = parse.heads[noun]
    marked = any(parse.words[j] == "that" for j in parse.hanging(i, noun, i, "mark"))
    if parse.deps[noun] != "pobj" or parse.words[prep] not in _CARRYING or not marked:
        return
    verb = parse.heads[prep]
    free = not parse.hanging(verb, max(0, verb - 60), min(verb + 60, len(parse.deps)), "ccomp")
    if parse.lemmas[verb] in words_of("reporting_verbs") and verb < prep and free:
        parse.heads[i], parse.deps[i] = verb, "ccomp"


def _charge(parse: Parse, i: int) -> None:
    """Hang what somebody is accused of on the verb: "accused the minister, A, | of taking", "its ally | of taking"."""
    verb = parse.heads[parse.heads[i]]
    taking = parse.hanging(i, i + 1, min(i + 4, len(parse.deps)), "pcomp")
    if parse.lemmas[verb] in _CHARGING and (parse.words[i - 1] == "," or taking):
        parse.heads[i] = verb


def _raise_doer(parse: Parse, i: int) -> None:
    """Hang "by A" on the passive verb above "from" and a gerund: "barred from running | by A"."""
    gerund = parse.heads[i]
    prep = parse.heads[gerund]
    if parse.deps[gerund] != "pcomp" or parse.words[prep] not in {"from", "of", "for"}:
        return
    verb = parse.heads[prep]
    passive = parse.hanging(verb, max(0, verb - 12), verb, "auxpass", "nsubjpass")
    if passive and not parse.hanging(gerund, prep, gerund, "auxpass"):
        parse.heads[i] = verb
