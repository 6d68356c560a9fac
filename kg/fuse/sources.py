"""What fusing reads: the records of every document, as often as it likes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from kg.model import Annotation, Document

__all__ = ["Source", "Sources"]


@dataclass(frozen=True, slots=True)
class Source:
    """One document with what conforms of its annotation; the document's text may be empty.

    ``sketch`` is :func:`kg.fuse.lineage.sketch` of the text, empty where copies are of no interest.
    """

    document: Document
    annotation: Annotation
    sketch: bytes = b""


class Sources(Protocol):
    """Anything that yields every document's records each time it is iterated: a list, or a reader of the ledger."""

    def __iter__(self) -> Iterator[Source]:
        """Yield the sources, in any order."""
        ...
