"""Claims with canonical entities: read anew for the documents that a change touches, and kept where nothing changed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kg.codec import Codec
from kg.fuse.blocks import group_key, matter_block, parties
from kg.fuse.facts import Fact, facts_of
from kg.fuse.homes import sought_names
from kg.fuse.kept.merges import Merges
from kg.fuse.kept.offices import Offices
from kg.fuse.kept.queue import Queue
from kg.fuse.kept.reports import Reports
from kg.fuse.kept.touched import Touched
from kg.lexicon import Lexicon
from kg.model import Annotation, EntityValue

__all__ = ["Claims", "PlacedRow", "block_name", "entity_keys", "role_keys"]

_FACT = Codec(Fact, level=1)

# a claim is compared with others about four times in a build, mostly soon again
_fact = lru_cache(maxsize=1 << 12)(_FACT.decode)

PlacedRow = tuple[str, str, str, bool, str, str, bytes]
"""A claim as it is kept: its id, document, kind, whether it has two parties or more, block, choices, record."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A claim with where it may go: the pairs of its parties, or the names under which it looks for an event."""

    fact: Fact
    kind: str
    paired: bool
    choices: tuple[str, ...]
    block: str
    data: bytes

    @property
    def row(self) -> tuple[str, bool, str, bytes]:
        return self.kind, self.paired, json.dumps(self.choices), self.data


def block_name(block: Iterable[str]) -> str:
    """Return a block as a string."""
    return "\x1f".join(block)


def role_keys(facts: Iterable[Fact]) -> set[str]:
    """Return every entity that fills a role of some claims."""
    return {r.value.key for fact in facts for r in fact.claim.roles if isinstance(r.value, EntityValue)}


def entity_keys(facts: Iterable[Fact]) -> set[str]:
    """Return every entity that claims name in a role, or leave to their readers."""
    given = list(facts)
    return role_keys(given).union(*(fact.near for fact in given))


