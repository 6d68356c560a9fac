"""Which keys are one entity, decided anew for the groups of names in which something changed.

A name is compared with those that share a trait with it. All that hang together by traits form a group, and the aliases
of a group depend on nothing outside it; so a changed name costs what its group costs. Groups are small but for persons
of one surname, whose number is that of such persons in the corpus: the rule that a bare surname means the only full
name with it is global by nature.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.corrections import NameRule
from kg.fuse.aliases import Name, find_aliases, traits
from kg.fuse.kept.queue import Queue
from kg.fuse.told import NOTHING_TOLD, Told, meant, tell_rules
from kg.model import Family

__all__ = ["Merges"]

_REMEMBERED = 10_000


class Merges:
    """Keeps for each key its canonical one.

    ``moved`` collects the keys whose canonical key or reason changed, ``regrouped`` the canonical keys of groups whose
    members changed, former ones too.

    Args:
        database: Holds the entities.
        named: The keys whose names changed.
    """

    def __init__(self, database: sqlite3.Connection, named: Queue) -> None:
        self._database = database
        self._named = named
        self._waiting = Queue(database, "to_merge", "key")
        self.moved = Queue(database, "moved", "key")
        self.regrouped = Queue(database, "regrouped", "key")
        self.told: Told = NOTHING_TOLD
        self._tied: Mapping[str, list[str]] = {}

    def settle(self, rules: Iterable[NameRule]) -> None:
        """Decide anew for every group that holds a changed name, or keys of which people now say something else."""
        self._tell(rules)
        for (key,) in self._named.drain():
            self._index(key)
        done: set[str] = set()
        for (key,) in self._waiting.drain():
            if key not in done:
                group = self._group(key)
                # most of a group comes soon after its first, and merging twice does no harm: no need to keep them all
                done = done if len(done) < _REMEMBERED else set()
                done.update(group)
                self._merge(group)

    # ---- what people said

    def _tell(self, rules: Iterable[NameRule]) -> None:
        self.told = tell_rules(self._meaning, rules)
        tied: dict[str, list[str]] = defaultdict(list)
        for first, second, _ in self.told.same:
            tied[first].append(second)
            tied[second].append(first)
        before = set(self._database.execute("SELECT same, first, second, reason FROM rule"))
        after = {(1, first, second, reason) for first, second, reason in self.told.same}
        after |= {(0, min(pair), max(pair), reason) for pair, reason in self.told.apart.items()}
        for _, first, second, _ in before ^ after:
            self._waiting.add_all([(first,), (second,)])
        self._tied = tied
        self._database.execute("DELETE FROM rule")
        self._database.executemany("INSERT INTO rule VALUES (?, ?, ?, ?)", sorted(after))

    def _meaning(self, name: str) -> list[str]:
        def keys(column: str, value: str) -> list[str]:
            query = f"SELECT key FROM entity WHERE {column} = ? AND family <> '' ORDER BY key"  # noqa: S608
            return [key for (key,) in self._database.execute(query, (value,))]

        return meant(
            name,
            lambda key: bool(keys("key", key)),
            lambda label: keys("label", label),
            lambda folded: keys("folded", folded),
        )

    # ---- groups

    def _index(self, key: str) -> None:
        """Bring a key's traits up to date; whoever shares or shared one is to be merged anew."""
        name = self._name(key)
        before = {trait for (trait,) in self._database.execute("SELECT trait FROM trait WHERE key = ?", (key,))}
        after = set(traits(name)) if name else set()
        for trait in before - after:
            self._waiting.add_found("SELECT key FROM trait WHERE trait = ?", trait)
        self._waiting.add(key)
        self._database.executemany("DELETE FROM trait WHERE trait = ? AND key = ?", [(t, key) for t in before - after])
        self._database.executemany("INSERT INTO trait VALUES (?, ?)", [(trait, key) for trait in after - before])

    def _group(self, key: str) -> set[str]:
        """Return all keys that hang together with one by traits, or because people tied them."""
        group, waiting = {key}, [key]
        while waiting:
            for other in self._neighbours(waiting.pop()):
                if other not in group:
                    group.add(other)
                    waiting.append(other)
        return group

    def _neighbours(self, key: str) -> Iterator[str]:
        shared = "SELECT b.key FROM trait a JOIN trait b USING (trait) WHERE a.key = ?"
        yield from (other for (other,) in self._database.execute(shared, (key,)))
        yield from self._tied.get(key, ())

    def _merge(self, group: Iterable[str]) -> None:
        names = {key: name for key in sorted(group) if (name := self._name(key))}
        aliases = find_aliases(names, self.told) if len(names) > 1 else {}
        for key in group:
            canonical, reason = aliases.get(key, (key, None))
            row = self._database.execute("SELECT canonical, reason FROM entity WHERE key = ?", (key,)).fetchone()
            if row and row != (canonical, reason):
                self._database.execute(
                    "UPDATE entity SET canonical = ?, reason = ? WHERE key = ?", (canonical, reason, key)
                )
                self.moved.add(key)
                self.regrouped.add_all([(row[0],), (canonical,)])

    def _name(self, key: str) -> Name | None:
        row = self._database.execute(
            "SELECT label, family, links, mentions, media FROM entity WHERE key = ? AND family <> ''", (key,)
        ).fetchone()
        return Name(row[0], Family(row[1]), tuple(json.loads(row[2])), row[3], bool(row[4])) if row else None

    # ---- what others ask

    def canonical(self, key: str) -> str:
        """Return the key that stands for an entity; of a key that no document names, itself."""
        row = self._database.execute("SELECT canonical FROM entity WHERE key = ?", (key,)).fetchone()
        return row[0] if row else key

    def members(self, key: str) -> list[str]:
        """Return a canonical key and its aliases, sorted; that key itself where it is none."""
        rows = self._database.execute("SELECT key FROM entity WHERE canonical = ? ORDER BY key", (key,))
        return [member for (member,) in rows] or [key]
