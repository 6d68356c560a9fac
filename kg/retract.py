"""Which documents leave a graph: those that somebody names, or all that are gone from their sources."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote

from kg.errors import StoreError
from kg.model import Document
from kg.read import Failure
from kg.spelling import did_you_mean
from kg.store.ledger import Ledger, Place

__all__ = ["Gone", "Leaving", "Named", "find_documents", "find_stored"]

_SHORTEST_PREFIX = 6


class Stored(Protocol):
    """What a graph tells of its documents; the ledger does."""

    def places(self) -> Iterator[Place]:
        """Yield where every document comes from."""
        ...

    def place(self, document_id: str) -> Place | None:
        """Return where one document comes from."""
        ...


class Leaving(Protocol):
    """Chooses the documents to drop."""

    def among(self, stored: Stored, read: Collection[str]) -> list[str]:
        """Return the hashes of the documents to drop.

        Args:
            stored: Tells of every document of the graph.
            read: The source keys of the documents that this build read.

        Raises:
            StoreError: Dropping would not be safe.
        """
        ...


class Named:
    """Drops documents by their hashes."""

    def __init__(self, document_ids: Collection[str]) -> None:
        self.document_ids = frozenset(document_ids)

    def among(self, stored: Stored, read: Collection[str]) -> list[str]:
        """Return the documents that were named, of those that the graph has."""
        return [document_id for document_id in sorted(self.document_ids) if stored.place(document_id)]


class Gone:
    """Drops what is not among a build's sources, unless it may only have become unreadable.

    A document whose file is there but could not be read, or not all of it, stays. Where a source that was named is
    missing as a whole, or nothing at all could be read, a slip of the pen is likelier than that all of it has gone:
    that is refused.

    Args:
        sources: As they were named.
        failures: Grows while the sources are read.
    """

    def __init__(
        self, sources: Sequence[str | os.PathLike[str]] | str | os.PathLike[str], failures: Sequence[Failure]
    ) -> None:
        named = [sources] if isinstance(sources, str | os.PathLike) else sources
        self.sources = frozenset(os.fspath(source) for source in named)
        self.failures = failures

    def among(self, stored: Stored, read: Collection[str]) -> list[str]:
        """Return the documents that are gone; see :class:`Leaving`."""
        failed = [failure.path for failure in self.failures if failure.stage == "read"]
        self._refuse(failed, read)
        unread = [file.as_posix() for path in failed if (file := _file(path)).is_file()]
        places = (place for place in stored.places() if place.source_key not in read)
        return [place.id for place in places if not _is_one_of(place.source_path, unread)]

    def _refuse(self, failed: Sequence[str], read: Collection[str]) -> None:
        remedy = "Nothing was dropped; correct the sources, or leave --sync out"
        if not read:
            raise StoreError("no document could be read, and --sync would empty the graph", remedy=remedy)
        for path in failed:
            if Path(path).is_dir() or (path in self.sources and not _file(path).is_file()):
                raise StoreError(
                    "nothing was read from this source, and --sync would drop all of it", where=path, remedy=remedy
                )


def _file(path: str) -> Path:
    """Return the file of a source, that of the archive for something in it (``a.zip!b.txt``)."""
    return Path(path) if "!" not in path or Path(path).is_file() else Path(path.partition("!")[0])


def _is_one_of(source_path: str, files: Iterable[str]) -> bool:
    """Tell whether a document comes from one of the files, or from something in it."""
    outer = source_path.partition("!")[0]
    return any(file == path or file.endswith(f"/{path}") for file in files for path in (source_path, outer))


def find_stored(names: Sequence[str], ledger: Ledger) -> list[Document]:
    """Return the documents that people mean, as :func:`find_documents` does; whole names are found by index."""
    exact = [ledger.known_as(name.removeprefix("doc:")) for name in names]
    if not all(exact):
        return find_documents(names, ledger.documents())
    found = {document.id: document for meant in exact for document in meant}
    return [found[key] for key in sorted(found)]


def find_documents(names: Iterable[str], stored: Iterable[Document]) -> list[Document]:
    """Return the documents that people mean, each once, sorted by id.

    Args:
        names: A hash or a beginning of six digits or more, a CURIE, an IRI, a URL, or a source path; a path that
            several documents come from means them all.
        stored: Every document of the graph.

    Raises:
        StoreError: A name means no document; the message tells what was near.
    """
    documents = list(stored)
    found: dict[str, Document] = {}
    for name in names:
        meant = _meant(name, documents)
        if not meant:
            known = [text for d in documents for text in (d.id, f"doc:{d.id}", d.source_key, d.source_path)]
            raise StoreError(
                f"the graph has no document {name!r}{did_you_mean(name, known)}",
                remedy="Name its hash, source path or URL; kg query coverage lists them. Nothing was removed",
            )
        found |= {document.id: document for document in meant}
    return [found[key] for key in sorted(found)]


def _meant(name: str, documents: Sequence[Document]) -> list[Document]:
    exact = [d for d in documents if name in (d.id, d.source_key, d.url)] or [
        d for d in documents if d.source_path in (name, Path(name).as_posix(), unquote(name))
    ]
    if exact:
        return exact
    last = name.partition("#")[0].rpartition("/")[2].removeprefix("doc:")
    hashed = [d for d in documents if len(last) >= _SHORTEST_PREFIX and d.id.startswith(last)]
    if len(hashed) > 1:
        listed = ", ".join(f"doc:{d.id} ({d.source_path})" for d in hashed)
        raise StoreError(f"{name!r} may mean {len(hashed)} documents: {listed}", remedy="Give more digits")
    # a path as it stands on the command line ("news/one.txt") where the graph has it relative to its folder
    return hashed or [d for d in documents if _is_one_of(d.source_path, [Path(name).as_posix()])]
