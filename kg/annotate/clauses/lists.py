"""Mend what the small parser makes of lists: of infinitives, of names in front of a verb, of what names stand for."""

from __future__ import annotations

from kg.annotate.clauses.parse import FINITE, SUBJECTS, Parse

__all__ = [
    "complete_gerund",
    "free_subject",
    "go_on_infinitive",
    "hold_meeting",
    "name_behind",
    "read_subjunctive",
    "revive_gerund",
    "revive_predicate",
    "revive_verb",
    "start_noun",
]

_FORMS = frozenset({"VBD", "VBP", "VBZ", "VBN", "VBG"})
_PROPER = frozenset({"NNP", "NNPS"})
_REACH = 40
_OBJECT = 10
_TAKING_GERUNDS = frozenset(
    [
        "admit",
        "avoid",
        "begin",
        "cease",
        "consider",
        "continue",
        "deny",
        "finish",
        "keep",
        "quit",
        "resume",
        "risk",
        "start",
        "stop",
        "suggest",
    ]
)
_HELD = frozenset({"hold", "stage", "convene", "host", "conduct", "sign", "publish", "release"})
_HANDING = frozenset({"hand", "turn", "take"})


def go_on_infinitive(parse: Parse, i: int) -> None:
    """Hang a bare verb of a list on the infinitive before it: "agreed to join forces, | share data and | train".

    A noun with an object is such a verb, too: "to set rules, | institute fees".
    """
    heads, deps = parse.heads, parse.deps
    first = heads[i]
    if first > i or parse.tags[first] not in _FORMS or parse.hanging(i, first, i, "aux", "auxpass", "mark", *SUBJECTS):
        return
    if parse.tags[i] == "VBP" and (parse.words[i] != parse.lemmas[i] or parse.tags[first] not in {"VBD", "VBN"}):
        return
    noun = parse.tags[i] == "NN"
    if noun and (parse.hanging(i, first, i, "det", "amod", "poss", "compound") or not _has_object(parse, i)):
        return
    found = [j for j in range(first + 1, i) if _is_infinitive(parse, j) and _below(parse, j, first)]
    if found:
        heads[i], deps[i], parse.tags[i] = found[-1], "conj", "VB"


def _has_object(parse: Parse, i: int) -> bool:
    return bool(parse.hanging(i, i + 1, min(i + _OBJECT, len(parse.heads)), "dobj"))


def revive_verb(parse: Parse, i: int) -> None:
    """Make a verb of a noun with an object behind "would build and | hand": its own kind stands before it."""
    first = parse.heads[i]
    if parse.tags[first] == "VB" and _has_object(parse, i) and not parse.hanging(i, first, i, "det", "amod", "poss"):
        parse.tags[i] = "VB"


def revive_predicate(parse: Parse, i: int) -> None:
    """Make a verb with a subject the head of what it was to qualify: "Chad | exports | oil"."""
    heads, deps = parse.heads, parse.deps
    noun = heads[i]
    if noun < i or not parse.hanging(i, max(0, i - _OBJECT), i, "nsubj") or deps[noun] not in {"ROOT", "ccomp", "conj"}:
        return
    heads[i], deps[i] = (i, "ROOT") if heads[noun] == noun else (heads[noun], deps[noun])
    heads[noun], deps[noun] = i, "dobj"


def revive_gerund(parse: Parse, i: int) -> None:
    """Make a verb of a gerund that was to qualify a noun: "denied | supplying | weapons to Chad"."""
    heads, deps = parse.heads, parse.deps
    noun, verb = heads[i], heads[heads[i]]
    if verb != i - 1 or deps[noun] != "dobj" or parse.lemmas[verb] not in _TAKING_GERUNDS:
        return
    heads[i], deps[i], heads[noun] = verb, "xcomp", i
    for j in range(noun + 1, min(noun + _REACH, len(heads))):
        if heads[j] == verb and deps[j] in {"prep", "dative"}:
            heads[j] = i


def complete_gerund(parse: Parse, i: int) -> None:
    """Make a complement of a gerund right behind a verb that takes one: "ruled out | joining it"."""
    verb = parse.heads[i]
    before = i - 1 if parse.deps[i - 1] != "prt" else i - 2
    if before == verb and parse.lemmas[verb] in _TAKING_GERUNDS | {"rule"}:
        parse.deps[i] = "xcomp"


