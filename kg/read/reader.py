"""Read all sources of a run: documents and failures in one stream."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

from kg.errors import ReadError
from kg.model import Document
from kg.read.decoding import MAX_BYTES, decode
from kg.read.documents import make_document
from kg.read.failures import Failure
from kg.read.metadata import Metadata, merge
from kg.read.sidecar import Sidecar, load_sidecar
from kg.read.sources import Source, find_sources

__all__ = ["read_sources"]

_NOT_TEXT = {
    ".html": "an HTML page", ".htm": "an HTML page", ".xhtml": "an HTML page", ".json": "a JSON file",
    ".jsonl": "a JSON Lines file", ".ndjson": "a JSON Lines file", ".csv": "a table", ".tsv": "a table",
    ".xml": "an XML file", ".warc": "a web archive", ".toml": "a TOML file",
    ".yaml": "a YAML file", ".yml": "a YAML file",
}  # fmt: skip


def read_sources(
    sources: Sequence[str | os.PathLike[str]] | str | os.PathLike[str],
    *,
    stdin: BinaryIO | None = None,
    default_published: date | None = None,
    language: str = "en",
) -> Iterator[Document | Failure]:
    """Yield a document, or a failure, for each source; nothing is raised for bad input.

    Args:
        sources: Files, folders (read with their sub-folders), globs, and ``-`` for standard input.
        stdin: Read for ``-``; by default the process's own.
        default_published: The date of articles of which nothing tells it.
        language: The language of articles of which nothing tells it.

    Yields:
        In the order of the sources, sorted by path within each; a file that is named twice comes once, and so does a
        document that two files hold alike (same address, text, publisher and date).
    """
    named = [sources] if isinstance(sources, str | os.PathLike) else list(sources)
    defaults = Metadata(published=default_published, language=language)
    folders = _Folders()
    seen: dict[str, tuple[str, str]] = {}
    for source in find_sources(named):
        if isinstance(source, Failure):
            yield source
            continue
        try:
            document = _read(source, stdin, folders, defaults)
        except ReadError as error:
            yield Failure(str(source.path), "read", error)
            continue
        known_id, known_path = seen.setdefault(document.source_key, (document.id, str(source.path)))
        if known_path == str(source.path):
            yield document
        elif known_id != document.id:
            yield Failure(str(source.path), "read", _rival(source, document, known_path))


class _Folders:
    """The ``sources.toml`` files of a run, each loaded once."""

    def __init__(self) -> None:
        self._loaded: dict[Path, Sidecar | ReadError | None] = {}

    def metadata(self, source: Source) -> Metadata:
        """Return what the ``sources.toml`` from the file's folder up to its root say, the nearest first."""
        folder = source.path.parent
        found = []
        while True:
            sidecar = self._load(folder)
            found.append(sidecar.metadata(source.path) if sidecar else Metadata())
            if folder in (source.root, folder.parent):
                return merge(*found)
            folder = folder.parent

    def _load(self, folder: Path) -> Sidecar | None:
        if folder not in self._loaded:
            try:
                self._loaded[folder] = load_sidecar(folder)
            except ReadError as error:
                self._loaded[folder] = error
        sidecar = self._loaded[folder]
        if isinstance(sidecar, ReadError):
            raise sidecar
        return sidecar


def _read(source: Source, stdin: BinaryIO | None, folders: _Folders, defaults: Metadata) -> Document:
    where = "standard input" if source.is_stdin else str(source.path)
    given = Metadata() if source.is_stdin else folders.metadata(source)
    data = _bytes(source, stdin, where)
    text = decode(data, where=where, encoding=given.encoding)
    path = None if source.is_stdin else source.name
    return make_document(text, data, where=where, path=path, given=given, defaults=defaults)


def _bytes(source: Source, stdin: BinaryIO | None, where: str) -> bytes:
    kind = _NOT_TEXT.get(source.path.suffix.lower())
    if kind and not source.is_stdin:
        raise ReadError(
            f"this is {kind}; only text and Markdown are read",
            where=where,
            remedy="Save its article as .txt and read that",
        )
    try:
        if source.is_stdin:
            data = (stdin or sys.stdin.buffer).read(MAX_BYTES + 1)
        else:
            with source.path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ReadError(
            f"cannot be read: {error.strerror or error}", where=where, remedy="Check that it exists and is readable"
        ) from error
    if len(data) > MAX_BYTES:
        raise ReadError(
            f"larger than {MAX_BYTES // 1_000_000} MB, which is no article",
            where=where,
            remedy="Split it into one file an article",
        )
    return data


def _rival(source: Source, document: Document, known: str) -> ReadError:
    return ReadError(
        f"has the same address {document.source_key!r} as {known}, but another content",
        where=str(source.path),
        remedy="Keep one of them, or correct the url in sources.toml",
    )
