"""What has the words and the date of another document gets its annotation, and is not parsed."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from kg.annotate.transfer import reading_key, transfer
from kg.model import Document
from kg.report import BuildReport
from kg.store.ledger import Ledger
from kg.worker import Task

__all__ = ["ExactCopies"]

_HELD = 256
"""Copies that wait at a time, with their texts; what comes beyond is parsed."""


class ExactCopies:
    """Knows copies before they are parsed, among the documents of a build and those that the graph has.

    A copy of what is being annotated just now waits until that is done. Whether something is taken for a copy changes
    how long a build takes, and nothing else.

    Args:
        ledger: Holds the annotations so far.
        annotation: The hash under which annotations may be used again.
    """

    def __init__(self, ledger: Ledger, annotation: str) -> None:
        self._count = 0
        self._ledger = ledger
        self._annotation = annotation
        # the keys of what was handed out and is not done, in order, and the copies that wait for it
        self._handed_out: deque[bytes | None] = deque()
        self._waiting: dict[bytes, list[Document]] = {}
        self._held = 0
        self._released: deque[Document] = deque()

    def tasks(self, tasks: Iterable[Task]) -> Iterator[Task]:
        """Yield tasks, those of copies with their annotation; some may come later, or be left for :meth:`more`."""
        for task in tasks:
            yield from self._released_tasks()
            yield from self._hand_out(task)
        yield from self._released_tasks()

    @property
    def left(self) -> bool:
        """Whether copies still wait."""
        return bool(self._released)

    def more(self) -> Iterator[Task]:
        """Yield the tasks of those that wait."""
        return self.tasks(())

    def done(self, *, stored: bool) -> str | None:
        """Tell that the next of the tasks that were handed out is done; of one that failed each copy is parsed."""
        key = self._handed_out.popleft()
        if key is not None:
            self._released.extend(self._waiting.pop(key))
        return None

    def leave(self, document_id: str) -> None:
        """Nothing is kept here about documents."""

    def tell(self, report: BuildReport) -> None:
        """Tell how many documents were not parsed."""
        report.copies = self._count

    def _released_tasks(self) -> Iterator[Task]:
        while self._released:
            self._held -= 1
            yield from self._hand_out(Task(self._released.popleft()))

    def _hand_out(self, task: Task) -> Iterator[Task]:
        """Yield the task, unless it has to wait."""
        key = None
        if task.annotation is None:
            key = reading_key(task.document)
            if known := self._ledger.reading(key, self._annotation):
                task, key = Task(task.document, transfer(*known, task.document)), None
                self._count += 1
            elif key not in self._waiting:
                self._waiting[key] = []
            elif self._held < _HELD:
                self._waiting[key].append(task.document)
                self._held += 1
                return
            else:
                key = None
        self._handed_out.append(key)
        yield task
