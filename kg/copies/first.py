"""In which document each passage is read: a function of the set of documents, kept up to date by index.

Documents are in order of publication, those of one day by id. A passage is read in every document that has it, unless
an earlier document has it, too, and by and large the same words (by the signature by which fusing knows copies). The
first of them reads it: nothing is lost.
"""

from __future__ import annotations

import sqlite3

from kg.copies.passages import passage_hashes
from kg.fuse.lineage import is_copy
from kg.fuse.signature import Signature, sign_words
from kg.model import Document

__all__ = ["FirstReaders"]

_TABLES = (
    """CREATE TABLE IF NOT EXISTS reader (
        number INTEGER PRIMARY KEY, document TEXT NOT NULL UNIQUE, published TEXT NOT NULL, sketch BLOB NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS passage (
        hash INTEGER, skipped INTEGER, number INTEGER, PRIMARY KEY (hash, skipped, number)) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS passage_of ON passage (number, skipped, hash)",
    "CREATE INDEX IF NOT EXISTS passage_skipped ON passage (number) WHERE skipped",
)
_HOLDERS = """
    SELECT reader.number, document, sketch FROM passage JOIN reader USING (number)
    WHERE hash = ? AND skipped = ? AND (published, document) {} (?, ?) ORDER BY published, document"""


class FirstReaders:
    """The passages of the documents of a ledger.

    Args:
        database: The ledger's, in a transaction.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self.changed: set[str] = set()
        """Documents of which other passages are to be read now than when they came."""
        self._database = database
        for table in _TABLES:
            database.execute(table)

    def clear(self) -> None:
        """Forget every document."""
        self._database.execute("DELETE FROM reader")
        self._database.execute("DELETE FROM passage")

    def __contains__(self, document_id: str) -> bool:
        return self._find(document_id) is not None

    def count(self) -> int:
        """Return how many documents have passages that are read elsewhere."""
        query = "SELECT count(DISTINCT number) FROM passage WHERE skipped"
        return int(self._database.execute(query).fetchone()[0])

    def enter(self, document: Document) -> None:
        """Take in a document; one with too few words to tell a copy is passed over."""
        signature = sign_words(document)
        if not signature.minhash:
            return
        place = (document.published.isoformat(), document.id)
        number = self._database.execute(
            "INSERT INTO reader (published, document, sketch) VALUES (?, ?, ?)", (*place, signature.pack())
        ).lastrowid
        for passage in passage_hashes(document):
            skipped = self._is_read_before(passage, place, signature)
            self._database.execute("INSERT INTO passage VALUES (?, ?, ?)", (passage, skipped, number))
            for other, name, sketch in self._holders(passage, ">", place, skipped=False):
                if is_copy(signature, Signature.unpack(sketch)):
                    self._set(passage, other, name, skipped=True)

    def leave(self, document_id: str) -> None:
        """Take a document out; unknown ones are passed over."""
        row = self._find(document_id)
        if row is None:
            return
        number, published, sketch = row
        place, signature = (published, document_id), Signature.unpack(sketch)
        held = self._database.execute("SELECT hash FROM passage WHERE number = ?", (number,)).fetchall()
        self._database.execute("DELETE FROM passage WHERE number = ?", (number,))
        self._database.execute("DELETE FROM reader WHERE number = ?", (number,))
        self.changed.discard(document_id)
        for (passage,) in held:
            for other, name, words in self._holders(passage, ">", place, skipped=True):
                its = Signature.unpack(words)
                if is_copy(signature, its) and not self._is_read_before(passage, self._place(other), its):
                    self._set(passage, other, name, skipped=False)

    def read(self, document_id: str) -> list[int] | None:
        """Return the hashes of the passages that are to be read in a document, None where that is all of them."""
        query = "SELECT skipped, hash FROM passage JOIN reader USING (number) WHERE document = ?"
        rows = self._database.execute(query, (document_id,)).fetchall()
        return (
            sorted(passage for skipped, passage in rows if not skipped) if any(skipped for skipped, _ in rows) else None
        )

    def _find(self, document_id: str) -> tuple[int, str, bytes] | None:
        query = "SELECT number, published, sketch FROM reader WHERE document = ?"
        row: tuple[int, str, bytes] | None = self._database.execute(query, (document_id,)).fetchone()
        return row

    def _place(self, number: int) -> tuple[str, str]:
        query = "SELECT published, document FROM reader WHERE number = ?"
        place: tuple[str, str] = self._database.execute(query, (number,)).fetchone()
        return place

    def _is_read_before(self, passage: int, place: tuple[str, str], signature: Signature) -> bool:
        """Tell whether an earlier document has a passage and by and large the same words; who reads it comes first."""
        return any(
            is_copy(signature, Signature.unpack(sketch))
            for skipped in (False, True)
            for _, _, sketch in self._holders(passage, "<", place, skipped=skipped)
        )

    def _holders(
        self, passage: int, side: str, place: tuple[str, str], *, skipped: bool
    ) -> list[tuple[int, str, bytes]]:
        return self._database.execute(_HOLDERS.format(side), (passage, skipped, *place)).fetchall()

    def _set(self, passage: int, number: int, document_id: str, *, skipped: bool) -> None:
        where = "WHERE hash = ? AND number = ?"
        self._database.execute(f"UPDATE passage SET skipped = ? {where}", (skipped, passage, number))  # noqa: S608
        self.changed.add(document_id)
