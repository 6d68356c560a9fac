"""What two claims are about: whether they name one thing, treaty, sum, place or number."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kg.fuse.compare import Relation, alike, compare_quantities, far_apart, normal_text, similar
from kg.fuse.facts import ACT, Fact
from kg.fuse.kinds import CASUALTIES, GATHERINGS
from kg.fuse.measures import counted_text
from kg.model import Claim, EntityValue, Polarity, Quantity, TextValue

__all__ = [
    "MATTER_ROLES",
    "about_same",
    "about_same_or_as_many",
    "matter_fits",
    "matters",
    "same_matter",
    "share_matter",
    "share_named_thing",
    "share_place",
    "share_sum",
]

MATTER_ROLES = ("theme", "topic", "content", "destination")
"""Roles that say which matter an event is about; begin, place, count and amount may be reported differently."""

# Things and people that these are about come in numbers; a treaty or a programme does not.
_COUNTED = CASUALTIES | {"Aid", "Buy", "Deploy", "Sell", "Supply"}
_INJURING = frozenset({"hurt", "injure", "maim", "wound"})

_NOT = re.compile(r"\b(?:not|never|no|cannot|without)\b|n['\u2019]t\b", re.IGNORECASE)

# Letters and a number: a model of aircraft, missile or ship.
_MODEL = re.compile(r"\b[A-Z][A-Za-z]*-\d+[A-Za-z]*\b")

# Offices by words that stand for any.
_ANY_OFFICE = frozenset({"boss", "chief", "counterpart", "head", "leader", "ruler", "strongman"})

# A number this large comes twice by chance no more often than two reports err.
_MANY = 100


def about_same(a: Fact, b: Fact) -> bool:
    """Tell whether two claims name one matter in nearly the same words, or one sum."""
    return share_sum(a, b) or any(same_matter(x, y, alike) for x in matters(a.claim) for y in matters(b.claim))


def about_same_or_as_many(a: Fact, b: Fact) -> bool:
    """Tell whether two claims name one matter, or count exactly as many."""
    counts = [{q.value for q in fact.claim.values("count") if isinstance(q, Quantity)} - {None} for fact in (a, b)]
    return about_same(a, b) or any(number is not None and number >= _MANY for number in counts[0] & counts[1])


def share_sum(a: Fact, b: Fact) -> bool:
    """Tell whether both name the same sum or number in the same role."""
    sums = ((x, y) for xs, ys in zip(a.sums, b.sums, strict=True) for x in xs for y in ys)
    return any(compare_quantities(x, y) is Relation.SAME for x, y in sums)


def share_place(a: Fact, b: Fact) -> bool:
    """Tell whether both name the same place."""
    return not {*a.claim.entities("place")}.isdisjoint(b.claim.entities("place"))


def share_matter(a: Claim, b: Claim, same: Callable[[str, str], bool] = similar) -> bool:
    """Tell whether both name one matter, in whatever role."""
    return any(same_matter(x, y, same) for x in matters(a) for y in matters(b))


def matters(claim: Claim) -> list[EntityValue | TextValue]:
    """Return what fills the roles that say which matter a claim is about."""
    return [r.value for r in claim.roles if r.name in MATTER_ROLES and isinstance(r.value, EntityValue | TextValue)]


def matter_fits(a: Claim, b: Claim) -> bool:
    """Tell whether what two claims of one class are about allows one event."""
    if a.event_type in GATHERINGS - {"Protest"} and Polarity.AFFIRMED in (a.polarity, b.polarity):
        return _entities_fit(a.entities("theme"), b.entities("theme"))
    if a.event_type == "Say" and _contents(a) != _contents(b):
        return False
    if a.event_type == "HoldOffice" and any(_words(v) in _ANY_OFFICE for c in (a, b) for v in c.values("theme")):
        return True
    if a.event_type in _COUNTED and _as_counted(a, b):
        return True
    return all(_role_fits(a.values(role), b.values(role)) for role in MATTER_ROLES)


def _as_counted(a: Claim, b: Claim) -> bool:
    """Tell whether two claims count the same things, as many or nearly: "12 helicopters", "14 helicopters".

    Of casualties one report may know of many more; but the dead are not the injured.
    """
    if a.event_type in CASUALTIES and (a.predicate in _INJURING) is not (b.predicate in _INJURING):
        return False
    pairs = [
        (x, y)
        for v in a.values("theme")
        for w in b.values("theme")
        if isinstance(v, TextValue) and isinstance(w, TextValue)
        if (x := counted_text(v.text)) and (y := counted_text(w.text))
    ]
    return any(
        _same_words(what, other, similar) and (a.event_type in CASUALTIES or not far_apart(number, rival))
        for (number, what), (rival, other) in pairs
    )


def _contents(claim: Claim) -> set[bool]:
    """Return for each content whether it denies: who says that it will close has not said that it will not."""
    return {bool(_NOT.search(_words(value))) for value in claim.values("content")}


def _entities_fit(first: Sequence[str], second: Sequence[str]) -> bool:
    return not first or not second or any(_same_thing(x, y) for x in first for y in second)


def _role_fits(first: Sequence[object], second: Sequence[object]) -> bool:
    """Two reports that both name the matter must have one in common."""
    pairs = [(x, y) for x in first for y in second]
    return not pairs or any(same_matter(x, y) for x, y in pairs)


def same_matter(first: object, second: object, same: Callable[[str, str], bool] = similar) -> bool:
    """Tell whether two values are one thing, or name one matter in words that are the ``same``."""
    if isinstance(first, EntityValue) and isinstance(second, EntityValue):
        return _same_thing(first.key, second.key)
    a, b = (_words(value) for value in (first, second))
    return _same_words(a, b, same)


def _same_words(a: str, b: str, same: Callable[[str, str], bool]) -> bool:
    return normal_text(a) == normal_text(b) or same(a, b) or _same_model(a, b)


def _same_model(first: str, second: str) -> bool:
    """Tell whether two texts name one model, or its variant: "Su-30", "Su-30SM fighter jets"."""
    return any(_same_thing(x, y) for x in _MODEL.findall(first) for y in _MODEL.findall(second))


def _words(value: object) -> str:
    if isinstance(value, TextValue):
        return value.text
    return value.key.replace("_", " ") if isinstance(value, EntityValue) else ""


def _same_thing(first: str, second: str) -> bool:
    """Equal, or a designation and its variant: Su-30 and Su-30SM."""
    short, long = sorted((first.partition("_")[0], second.partition("_")[0]), key=len)
    return first == second or (short[-1:].isdigit() and long.startswith(short) and long[len(short) :].isalpha())


def share_named_thing(a: Claim, b: Claim) -> bool:
    """Tell whether both name the same treaty, exercise or product, which then identifies the event."""
    if a.event_type == ACT:
        return False
    return any(_same_thing(x, y) for role in ("theme", "topic") for x in a.entities(role) for y in b.entities(role))
