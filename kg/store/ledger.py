"""The ledger of a generation: which documents it holds, from which sources, and what was found in them.

One SQLite file beside the store. Fusing streams the records from here, so neither texts nor graphs are parsed again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import StoreError
from kg.model import Annotation, Document
from kg.store.codec import decode, encode

__all__ = ["Entry", "Ledger"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS document (
    id TEXT PRIMARY KEY, source_key TEXT NOT NULL UNIQUE, published TEXT NOT NULL,
    annotation_hash TEXT NOT NULL, run_id TEXT NOT NULL,
    record BLOB NOT NULL, body BLOB NOT NULL, annotation BLOB NOT NULL, conforming BLOB NOT NULL,
    quarantined INTEGER NOT NULL, quads INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the ledger knows about one document without its records.

    ``quarantined`` counts what failed validation, ``quads`` the lines of the document's graph.
    """

    id: str
    source_key: str
    annotation_hash: str
    run_id: str
    quarantined: int
    quads: int


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

    def put(self, document: Document, annotation: Annotation, conforming: Annotation, entry: Entry) -> None:
        """Add a document, in place of one with the same id or source key.

        Args:
            document: Stored without its text, which the workspace keeps as a file.
            annotation: All that was found, so that another lexicon's shapes can judge it anew.
            conforming: What passed validation and is fused.
            entry: The document's hashes and counts.
        """
        self._db.execute("DELETE FROM document WHERE id = ? OR source_key = ?", (document.id, document.source_key))
        same = conforming == annotation
        self._db.execute(
            "INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document.id,
                document.source_key,
                document.published.isoformat(),
                entry.annotation_hash,
                entry.run_id,
                encode(replace(document, text="", body=())),
                encode(document.body),
                encode(annotation),
                b"" if same else encode(conforming),
                entry.quarantined,
                entry.quads,
            ),
        )

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
        columns = "id, source_key, annotation_hash, run_id, quarantined, quads"
        rows = self._db.execute(f"SELECT {columns} FROM document {where}", values)  # noqa: S608 (our own words)
        for key, source_key, annotation_hash, run_id, quarantined, quads in rows:
            yield Entry(
                id=key,
                source_key=source_key,
                annotation_hash=annotation_hash,
                run_id=run_id,
                quarantined=quarantined,
                quads=quads,
            )

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

    def records(self) -> Iterator[tuple[Document, Annotation]]:
        """Yield every document, without text, with what conforms of its annotation, by document id."""
        cursor = self._db.execute("SELECT record, annotation, conforming FROM document ORDER BY id")
        for record, annotation, conforming in cursor:
            yield decode(record), decode(conforming or annotation)

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
