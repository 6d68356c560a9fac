"""The ledger of a generation: which documents it holds, from which sources, and what was found in them.

One SQLite file beside the store. Fusing streams the records from here, so neither texts nor graphs are parsed again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from types import MappingProxyType

from kg.corrections import Review, reviewed
from kg.errors import StoreError
from kg.model import Annotation, Document
from kg.store.codec import decode, encode

__all__ = ["Entry", "Ledger", "StoredSource"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS document (
    id TEXT PRIMARY KEY, source_key TEXT NOT NULL UNIQUE,
    annotation_hash TEXT NOT NULL, run_id TEXT NOT NULL,
    mentions INTEGER NOT NULL, claims INTEGER NOT NULL, quarantined INTEGER NOT NULL, quads INTEGER NOT NULL,
    record BLOB NOT NULL, body BLOB NOT NULL, annotation BLOB NOT NULL, conforming BLOB, sketch BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_COLUMNS = "id, source_key, annotation_hash, run_id, mentions, claims, quarantined, quads"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the ledger knows about one document without its records.

    ``mentions`` and ``claims`` count what conforms, ``quarantined`` the nodes that failed validation, ``quads`` the
    triples of the document's graph.
    """

    id: str
    source_key: str
    annotation_hash: str
    run_id: str
    mentions: int
    claims: int
    quarantined: int
    quads: int


class StoredSource:
    """One document's records as fusing reads them; the annotation is decoded when it is asked for."""

    __slots__ = ("_annotation", "_reviews", "document", "sketch")

    def __init__(self, record: bytes, annotation: bytes, sketch: bytes, reviews: Mapping[str, Review]) -> None:
        self.document: Document = decode(record)
        self.sketch = sketch
        self._annotation = annotation
        self._reviews = reviews

    @property
    def annotation(self) -> Annotation:
        """What conforms of the annotation, as people judged it."""
        found: Annotation = decode(self._annotation)
        return reviewed(found, self._reviews) if self._reviews else found


class Ledger:
    """The ledger of one generation.

    Args:
        path: The SQLite file; it is made where ``writable``.
        writable: Whether entries may be added and dropped.

    Raises:
        StoreError: The file is missing or no ledger.
    """

    def __init__(self, path: Path, *, writable: bool = False) -> None:
        self.path = path
        try:
            mode = "rwc" if writable else "ro"
            self._db = sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None)
            if writable:
                # a killed build leaves an unfinished generation, which nobody reads: no journal is needed
                self._db.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {_SCHEMA} BEGIN;")
            self._db.execute("SELECT count(*) FROM document")
        except sqlite3.Error as error:
            raise StoreError(
                f"the ledger cannot be opened: {error}", where=str(path), remedy="Build the workspace anew"
            ) from error

    def close(self) -> None:
        """Write everything and close the file."""
        if self._db.in_transaction:
            self._db.execute("COMMIT")
        self._db.close()

    def put(
        self,
        document: Document,
        annotation: Annotation,
        conforming: Annotation | None,
        entry: Entry,
        *,
        sketch: bytes = b"",
    ) -> None:
        """Add a document, in place of one with the same id or source key.

        Args:
            document: Stored without its text, which the workspace keeps as a file.
            annotation: All that was found, so that its graph can be made again.
            conforming: What passed validation and is fused; None where the document itself failed.
            entry: The document's hashes and counts.
            sketch: The signature by which copies of its text are found.
        """
        self._db.execute("DELETE FROM document WHERE id = ? OR source_key = ?", (document.id, document.source_key))
        record = encode(replace(document, text="", body=()))
        # most annotations conform whole, and are stored once
        kept = b"" if conforming == annotation else encode(conforming) if conforming else None
        values = (*astuple(entry), record, encode(document.body), encode(annotation), kept, sketch)
        self._db.execute(f"INSERT INTO document VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608

    def drop(self, document_id: str) -> None:
        """Forget a document."""
        self._db.execute("DELETE FROM document WHERE id = ?", (document_id,))

    def entry(self, *, source_key: str) -> Entry | None:
        """Return the entry of a source, None where there is none."""
        return next(self._entries("WHERE source_key = ?", source_key), None)

    def entries(self) -> Iterator[Entry]:
        """Yield every entry, by document id."""
        yield from self._entries("ORDER BY id")

    def _entries(self, where: str, *values: str) -> Iterator[Entry]:
        rows = self._db.execute(f"SELECT {_COLUMNS} FROM document {where}", values)  # noqa: S608 (our own words)
        names = _COLUMNS.split(", ")
        yield from (Entry(**dict(zip(names, row, strict=True))) for row in rows)

    def document(self, document_id: str, text: str) -> Document:
        """Return a document's record, with its text put back.

        Raises:
            StoreError: The ledger has no such document.
        """
        row = self._db.execute("SELECT record, body FROM document WHERE id = ?", (document_id,)).fetchone()
        if row is None:
            raise StoreError(f"the document {document_id} is not in the ledger", where=str(self.path))
        record: Document = decode(row[0])
        return replace(record, text=text, body=decode(row[1]))

    def annotation(self, document_id: str) -> Annotation:
        """Return all that was found in a document."""
        row = self._db.execute("SELECT annotation FROM document WHERE id = ?", (document_id,)).fetchone()
        found: Annotation = decode(row[0])
        return found

    def documents(self) -> Iterator[Document]:
        """Yield every document without its text, by document id."""
        for (record,) in self._db.execute("SELECT record FROM document ORDER BY id"):
            found: Document = decode(record)
            yield found

    def records(self, reviews: Mapping[str, Review] = MappingProxyType({})) -> Iterator[StoredSource]:
        """Yield the records of every document that conforms, by document id.

        Args:
            reviews: Claims that people judged; wrong ones are left out, confirmed ones are sure.
        """
        query = "SELECT record, annotation, conforming, sketch FROM document WHERE conforming IS NOT NULL ORDER BY id"
        for record, annotation, conforming, sketch in self._db.execute(query):
            yield StoredSource(record, conforming or annotation, sketch, reviews)

    def __len__(self) -> int:
        count: int = self._db.execute("SELECT count(*) FROM document").fetchone()[0]
        return count

    def facts(self) -> dict[str, object]:
        """Return what a build noted about itself (run, counts of events and disputes)."""
        return {name: json.loads(value) for name, value in self._db.execute("SELECT name, value FROM fact")}

    def note(self, name: str, value: object) -> None:
        """Note a fact about the build, as JSON."""
        self._db.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (name, json.dumps(value, sort_keys=True)))

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(sqlite3.Error):
            self.close()
