"""Put claims into the blocks within which events are looked for, and cluster each block.

A block is a class with one pair of parties. A claim with more than two parties goes where most claims are; a claim with
one party, or none but a named theme, joins an event only where there is exactly one that it fits
(:mod:`kg.fuse.homes`), and is else compared with its like. A block depends on its own claims alone, so a new document
costs what the blocks it touches cost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from kg.fuse.compare import content_words
from kg.fuse.facts import ACT, Fact, direct_pairs, reading_order
from kg.fuse.fit import fits, guests_fit, sameness
from kg.fuse.when import REACH_DAYS, Reach, reach
from kg.lexicon import Lexicon
from kg.model import Claim, Polarity, TextValue, TimeValue

__all__ = [
    "Block",
    "cluster_block",
    "group_key",
    "matter_block",
    "parties",
    "precision",
    "seat_guests",
    "sided",
    "spokesmen",
]

Block = tuple[str, ...]

_MONTH = 32

_TALKS = frozenset({"Meet", "Negotiate"})
"""Classes by which reports name one event: the meeting of the one is the talks of the other."""


def group_key(claim: Claim) -> str:
    """Return what claims must share to be compared: the class, for acts the predicate, for speech the speaker."""
    if claim.event_type == ACT:
        return f"{ACT} {claim.predicate}"
    if claim.event_type in _TALKS:
        return "Meet"
    if claim.event_type == "Say":
        return "Say " + " ".join(sorted(claim.entities("agent")))
    return claim.event_type


def parties(claim: Claim, lexicon: Lexicon, sides: Mapping[str, str]) -> tuple[Block, ...]:
    """Return the pairs of parties of a claim, smallest first; a single party, or none, where there is no pair.

    Persons count as the country or organisation that they act for, so that a president's talks and his country's meet
    in one block. Places are parties where the direct property leads there.
    """
    if claim.event_type == "Say":
        return (tuple(sorted(sided(claim.entities("agent"), sides))),)
    targets = [thing for _, thing in direct_pairs(claim, lexicon)]
    named = {*claim.entities("agent"), *claim.entities("participant"), *claim.entities("recipient"), *targets}
    acting_for = sided(named, sides)
    # a president who appoints a minister: two parties that act for one
    members = sorted(acting_for if len(acting_for) > 1 else named)
    pairs = tuple((a, b) for i, a in enumerate(members) for b in members[i + 1 :])
    return pairs or (tuple(members),)


def sided(keys: Iterable[str], sides: Mapping[str, str]) -> set[str]:
    """Return keys with persons put for whom they act."""
    return {sides.get(key, key) for key in keys}


def precision(fact: Fact) -> int:
    """Return 0 for a claim dated to the day, 1 to the month, 2 to the year, 3 for an undated one."""
    times = (role.value for role in fact.claim.roles if role.name in ("begin", "end"))
    spans = [(time.latest - time.earliest).days for time in times if isinstance(time, TimeValue)]
    return min((0 if days < 7 else 1 if days < 32 else 2 for days in spans), default=3)


def matter_block(fact: Fact, lexicon: Lexicon, sides: Mapping[str, str]) -> Block:
    """Return the block in which a claim with one party, or none, is compared with its like."""
    return parties(fact.claim, lexicon, sides)[0] or _matter(fact)


def _matter(fact: Fact) -> Block:
    """Return the block of a claim without parties: a name or the words of what it is about."""
    claim = fact.claim
    things = sorted((*claim.entities("theme"), *claim.entities("topic"))) or sorted(claim.entities("place"))
    if things:
        return (things[0],)
    texts = (role.value.text for role in claim.roles if isinstance(role.value, TextValue))
    words = sorted({word for text in texts for word in content_words(text)})
    return (" ".join(words) or claim.id,)


def cluster_block(facts: Iterable[Fact], sides: Mapping[str, str]) -> list[list[Fact]]:
    """Let each claim, the most precisely dated first, join the first event all of whose claims it fits."""
    events = _Shelf()
    for fact in sorted(facts, key=_fusing_order):
        near = reach([fact])
        found = (event for event in events.near(near) if event.all_fit(fact, lambda a, b: fits(a, b, sides)))
        (next(found, None) or events.add(near)).add(fact)
    return [event.facts for event in events.all]


def seat_guests(guests: Iterable[Fact]) -> tuple[list[Fact], list[Fact]]:
    """Return which of the claims that mean one event may all tell of it, and which contradict those before them."""
    seated = _Together()
    left: list[Fact] = []
    for fact in sorted(guests, key=_fusing_order):
        if seated.all_fit(fact, guests_fit):
            seated.add(fact)
        else:
            left.append(fact)
    return seated.facts, left


class _Shelf:
    """Events in the order in which they were found, by when they may have happened: most are too far away to fit."""

    def __init__(self) -> None:
        self.all: list[_Together] = []
        self._by_month: dict[int, list[int]] = defaultdict(list)
        self._of_sums: list[int] = []
        self._of_things: list[int] = []

    def add(self, near: Reach) -> _Together:
        """Make a new event; what its first claim cannot reach does not fit it."""
        number = len(self.all)
        self.all.append(_Together())
        for month in range(near.first // _MONTH, near.last // _MONTH + 1):
            self._by_month[month].append(number)
        if near.sums:
            self._of_sums.append(number)
        if near.things:
            self._of_things.append(number)
        return self.all[-1]

    def near(self, near: Reach) -> Iterator[_Together]:
        """Yield the events that a claim may reach, in order."""
        months = range((near.first - REACH_DAYS) // _MONTH, (near.last + REACH_DAYS) // _MONTH + 1)
        numbers = {number for month in months for number in self._by_month.get(month, ())}
        numbers.update(self._of_sums if near.sums else (), self._of_things if near.things else ())
        yield from (self.all[number] for number in sorted(numbers))


class _Together:
    """Claims that tell of one event. Those that say the same are asked once: a thousand articles name a president."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self._distinct: dict[object, Fact] = {}
        self._polarities: set[Polarity] = set()

    def add(self, fact: Fact) -> None:
        """Take in a claim."""
        self.facts.append(fact)
        self._distinct.setdefault(sameness(fact), fact)
        self._polarities.add(fact.claim.polarity)

    def all_fit(self, fact: Fact, fit: Callable[[Fact, Fact], bool]) -> bool:
        """Tell whether a claim fits all claims."""
        agreed = self._polarities == {fact.claim.polarity}
        return all(fit(fact, other) for other in (self._distinct.values() if agreed else self.facts))


def spokesmen(facts: Iterable[Fact]) -> list[Fact]:
    """Return the claims that stand for all of an event: each that says something else; all, where some deny it."""
    given = sorted(facts, key=_fusing_order)
    if len({fact.claim.polarity for fact in given}) > 1:
        return given
    return list({sameness(fact): fact for fact in reversed(given)}.values())


def _fusing_order(fact: Fact) -> tuple[object, ...]:
    """Sort key: precision of date, date, document, offset."""
    dated = fact.earliest or fact.published
    return precision(fact), dated, *reading_order(fact)
