"""What fusing reads: the records of every document, as often as it likes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from kg.model import Annotation, Document

__all__ = ["Record", "Source", "Sources"]


class Source(Protocol):
    """One document with what conforms of its annotation; the document's text may be empty.

    ``sketch`` is :func:`kg.fuse.signature.sign` of the document, empty where copies are of no interest.
    """

    @property
    def document(self) -> Document:
        """The document."""
        ...

    @property
    def annotation(self) -> Annotation:
        """Its annotation, which a store may decode each time it is asked for."""
        ...

    @property
    def sketch(self) -> bytes:
        """The signature of its text."""
        ...


class Sources(Protocol):
    """Anything that yields every document's records each time it is iterated: a list, or a reader of the ledger."""

    def __iter__(self) -> Iterator[Source]:
        """Yield the sources, in any order."""
        ...


@dataclass(frozen=True, slots=True)
class Record:
    """A source in memory."""

    document: Document
    annotation: Annotation
    sketch: bytes = b""
