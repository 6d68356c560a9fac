"""What the documents call each entity: votes on family, class and label, counted up and down as documents come and go.

An entity's count of documents grows with the graph, its counters do not: a change costs what the document names.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.fuse.kept.queue import Queue
from kg.fuse.lineage import is_agency, outlet, publisher_key
from kg.fuse.names import fold
from kg.fuse.signature import Signature
from kg.fuse.sources import Source
from kg.model import Annotation, Family, LocalEntity

__all__ = ["MEDIA", "Census", "Naming"]

MEDIA = "schema:NewsMediaOrganization"

Vote = tuple[str, str]
"""What is voted on (family, type, label, name, link or publisher), and for what."""


@dataclass(frozen=True, slots=True)
class Naming:
    """What most documents say of an entity."""

    family: str
    label: str
    type: str
    links: tuple[str, ...]
    mentions: int

    @property
    def is_media(self) -> bool:
        """Whether it is an outlet or agency."""
        return self.type == MEDIA or is_agency(self.label)


class Census:
    """Counts what documents say of entities.

    ``named`` collects the keys whose label, family, links, number of mentions or role as an outlet changed, ``typed``
    those whose class or role as an outlet did, ``told`` those of which anything changed.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._counted = Queue(database, "counted", "key")
        self.named = Queue(database, "named", "key")
        self.typed = Queue(database, "typed", "key")
        self.told = Queue(database, "told", "key")

    def enter(self, source: Source) -> None:
        """Count a document's entities, publishers among them, and note which keys its claims use besides."""
        mentions = Counter(key for mention in source.annotation.all_mentions for key in mention.entities)
        votes: dict[str, Counter[Vote]] = defaultdict(Counter)
        for local in source.annotation.entities:
            votes[local.key].update(_votes(local))
        for name in _outlets(source):
            votes[publisher_key(name)].update(_outlet_votes(name))
        for key in _named_in_claims(source.annotation):
            votes[key].update(())
        for key, given in votes.items():
            listed = sorted((kind, value, n) for (kind, value), n in given.items())
            seen = mentions[key] if given else 0
            self._database.execute(
                "INSERT INTO appearance VALUES (?, ?, ?, ?)",
                (source.document.id, key, seen, json.dumps(listed, ensure_ascii=False)),
            )
            self._count(key, seen, listed, 1)

    def leave(self, document_id: str) -> None:
        """Take a document's entities out of the count."""
        rows = self._database.execute(
            "SELECT key, mentions, votes FROM appearance WHERE document = ?", (document_id,)
        ).fetchall()
        for key, mentions, votes in rows:
            self._count(key, mentions, json.loads(votes), -1)
        self._database.execute("DELETE FROM appearance WHERE document = ?", (document_id,))

    def _count(self, key: str, mentions: int, votes: Iterable[tuple[str, str, int]], sign: int) -> None:
        added = [(key, kind, value, sign * n) for kind, value, n in votes]
        added += [(key, "mentions", "", sign * mentions)] if mentions else []
        self._database.executemany(
            "INSERT INTO vote VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n", added
        )
        if sign < 0:
            gone = [(key, kind, value) for key, kind, value, _ in added]
            self._database.executemany("DELETE FROM vote WHERE key = ? AND kind = ? AND value = ? AND n = 0", gone)
        if added:
            self._counted.add(key)

    def settle(self) -> None:
        """Decide anew what the entities are that were counted."""
        for (key,) in self._counted.drain():
            self._decide(key)

    def _decide(self, key: str) -> None:
        before = self.naming(key)
        after = _decided(self._database.execute("SELECT kind, value, n FROM vote WHERE key = ?", (key,)))
        self.told.add(key)
        if before == after:
            return
        if before is None or after is None or _name_of(before) != _name_of(after):
            self.named.add(key)
        if before is None or after is None or (before.type, before.is_media) != (after.type, after.is_media):
            self.typed.add(key)
        self._store(key, after)

    def _store(self, key: str, naming: Naming | None) -> None:
        if naming is None:
            # merging and counting still need the row: it goes when the world is told
            self._database.execute("UPDATE entity SET family = '', label = '', folded = '' WHERE key = ?", (key,))
            return
        links = json.dumps(naming.links)
        said = (naming.family, naming.label, fold(naming.label), naming.type, links, naming.mentions, naming.is_media)
        self._database.execute(
            "INSERT INTO entity VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?1, NULL, 0, 0, NULL) ON CONFLICT "
            "DO UPDATE SET family = ?2, label = ?3, folded = ?4, type = ?5, links = ?6, mentions = ?7, media = ?8",
            (key, *said),
        )

    def naming(self, key: str) -> Naming | None:
        """Return what is known of a key, None where no document names it."""
        row = self._database.execute(
            "SELECT family, label, type, links, mentions FROM entity WHERE key = ? AND family <> ''", (key,)
        ).fetchone()
        return Naming(row[0], row[1], row[2], tuple(json.loads(row[3])), row[4]) if row else None

    def names(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Return all names and labels that documents use for some keys, sorted."""
        query = "SELECT value FROM vote WHERE key = ? AND kind IN ('label', 'name')"
        found = (row[0] for key in keys for row in self._database.execute(query, (key,)))
        return tuple(sorted(set(found)))


def _votes(local: LocalEntity) -> Iterator[Vote]:
    yield "family", local.family.value
    yield "type", f"{local.family.value} {local.type}"
    yield "label", local.label
    yield from (("name", name) for name in set(local.names))
    yield from (("link", link) for link in set(local.same_as))


def _outlet_votes(name: str) -> Iterator[Vote]:
    """Count a publisher, which the text need not mention."""
    yield "family", Family.OTHER.value
    yield "type", f"{Family.OTHER.value} {MEDIA}"
    yield "label", name
    yield "publisher", ""


def _outlets(source: Source) -> list[str]:
    """Return the names that a document's graph or its lineage names: publisher, origin and agency."""
    document = source.document
    origin = document.based_on.publisher if document.based_on else None
    found = outlet(document, Signature.unpack(source.sketch).agency)
    return list(dict.fromkeys(name for name in (document.publisher, origin, found) if name))


def _named_in_claims(annotation: Annotation) -> set[str]:
    named = {key for claim in annotation.claims for role in claim.roles for key in claim.entities(role.name)}
    return named.union(*((*claim.attributed_to, *claim.via) for claim in annotation.claims))


def _decided(votes: Iterable[tuple[str, str, int]]) -> Naming | None:
    """Return what most documents say, the alphabetically first of equals; of labels the longest."""
    by_kind: dict[str, Counter[str]] = defaultdict(Counter)
    for kind, value, n in votes:
        by_kind[kind][value] = n
    if not by_kind["family"]:
        return None
    family, labels = _winner(by_kind["family"]), by_kind["label"]
    types = Counter({kind.partition(" ")[2]: n for kind, n in by_kind["type"].items() if kind.startswith(f"{family} ")})
    return Naming(
        family=family,
        label=min(labels, key=lambda name: (-labels[name], -len(name), name)),
        type=MEDIA if by_kind["publisher"] else _winner(types),
        links=tuple(sorted(by_kind["link"])),
        mentions=by_kind["mentions"][""],
    )


def _winner(votes: Counter[str]) -> str:
    return min(votes, key=lambda value: (-votes[value], value))


def _name_of(naming: Naming) -> tuple[object, ...]:
    """Return what merging looks at."""
    return naming.family, naming.label, naming.links, naming.mentions, naming.is_media
