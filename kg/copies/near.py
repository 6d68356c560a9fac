"""Of a near-copy only those passages are annotated that no earlier one has."""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryFile

from kg.copies.first import FirstReaders
from kg.copies.passages import spans_of
from kg.model import Annotation, Document
from kg.rdf.provenance import RunIdentity
from kg.report import BuildReport
from kg.store.ledger import Ledger
from kg.worker import Task

__all__ = ["NearCopies", "forget_near_copies"]

# the annotations for which it is known where each passage is read
_NOTE = "near copies"


def forget_near_copies(ledger: Ledger) -> None:
    """Tell a ledger that a build does not keep its near-copies up to date."""
    if ledger.facts().get(_NOTE):
        ledger.note(_NOTE, "")


class NearCopies:
    """Knows near-copies before they are parsed, among the documents of a build and those that the graph has.

    All documents of a build are looked at before the first is handed out, and wait in a file meanwhile. One that the
    graph has, and that has more or fewer passages to itself now, is made again once all others are done.

    Args:
        ledger: Holds the documents so far; open for writing.
        identity: Of the build.
        text: Returns the stored text of a document.
        folder: Where the file lies.
    """

    def __init__(self, ledger: Ledger, identity: RunIdentity, text: Callable[[str], str], folder: Path) -> None:
        self._ledger = ledger
        self._run_id = identity.run_id
        self._text = text
        self._folder = folder
        self._readers = FirstReaders(ledger.database)
        self._handed_out: deque[Document] = deque()
        # what was annotated otherwise tells nothing of what has to be annotated now
        if ledger.facts().get(_NOTE) != identity.annotation:
            self._readers.clear()
            ledger.note(_NOTE, identity.annotation)

    def tasks(self, tasks: Iterable[Task]) -> Iterator[Task]:
        """Yield each task with what is to be annotated of its document."""
        with TemporaryFile(dir=self._folder) as file:
            count = 0
            for task in tasks:
                self._enter(task)
                pickle.dump(task, file, pickle.HIGHEST_PROTOCOL)
                count += 1
            file.seek(0)
            for _ in range(count):
                yield self._hand_out(pickle.load(file))  # noqa: S301 (just written, in a file without a name)

    def _enter(self, task: Task) -> None:
        document = task.document
        former = self._ledger.entry(source_key=document.source_key)
        if former and former.id != document.id:
            self._readers.leave(former.id)
        if task.annotation is None and document.id not in self._readers:
            self._readers.enter(document)

    @property
    def left(self) -> bool:
        """Whether documents have to be made again."""
        return bool(self._readers.changed)

    def more(self) -> Iterator[Task]:
        """Yield the tasks of documents that have to be made again."""
        for document_id in sorted(self._readers.changed):
            self._readers.changed.discard(document_id)
            yield self._hand_out(Task(self._ledger.document(document_id, self._text(document_id))))

    def done(self, *, stored: bool) -> str | None:
        """Tell that the next of the tasks is done; one that failed reads nothing for others.

        Returns:
            The document where it failed when it was made again: what the graph has of it fits the others no more.
        """
        document = self._handed_out.popleft()
        if stored:
            return None
        self._readers.leave(document.id)
        former = self._ledger.entry(source_key=document.source_key)
        if former is None or former.run_id != self._run_id:
            return None
        if former.id == document.id:
            return former.id
        # the state before the change stays in the graph
        self._readers.enter(self._ledger.document(former.id, self._text(former.id)))
        return None

    def leave(self, document_id: str) -> None:
        """Take out a document that leaves the graph."""
        self._readers.leave(document_id)

    def tell(self, report: BuildReport) -> None:
        """Tell how many near-copies the graph has."""
        report.near_copies = self._readers.count()

    def _hand_out(self, task: Task) -> Task:
        document = task.document
        self._handed_out.append(document)
        if task.annotation and document.id not in self._readers.changed:
            return task
        self._readers.changed.discard(document.id)
        read = self._readers.read(document.id)
        if read is None:
            return Task(document)
        return Task(document, body=spans_of(document, read)) if read else Task(document, _nothing(document))


def _nothing(document: Document) -> Annotation:
    return Annotation(document_id=document.id, sentences=(), entities=(), mentions=(), claims=())
