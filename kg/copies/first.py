"""In which document each passage is read: a function of the set of documents, kept up to date by index.

Documents are in order of publication, those of one day by id. A passage is read in every document that has it, unless
an earlier document has it, too, and by and large the same words (by the signature by which fusing knows copies). The
first of them reads it: nothing is lost.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.copies.passages import HASH_SIZE, passage_hashes
from kg.fuse.kept.mark_index import MarkIndex
from kg.fuse.lineage import is_copy
from kg.fuse.signature import Signature, sign_words
from kg.model import Document

__all__ = ["FirstReaders"]

_TABLES = (
    """CREATE TABLE IF NOT EXISTS reader (
        number INTEGER PRIMARY KEY, published TEXT NOT NULL, document TEXT NOT NULL UNIQUE, sketch BLOB NOT NULL,
        passages BLOB NOT NULL, skipped BLOB NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS reader_skips ON reader (number) WHERE skipped <> x''",
    "CREATE TABLE IF NOT EXISTS reader_mark (mark INTEGER, number INTEGER, PRIMARY KEY (mark, number)) WITHOUT ROWID",
)
_COLUMNS = "number, published, document, sketch, passages, skipped"


@dataclass(frozen=True, slots=True)
class _Reader:
    """A document: its place in the order, its passages, and those of them that are read elsewhere."""

    number: int
    place: tuple[str, str]
    signature: Signature
    passages: frozenset[bytes]
    skipped: frozenset[bytes]


class FirstReaders:
    """The documents of a ledger.

    Args:
        database: The ledger's, in a transaction.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self.changed: set[str] = set()
        """Documents of which other passages are to be read now than when they came."""
        self._database = database
        for table in _TABLES:
            database.execute(table)
        self._marked = MarkIndex(database, "reader_mark")

    def clear(self) -> None:
        """Forget every document."""
        self._database.execute("DELETE FROM reader")
        self._database.execute("DELETE FROM reader_mark")

    def __contains__(self, document_id: str) -> bool:
        return self._find("document", document_id) is not None

    def count(self) -> int:
        """Return how many documents have passages that are read elsewhere."""
        return int(self._database.execute("SELECT count(*) FROM reader WHERE skipped <> x''").fetchone()[0])

    def enter(self, document: Document) -> None:
        """Take in a document; one with too few words to tell a copy is passed over."""
        signature = sign_words(document)
        if not signature.minhash:
            return
        place, passages = (document.published.isoformat(), document.id), frozenset(passage_hashes(document))
        alike = list(self._alike(signature))
        number = self._database.execute(
            "INSERT INTO reader (published, document, sketch, passages, skipped) VALUES (?, ?, ?, ?, ?)",
            (*place, signature.pack(), _joined(passages), _joined(passages & _before(place, alike))),
        ).lastrowid
        self._marked.add(number or 0, signature)
        for other in alike:
            if other.place > place and passages & other.passages - other.skipped:
                self._skip(other, other.skipped | passages & other.passages)
                self.changed.add(other.place[1])

    def leave(self, document_id: str) -> None:
        """Take a document out; unknown ones are passed over."""
        gone = self._find("document", document_id)
        if gone is None:
            return
        self._database.execute("DELETE FROM reader WHERE number = ?", (gone.number,))
        self._marked.remove(gone.number, gone.signature)
        self.changed.discard(document_id)
        for other in list(self._alike(gone.signature)):
            if other.skipped & gone.passages:
                skipped = other.passages & _before(other.place, self._alike(other.signature))
                if skipped != other.skipped:
                    self._skip(other, skipped)
                    self.changed.add(other.place[1])

    def read(self, document_id: str) -> frozenset[bytes] | None:
        """Return the hashes of the passages that are to be read in a document, None where that is all of them."""
        reader = self._find("document", document_id)
        return reader.passages - reader.skipped if reader and reader.skipped else None

    def _find(self, column: str, value: object) -> _Reader | None:
        row = self._database.execute(f"SELECT {_COLUMNS} FROM reader WHERE {column} = ?", (value,)).fetchone()  # noqa: S608
        if row is None:
            return None
        number, published, document, sketch, passages, skipped = row
        return _Reader(number, (published, document), Signature.unpack(sketch), _parted(passages), _parted(skipped))

    def _alike(self, signature: Signature) -> Iterator[_Reader]:
        """Yield the documents with by and large the words that a signature is of."""
        for number in self._marked.sharing(signature):
            other = self._find("number", number)
            if other and is_copy(signature, other.signature):
                yield other

    def _skip(self, reader: _Reader, passages: frozenset[bytes]) -> None:
        self._database.execute("UPDATE reader SET skipped = ? WHERE number = ?", (_joined(passages), reader.number))


def _before(place: tuple[str, str], others: Iterable[_Reader]) -> frozenset[bytes]:
    """Return the passages of those of some documents that come before a place."""
    return frozenset[bytes]().union(*(other.passages for other in others if other.place < place))


def _joined(passages: frozenset[bytes]) -> bytes:
    return b"".join(sorted(passages))


def _parted(passages: bytes) -> frozenset[bytes]:
    return frozenset(passages[i : i + HASH_SIZE] for i in range(0, len(passages), HASH_SIZE))
