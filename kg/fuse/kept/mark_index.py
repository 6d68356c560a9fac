"""Find documents that may be copies of each other: those whose signatures share a mark."""

from __future__ import annotations

import sqlite3

from kg.fuse.lineage import marks
from kg.fuse.signature import Signature

__all__ = ["MarkIndex"]


class MarkIndex:
    """The marks (:func:`kg.fuse.lineage.marks`) of documents, by number.

    Args:
        database: Has the table.
        table: With the columns ``mark`` and ``number``, which are its key.
    """

    def __init__(self, database: sqlite3.Connection, table: str) -> None:
        self._database = database
        self._find = f"SELECT number FROM {table} WHERE mark = ?"  # noqa: S608 (our own names)
        self._insert = f"INSERT INTO {table} VALUES (?, ?)"  # noqa: S608
        self._delete = f"DELETE FROM {table} WHERE mark = ? AND number = ?"  # noqa: S608

    def add(self, number: int, signature: Signature) -> None:
        """Take in a document."""
        self._database.executemany(self._insert, [(mark, number) for mark in marks(signature)])

    def remove(self, number: int, signature: Signature) -> None:
        """Take out a document."""
        self._database.executemany(self._delete, [(mark, number) for mark in marks(signature)])

    def sharing(self, signature: Signature) -> list[int]:
        """Return the numbers of the documents that share a mark with a signature, each once, in order."""
        rows = (row for mark in marks(signature) for row in self._database.execute(self._find, (mark,)))
        return sorted({number for (number,) in rows})
