"""Where each document's report comes from, decided anew for those documents that a change can reach.

A document's lineage follows from its own metadata, from the copies of its text, and from the reports that its metadata
say it is based on; all of them are found by index.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from kg.codec import Codec
from kg.fuse.kept.mark_index import MarkIndex
from kg.fuse.kept.queue import Queue
from kg.fuse.lineage import byline_parts, is_copy, names_of, origin_names, outlet, publisher_key
from kg.fuse.signature import Signature
from kg.model import Document, Lineage

__all__ = ["Reports"]

_DOCUMENT = Codec(Document, level=1)
# Copies that were dealt with, so that a group is not gone through for each of them.
_REMEMBERED = 10_000


class Reports:
    """Keeps the lineage of every document.

    ``resourced`` collects (document, former source or None, new source) of documents of which something else counts as
    the independent source, those that are new among them; ``redated`` the documents that count as written on another
    day; ``told`` those whose lineage changed in any way.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._marked = MarkIndex(database, "mark")
        self._authored = Queue(database, "authored", "document")
        self._copied = Queue(database, "copied", "document")
        self._based = Queue(database, "based", "document")
        self._lined = Queue(database, "lined", "document")
        self._rested = Queue(database, "rested", "document")
        self._traced = Queue(database, "traced", "document")
        self.resourced = Queue(database, "resourced", "document", "before", "after")
        self.redated = Queue(database, "redated", "document")
        self.told = Queue(database, "told_report", "document")
        self._gone = Queue(database, "gone_report", "document")

    def _one(self, query: str, *values: object) -> tuple[object, ...] | None:
        row: tuple[object, ...] | None = self._database.execute(query, values).fetchone()
        return row

    # ---- documents that come and go

    def enter(self, document: Document, sketch: bytes) -> None:
        """Take in a document."""
        signature = Signature.unpack(sketch)
        plain = replace(document, text="", body=())
        cursor = self._database.execute(
            "INSERT INTO report (document, published, agency, about, sketch, origin) VALUES (?1, ?2, ?3, ?4, ?5, ?1)",
            (document.id, document.published.isoformat(), signature.agency, _DOCUMENT.encode(plain), sketch),
        )
        self._index(document)
        self._count_agency(signature.agency, 1)
        self._find_copies(document.id, cursor.lastrowid or 0, signature)
        for queue in (self._authored, self._copied, self._based, self._traced):
            queue.add(document.id)

    def _index(self, document: Document) -> None:
        add = self._database.executemany
        names = names_of(document)
        add("INSERT INTO known_as VALUES (?, ?)", [(name, document.id) for name in names])
        add(
            "INSERT INTO based_on VALUES (?, ?, ?)",
            [(document.id, rank, name) for rank, name in enumerate(origin_names(document))],
        )
        add("INSERT INTO byline VALUES (?, ?)", [(part, document.id) for part in byline_parts(document)])
        self._touch_based_on(names)

    def _touch_based_on(self, names: list[str]) -> None:
        for name in names:
            self._based.add_found("SELECT document FROM based_on WHERE name = ?", name)

    def _count_agency(self, name: str, change: int) -> None:
        """Count a dateline's agency; bylines that name what has become one, or is none any more, are read anew."""
        if not name:
            return
        folded = name.casefold()
        before = self._agency(folded)
        self._database.execute(
            "INSERT INTO agency VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n", (folded, name, change)
        )
        self._database.execute("DELETE FROM agency WHERE folded = ? AND name = ? AND n = 0", (folded, name))
        if self._agency(folded) != before:
            self._authored.add_found("SELECT document FROM byline WHERE part = ?", folded)

    def _agency(self, folded: str) -> str | None:
        row = self._one("SELECT min(name) FROM agency WHERE folded = ?", folded)
        return str(row[0]) if row and row[0] is not None else None

    def _find_copies(self, document_id: str, number: int, signature: Signature) -> None:
        found = self._marked.sharing(signature)
        self._marked.add(number, signature)
        for other in found:
            row = self._database.execute("SELECT document, sketch FROM report WHERE number = ?", (other,)).fetchone()
            if is_copy(signature, Signature.unpack(row[1])):
                pair = (document_id, row[0])
                self._database.executemany("INSERT INTO copy VALUES (?, ?)", [pair, pair[::-1]])

    def leave(self, document_id: str) -> None:
        """Take a document out; unknown ones are passed over."""
        row = self._database.execute(
            "SELECT number, agency, sketch, shown FROM report WHERE document = ?", (document_id,)
        ).fetchone()
        if row is None:
            return
        number, agency, sketch, shown = row
        self._touch_around(document_id)
        rows = self._database.execute("SELECT name FROM known_as WHERE document = ?", (document_id,))
        names = [name for (name,) in rows]
        for table in ("report", "known_as", "based_on", "byline", "copy"):
            self._database.execute(f"DELETE FROM {table} WHERE document = ?", (document_id,))  # noqa: S608
        self._touch_based_on(names)
        self._count_agency(agency, -1)
        self._marked.remove(number, Signature.unpack(sketch))
        if shown:
            self._gone.add(document_id)

    def _touch_around(self, document_id: str) -> None:
        """Touch the documents whose lineage may rest on one that leaves."""
        self._copied.add_found("SELECT other FROM copy WHERE document = ?", document_id)
        copies = "SELECT other FROM copy WHERE document = ?1"
        self._database.execute(f"DELETE FROM copy WHERE other = ?1 AND document IN ({copies})", (document_id,))  # noqa: S608
        self._based.add_found("SELECT document FROM report WHERE nearest = ?", document_id)
        self._lined.add_found("SELECT document FROM report WHERE line_end = ?", document_id)
        self._rested.add_found("SELECT document FROM report WHERE rests = ?", document_id)

    # ---- settling: each step touches what the next one looks at

    def settle(self, moved: Queue, canonical: Callable[[str], str]) -> None:
        """Decide the lineages anew that a change can reach.

        Args:
            moved: Keys that have another canonical key now.
            canonical: Returns the canonical key of a key.
        """
        for (document,) in self._authored.drain():
            self._set_own(document)
        done: set[str] = set()
        for (document,) in self._copied.drain():
            if document not in done:
                done = done if len(done) < _REMEMBERED else set()
                done.update(self._set_origins(document))
        for (document,) in self._based.drain():
            self._set_nearest(document)
        for (document,) in self._lined.drain():
            self._set_line_end(document)
        for (document,) in self._rested.drain():
            self._set_outlet(document)
        for (key,) in moved:
            self._touch_traced("outlet", key)
        for (document,) in self._traced.drain():
            self._set_source(document, canonical)

    def _document(self, document_id: str) -> tuple[Document, str] | None:
        row = self._database.execute("SELECT about, agency FROM report WHERE document = ?", (document_id,)).fetchone()
        return (_DOCUMENT.decode(row[0]), row[1]) if row else None

    def _set_own(self, document_id: str) -> None:
        """Decide whose report a document says that it is."""
        found = self._document(document_id)
        if found is None:
            return
        document, agency = found
        known = {part: name for part in byline_parts(document) if (name := self._agency(part))}
        name = outlet(document, agency, known)
        if self._change(document_id, "own", publisher_key(name) if name else None):
            self._rested.add(document_id)
            self._rested.add_found("SELECT document FROM report WHERE rests = ?", document_id)

    def _set_origins(self, document_id: str) -> set[str]:
        """Find the first of a document and its copies, and of theirs; return them all."""
        group, waiting = {document_id}, [document_id]
        while waiting:
            rows = self._database.execute("SELECT other FROM copy WHERE document = ?", (waiting.pop(),))
            new = [other for (other,) in rows if other not in group]
            group.update(new)
            waiting += new
        dated = [(day, member) for member in group if (day := self._published(member))]
        for _, member in dated:
            if self._change(member, "origin", min(dated)[1]):
                self.redated.add(member)
                self._traced.add(member)
                self._rested.add(member)
                self._rested.add_found("SELECT document FROM report WHERE line_end = ?", member)
        return group

    def _published(self, document_id: str) -> str | None:
        row = self._one("SELECT published FROM report WHERE document = ?", document_id)
        return str(row[0]) if row else None

    def _set_nearest(self, document_id: str) -> None:
        """Find the one document that another is based on; every line that passes through here may change."""
        names = self._database.execute("SELECT name FROM based_on WHERE document = ? ORDER BY rank", (document_id,))
        nearest = next((found for (name,) in names.fetchall() if (found := self._only(name, document_id))), None)
        self._lined.add(document_id)
        if self._change(document_id, "nearest", nearest):
            self._touch_upstream(document_id)

    def _only(self, name: str, document_id: str) -> str | None:
        """Return the document that goes by a name, None where several do; the one that asks does not count."""
        query = "SELECT document FROM known_as WHERE name = ? AND document <> ? LIMIT 2"
        found = [document for (document,) in self._database.execute(query, (name, document_id))]
        return found[0] if len(found) == 1 else None

    def _touch_upstream(self, document_id: str) -> None:
        seen, waiting = {document_id}, [document_id]
        while waiting:
            rows = self._database.execute("SELECT document FROM report WHERE nearest = ?", (waiting.pop(),))
            new = [document for (document,) in rows if document not in seen]
            seen.update(new)
            waiting += new
            self._lined.add_all((document,) for document in new)

    def _set_line_end(self, document_id: str) -> None:
        """Follow the reports that each other is based on to the first one; a ring has none."""
        line = [document_id]
        while (nearer := self._nearest(line[-1])) and nearer not in line:
            line.append(nearer)
        ring = self._nearest(line[-1]) is not None
        if self._change(document_id, "line_end", line[-1] if len(line) > 1 and not ring else None):
            self._rested.add(document_id)

    def _nearest(self, document_id: str) -> str | None:
        row = self._one("SELECT nearest FROM report WHERE document = ?", document_id)
        return str(row[0]) if row and row[0] is not None else None

    def _set_outlet(self, document_id: str) -> None:
        """Decide whose report a document is: that of the first report of its line, else what it says itself."""
        row = self._one("SELECT own, line_end FROM report WHERE document = ?", document_id)
        if row is None:
            return
        own, end = row
        rests = self._one("SELECT origin FROM report WHERE document = ?", end) if end else None
        self._change(document_id, "rests", rests[0] if rests else None)
        other = self._one("SELECT own FROM report WHERE document = ?", rests[0]) if rests else None
        if self._change(document_id, "outlet", other[0] if other else own):
            self._touch_traced("document", document_id)

    def _touch_traced(self, column: str, value: str) -> None:
        """Touch the copies of the documents of an outlet, or of one document."""
        self._traced.add_found(
            f"SELECT b.document FROM report a JOIN report b ON b.origin = a.document WHERE a.{column} = ?",  # noqa: S608
            value,
        )

    def _set_source(self, document_id: str, canonical: Callable[[str], str]) -> None:
        """Decide what counts as the independent source of a document."""
        query = (
            "SELECT b.outlet, a.source, a.told, a.origin FROM report a JOIN report b ON b.document = a.origin "
            "WHERE a.document = ?"
        )
        row = self._database.execute(query, (document_id,)).fetchone()
        if row is None:
            return
        found, before, told, origin = row
        lineage = Lineage(document_id=document_id, origin=origin, outlet=canonical(found) if found else None)
        if self._change(document_id, "source", lineage.source):
            self.resourced.add(document_id, before, lineage.source)
        line = f"{origin} {lineage.outlet or ''}"
        if told != line:
            self._change(document_id, "told", line)
            self.told.add(document_id)

    def _change(self, document_id: str, column: str, value: object) -> bool:
        """Set a column, and tell whether it had another value."""
        return (
            self._database.execute(
                f"UPDATE report SET {column} = ?1 WHERE document = ?2 AND {column} IS NOT ?1",  # noqa: S608
                (value, document_id),
            ).rowcount
            > 0
        )

    # ---- what others ask

    def lineage(self, document_id: str) -> Lineage | None:
        """Return the lineage of a document, None of one that has left."""
        row = self._database.execute("SELECT origin, told FROM report WHERE document = ?", (document_id,)).fetchone()
        if row is None:
            return None
        return Lineage(document_id=document_id, origin=row[0], outlet=row[1].partition(" ")[2] or None)

    def written(self, document_id: str) -> date | None:
        """Return the day on which what a document says was first written: of a copy that of its original."""
        query = "SELECT b.published FROM report a JOIN report b ON b.document = a.origin WHERE a.document = ?"
        row = self._one(query, document_id)
        return date.fromisoformat(str(row[0])) if row else None

    def source(self, document_id: str) -> str | None:
        """Return what counts as the independent source of a document, None where that is not settled."""
        row = self._one("SELECT source FROM report WHERE document = ?", document_id)
        return str(row[0]) if row and row[0] is not None else None

    def changed(self) -> Iterator[tuple[str, bool, Lineage | None]]:
        """Yield each document whose lineage changed, whether the world told of it, and its lineage, None if it left."""
        for (document,) in self._gone.drain():
            yield document, True, None
        for (document,) in self.told.drain():
            lineage = self.lineage(document)
            if lineage:
                query = "SELECT shown FROM report WHERE document = ?"
                shown = bool(self._database.execute(query, (document,)).fetchone()[0])
                self._change(document, "shown", 1)
                yield document, shown, lineage
