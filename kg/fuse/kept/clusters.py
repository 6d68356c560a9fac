"""Which claims tell of one event, decided anew for the blocks that a change touches.

Claims with two parties or more make the events of their block. A claim with fewer looks among these for the one that it
means and becomes its guest; what finds none is compared with its like. Each step reads only what it was pointed to.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.fuse.blocks import cluster_block, group_key, parties, seat_guests, spokesmen
from kg.fuse.facts import Fact
from kg.fuse.fit import sameness
from kg.fuse.homes import Candidate, find_home, offered_names, sought_names
from kg.fuse.kept.claims import Claims, entity_keys, role_keys
from kg.fuse.kept.offices import Offices
from kg.fuse.kept.queue import Queue
from kg.fuse.kept.touched import Touched
from kg.fuse.kinds import STATES
from kg.fuse.when import REACH_DAYS, REACH_OF_SUMS, Reach, reach
from kg.iris import digest
from kg.lexicon import Lexicon

__all__ = ["Clusters"]

_NEAR = (
    f"(last >= ?3 - {REACH_DAYS} AND first <= ?4 + {REACH_DAYS}"
    f" OR sums AND ?5 AND last >= ?3 - {REACH_OF_SUMS} AND first <= ?4 + {REACH_OF_SUMS} OR things AND ?6)"
)


class Clusters:
    """Keeps which claims tell of one event.

    Args:
        database: Holds the events.
        claims: Gives the claims.
        offices: The sides of persons.
        lexicon: Gives the direct properties.
        touched: Gives what to look at, and is filled.
    """

    def __init__(
        self, database: sqlite3.Connection, claims: Claims, offices: Offices, lexicon: Lexicon, touched: Touched
    ) -> None:
        self._database = database
        self._claims = claims
        self._offices = offices
        self._lexicon = lexicon
        self._touched = touched
        self._choosing = Queue(database, "choosing", "fact")

    def settle(self) -> None:
        """Bring the events up to date."""
        self._choose_blocks()
        for kind, block in self._touched.blocks.drain():
            self._cluster(kind, block, paired=True)
        for (single,) in self._touched.singles.drain():
            self._find_home(single)
        for (event,) in self._touched.seats.drain():
            self._seat(event)
        for kind, block in self._touched.left.drain():
            self._cluster(kind, block, paired=False)
        self._touched.facts.clear()
        self._touched.broken.clear()

    # ---- claims with two parties or more

    def _choose_blocks(self) -> None:
        """Put each claim with more than two parties where most claims are, the alphabetically first of equals."""
        query = "SELECT fact FROM choice WHERE kind = ? AND pair = ? AND several"
        for kind, pair in self._touched.pairs.drain():
            self._choosing.add_found(query, kind, pair)
        for (fact,) in self._choosing.drain():
            self._choose_block(fact)

    def _choose_block(self, fact: int) -> None:
        query = "SELECT kind, block, event FROM fact WHERE id = ?"
        kind, block, event = self._database.execute(query, (fact,)).fetchone()
        pairs = [pair for (pair,) in self._database.execute("SELECT pair FROM choice WHERE fact = ?", (fact,))]
        chosen = min(pairs, key=lambda pair: (-self._size(kind, pair), pair.split("\x1f")))
        if block != chosen:
            self._database.execute("UPDATE fact SET block = ?, event = NULL WHERE id = ?", (chosen, fact))
            self._touched.break_(event)
            self._touched.blocks.add_all((kind, name) for name in (block, chosen) if name)

    def _size(self, kind: str, pair: str) -> int:
        query = "SELECT count(*) FROM choice WHERE kind = ? AND pair = ?"
        size: int = self._database.execute(query, (kind, pair)).fetchone()[0]
        return size

    def _cluster(self, kind: str, block: str, *, paired: bool) -> None:
        """Make the events of a block anew; those of which nothing changed stay as they are."""
        query = "kind = ? AND block = ? AND paired = ? AND NOT seated"
        facts = self._claims.load(query, kind, block, paired)
        numbers = {fact.claim.id: number for number, fact in facts.items()}
        sides = self._offices.among(role_keys(facts.values()))
        found = cluster_block(facts.values(), sides)
        clusters = {frozenset(numbers[fact.claim.id] for fact in event): event for event in found}
        before = self._members(kind, block, paired=paired)
        kept = {event for event, members in before.items() if members in clusters and not self._changed(event, members)}
        new = clusters.keys() - {before[event] for event in kept}
        heirs = self._heirs({e: m for e, m in before.items() if e not in kept}, {m: clusters[m] for m in new}, sides)
        for event in before.keys() - kept - heirs.keys():
            self._drop_event(event)
        for event, members in heirs.items():
            self._grow_event(event, members, facts, sides)
        for members in sorted(new - set(heirs.values()), key=sorted):
            self._add_event(kind, block, {number: facts[number] for number in members}, sides, paired=paired)

    def _members(self, kind: str, block: str, *, paired: bool) -> dict[int, frozenset[int]]:
        """Return the events of a block with the claims that tell of them, guests left out."""
        query = "SELECT id FROM event WHERE kind = ? AND block = ? AND paired = ?"
        events = [event for (event,) in self._database.execute(query, (kind, block, paired))]
        told = "SELECT id FROM fact WHERE event = ? AND home IS NOT ?"
        return {e: frozenset(fact for (fact,) in self._database.execute(told, (e, e))) for e in events}

    def _changed(self, event: int, members: Iterable[int]) -> bool:
        return (event,) in self._touched.broken or any((fact,) in self._touched.facts for fact in members)

    def _heirs(
        self,
        before: Mapping[int, frozenset[int]],
        new: Mapping[frozenset[int], Sequence[Fact]],
        sides: Mapping[str, str],
    ) -> dict[int, frozenset[int]]:
        """Return which events only lost or gained claims that say nothing else, so that they are found as before."""
        profiles: dict[str, list[frozenset[int]]] = {}
        for members, facts in new.items():
            profiles.setdefault(self._profile(facts, sides), []).append(members)
        heirs: dict[int, frozenset[int]] = {}
        for event, members in sorted(before.items()):
            (profile,) = self._database.execute("SELECT profile FROM event WHERE id = ?", (event,)).fetchone()
            own = [other for other in profiles.get(profile, ()) if other & members and other not in heirs.values()]
            if profile and own:
                heirs[event] = min(own, key=sorted)
        return heirs

    def _profile(self, facts: Sequence[Fact], sides: Mapping[str, str]) -> str:
        """Return the hash of all by which an event is found, empty for one that its dates or documents tell apart."""
        if facts[0].claim.event_type not in STATES or len(parties(facts[0].claim, self._lexicon, sides)[0]) < 2:
            return ""
        said = sorted(repr(sameness(fact)) for fact in spokesmen(facts))
        polarities = sorted({fact.claim.polarity.value for fact in facts})
        # where some deny it, each claim counts by itself
        own = sorted(fact.claim.id for fact in facts) if len(polarities) > 1 else []
        acting = sorted(f"{key} for {sides[key]}" for key in role_keys(facts) if key in sides)
        return digest(said, polarities, own, acting, sorted(offered_names(facts, self._lexicon, sides)))

    def _add_event(
        self, kind: str, block: str, facts: Mapping[int, Fact], sides: Mapping[str, str], *, paired: bool
    ) -> None:
        given = list(facts.values())
        profile = self._profile(given, sides) if paired else ""
        query = "INSERT INTO event VALUES (NULL, ?, ?, ?, ?, NULL, NULL, NULL, 0, 0)"
        event = self._database.execute(query, (kind, block, paired, profile)).lastrowid or 0
        self._tell(event, facts)
        if paired:
            near = reach(given)
            names = offered_names(given, self._lexicon, sides)
            rows = [(kind, name, event, near.first, near.last, near.sums, near.things) for name in sorted(names)]
            self._database.executemany("INSERT INTO offer VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
            self._touch_singles(rows)

    def _tell(self, event: int, facts: Mapping[int, Fact]) -> None:
        """Note which claims tell of an event, and which of them stand for all."""
        speak = {fact.claim.id for fact in spokesmen(facts.values())}
        rows = [(event, fact.claim.id in speak, number) for number, fact in facts.items()]
        self._database.executemany("UPDATE fact SET event = ?, speaks = ? WHERE id = ?", rows)
        self._touched.events.add(event)

    def _grow_event(
        self, event: int, members: frozenset[int], facts: Mapping[int, Fact], sides: Mapping[str, str]
    ) -> None:
        """Give an event other claims that say the same; only documents that now tell of it, or no more, look again."""
        told = "SELECT id FROM fact WHERE event = ? AND home IS NOT ?"
        before = {fact for (fact,) in self._database.execute(told, (event, event))}
        self._database.executemany("UPDATE fact SET event = NULL WHERE id = ?", [(fact,) for fact in before - members])
        self._tell(event, {number: facts[number] for number in members})
        query = "SELECT id FROM fact WHERE document = ? AND kind = ? AND NOT paired"
        for number in before ^ members:
            # of those that are gone the documents were touched when they went
            if number in facts:
                claim = facts[number].claim
                self._touched.singles.add_found(query, claim.document_id, group_key(claim))

    def _drop_event(self, event: int) -> None:
        """Forget an event; its guests, and whoever looks for one of its kind, look again."""
        columns = "kind, name, event, first, last, sums, things"
        rows = self._database.execute(f"SELECT {columns} FROM offer WHERE event = ?", (event,)).fetchall()  # noqa: S608
        self._database.execute("DELETE FROM offer WHERE event = ?", (event,))
        self._touch_singles(rows)
        self._touched.singles.add_found("SELECT id FROM fact WHERE home = ?", event)
        self._database.execute("UPDATE fact SET event = NULL WHERE event = ?", (event,))
        draft, name = self._database.execute("SELECT draft, name FROM event WHERE id = ?", (event,)).fetchone()
        if draft is not None:
            self._touched.drafts.add(draft)
        if name is not None:
            self._touched.gone.add(name)
        query = "SELECT subject, predicate, object FROM support WHERE event = ?"
        self._touched.triples.add_found(query, event)
        self._database.execute("DELETE FROM support WHERE event = ?", (event,))
        # the row stays until the totals are counted
        self._touched.events.add(event)
        self._database.execute("UPDATE event SET kind = '', block = '', draft = NULL WHERE id = ?", (event,))

    def _touch_singles(self, offers: Iterable[tuple[object, ...]]) -> None:
        query = f"SELECT fact FROM seek WHERE kind = ?1 AND name = ?2 AND {_NEAR}"  # noqa: S608
        for kind, name, _, first, last, sums, things in offers:
            self._touched.singles.add_found(query, kind, name, first, last, sums, things)

    # ---- claims with one party or none

    def _find_home(self, single: int) -> None:
        """Look for the event that a claim means; where it is another one than before, both get other guests."""
        query = "SELECT kind, block, home, seated, event FROM fact WHERE id = ?"
        row = self._database.execute(query, (single,)).fetchone()
        if row is None:
            return
        kind, block, before, seated, event = row
        fact = self._claims.load("id = ?", single)[single]
        changed = (single,) in self._touched.facts
        if changed:
            self._seek(single, fact, kind)
        home = self._home(fact, kind)
        if home == before and not changed:
            return
        self._database.execute("UPDATE fact SET home = ?, seated = 0, event = NULL WHERE id = ?", (home, single))
        for number in (before, home):
            if number is not None:
                self._touched.seats.add(number)
                self._touched.events.add(number)
        if not seated:
            self._touched.break_(event)
        if home is None or event is not None:
            self._touched.left.add(kind, block)

    def _seek(self, single: int, fact: Fact, kind: str) -> None:
        """Note under which names a new claim with one party or none looks for an event."""
        sought, near = sought_names(fact, self._lexicon, self._sides([fact])), reach([fact])
        names = sorted(sought.by_name | sought.by_document)
        rows = [(kind, name, single, near.first, near.last, near.sums, near.things) for name in names]
        self._database.executemany("INSERT INTO seek VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def _home(self, fact: Fact, kind: str) -> int | None:
        sought, near = sought_names(fact, self._lexicon, self._sides([fact])), reach([fact])
        numbers = set(self._candidates(kind, sought.by_name, near))
        # what has no party means the parties of an event that its document names, both of them
        numbers.update(n for n, names in self._candidates(kind, sought.by_document, near).items() if names > 1)
        events = {number: self._candidate(number, fact) for number in sorted(numbers)}
        return find_home(fact, events, self._lexicon, self._sides([fact, *_all(events)])) if events else None

    def _candidates(self, kind: str, names: Iterable[str], near: Reach) -> Counter[int]:
        """Return the events within reach that are found under some names, with the number of these names."""
        query = f"SELECT event FROM offer WHERE kind = ?1 AND name = ?2 AND {_NEAR}"  # noqa: S608
        values = near.first, near.last, near.sums, near.things
        return Counter(event for name in names for (event,) in self._database.execute(query, (kind, name, *values)))

    def _candidate(self, event: int, fact: Fact) -> Candidate:
        told = list(self._claims.load("event = ? AND speaks AND paired", event).values())
        query = "SELECT 1 FROM fact WHERE document = ? AND kind = ? AND event = ? AND paired"
        values = fact.claim.document_id, group_key(fact.claim), event
        return Candidate(told, self._database.execute(query, values).fetchone() is not None)

    def _seat(self, event: int) -> None:
        """Let those guests stay that do not contradict each other; the others are compared with their like."""
        guests = self._claims.load("home = ?", event)
        numbers = {fact.claim.id: number for number, fact in guests.items()}
        seated, left = seat_guests(guests.values())
        for facts, sits in ((seated, True), (left, False)):
            for fact in facts:
                self._sit(numbers[fact.claim.id], event, sits=sits)

    def _sit(self, single: int, event: int, *, sits: bool) -> None:
        query = "SELECT kind, block, seated, event FROM fact WHERE id = ?"
        kind, block, sat, at = self._database.execute(query, (single,)).fetchone()
        if bool(sat) == sits and (sits or at is not None):
            return
        if not sits or at is not None:
            self._touched.left.add(kind, block)
        if not sat:
            self._touched.break_(at)
        self._touched.events.add(event)
        values = sits, event if sits else None, single
        self._database.execute("UPDATE fact SET seated = ?, event = ? WHERE id = ?", values)

    def _sides(self, facts: Iterable[Fact]) -> dict[str, str]:
        return self._offices.among(entity_keys(facts))


def _all(events: Mapping[int, Candidate]) -> Iterator[Fact]:
    return (fact for event in events.values() for fact in event.told)