def start_noun(parse: Parse, i: int) -> None:
    """Hang "starting on Friday" on the noun before it: "agreed to a truce | starting on Friday"."""
    behind = parse.words[i + 1] if i + 1 < len(parse.words) else ""
    noun = i > 0 and parse.tags[i - 1] in {"NN", "NNS"} and parse.heads[i] < i
    if parse.lemmas[i] in {"begin", "start"} and noun and behind in {"on", "in", "at", "from", "this", "next"}:
        parse.heads[i], parse.deps[i] = i - 1, "acl"


def hold_meeting(parse: Parse, i: int) -> None:
    """Hang "to be held" on the noun before it, and not on the verb: "approved at the summit | to be held in May"."""
    passive = [j for j in (i - 2, i - 1) if j > 0 and parse.words[j] == "to" and parse.heads[j] == i]
    if not passive or parse.lemmas[i] not in _HELD or parse.tags[passive[0] - 1] not in {"NN", "NNS"}:
        return
    noun = passive[0] - 1
    if parse.heads[i] < noun and parse.deps[noun] in {"pobj", "dobj"}:
        parse.heads[i], parse.deps[i] = noun, "relcl"


def _is_infinitive(parse: Parse, i: int) -> bool:
    marks = parse.hanging(i, max(0, i - 4), i, "aux") if parse.tags[i] == "VB" else []
    return any(parse.words[c] == "to" for c in marks)


def _below(parse: Parse, i: int, first: int) -> bool:
    """Tell whether an infinitive completes a verb, or stands in a list with one that does."""
    for _ in range(4):
        if parse.deps[i] not in {"xcomp", "ccomp", "conj", "advcl"}:
            return False
        i = parse.heads[i]
        if i == first:
            return True
    return False


def free_subject(parse: Parse, i: int) -> None:
    """Make a subject of a name that was read as an apposition: "under the deal, | Chad and Mali | will share it"."""
    heads, deps = parse.heads, parse.deps
    noun = heads[i]
    prep = heads[noun]
    verb = heads[prep] if deps[heads[prep]] != "prep" else heads[heads[prep]]  # "according to"
    if deps[noun] != "pobj" or deps[prep] != "prep" or prep > noun or not prep < i < verb or parse.words[i - 1] != ",":
        return
    if parse.tags[i] not in _PROPER or parse.hanging(verb, max(0, verb - _REACH), verb, *SUBJECTS):
        return
    auxiliaries = parse.hanging(verb, i, verb, "aux", "auxpass")
    if any(parse.tags[c] in FINITE for c in (verb, *auxiliaries)):
        passive = any(deps[c] == "auxpass" for c in auxiliaries)
        heads[i], deps[i] = verb, "nsubjpass" if passive else "nsubj"


def name_behind(parse: Parse, i: int) -> None:
    """Make an apposition of nouns behind a finished list of names: "Chad and Mali, | old allies, | said"."""
    heads, deps = parse.heads, parse.deps
    first = heads[i]
    if parse.tags[first] not in _PROPER or parse.tags[i] != "NNS":
        return
    start = min([j for j in range(first + 1, i) if heads[j] == i], default=i)
    names = [j for j in parse.hanging(first, first, start, "conj") if parse.tags[j] in _PROPER]
    if names and parse.hanging(first, first, names[-1], "cc") and parse.words[start - 1] == ",":
        deps[i] = "appos"


def read_subjunctive(parse: Parse, i: int) -> None:
    """Make a verb of a noun behind "that": "demanded that Chad | hand over power", and an object of what it hands."""
    heads, deps, tags = parse.heads, parse.deps, parse.tags
    mark = parse.hanging(i, max(0, i - 8), i, "mark")
    doers = parse.hanging(i, mark[0], i, "compound") if mark and parse.words[mark[0]] == "that" else []
    if tags[i] != "NN" or not doers or tags[doers[-1]] not in _PROPER or doers[-1] != i - 1:
        return
    tags[i], deps[doers[-1]] = "VB", "nsubj"
    for j in doers[:-1]:
        heads[j] = doers[-1]
    if parse.lemmas[i] in _HANDING and parse.words[i + 1 : i + 2] == ["over"] and deps[i + 1] == "prep":
        given = next(iter(parse.hanging(i + 1, i + 2, min(i + 8, len(heads)), "pobj")), None)
        if given is not None:
            deps[i + 1], heads[given], deps[given] = "prt", i, "dobj"
