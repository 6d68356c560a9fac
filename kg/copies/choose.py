"""What a build does with copies, by its settings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Protocol

from kg.copies.exact import ExactCopies
from kg.copies.near import NearCopies, forget_near_copies
from kg.rdf.provenance import RunIdentity
from kg.report import BuildReport
from kg.store.ledger import Ledger
from kg.worker import Task

__all__ = ["Copies", "open_copies"]


class Copies(Protocol):
    """Stands between the documents of a build and the workers that process them."""

    def tasks(self, tasks: Iterable[Task]) -> Iterator[Task]:
        """Yield what is to be done; some of it may be left for :meth:`more`."""

    @property
    def left(self) -> bool:
        """Whether there is more to do, once all that was yielded is done."""

    def more(self) -> Iterator[Task]:
        """Yield what was left."""

    def done(self, *, stored: bool) -> str | None:
        """Tell that the next of the tasks is done, and what it gave stored; return the document that has to leave."""

    def leave(self, document_id: str) -> None:
        """Tell that a document leaves the graph."""

    def tell(self, report: BuildReport) -> None:
        """Put into a report what was found."""


def open_copies(ledger: Ledger, identity: RunIdentity, text: Callable[[str], str], folder: Path) -> Copies:
    """Return what deals with the copies of a build.

    Args:
        ledger: Open for writing.
        identity: Of the build, with its settings.
        text: Returns the stored text of a document.
        folder: Where documents may wait.
    """
    if identity.settings.copies == "additions":
        return NearCopies(ledger, identity, text, folder)
    forget_near_copies(ledger)
    return ExactCopies(ledger, identity.annotation)
