"""Group items by key without holding them all: a temporary database that spills to disk."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import TypeVar

__all__ = ["grouped"]

T = TypeVar("T")


def grouped(items: Iterable[tuple[str, T]]) -> Iterator[tuple[str, list[T]]]:
    """Yield each key with all of its items, by key; only one group is in memory at a time.

    Args:
        items: Key and item, in any order; items must be picklable.
    """
    # the empty name makes a private file that SQLite deletes by itself
    database = sqlite3.connect("", isolation_level=None)
    try:
        database.executescript("PRAGMA journal_mode=OFF; CREATE TABLE item (key TEXT, value BLOB); BEGIN;")
        rows = ((key, pickle.dumps(value, pickle.HIGHEST_PROTOCOL)) for key, value in items)
        database.executemany("INSERT INTO item VALUES (?, ?)", rows)
        cursor = database.execute("SELECT key, value FROM item ORDER BY key")
        for key, group in groupby(cursor, key=itemgetter(0)):
            # written by the lines above, in this process
            yield key, [pickle.loads(value) for _, value in group]  # noqa: S301
    finally:
        database.close()
