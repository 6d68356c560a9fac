"""Hang a prepositional phrase on the verb to which it belongs."""

from __future__ import annotations

from kg.annotate.clauses.parse import Parse
from kg.annotate.clauses.reported import hang_time

__all__ = ["hang_phrase"]

# The preposition behind the object that a verb wants: "sentenced A to death".
_WANTED = {
    "accuse": ("of",), "appoint": ("as",), "arrest": ("for", "on"), "ban": ("from",), "charge": ("with",),
    "fine": ("for",), "hand": ("to",), "jail": ("for",), "name": ("as",), "remove": ("from",), "sell": ("to",),
    "send": ("to",),
    "sentence": ("to",), "strip": ("of",),
}  # fmt: skip
_DISMISSING = frozenset({"denounce", "dismiss", "reject"})
_CHARGING = frozenset({"accuse", "suspect", "convict", "acquit", "clear", "absolve"})
_OFFICES = frozenset({"ministry", "department", "minister", "office", "board", "secretary", "head", "leader", "member"})


def hang_phrase(parse: Parse, i: int) -> None:
    """Hang a prepositional phrase on the verb to which it belongs."""
    head = parse.heads[i]
    if parse.words[i] == "by" and parse.tags[head] == "VBG":
        _raise_doer(parse, i)
    elif parse.deps[i] == "prep" and parse.words[i] == "of" and parse.deps[head] == "dobj":
        _charge(parse, i)
    elif parse.words[i] == "of" and parse.deps[head] == "pobj":
        _charge_by(parse, i)
    elif parse.words[i] == "on" and parse.deps[head] == "dobj" and parse.lemmas[parse.heads[head]] == "blame":
        parse.heads[i] = parse.heads[head]
    elif parse.words[i] == "as" and parse.lemmas[head] in _DISMISSING:
        _dismiss(parse, i)
    elif parse.words[i - 1] == "," and parse.deps[head] == "appos":
        _lift_phrase(parse, i)
    elif parse.deps[i] == "prep" and parse.deps[head] == "ccomp":
        hang_time(parse, i)


def _dismiss(parse: Parse, i: int) -> None:
    """Make an object of what is dismissed: "dismissed as baseless | claims that it had left"."""
    verb = parse.heads[i]
    noun = next(iter(parse.hanging(i, i + 1, min(i + 5, len(parse.deps)), "pobj")), None)
    described = noun is not None and parse.hanging(noun, i, noun, "amod") and parse.tags[noun] in {"NNS", "NN"}
    bare = noun is not None and not parse.hanging(noun, i, noun, "det", "poss")
    if noun is not None and described and bare and not parse.hanging(verb, verb, i, "dobj", "auxpass"):
        passive = parse.hanging(verb, max(0, verb - 12), verb, "auxpass")
        if not passive:
            parse.heads[noun], parse.deps[noun] = verb, "dobj"


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


def _charge(parse: Parse, i: int) -> None:
    """Hang what somebody is accused of on the verb: "accused the minister, A, | of taking", "its ally | of taking"."""
    verb = parse.heads[parse.heads[i]]
    taking = parse.hanging(i, i + 1, min(i + 4, len(parse.deps)), "pcomp")
    if parse.lemmas[verb] in _CHARGING and (parse.words[i - 1] == "," or taking or _names_crime(parse, i)):
        parse.heads[i] = verb


def _charge_by(parse: Parse, i: int) -> None:
    """Hang what somebody is accused of on the verb, and not on the accusers: "accused by A | of taking"."""
    agent = parse.heads[parse.heads[i]]
    verb = parse.heads[agent]
    taking = parse.hanging(i, i + 1, min(i + 4, len(parse.deps)), "pcomp")
    if parse.deps[agent] == "agent" and parse.lemmas[verb] in _CHARGING and taking:
        parse.heads[i] = verb


def _lift_phrase(parse: Parse, i: int) -> None:
    """Hang a phrase behind an apposition on the verb that wants it: "jailed his rival, A, | for theft"."""
    noun = parse.heads[i]
    while parse.deps[noun] == "appos":
        noun = parse.heads[noun]
    verb = parse.heads[noun]
    if parse.deps[noun] == "dobj" and parse.words[i] in _WANTED.get(parse.lemmas[verb], ()):
        parse.heads[i] = verb


def _names_crime(parse: Parse, i: int) -> bool:
    """Tell "accused the group | of genocide", a bare noun, from "accused the leader of the group"."""
    noun = next(iter(parse.hanging(i, i + 1, min(i + 5, len(parse.deps)), "pobj")), None)
    if noun is None or parse.tags[noun] != "NN" or parse.lemmas[parse.heads[i]] in _OFFICES:
        return False
    return not parse.hanging(noun, i + 1, noun, "det", "poss")
