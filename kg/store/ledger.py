"""The ledger of a workspace: which documents it holds, from which sources, and what was found in them.

One SQLite file for all generations. A build changes it in one transaction, which is undone when the build dies: nothing
is copied, and what a build of one document costs does not depend on how many there are. What fusing keeps between
builds (:mod:`kg.fuse.kept`) stands in the same file, so that it is always that of the documents.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, replace
from pathlib import Path

from kg.codec import Codec
from kg.errors import StoreError
from kg.model import Annotation, BodySpan, Document

__all__ = ["Entry", "Ledger", "Place"]

_TABLES = """
CREATE TABLE IF NOT EXISTS document (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source_key TEXT NOT NULL UNIQUE, source_path TEXT NOT NULL,
    url TEXT, annotation_hash TEXT NOT NULL, run_id TEXT NOT NULL,
    mentions INTEGER NOT NULL, claims INTEGER NOT NULL, quarantined INTEGER NOT NULL, quads INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS document_by_run ON document (run_id);
CREATE INDEX IF NOT EXISTS document_by_path ON document (source_path);
CREATE INDEX IF NOT EXISTS document_by_url ON document (url);
CREATE TABLE IF NOT EXISTS record (
    number INTEGER PRIMARY KEY, document BLOB NOT NULL, body BLOB NOT NULL, annotation BLOB NOT NULL, conforming BLOB,
    sketch BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS reading (document TEXT PRIMARY KEY, key BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS reading_by_key ON reading (key);
CREATE TABLE IF NOT EXISTS departed (document TEXT PRIMARY KEY, generation INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tally (name TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS note (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_ENTRY = "id, source_key, annotation_hash, run_id, mentions, claims, quarantined, quads"
_COUNTED = ("mentions", "claims", "quarantined", "quads")
_AT_ONCE = 500

# kibibytes of pages in memory: a small build never writes before it commits, and a large one needs no more
_CACHE = 8_192
# seconds to wait for a build that is writing its last pages
_PATIENCE = 20

_DOCUMENT = Codec(Document)
_ANNOTATION = Codec(Annotation)
_BODY: Codec[tuple[BodySpan, ...]] = Codec(tuple[BodySpan, ...])


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the ledger knows about one document without its records.

    ``mentions`` and ``claims`` count what conforms, ``quarantined`` the nodes that failed validation, ``quads`` those
    of the document's graph and of its quarantine.
    """

    id: str
    source_key: str
    annotation_hash: str
    run_id: str
    mentions: int
    claims: int
    quarantined: int
    quads: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document comes from."""

    id: str
    source_key: str
    source_path: str
    url: str | None


class Ledger:
    """The ledger of a workspace.

    Args:
        path: The SQLite file; it is made where ``writable``.
        writable: Begin a transaction, which :meth:`commit` ends; closing without it undoes everything.

    Raises:
        StoreError: The file is missing, damaged or no ledger, or a build is writing it just now.
    """

    def __init__(self, path: Path, *, writable: bool = False) -> None:
        self.path = path
        with self._explained():
            self.database = self._connect("rwc" if writable else self._reading_mode())
            self.database.execute(f"PRAGMA cache_size = -{_CACHE}")
            if writable:
                self.database.execute("PRAGMA synchronous = FULL")
                self.database.executescript(f"BEGIN IMMEDIATE; {_TABLES}")
            else:
                self.database.execute("PRAGMA query_only = ON")
            self.database.execute("SELECT count(*) FROM note").fetchone()

    def _connect(self, mode: str) -> sqlite3.Connection:
        uri = f"{self.path.resolve().as_uri()}?mode={mode}"
        return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=_PATIENCE, cached_statements=512)

    def _reading_mode(self) -> str:
        """Return how to open the file for reading: who may write undoes what a killed build has left in it."""
        return "rw" if os.access(self.path, os.W_OK) and os.access(self.path.parent, os.W_OK) else "ro"

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            busy = "locked" in str(error)
            remedy = "A build is writing it; try again" if busy else "Build the workspace anew into another folder"
            raise StoreError(f"the ledger cannot be opened: {error}", where=str(self.path), remedy=remedy) from error

    def commit(self) -> None:
        """Make everything last that was written, and begin anew."""
        self.database.execute("COMMIT")
        self.database.execute("BEGIN IMMEDIATE")

    def close(self) -> None:
        """Close the file; what was not committed is undone."""
        self.database.close()

    # ---- documents

    def put(
        self,
        document: Document,
        annotation: Annotation,
        conforming: Annotation | None,
        entry: Entry,
        *,
        sketch: bytes = b"",
        reading: bytes = b"",
    ) -> None:
        """Add a document, in place of one with the same id or source key.

        Args:
            document: Stored without its text, which the workspace keeps as a file.
            annotation: All that was found, so that its graph can be made again.
            conforming: What passed validation and is fused; None where the document itself failed.
            entry: The document's hashes and counts.
            sketch: The signature by which copies of its text are found.
            reading: The hash of what the pipeline saw of it (:func:`kg.annotate.transfer.reading_key`).
        """
        same = self._column("SELECT id FROM document WHERE id = ? OR source_key = ?", document.id, document.source_key)
        for document_id in same:
            self.drop(document_id)
        places = (document.id, document.source_key, document.source_path, document.url)
        values = (*places, *astuple(entry)[2:])
        number = self.database.execute(
            f"INSERT INTO document VALUES (NULL, {', '.join('?' * len(values))})",  # noqa: S608
            values,
        ).lastrowid
        # most annotations conform whole, and are stored once
        kept = b"" if conforming == annotation else _ANNOTATION.encode(conforming) if conforming else None
        record = _DOCUMENT.encode(replace(document, text="", body=()))
        blobs = (record, _BODY.encode(document.body), _ANNOTATION.encode(annotation), kept, sketch)
        self.database.execute("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?)", (number, *blobs))
        self.database.execute("INSERT INTO reading VALUES (?, ?)", (document.id, reading))
        self.database.execute("DELETE FROM departed WHERE document = ?", (document.id,))
        self._tally(entry, 1)

    def drop(self, document_id: str) -> None:
        """Forget a document; unknown ones are passed over."""
        entry = next(self._entries("WHERE id = ?", document_id), None)
        if entry:
            self._tally(entry, -1)
            query = "DELETE FROM record WHERE number = (SELECT number FROM document WHERE id = ?)"
            self.database.execute(query, (document_id,))
            self.database.execute("DELETE FROM reading WHERE document = ?", (document_id,))
            self.database.execute("DELETE FROM document WHERE id = ?", (document_id,))

    def _tally(self, entry: Entry, sign: int) -> None:
        self.count("documents", sign)
        for name in _COUNTED:
            self.count(name, sign * getattr(entry, name))

    def entry(self, *, source_key: str) -> Entry | None:
        """Return the entry of a source, None where there is none."""
        return next(self._entries("WHERE source_key = ?", source_key), None)

    def entries(self) -> Iterator[Entry]:
        """Yield every entry, by document id."""
        yield from self._entries("ORDER BY id")

    def entries_of_other_runs(self, run_id: str) -> Iterator[Entry]:
        """Yield the entries that a run did not make; they may be put and dropped in the meantime."""
        last = 0
        where = "run_id <> ?1 AND number > ?2 ORDER BY number LIMIT ?3"
        # of one's own run there are none to look for, which the index tells without reading them
        other = "SELECT 1 FROM document WHERE run_id < ?1 UNION ALL SELECT 1 FROM document WHERE run_id > ?1 LIMIT 1"
        while self.database.execute(other, (run_id,)).fetchone():
            query = f"SELECT number, {_ENTRY} FROM document WHERE {where}"  # noqa: S608
            rows = self.database.execute(query, (run_id, last, _AT_ONCE)).fetchall()
            if not rows:
                return
            last = rows[-1][0]
            yield from (_entry(row[1:]) for row in rows)

    def forget_runs(self) -> None:
        """Take every document for that of another run, so that all are made again."""
        self.database.execute("UPDATE document SET run_id = ''")

    def _entries(self, where: str, *values: str) -> Iterator[Entry]:
        yield from map(_entry, self.database.execute(f"SELECT {_ENTRY} FROM document {where}", values))  # noqa: S608

    def _column(self, query: str, *values: object) -> list[str]:
        return [value for (value,) in self.database.execute(query, values)]

    def places(self) -> Iterator[Place]:
        """Yield where every document comes from, by document id."""
        query = "SELECT id, source_key, source_path, url FROM document ORDER BY id"
        yield from (Place(*row) for row in self.database.execute(query))

    def place(self, document_id: str) -> Place | None:
        """Return where a document comes from, None where there is none of that hash."""
        query = "SELECT id, source_key, source_path, url FROM document WHERE id = ?"
        row = self.database.execute(query, (document_id,)).fetchone()
        return Place(*row) if row else None

    # ---- records

    def _record(self, document_id: str, columns: str) -> tuple[bytes, ...]:
        query = f"SELECT {columns} FROM record JOIN document USING (number) WHERE id = ?"  # noqa: S608
        row: tuple[bytes, ...] | None = self.database.execute(query, (document_id,)).fetchone()
        if row is None:
            raise StoreError(f"the document {document_id} is not in the ledger", where=str(self.path))
        return row

    def document(self, document_id: str, text: str) -> Document:
        """Return a document's record, with its text put back.

        Raises:
            StoreError: The ledger has no such document.
        """
        record, body = self._record(document_id, "record.document, body")
        return replace(_DOCUMENT.decode(record), text=text, body=_BODY.decode(body))

    def annotation(self, document_id: str) -> Annotation:
        """Return all that was found in a document."""
        return _ANNOTATION.decode(self._record(document_id, "annotation")[0])

    def reading(self, key: bytes, annotation_hash: str) -> tuple[Annotation, tuple[BodySpan, ...]] | None:
        """Return annotation and body of a document of which the pipeline saw the same, None where there is none.

        Args:
            key: The hash of what it saw.
            annotation_hash: Of what determines an annotation; others do not count.
        """
        query = """
            SELECT annotation, body FROM reading JOIN document ON document.id = reading.document
            JOIN record USING (number) WHERE key = ? AND annotation_hash = ? ORDER BY document.id LIMIT 1"""
        row = self.database.execute(query, (key, annotation_hash)).fetchone()
        return (_ANNOTATION.decode(row[0]), _BODY.decode(row[1])) if row else None

    def conforming(self, document_id: str) -> Annotation:
        """Return what conforms of what was found in a document.

        Raises:
            StoreError: The ledger has no such document, or the document itself does not conform.
        """
        annotation, conforming = self._record(document_id, "annotation, conforming")
        if conforming is None:
            raise StoreError(f"nothing of the document {document_id} conforms", where=str(self.path))
        return _ANNOTATION.decode(conforming or annotation)

    def documents(self) -> Iterator[Document]:
        """Yield every document without its text, by document id."""
        query = "SELECT record.document FROM record JOIN document USING (number) ORDER BY id"
        yield from (_DOCUMENT.decode(record) for (record,) in self.database.execute(query))

    def known_as(self, name: str) -> list[Document]:
        """Return the documents of which a name is hash, source key or URL, else the source path; without texts."""
        query = "SELECT record.document FROM record JOIN document USING (number) WHERE {} ORDER BY id"
        for same in ("id = ?1 OR source_key = ?1 OR url = ?1", "source_path = ?1"):
            rows = self.database.execute(query.format(same), (name,)).fetchall()
            if rows:
                return [_DOCUMENT.decode(record) for (record,) in rows]
        return []

    def __len__(self) -> int:
        return self.counted("documents")

    # ---- counts and facts of the whole graph

    def count(self, name: str, change: int) -> None:
        """Change a count."""
        query = "INSERT INTO tally VALUES (?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n"
        self.database.execute(query, (name, change))

    def recount(self, name: str, number: int) -> None:
        """Set a count."""
        self.database.execute("INSERT OR REPLACE INTO tally VALUES (?, ?)", (name, number))

    def counted(self, name: str) -> int:
        """Return a count: of ``documents``, of what is in :class:`Entry`, or one of the graph's own."""
        row = self.database.execute("SELECT n FROM tally WHERE name = ?", (name,)).fetchone()
        return row[0] if row else 0

    def facts(self) -> dict[str, object]:
        """Return what a build noted about itself (generation, run, settings)."""
        return {name: json.loads(value) for name, value in self.database.execute("SELECT name, value FROM note")}

    def note(self, name: str, value: object) -> None:
        """Note a fact about the build, as JSON."""
        self.database.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (name, json.dumps(value, sort_keys=True)))

    # ---- texts that may go

    def depart(self, document_id: str, generation: int) -> None:
        """Note the first generation that does not hold a document any more."""
        query = "INSERT INTO departed VALUES (?, ?) ON CONFLICT DO UPDATE SET generation = excluded.generation"
        self.database.execute(query, (document_id, generation))

    def departed(self) -> list[str]:
        """Return the documents that left and of which a generation before this one may still tell."""
        return self._column("SELECT document FROM departed ORDER BY document")

    def forget_departed(self, generation: int) -> list[str]:
        """Return the documents that neither this generation nor any later one holds, and forget them."""
        gone = self._column("SELECT document FROM departed WHERE generation <= ?", generation)
        self.database.execute("DELETE FROM departed WHERE generation <= ?", (generation,))
        return gone

    def holds(self, document_id: str) -> bool:
        """Tell whether the ledger has a document, or a generation before it may have it."""
        query = "SELECT 1 FROM document WHERE id = ?1 UNION ALL SELECT 1 FROM departed WHERE document = ?1"
        return self.database.execute(query, (document_id,)).fetchone() is not None

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _entry(row: tuple[object, ...]) -> Entry:
    return Entry(**dict(zip(_ENTRY.split(", "), row, strict=True)))  # type: ignore[arg-type]  # columns of these types
