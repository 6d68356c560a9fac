"""Events, disputes and direct triples: told anew where their claims changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from decimal import Decimal

from kg.codec import Codec
from kg.fuse.events import draft_key, event_name, make_event
from kg.fuse.facts import Fact
from kg.fuse.gate import Gate
from kg.fuse.kept.claims import Claims, role_keys
from kg.fuse.kept.offices import Offices
from kg.fuse.kept.totals import Totals
from kg.fuse.kept.touched import Touched
from kg.fuse.statements import Support, Triple, find_support, make_statement
from kg.fuse.trust import Ends
from kg.lexicon import Lexicon
from kg.model import Dispute, Event, Statement

__all__ = ["Events"]

_SUPPORT = Codec(Support, level=1)


class Events:
    """Names events, and tells those that changed with what they support.

    Args:
        database: Holds the events.
        claims: Gives the claims.
        offices: The sides of persons.
        lexicon: Gives the direct properties.
        threshold: The confidence from which a claim asserts a triple.
        touched: Gives what to look at, and is filled.
        totals: Are kept up to date.
        gate: Weighs direct triples.
    """

    def __init__(
        self,
        database: sqlite3.Connection,
        claims: Claims,
        offices: Offices,
        *,
        lexicon: Lexicon,
        threshold: Decimal,
        touched: Touched,
        totals: Totals,
        gate: Gate,
    ) -> None:
        self._database = database
        self._claims = claims
        self._offices = offices
        self._lexicon = lexicon
        self._threshold = threshold
        self._touched = touched
        self._totals = totals
        self._gate = gate

    # ---- names

    def settle(self) -> None:
        """Name the touched events; where several share class, parties and date, the others get new names, too."""
        for (event,) in self._touched.events:
            self._draft(event)
        for (draft,) in self._touched.drafts.drain():
            self._name_all(draft)

    def _draft(self, event: int) -> None:
        row = self._database.execute("SELECT kind, draft, name FROM event WHERE id = ?", (event,)).fetchone()
        if row is None or not row[0]:
            return
        facts = list(self._claims.load("event = ?", event).values())
        draft = draft_key(facts, self._sides(facts))
        self._touched.drafts.add_all((one,) for one in {row[1], draft} if one is not None)
        if row[2] is not None:
            self._touched.gone.add(row[2])
        self._database.execute("UPDATE event SET draft = ? WHERE id = ?", (draft, event))

    def _name_all(self, draft: str) -> None:
        events = self._database.execute("SELECT id, name FROM event WHERE draft = ?", (draft,)).fetchall()
        renamed = [(event, before, self._name(event, draft, tie=len(events) > 1)) for event, before in events]
        for event, before, name in renamed:
            if name != before:
                self._database.execute("UPDATE event SET name = ? WHERE id = ?", (name, event))
                self._touched.events.add(event)
                if before is not None:
                    self._touched.gone.add(before)

    def _name(self, event: int, draft: str, *, tie: bool) -> str:
        claims = self._database.execute("SELECT claim FROM fact WHERE event = ?", (event,))
        return event_name(draft, [claim for (claim,) in claims], tie=tie)

    # ---- what changed

    def changed(self) -> Iterator[tuple[Event, tuple[Dispute, ...]]]:
        """Yield every touched event as it is now, with its disputes; afterwards the triples can be told."""
        for (event,) in self._touched.events.drain():
            found = self._tell(event)
            if found:
                yield found

    def _tell(self, event: int) -> tuple[Event, tuple[Dispute, ...]] | None:
        query = "SELECT kind, name, type, claims, disputes FROM event WHERE id = ?"
        row = self._database.execute(query, (event,)).fetchone()
        if row is None:
            return None
        kind, name, event_type, claims, disputes = row
        self._count(event_type, claims, disputes, -1)
        if not kind:
            self._database.execute("DELETE FROM event WHERE id = ?", (event,))
            return None
        facts = list(self._claims.load("event = ?", event).values())
        keys = sorted(role_keys(facts))
        ends = Ends(self._types(keys), self._offices.among(keys))
        made, contested = make_event(name, facts, ends)
        self._count(made.event_type, len(made.claims), len(contested), 1)
        query = "UPDATE event SET type = ?, claims = ?, disputes = ? WHERE id = ?"
        self._database.execute(query, (made.event_type, len(made.claims), len(contested), event))
        self._support(event, name, facts, ends)
        return made, contested

    def _count(self, event_type: str | None, claims: int, disputes: int, sign: int) -> None:
        if event_type is not None:
            self._totals.add(f"claims {event_type}", sign * claims)
            self._totals.add("events", sign)
            self._totals.add("disputes", sign * disputes)

    def _support(self, event: int, name: str, facts: list[Fact], ends: Ends) -> None:
        """Note which direct triples an event's claims may assert."""
        self._touched.triples.add_found("SELECT subject, predicate, object FROM support WHERE event = ?", event)
        self._database.execute("DELETE FROM support WHERE event = ?", (event,))
        found = find_support(name, facts, lexicon=self._lexicon, threshold=self._threshold, ends=ends, gate=self._gate)
        self._touched.triples.add_all(found)
        rows = [(*triple, event, _SUPPORT.encode(support)) for triple, support in found.items()]
        self._database.executemany("INSERT INTO support VALUES (?, ?, ?, ?, ?)", rows)

    def _types(self, keys: list[str]) -> dict[str, str]:
        query = "SELECT type FROM entity WHERE key = ? AND family <> ''"
        found = ((key, self._database.execute(query, (key,)).fetchone()) for key in keys)
        return {key: row[0] for key, row in found if row}

    def supports(self) -> Iterator[tuple[str, str, str, bytes]]:
        """Yield what each event supports: a direct triple, and the record of its claims."""
        yield from self._database.execute("SELECT subject, predicate, object, data FROM support")

    def statements(self) -> Iterator[tuple[Triple, bool, Statement | None]]:
        """Yield every touched direct triple: whether the world told of it, and what it is now, None where it fell."""
        for subject, predicate, thing in self._touched.triples.drain():
            triple = subject, predicate, thing
            query = "SELECT data FROM support WHERE subject = ? AND predicate = ? AND object = ?"
            supports = [_SUPPORT.decode(data) for (data,) in self._database.execute(query, triple)]
            found = make_statement(triple, supports, self._gate)
            stood = self._note(triple, stands=found is not None)
            yield triple, stood, found

    def _note(self, triple: Triple, *, stands: bool) -> bool:
        """Note whether a triple stands now, and return whether it did."""
        where = "subject = ? AND predicate = ? AND object = ?"
        row = self._database.execute(f"SELECT 1 FROM statement WHERE {where}", triple).fetchone()  # noqa: S608
        stood = row is not None
        self._totals.add("statements", stands - stood)
        if stands and not stood:
            self._database.execute("INSERT INTO statement VALUES (?, ?, ?)", triple)
        elif stood and not stands:
            self._database.execute(f"DELETE FROM statement WHERE {where}", triple)  # noqa: S608
        return stood

    def _sides(self, facts: list[Fact]) -> dict[str, str]:
        return self._offices.among(role_keys(facts))
