"""Put claims into the blocks within which events are looked for, and cluster each block.

A block is a class with one pair of parties. A claim with more than two parties goes where most claims are; a claim with
one party, or none but a named theme, joins an event only where there is exactly one that it fits. A block depends on
its own claims alone, so a new document costs what the blocks it touches cost.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.fuse.compare import content_words
from kg.fuse.facts import ACT, Fact, direct_pairs, reading_order
from kg.fuse.fit import GATHERINGS, about_same, fits, guests_fit
from kg.lexicon import Lexicon
from kg.model import Claim, Polarity, TextValue, TimeValue

__all__ = ["Block", "cluster", "group_key", "parties", "precision"]

Block = tuple[str, ...]

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
        return (tuple(sorted(_sided(claim.entities("agent"), sides))),)
    targets = [thing for _, thing in direct_pairs(claim, lexicon)]
    named = {*claim.entities("agent"), *claim.entities("participant"), *claim.entities("recipient"), *targets}
    acting_for = _sided(named, sides)
    # a president who appoints a minister: two parties that act for one
    members = sorted(acting_for if len(acting_for) > 1 else named)
    pairs = tuple((a, b) for i, a in enumerate(members) for b in members[i + 1 :])
    return pairs or (tuple(members),)


def _sided(keys: Iterable[str], sides: Mapping[str, str]) -> set[str]:
    return {sides.get(key, key) for key in keys}


def precision(fact: Fact) -> int:
    """Return 0 for a claim dated to the day, 1 to the month, 2 to the year, 3 for an undated one."""
    times = (role.value for role in fact.claim.roles if role.name in ("begin", "end"))
    spans = [(time.latest - time.earliest).days for time in times if isinstance(time, TimeValue)]
    return min((0 if days < 7 else 1 if days < 32 else 2 for days in spans), default=3)


def cluster(facts: Sequence[Fact], lexicon: Lexicon, sides: Mapping[str, str]) -> list[list[Fact]]:
    """Return the events of one group (:func:`group_key`) as lists of claims.

    Args:
        facts: All claims of the group, in any order.
        lexicon: Gives the direct properties.
        sides: Person to the country or organisation that it acts for.
    """
    pairs, singles = _blocks(facts, lexicon, sides)
    events = [event for block in sorted(pairs) for event in _events(pairs[block], sides)]
    # judged by their paired claims alone, so that single ones do not depend on each other's order
    homes = _Homes([tuple(event) for event in events], lexicon, sides)
    guests: dict[int, list[Fact]] = defaultdict(list)
    left: dict[Block, list[Fact]] = defaultdict(list)
    for block in sorted(singles):
        for fact in singles[block]:
            home = homes.find(fact)
            if home is None:
                left[block].append(fact)
            else:
                guests[home].append(fact)
    for number in sorted(guests):
        seated: list[Fact] = []
        for fact in sorted(guests[number], key=_fusing_order):
            if all(guests_fit(fact, other) for other in seated):
                seated.append(fact)
            else:
                left[_parties_or_matter(fact, lexicon, sides)].append(fact)
        events[number].extend(seated)
    for block in sorted(left):
        events.extend(_events(left[block], sides))
    return events


class _Homes:
    """Finds the one event that a claim with one party, or none, can mean.

    An event that the same document tells of comes before one whose parties the document names, and that before any
    other; where two come first, the claim stays alone.
    """

    def __init__(self, events: Sequence[Sequence[Fact]], lexicon: Lexicon, sides: Mapping[str, str]) -> None:
        self.events, self.lexicon, self.sides = events, lexicon, sides
        self.parties = [_party_names(event, lexicon, sides) for event in events]
        self.by_name: dict[str, list[int]] = defaultdict(list)
        for number, event in enumerate(events):
            for name in sorted({name for fact in event for name in _names(fact, lexicon, sides)}):
                self.by_name[name].append(number)

    def find(self, fact: Fact) -> int | None:
        """Return the number of the event, None where there is none or more than one."""
        home = parties(fact.claim, self.lexicon, self.sides)[0]
        near = _sided(fact.near, self.sides)
        things = sorted({*fact.claim.entities("theme"), *fact.claim.entities("topic")})
        names = {*_sided(home[:1], self.sides), *home[:1]} or set(things[:1])
        found = sorted({i for name in names for i in self.by_name.get(name, ())})
        named = [i for i in found if self._fits(fact, i)]
        if named:
            tiers = self._told(fact, named), [i for i in named if self.parties[i] <= near], named
        else:
            meant = [] if home else self._meant(fact, near)
            tiers = self._told(fact, meant), meant, []
        first = next((tier for tier in tiers if tier), [])
        return first[0] if len(first) == 1 else None

    def _meant(self, fact: Fact, near: set[str]) -> list[int]:
        """Return the events that a claim without parties may mean: "the talks" by itself, others by their matter."""
        gathering = fact.claim.event_type in GATHERINGS and fact.claim.polarity is Polarity.AFFIRMED
        found = sorted({i for name in near for i in self.by_name.get(name, ()) if len(self.parties[i] & near) > 1})
        alike = (i for i in found if gathering or any(about_same(fact, other) for other in self.events[i]))
        return [i for i in alike if self._fits(fact, i)]

    def _fits(self, fact: Fact, number: int) -> bool:
        # who leaves a party out may add to what is said of an event, but is too vague to deny it
        if all(other.claim.polarity is not fact.claim.polarity for other in self.events[number]):
            return False
        return all(fits(fact, other, self.sides) for other in self.events[number])

    def _told(self, fact: Fact, numbers: Sequence[int]) -> list[int]:
        own = fact.claim.document_id
        return [i for i in numbers if any(other.claim.document_id == own for other in self.events[i])]


def _party_names(event: Iterable[Fact], lexicon: Lexicon, sides: Mapping[str, str]) -> set[str]:
    named = (parties(fact.claim, lexicon, sides) for fact in event)
    return {sides.get(party, party) for pairs in named for pair in pairs for party in pair}


def _parties_or_matter(fact: Fact, lexicon: Lexicon, sides: Mapping[str, str]) -> Block:
    """Return the block of a claim with one party or none."""
    return parties(fact.claim, lexicon, sides)[0] or _matter_block(fact)


def _names(fact: Fact, lexicon: Lexicon, sides: Mapping[str, str]) -> set[str]:
    """Return the names under which a claim that names only one finds an event: its parties and what it is about."""
    claim = fact.claim
    named = {party for pair in parties(claim, lexicon, sides) for party in pair}
    return named.union(claim.entities("theme"), claim.entities("topic"))


def _blocks(
    facts: Sequence[Fact], lexicon: Lexicon, sides: Mapping[str, str]
) -> tuple[dict[Block, list[Fact]], dict[Block, list[Fact]]]:
    """Return the blocks of pairs, and those of claims with one party or none."""
    options = [(fact, parties(fact.claim, lexicon, sides)) for fact in facts]
    size = Counter(pair for _, pairs in options for pair in pairs)
    paired: dict[Block, list[Fact]] = defaultdict(list)
    single: dict[Block, list[Fact]] = defaultdict(list)
    for fact, pairs in options:
        home = min(pairs, key=lambda pair: (-size[pair], pair))
        if len(home) > 1:
            paired[home].append(fact)
        else:
            single[_parties_or_matter(fact, lexicon, sides)].append(fact)
    return paired, single


def _matter_block(fact: Fact) -> Block:
    """Return the block of a claim without parties: a name or the words of what it is about."""
    claim = fact.claim
    things = sorted((*claim.entities("theme"), *claim.entities("topic"))) or sorted(claim.entities("place"))
    if things:
        return (things[0],)
    texts = (role.value.text for role in claim.roles if isinstance(role.value, TextValue))
    words = sorted({word for text in texts for word in content_words(text)})
    return (" ".join(words) or claim.id,)


def _events(facts: Iterable[Fact], sides: Mapping[str, str]) -> list[list[Fact]]:
    """Let each claim, the most precisely dated first, join the first event all of whose claims it fits."""
    events: list[list[Fact]] = []
    for fact in sorted(facts, key=_fusing_order):
        home = next((event for event in events if all(fits(fact, other, sides) for other in event)), None)
        if home is None:
            events.append([fact])
        else:
            home.append(fact)
    return events


def _fusing_order(fact: Fact) -> tuple[object, ...]:
    """Sort key: precision of date, date, document, offset."""
    dated = fact.earliest or fact.published
    return precision(fact), dated, *reading_order(fact)
