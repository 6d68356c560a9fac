"""When two claims say that something happened: whether they allow one event, and how far a claim reaches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kg.fuse.compare import gap
from kg.fuse.facts import ACT, Fact
from kg.fuse.kinds import STATES
from kg.fuse.matter import about_same_or_as_many, share_named_thing, share_sum

__all__ = ["REACH_DAYS", "REACH_OF_SUMS", "Reach", "reach", "times_fit"]

# What may happen again the next day: reports of other days are rival reports only of the same matter or number.
_REPEATED = frozenset({
    "Accuse", "Act", "Attack", "Coerce", "Demand", "Deploy", "Protest", "Reject", "Say", "Support", "Threaten",
})  # fmt: skip

# An undated report tells of what happened around its publication.
_RECENT = 31
# An undated report of a known sum may look back this much further.
_BACKGROUND = 366
# Two undated reports of this many days apart tell of different events.
_SAME_NEWS = 10
# Reports of an event without a name, all written after it, by this much.
_RIVAL_REPORTS = 3

# Reports of one named event may disagree on its day by this much; a yearly one is another event.
_RIVAL_DAYS = 31
REACH_DAYS = _RIVAL_DAYS
"""Claims whose :class:`Reach` lies further apart than this, in days, fit only by a sum or a thing that both name."""

REACH_OF_SUMS = _BACKGROUND
"""Claims that name sums fit up to this many days."""


def times_fit(a: Fact, b: Fact) -> bool:
    """Tell whether the times of two claims of one class, and of their publication, allow one event."""
    if a.claim.event_type in STATES:
        return True
    published = abs((a.published - b.published).days)
    if a.series and b.series:
        # reports may disagree on since when they count
        return published <= _RECENT
    first, second = a.interval, b.interval
    if first and second:
        days = gap(first, second)
        near = days <= _RIVAL_DAYS and share_named_thing(a.claim, b.claim)
        return days == 0 or near or (days <= _RIVAL_REPORTS and _rival_reports(a, b))
    if not first and not second:
        return published <= _SAME_NEWS or share_named_thing(a.claim, b.claim)
    days = gap(first or _around(a), second or _around(b))
    return days == 0 or share_named_thing(a.claim, b.claim) or (days < _BACKGROUND and share_sum(a, b))


def _rival_reports(a: Fact, b: Fact) -> bool:
    """Tell whether two documents may disagree on the day of one event: each was written after both days."""
    if a.claim.document_id == b.claim.document_id or not (a.latest and b.latest):
        return False
    if a.claim.event_type in _REPEATED and not about_same_or_as_many(a, b):
        return False
    if max((fact.latest - fact.earliest).days for fact in (a, b) if fact.latest and fact.earliest) > _RIVAL_REPORTS:
        return False
    written = min(a.published, b.published)
    close = abs((a.published - b.published).days) <= _SAME_NEWS
    return close and max(a.latest, b.latest) <= written


def _around(fact: Fact) -> tuple[date, date]:
    days = timedelta(days=_RECENT)
    return fact.published - days, fact.published + days


@dataclass(frozen=True, slots=True)
class Reach:
    """When something may have happened, as ordinal days, and by what it may be known at other times.

    Claims out of each other's reach never fit; so candidates are found by an index, and the others are not read.
    """

    first: int
    last: int
    sums: bool
    things: bool


def reach(facts: Iterable[Fact]) -> Reach:
    """Return what a claim must reach to fit all of some claims of one class."""
    each = [_reach(fact) for fact in facts]
    return Reach(
        first=max(one.first for one in each),
        last=min(one.last for one in each),
        sums=any(one.sums for one in each),
        things=any(one.things for one in each),
    )


def _reach(fact: Fact) -> Reach:
    claim, around = fact.claim, _around(fact)
    first, last = fact.interval or around
    if fact.series:
        first, last = min(first, around[0]), max(last, around[1])
    named = claim.event_type != ACT and any(claim.entities(role) for role in ("theme", "topic"))
    return Reach(
        first=first.toordinal(),
        last=last.toordinal(),
        sums=any(fact.sums),
        things=named or claim.event_type in STATES,
    )