class Claims:
    """Keeps the claims of all documents as fusing sees them.

    Args:
        database: Holds them.
        annotation_of: Returns what conforms of a document's annotation, as people judged it.
        lexicon: Gives the direct properties.
        merges: Canonical keys.
        reports: The independent sources of documents.
        offices: The sides of persons.
        touched: Is filled.
    """

    def __init__(
        self,
        database: sqlite3.Connection,
        annotation_of: Callable[[str], Annotation],
        *,
        lexicon: Lexicon,
        merges: Merges,
        reports: Reports,
        offices: Offices,
        touched: Touched,
    ) -> None:
        self._database = database
        self._annotation_of = annotation_of
        self._lexicon = lexicon
        self._merges = merges
        self._reports = reports
        self._offices = offices
        self._touched = touched
        self._altered = Queue(database, "altered", "key")

    # ---- what to read

    def touch(self, moved: Queue, sided: Queue, typed: Queue) -> None:
        """Touch the documents that name entities which others are one with now, act for others, or are of other kinds.

        Args:
            moved: Keys that have another canonical key.
            sided: Canonical keys of persons that act for somebody else.
            typed: Keys of another class, or that became or ceased to be an outlet.
        """
        for (key,) in moved:
            self._touch_key(key)
        for (key,) in sided.drain():
            self._alter(key)
        for (key,) in typed.drain():
            self._alter(self._merges.canonical(key))

    def _alter(self, canonical: str) -> None:
        """Touch the claims that name an entity, which look the same and mean something else."""
        self._altered.add(canonical)
        for member in self._merges.members(canonical):
            self._touch_key(member)

    def _touch_key(self, key: str) -> None:
        self._touched.documents.add_found("SELECT document FROM appearance WHERE key = ?", key)

    # ---- reading

    def settle(self) -> None:
        """Read the claims of the touched documents; what is as before is left alone."""
        for (document,) in self._touched.documents.drain():
            self._read(document)
        self._altered.clear()

    def _read(self, document: str) -> None:
        columns = "id, kind, paired, choices, data, claim, block, home, seated, event"
        query = f"SELECT {columns} FROM fact WHERE document = ?"  # noqa: S608
        known = {row[5]: row for row in self._database.execute(query, (document,))}
        for placed in self._placed(document):
            row = known.pop(placed.fact.claim.id, None)
            if row and (row[1], bool(row[2]), *row[3:5]) == placed.row and not self._is_altered(placed.fact):
                continue
            if row:
                self._forget(document, row)
            self._remember(document, placed)
        for row in known.values():
            self._forget(document, row)

    def _is_altered(self, fact: Fact) -> bool:
        return any((key,) in self._altered for key in entity_keys([fact]))

    def _placed(self, document: str) -> Iterator[_Placed]:
        written, source = self._reports.written(document), self._reports.source(document)
        if written is None or source is None:
            return
        annotation = self._annotation_of(document)
        canonical = {key: self._merges.canonical(key) for key in self._keys(document)}
        media = self._media(annotation, canonical)
        for fact in facts_of(annotation, written, canonical=canonical, source=source, media=media):
            yield self._place(fact)

    def _keys(self, document: str) -> list[str]:
        return [key for (key,) in self._database.execute("SELECT key FROM appearance WHERE document = ?", (document,))]

    def _media(self, annotation: Annotation, canonical: Mapping[str, str]) -> frozenset[str]:
        """Return which of the speakers and messengers are outlets: an entity is one if any of its names is."""
        cited = {canonical.get(key, key) for claim in annotation.claims for key in (*claim.attributed_to, *claim.via)}
        query = "SELECT 1 FROM entity WHERE canonical = ? AND media AND family <> ''"
        return frozenset(key for key in cited if self._database.execute(query, (key,)).fetchone())

    def _place(self, fact: Fact) -> _Placed:
        sides = self._offices.among(entity_keys([fact]))
        kind, data = group_key(fact.claim), _FACT.encode(fact)
        options = parties(fact.claim, self._lexicon, sides)
        if len(options[0]) > 1:
            names = tuple(block_name(option) for option in options)
            return _Placed(fact, kind, True, names, names[0] if len(names) == 1 else "", data)
        sought = sought_names(fact, self._lexicon, sides)
        block = block_name(matter_block(fact, self._lexicon, sides))
        # the block stands last, so that one which changed is noticed
        return _Placed(fact, kind, False, (*sorted(sought.by_name | sought.by_document), block), block, data)

    # ---- keeping

    def _remember(self, document: str, placed: _Placed) -> None:
        kind, paired, choices, data = placed.row
        self._insert((placed.fact.claim.id, document, kind, paired, placed.block, choices, data))

    def _insert(self, row: PlacedRow) -> None:
        query = "INSERT INTO fact VALUES (NULL, ?, ?, ?, ?, ?, NULL, 0, NULL, 0, ?, ?)"
        fact = self._database.execute(query, row).lastrowid
        _, document, kind, paired, block, choices, _ = row
        self._touched.facts.add(fact)
        if not paired:
            self._touched.singles.add(fact)
            return
        self._touch_singles(document, kind)
        pairs = json.loads(choices)
        several = len(pairs) > 1
        self._database.executemany("INSERT INTO choice VALUES (?, ?, ?, ?)", [(kind, p, fact, several) for p in pairs])
        self._touched.pairs.add_all((kind, pair) for pair in pairs)
        if not several:
            self._touched.blocks.add(kind, block)

    def _touch_singles(self, document: str, kind: str) -> None:
        """Let the claims with one party or none look again, since a document means its own events first."""
        query = "SELECT id FROM fact WHERE document = ? AND kind = ? AND NOT paired"
        self._touched.singles.add_found(query, document, kind)

    def _forget(self, document: str, row: tuple[Any, ...]) -> None:
        fact, kind, paired, choices, _, _, block, home, seated, event = row
        self._database.execute("DELETE FROM fact WHERE id = ?", (fact,))
        if paired:
            self._touch_singles(document, kind)
            self._database.execute("DELETE FROM choice WHERE fact = ?", (fact,))
            self._touched.pairs.add_all((kind, pair) for pair in json.loads(choices))
            self._touched.blocks.add(kind, block)
            self._touched.break_(event)
            return
        self._database.execute("DELETE FROM seek WHERE fact = ?", (fact,))
        if home is not None:
            self._touched.seats.add(home)
            self._touched.events.add(home)
        if not seated:
            self._touched.left.add(kind, block)
            self._touched.break_(event)

    # ---- claims that are read on one machine and clustered on another

    def placed(self) -> Iterator[PlacedRow]:
        """Yield every claim with where it may go."""
        query = "SELECT claim, document, kind, paired, block, choices, data FROM fact ORDER BY kind, claim"
        for claim, document, kind, paired, *place in self._database.execute(query):
            yield claim, document, kind, bool(paired), *place

    def take(self, rows: Iterable[PlacedRow]) -> None:
        """Take in claims that :meth:`placed` gave elsewhere."""
        for row in rows:
            self._insert(row)

    # ---- what others ask

    def load(self, where: str, *values: object) -> dict[int, Fact]:
        """Return the claims that a condition finds, by number; in no order that means anything."""
        rows = self._database.execute(f"SELECT id, data FROM fact WHERE {where}", values)  # noqa: S608
        return {number: _fact(data) for number, data in rows.fetchall()}
