"""Whether two claims of one class and one pair of parties can tell of the same event.

Parties, matter, time and size must not contradict each other. What may still differ between reports of one event (a
figure, the day of a known exercise, one more lender) becomes a dispute, not a second event.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from kg.fuse.compare import far_apart, gap, normal_text, similar
from kg.fuse.facts import ACT, Fact
from kg.model import Claim, EntityValue, Modality, Quantity, TextValue

__all__ = ["GATHERINGS", "STATES", "fits", "same_party"]

STATES = frozenset({"HoldOffice", "Employ", "Member", "Ally", "Border", "Locate", "Own"})
"""Classes that hold over time: reports of any date tell of the same state."""

GATHERINGS = frozenset({"Meet", "Visit", "Negotiate", "Exercise", "Protest"})
"""Classes that parties and day identify, whatever is talked about."""

# Roles that say which matter an event is about; begin, place, count and amount may be reported differently.
_MATTER = ("theme", "topic", "content", "destination")

# An undated report tells of what happened around its publication.
_RECENT = 31
# Two undated reports of this many days apart tell of different events.
_SAME_NEWS = 10
# Reports of one named event may disagree on its day by this much; a yearly one is another event.
_RIVAL_DAYS = 31


def fits(a: Fact, b: Fact, sides: Mapping[str, str]) -> bool:
    """Tell whether two claims of one class may tell of one event.

    Args:
        a: A claim.
        b: Another one, of the same class and, for acts, the same predicate.
        sides: The country or organisation that a person acts for, by office.
    """
    return (
        _parties_fit(a.claim, b.claim, sides)
        and _moods_fit(a.claim, b.claim)
        and _matter_fits(a.claim, b.claim)
        and _amounts_fit(a.claim, b.claim)
        and _times_fit(a, b)
    )


def _parties_fit(a: Claim, b: Claim, sides: Mapping[str, str]) -> bool:
    """Where both name the fillers of a role, those of one must all stand among the other's."""
    for role in ("agent", "recipient", "participant"):
        first, second = a.entities(role), b.entities(role)
        small, large = sorted((first, second), key=len)
        if not all(any(same_party(x, y, sides) for y in large) for x in small):
            return False
    return True


def same_party(first: str, second: str, sides: Mapping[str, str]) -> bool:
    """Tell whether two keys may stand for one party: equal, or a person and the country it acts for."""
    return first == second or sides.get(first) == second or sides.get(second) == first


def _moods_fit(a: Claim, b: Claim) -> bool:
    """What is only wished for is no report of what happens; a denial needs to name what it denies."""
    if (a.modality is Modality.DESIRED) is not (b.modality is Modality.DESIRED):
        return False
    if a.polarity is b.polarity:
        return True
    first, second = (_matters(claim) for claim in (a, b))
    if not first and not second:
        return True
    return any(_same_matter(x, y) for x in first for y in second)


def _matters(claim: Claim) -> list[EntityValue | TextValue]:
    return [r.value for r in claim.roles if r.name in _MATTER and isinstance(r.value, EntityValue | TextValue)]


def _matter_fits(a: Claim, b: Claim) -> bool:
    if a.event_type in GATHERINGS:
        return _entities_fit(a.entities("theme"), b.entities("theme"))
    if a.event_type == "Say" and bool(a.values("content")) is not bool(b.values("content")):
        return False
    return all(_role_fits(a.values(role), b.values(role)) for role in _MATTER)


def _entities_fit(first: Sequence[str], second: Sequence[str]) -> bool:
    return not first or not second or any(_same_thing(x, y) for x in first for y in second)


def _role_fits(first: Sequence[object], second: Sequence[object]) -> bool:
    """Two reports that both name the matter must have one in common."""
    pairs = [(x, y) for x in first for y in second]
    return not pairs or any(_same_matter(x, y) for x, y in pairs)


def _same_matter(first: object, second: object) -> bool:
    if isinstance(first, EntityValue) and isinstance(second, EntityValue):
        return _same_thing(first.key, second.key)
    a, b = (_words(value) for value in (first, second))
    return normal_text(a) == normal_text(b) or similar(a, b)


def _words(value: object) -> str:
    if isinstance(value, TextValue):
        return value.text
    return value.key.replace("_", " ") if isinstance(value, EntityValue) else ""


def _same_thing(first: str, second: str) -> bool:
    """Equal, or a designation and its variant: Su-30 and Su-30SM."""
    short, long = sorted((first.partition("_")[0], second.partition("_")[0]), key=len)
    return first == second or (short[-1:].isdigit() and long.startswith(short) and long[len(short) :].isalpha())


def _amounts_fit(a: Claim, b: Claim) -> bool:
    for role in ("amount", "price"):
        pairs = [(x, y) for x in a.values(role) for y in b.values(role)]
        if pairs and all(isinstance(x, Quantity) and isinstance(y, Quantity) and far_apart(x, y) for x, y in pairs):
            return False
    return True


def _times_fit(a: Fact, b: Fact) -> bool:
    if a.claim.event_type in STATES:
        return True
    first, second = _interval(a), _interval(b)
    if first and second:
        days = gap(first, second)
        return days == 0 or (days <= _RIVAL_DAYS and _share_named_matter(a.claim, b.claim))
    published = abs((a.published - b.published).days)
    if not first and not second:
        return published <= _SAME_NEWS or _share_named_matter(a.claim, b.claim)
    recent = gap(first or _around(a), second or _around(b)) == 0
    return recent or _share_named_matter(a.claim, b.claim)


def _interval(fact: Fact) -> tuple[date, date] | None:
    earliest, latest = fact.earliest, fact.latest
    return (earliest, latest) if earliest and latest else None


def _around(fact: Fact) -> tuple[date, date]:
    days = timedelta(days=_RECENT)
    return fact.published - days, fact.published + days


def _share_named_matter(a: Claim, b: Claim) -> bool:
    """Tell whether both name the same treaty, exercise or product, which then identifies the event."""
    if a.event_type == ACT:
        return False
    return any(_same_thing(x, y) for role in ("theme", "topic") for x in a.entities(role) for y in b.entities(role))
