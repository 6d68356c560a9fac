"""Sets of what a change touches, in temporary tables: they spill to disk where a change touches everything."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

__all__ = ["Queue"]

_AT_ONCE = 500


class Queue:
    """Keys that wait to be dealt with, each once, in the order in which they came.

    Args:
        database: Holds the table for as long as it is open.
        name: Of the table.
        columns: The parts of a key.
    """

    def __init__(self, database: sqlite3.Connection, name: str, *columns: str) -> None:
        self._database = database
        self._name = f"temp.{name}"
        self._columns = ", ".join(columns)
        into = f"INTO {self._name} ({self._columns})"
        self._insert = f"INSERT OR IGNORE {into} VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 (our own names)
        same = " AND ".join(f"{column} = ?" for column in columns)
        self._find = f"SELECT 1 FROM {self._name} WHERE {same}"  # noqa: S608
        table = f"{name} (place INTEGER PRIMARY KEY, {self._columns}, UNIQUE ({self._columns}))"
        database.execute(f"CREATE TEMP TABLE IF NOT EXISTS {table}")

    def add(self, *key: Any) -> None:
        """Add a key, unless it waits already."""
        self._database.execute(self._insert, key)

    def add_all(self, keys: Iterable[tuple[Any, ...]]) -> None:
        """Add keys."""
        self._database.executemany(self._insert, keys)

    def add_found(self, query: str, *values: Any) -> None:
        """Add the rows that a SELECT finds."""
        self._database.execute(f"INSERT OR IGNORE INTO {self._name} ({self._columns}) {query}", values)

    def drain(self) -> Iterator[tuple[Any, ...]]:
        """Yield every key and forget it, with those that come in the meantime; one that was yielded may come again."""
        while True:
            rows = self._database.execute(
                f"SELECT place, {self._columns} FROM {self._name} ORDER BY place LIMIT {_AT_ONCE}"  # noqa: S608
            ).fetchall()
            if not rows:
                return
            self._database.execute(f"DELETE FROM {self._name} WHERE place <= ?", (rows[-1][0],))  # noqa: S608
            for _, *key in rows:
                yield tuple(key)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        """Yield every key, and keep them; none may come in the meantime."""
        yield from self._database.execute(f"SELECT {self._columns} FROM {self._name} ORDER BY place")  # noqa: S608

    def __contains__(self, key: tuple[Any, ...]) -> bool:
        return self._database.execute(self._find, key).fetchone() is not None

    def clear(self) -> None:
        """Forget every key."""
        self._database.execute(f"DELETE FROM {self._name}")  # noqa: S608
