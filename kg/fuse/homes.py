"""Find the one event that a claim with one party, or none, can mean.

An event that the same document tells of comes before one whose parties the document names, and that before any other;
where two come first, the claim stays alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.fuse.blocks import parties, sided
from kg.fuse.facts import Fact
from kg.fuse.fit import anchored, fits, taken_up
from kg.fuse.kinds import GATHERINGS
from kg.fuse.matter import about_same
from kg.lexicon import Lexicon
from kg.model import Polarity

__all__ = ["Candidate", "Sought", "find_home", "offered_names", "sought_names"]

Told = Sequence[Fact]
"""The claims with two parties or more that tell of an event, or those that stand for them all."""


class Sought:
    """The names under which a claim looks for its event.

    ``by_name`` is its party with the one for whom that acts, without a party the first thing that it is about.
    ``by_document`` are those that its document names, for a claim without parties: "after the talks".
    """

    def __init__(self, by_name: frozenset[str], by_document: frozenset[str]) -> None:
        self.by_name = by_name
        self.by_document = by_document


def sought_names(fact: Fact, lexicon: Lexicon, sides: Mapping[str, str]) -> Sought:
    """Return the names under which a claim with one party or none looks for its event."""
    home = parties(fact.claim, lexicon, sides)[0]
    things = sorted({*fact.claim.entities("theme"), *fact.claim.entities("topic")})
    names = {*sided(home[:1], sides), *home[:1]} or set(things[:1])
    return Sought(frozenset(names), frozenset() if home else frozenset(sided(fact.near, sides)))


def offered_names(event: Told, lexicon: Lexicon, sides: Mapping[str, str]) -> frozenset[str]:
    """Return all names under which a claim may find an event: its parties and what it is about."""
    return _event_names(event, lexicon, sides) | _party_names(event, lexicon, sides)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event that a claim may mean: the claims that stand for it, and whether the claim's document tells of it."""

    told: Told
    here: bool


def find_home(fact: Fact, events: Mapping[int, Candidate], lexicon: Lexicon, sides: Mapping[str, str]) -> int | None:
    """Return the number of the event that a claim means, None where there is none or more than one.

    Args:
        fact: A claim with one party or none.
        events: At least those that offer a name that it seeks and that it fits, by number.
        lexicon: Gives the direct properties.
        sides: Person to the country or organisation that it acts for.
    """
    sought = sought_names(fact, lexicon, sides)
    near = sided(fact.near, sides)
    offered = {number: _event_names(event.told, lexicon, sides) for number, event in events.items()}
    party_names = {number: _party_names(event.told, lexicon, sides) for number, event in events.items()}
    by_name = [i for i in events if offered[i] & sought.by_name and _fits(fact, events[i].told, sides)]
    if by_name:
        here = [i for i in _told_here(by_name, events) if _is_known(fact, events[i].told, taken_up)]
        known = [i for i in by_name if _is_known(fact, events[i].told, anchored)]
        tiers = here, [i for i in known if party_names[i] <= near], known
    else:
        may = [i for i in events if offered[i] & sought.by_document and len(party_names[i] & near) > 1]
        meant = [i for i in may if _alike(fact, events[i].told) and _fits(fact, events[i].told, sides)]
        tiers = _told_here(meant, events), meant, []
    first = next((tier for tier in tiers if tier), [])
    return first[0] if len(first) == 1 else None


def _told_here(numbers: Iterable[int], events: Mapping[int, Candidate]) -> list[int]:
    return [number for number in numbers if events[number].here]


def _is_known(fact: Fact, event: Told, enough: Callable[[Fact, Fact], bool]) -> bool:
    """Tell whether a claim says enough to mean an event; one without parties is known by its matter."""
    return not any(fact.parties) or any(enough(fact, other) for other in event)


def _alike(fact: Fact, event: Told) -> bool:
    """Tell whether a claim without parties may mean an event: "the talks" by itself, others by their matter."""
    gathering = fact.claim.event_type in GATHERINGS and fact.claim.polarity is Polarity.AFFIRMED
    return gathering or any(about_same(fact, other) for other in event)


def _fits(fact: Fact, event: Told, sides: Mapping[str, str]) -> bool:
    # who leaves a party out may add to what is said of an event, but is too vague to deny it
    if all(other.claim.polarity is not fact.claim.polarity for other in event):
        return False
    return all(fits(fact, other, sides) for other in event)


def _party_names(event: Told, lexicon: Lexicon, sides: Mapping[str, str]) -> set[str]:
    named = (parties(fact.claim, lexicon, sides) for fact in event)
    return {sides.get(party, party) for pairs in named for pair in pairs for party in pair}


def _event_names(event: Told, lexicon: Lexicon, sides: Mapping[str, str]) -> frozenset[str]:
    return frozenset(name for fact in event for name in _names(fact, lexicon, sides))


def _names(fact: Fact, lexicon: Lexicon, sides: Mapping[str, str]) -> set[str]:
    """Return the names under which a claim that names only one finds an event: its parties and what it is about."""
    claim = fact.claim
    named = {party for pair in parties(claim, lexicon, sides) for party in pair}
    return named.union(claim.entities("theme"), claim.entities("topic"))
