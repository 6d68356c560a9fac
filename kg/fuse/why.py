"""Say which entities have names near one another, and what keeps them apart."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher

from kg.fuse.aliases import Name
from kg.fuse.names import acronym, bare_name, fold, legal_form, same_person_name
from kg.model import Family

__all__ = ["is_near", "why_apart"]

_ALIKE = 0.8
"""Likeness of two names (difflib's ratio) from which somebody may ask why they are two."""


def is_near(first: str, second: str) -> bool:
    """Tell whether two names may mean one entity: a word of one is the other, an acronym, or much alike.

    >>> is_near("Putin", "Vladimir Putin"), is_near("WHO", "World Health Organization"), is_near("Norway", "Fiji")
    (True, True, False)
    """
    a, b = fold(first), fold(second)
    if a == b or first == acronym(second) or second == acronym(first):
        return True
    short, long = sorted((a.split(), b.split()), key=len)
    if short and (long[-len(short) :] == short or long[: len(short)] == short or short[-1:] == long[-1:]):
        return True
    matcher = SequenceMatcher(None, a, b)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def why_apart(first: Name, second: Name, *, told: str | None, others: Mapping[str, Name]) -> str:
    """Return why two entities with near names were not taken as one.

    Args:
        first: One entity.
        second: The other.
        told: What the user's file says of the two, if it keeps them apart.
        others: All entities by key, to find rival explanations of a short name.
    """
    if told:
        return told
    if first.family is not second.family:
        return f"one is {_KINDS[first.family]}, the other {_KINDS[second.family]}"
    links = [sorted(link for link in name.same_as if "wikidata" in link) for name in (first, second)]
    if all(links) and not set(links[0]) & set(links[1]):
        return f"they are linked to different items: {links[0][0]} and {links[1][0]}"
    short, long = sorted((first, second), key=lambda name: (len(name.label.split()), name.label))
    if len(short.label.split()) == 1 and " " in long.label:
        return _why_short(short, long, others)
    if first.family is Family.PERSON:
        return _why_persons(first.label, second.label)
    if bare_name(first.label) == bare_name(second.label) and legal_form(first.label) != legal_form(second.label):
        return "their legal forms are those of different kinds of company, of which more than one bears the name"
    if bare_name(first.label) == bare_name(second.label):
        return "the names are alike, and no rule was sure enough to join them"
    return "the names differ in more than article, case, accents or legal form"


_KINDS = {Family.PERSON: "a person", Family.PLACE: "a place", Family.OTHER: "neither person nor place"}


def _why_short(short: Name, long: Name, others: Mapping[str, Name]) -> str:
    """Explain a single word beside a full name: somebody else may be meant, or it is no surname and no acronym."""
    full = sorted({n.label for n in others.values() if n.family is short.family and _explains(n.label, short.label)})
    if long.label not in full:
        return f"{short.label} is neither the surname nor the initials of {long.label}"
    rivals = [label for label in full if label != long.label]
    if rivals:
        return f"{short.label} may also be {' or '.join(rivals[:3])}"
    return "a short name is joined to a full one of persons and organisations only"


def _explains(full: str, short: str) -> bool:
    return " " in full and (fold(full).rpartition(" ")[2] == fold(short) or acronym(full) == short)


def _why_persons(first: str, second: str) -> str:
    if same_person_name(first, second):
        return "the names may be spellings of one, but joining them would join others that contradict each other"
    return "the full names are not spellings of one name"
