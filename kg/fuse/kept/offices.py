"""For whom persons act: counts of the claims that tell of offices, and the side that follows from them."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from kg.corrections import Review, judged_confidence
from kg.fuse.kept.merges import Merges
from kg.fuse.kept.queue import Queue
from kg.fuse.statements import supports
from kg.model import Annotation, Claim

__all__ = ["Offices"]

_REMEMBERED = 10_000


class Offices:
    """Keeps for each person the country or organisation in which, by the claims, it holds office.

    Somebody said to hold office in several acts for the one that most claims name, and for none where two are named
    equally often. ``sided`` collects the canonical keys of persons whose side changed.
    """

    def __init__(self, database: sqlite3.Connection, *, threshold: Decimal) -> None:
        self._database = database
        self._threshold = threshold
        self._asked = Queue(database, "asked", "key")
        self.sided = Queue(database, "sided", "key")
        self._found: dict[str, str] = {}

    def enter(self, document_id: str, annotation: Annotation) -> None:
        """Count the offices that a document tells of."""
        for claim in annotation.claims:
            # a confirmed claim is sure, and then it may count
            if claim.event_type == "HoldOffice" and supports(replace(claim, confidence=Decimal(1)), self._threshold):
                pattern = self._pattern(claim)
                values = (document_id, claim.id, pattern, str(claim.confidence), 0)
                self._database.execute("INSERT INTO office VALUES (?, ?, ?, ?, ?)", values)
                self.judge(claim.id, None)

    def _pattern(self, claim: Claim) -> int:
        """Return the number of the holders and what they hold office in, as claims name them."""
        holders, offices = (sorted(set(claim.entities(role))) for role in ("agent", "recipient"))
        values = (json.dumps(holders), json.dumps(offices))
        self._database.execute("INSERT OR IGNORE INTO pattern (holders, offices, n) VALUES (?, ?, 0)", values)
        query = "SELECT id FROM pattern WHERE holders = ? AND offices = ?"
        found: int = self._database.execute(query, values).fetchone()[0]
        keys = [(key, found) for key in {*holders, *offices}]
        self._database.executemany("INSERT OR IGNORE INTO office_key VALUES (?, ?)", keys)
        return found

    def judge(self, claim_id: str, review: Review | None) -> None:
        """Count a claim, or stop counting it, as it is judged now; claims of no office are passed over."""
        query = "SELECT pattern, confidence, counts FROM office WHERE claim = ?"
        row = self._database.execute(query, (claim_id,)).fetchone()
        if row is None:
            return
        pattern, confidence, counts = row
        found = judged_confidence(Decimal(confidence), review)
        sure = found is not None and found >= self._threshold
        if sure != bool(counts):
            self._database.execute("UPDATE office SET counts = ? WHERE claim = ?", (sure, claim_id))
            self._count(pattern, 1 if sure else -1)

    def _count(self, pattern: int, change: int) -> None:
        self._database.execute("UPDATE pattern SET n = n + ? WHERE id = ?", (change, pattern))
        self._asked.add_all((holder,) for holder in self._holders(pattern))

    def _holders(self, pattern: int) -> list[str]:
        row = self._database.execute("SELECT holders FROM pattern WHERE id = ?", (pattern,)).fetchone()
        found: list[str] = json.loads(row[0])
        return found

    def leave(self, document_id: str) -> None:
        """Take a document's offices out of the count."""
        query = "SELECT pattern, counts FROM office WHERE document = ?"
        for pattern, counts in self._database.execute(query, (document_id,)).fetchall():
            if counts:
                self._count(pattern, -1)
        self._database.execute("DELETE FROM office WHERE document = ?", (document_id,))

    def settle(self, merges: Merges) -> None:
        """Decide the sides anew of the persons whose offices changed, or whose keys or offices' keys moved."""
        self._found.clear()
        for (key,) in merges.moved:
            patterns = self._database.execute("SELECT pattern FROM office_key WHERE key = ?", (key,)).fetchall()
            for (pattern,) in patterns:
                self._asked.add_all((holder,) for holder in self._holders(pattern))
        for (key,) in merges.regrouped:
            self._asked.add(key)
        done: set[str] = set()
        for (key,) in self._asked.drain():
            person = merges.canonical(key)
            # a key that is an alias now has no side of its own
            for one in {key, person} - done:
                self._set_side(one, merges)
            done = done if len(done) < _REMEMBERED else set()
            done.update((key, person))

    def _set_side(self, person: str, merges: Merges) -> None:
        votes: Counter[str] = Counter()
        if merges.canonical(person) == person:
            for pattern, offices, n in self._patterns(merges.members(person)):
                holders = {merges.canonical(key) for key in self._holders(pattern)}
                if person in holders:
                    votes.update(dict.fromkeys({merges.canonical(key) for key in offices}, n))
        side = _most(votes)
        row = self._database.execute("SELECT party FROM side WHERE person = ?", (person,)).fetchone()
        if side == (row[0] if row else ""):
            return
        self._database.execute("DELETE FROM side WHERE person = ?", (person,))
        if side:
            self._database.execute("INSERT INTO side VALUES (?, ?)", (person, side))
        self._touch(person)

    def _touch(self, key: str) -> None:
        """Touch whose side changed, and whoever acts for it."""
        self.sided.add(key)
        rows = self._database.execute("SELECT person FROM side WHERE party = ?", (key,)).fetchall()
        for (other,) in rows:
            if (other,) not in self.sided:
                self._touch(other)

    def _patterns(self, keys: Iterable[str]) -> Iterator[tuple[int, list[str], int]]:
        seen = set()
        query = "SELECT id, offices, n FROM office_key JOIN pattern ON pattern = id WHERE key = ? AND n > 0"
        for key in keys:
            for pattern, offices, n in self._database.execute(query, (key,)).fetchall():
                if pattern not in seen:
                    seen.add(pattern)
                    yield pattern, json.loads(offices), n

    def among(self, keys: Iterable[str]) -> dict[str, str]:
        """Return the sides of those canonical keys that have one, and of these sides; once settled."""
        if len(self._found) > _REMEMBERED:
            self._found.clear()
        sides: dict[str, str] = {}
        waiting = list(keys)
        while waiting:
            key = waiting.pop()
            side = self._found[key] if key in self._found else self._look_up(key)
            if side and key not in sides:
                sides[key] = side
                # an organisation may act for a country as a person does
                waiting.append(side)
        return sides

    def _look_up(self, key: str) -> str:
        row = self._database.execute("SELECT party FROM side WHERE person = ?", (key,)).fetchone()
        self._found[key] = row[0] if row else ""
        return self._found[key]


def _most(votes: Counter[str]) -> str:
    ranked = votes.most_common(2)
    return "" if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]) else ranked[0][0]
