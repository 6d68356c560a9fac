"""Mend the objects of a verb: who is given to or named, what is given, what something is called, who is asked."""

from __future__ import annotations

from kg.annotate.clauses.lists import revive_predicate
from kg.annotate.clauses.parse import Parse
from kg.annotate.names.nouns import words as words_of

__all__ = ["call", "control", "free_object", "name_object", "part_objects"]

_CALLING = frozenset({"call", "dub", "brand", "label", "deem", "name"})
_NAMING = frozenset({
    "appoint", "choose", "crown", "designate", "elect", "name", "nominate", "pick", "proclaim", "re-elect",
})  # fmt: skip
_HANDING = frozenset({"sell", "give", "lend", "offer", "pay", "grant", "promise", "owe", "send"})
_SHORT = frozenset({"ceo", "cfo", "mp", "pm"})
_ANYBODY = frozenset({"anybody", "anyone", "everybody", "everyone", "nobody", "somebody", "someone"})
_QUOTES = frozenset({'"', "“", "‘", "'", "``"})
_INSIDE = frozenset({"det", "amod", "compound", "nummod", "nmod", "quantmod", "poss", "advmod", "case", "punct"})


def part_objects(parse: Parse, i: int) -> None:
    """Part who is given to from what is given."""
    head = parse.heads[i]
    if parse.tags[i] == "VBZ" and parse.deps[i] == "compound":
        revive_predicate(parse, i)
    elif parse.deps[i] == "dobj" and _is_bare_office(parse, i):
        _elect(parse, i)
    elif parse.deps[i] == "dobj" and parse.lemmas[head] in _NAMING | _CALLING:
        _call_object(parse, i)
        _part_office(parse, i)
    elif parse.deps[i] == "dobj" and head < i and parse.lemmas[head] in words_of("giving_verbs"):
        _part_dative(parse, i)
    elif parse.deps[i] != "dobj" and parse.tags[i] in {"NNP", "NNPS"}:
        _part_name(parse, i)


def _is_bare_office(parse: Parse, i: int) -> bool:
    """Tell "Soto elected | president of Chile", as headlines say that she was; one who elects has an article."""
    verb = parse.heads[i]
    bare = verb == i - 1 and (parse.tags[i] == "NN" or parse.words[i] in _SHORT)
    bare = bare and parse.words[i] not in _ANYBODY
    return bare and parse.lemmas[verb] in _NAMING and parse.tags[verb] in {"VBD", "VBN"}


def _elect(parse: Parse, i: int) -> None:
    """Make a passive of "Soto elected | president"."""
    verb = parse.heads[i]
    if parse.hanging(verb, max(0, verb - 12), verb, "aux", "auxpass"):
        return
    parse.deps[i], parse.tags[verb] = "oprd", "VBN"
    for subject in parse.hanging(verb, max(0, verb - 12), verb, "nsubj"):
        parse.deps[subject] = "nsubjpass"


def _call_object(parse: Parse, i: int) -> None:
    """Make a predicate of what somebody is called: "designated A | a terrorist group", "A was named | a suspect"."""
    verb = parse.heads[i]
    called = parse.hanging(verb, verb, i, "dative")
    if called:
        parse.deps[called[0]] = "dobj"
    if called or parse.hanging(verb, max(0, verb - 12), verb, "auxpass"):
        parse.deps[i] = "oprd"


def _part_dative(parse: Parse, i: int) -> None:
    """Make a dative of an object right behind which the second one of the same verb begins."""
    second = next(iter(parse.hanging(parse.heads[i], i + 1, min(i + 8, len(parse.deps)), "dobj")), None)
    if second is None:
        return
    if all(parse.deps[j] in _INSIDE and parse.leads_to(j, second) for j in range(i + 1, second)):
        parse.deps[i] = "dative"


def _part_name(parse: Parse, i: int) -> None:
    """Make a dative of a name between a verb of giving and what is given: "sold | Peru | gas", "fined | Acme | $5m"."""
    noun = parse.heads[i]
    verb = parse.heads[noun]
    if parse.deps[noun] != "dobj" or not verb < i < noun:
        return
    bare = noun == i + 1 and parse.tags[noun] in {"NN", "NNS"} and verb == i - 1 and parse.ents[i] == "GPE"
    summed = parse.tags[i + 1] in {"CD", "$"}
    if (bare and parse.lemmas[verb] in _HANDING) or (summed and parse.lemmas[verb] in {*_HANDING, "fine"}):
        parse.heads[i], parse.deps[i] = verb, "dative"


def _part_office(parse: Parse, i: int) -> None:
    """Part a name from the post that it is named to: "elected | Ana Soto | archbishop of Lima"."""
    name, verb = i - 1, parse.heads[i]
    if parse.lemmas[verb] not in _NAMING or parse.tags[i] != "NN" or verb >= name:
        return
    if parse.tags[name] not in {"NNP", "NNPS"} or parse.heads[name] != i or parse.ents[name] != "PERSON":
        return
    for j in parse.hanging(i, verb, name, "compound"):
        parse.heads[j] = name
    parse.heads[name], parse.deps[name], parse.deps[i] = verb, "dobj", "oprd"


def name_object(parse: Parse, i: int) -> None:
    """Make an object of who is named to a post: "named | Ana Soto | as chairwoman", "named | a new envoy"."""
    if _is_bare_office(parse, i):
        _elect(parse, i)
        return
    verb = parse.heads[i]
    behind = parse.words[i + 1 : i + 2] == ["as"]
    active = parse.tags[i] == "NN" and not parse.hanging(verb, max(0, verb - 20), verb, "auxpass", "nsubjpass")
    if (behind or active) and parse.lemmas[verb] in _NAMING and not parse.hanging(verb, verb, i, "dobj"):
        parse.deps[i] = "dobj"


def free_object(parse: Parse, i: int) -> None:
    """Make an object of what hangs on the particle of a verb: "hand over | power"."""
    particle = parse.heads[i]
    if parse.deps[particle] == "prt":
        parse.heads[i], parse.deps[i] = parse.heads[particle], "dobj"


def call(parse: Parse, i: int) -> None:
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


def control(parse: Parse, i: int) -> None:
    """Make an infinitive behind "pressed A" the complement that A controls."""
    verb = parse.heads[i]
    objects = parse.hanging(verb, verb + 1, i, "dobj")
    marked = any(parse.words[c] == "to" for c in parse.hanging(i, verb + 1, i, "aux"))
    if objects and marked and not any(w in {",", "so", "order"} for w in parse.words[objects[-1] : i]):
        parse.deps[i] = "xcomp"
