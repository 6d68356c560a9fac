"""The entities of the world: naming, aliases, and how many independent sources speak of each."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from kg.fuse.kept.census import Census
from kg.fuse.kept.merges import Merges
from kg.fuse.kept.queue import Queue
from kg.fuse.kept.totals import Totals
from kg.model import Entity

__all__ = ["Entities"]


class Entities:
    """Counts independent sources, and tells which entities changed.

    A source is counted for a key, and for a group of keys that are one entity; so what a document adds to an entity
    that thousands of documents name is one step of a counter.
    """

    def __init__(self, database: sqlite3.Connection, census: Census, merges: Merges, totals: Totals) -> None:
        self._database = database
        self._census = census
        self._merges = merges
        self._totals = totals
        self._touched = Queue(database, "to_tell", "key")

    def leave(self, document_id: str, source: str | None) -> None:
        """Stop counting a document's source for what it names; before the census forgets what that is."""
        if source is not None:
            self._speak(document_id, source, -1)

    def settle(self, resourced: Queue) -> None:
        """Bring the counts up to date.

        Args:
            resourced: (document, former source or None, new source) of each document that counts for another source.
        """
        for document, before, after in resourced.drain():
            if before is not None:
                self._speak(document, before, -1)
            self._speak(document, after, 1)
        for (key,) in self._merges.regrouped:
            self._recount(key)
        for (key,) in self._merges.moved:
            self._census.told.add(key)

    def _speak(self, document_id: str, source: str, change: int) -> None:
        rows = self._database.execute("SELECT key FROM appearance WHERE document = ? AND votes <> '[]'", (document_id,))
        for (key,) in rows.fetchall():
            self._census.told.add(key)
            self._count("voice", "sources", key, source, change)
            canonical = self._merges.canonical(key)
            if len(self._merges.members(canonical)) > 1:
                self._count("group_voice", "group_sources", canonical, source, change)

    def _count(self, table: str, column: str, key: str, source: str, change: int) -> None:
        query = f"INSERT INTO {table} VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n RETURNING n"  # noqa: S608
        (n,) = self._database.execute(query, (key, source, change)).fetchone()
        if n == 0:
            self._database.execute(f"DELETE FROM {table} WHERE key = ? AND source = ?", (key, source))  # noqa: S608
        if n == 0 or (n == 1 and change == 1):
            self._database.execute(f"UPDATE entity SET {column} = {column} + ? WHERE key = ?", (change, key))  # noqa: S608

    def _recount(self, canonical: str) -> None:
        """Count the sources of a group whose members changed."""
        self._census.told.add(canonical)
        self._database.execute("DELETE FROM group_voice WHERE key = ?", (canonical,))
        members = self._merges.members(canonical)
        if len(members) > 1:
            self._database.executemany(
                "INSERT INTO group_voice SELECT ?, source, n FROM voice WHERE key = ? "
                "ON CONFLICT DO UPDATE SET n = n + excluded.n",
                [(canonical, member) for member in members],
            )
        query = "UPDATE entity SET group_sources = (SELECT count(*) FROM group_voice WHERE key = ?1) WHERE key = ?1"
        self._database.execute(query, (canonical,))

    # ---- what changed

    def changed(self) -> Iterator[tuple[str, bool, Entity | None]]:
        """Yield the key of each changed entity, whether the world told of it, and the entity, None if it is gone."""
        told = self._census.told
        for (key,) in told:
            # what an alias is called and who names it belongs to the entity as well; both change together
            self._touched.add(self._merges.canonical(key))
            self._touched.add(key)
        told.clear()
        for (key,) in self._touched.drain():
            yield from self._entity(key)

    def _entity(self, key: str) -> Iterator[tuple[str, bool, Entity | None]]:
        row = self._database.execute(
            "SELECT shown, family, canonical, reason, sources, group_sources FROM entity WHERE key = ?", (key,)
        ).fetchone()
        if row is None:
            return
        shown, family, canonical, reason, sources, group_sources = row
        now = "" if not family else "entity" if canonical == key else "alias"
        self._totals.add("entities", (now == "entity") - (shown == "entity"))
        if not family:
            self._database.execute("DELETE FROM entity WHERE key = ?", (key,))
            yield key, bool(shown), None
            return
        self._database.execute("UPDATE entity SET shown = ? WHERE key = ?", (now, key))
        members = self._merges.members(key) if canonical == key else [key]
        count = group_sources if len(members) > 1 else sources
        yield key, bool(shown), self._made(key, members, count, canonical, reason)

    def _made(self, key: str, members: list[str], sources: int, canonical: str, reason: str | None) -> Entity:
        namings = {member: naming for member in members if (naming := self._census.naming(member))}
        own = namings[key]
        links = {link for naming in namings.values() for link in naming.links}
        return Entity(
            key=key,
            type=own.type,
            label=own.label,
            names=tuple(name for name in self._census.names(members) if name != own.label),
            same_as=tuple(sorted(links, key=lambda link: ("wikidata" not in link, link))),
            mention_count=sum(naming.mentions for naming in namings.values()),
            source_count=sources,
            same_as_key=canonical if canonical != key else None,
            merged_because=reason,
        )
