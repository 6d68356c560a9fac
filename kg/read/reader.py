"""Read all sources of a run: documents, failures and what is set aside, in one stream."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, cast

from kg.errors import ReadError
from kg.model import Document
from kg.read.documents import make_document
from kg.read.failures import Failure, SetAside
from kg.read.folders import Folders
from kg.read.formats import choose_reader
from kg.read.formats.html import HtmlReader
from kg.read.item import Article, Item, NoArticleError, PassedOver
from kg.read.language import NotEnglishError
from kg.read.limits import Budget, LimitError, Limits
from kg.read.metadata import Metadata
from kg.read.options import DEFAULT_OPTIONS, ReadOptions
from kg.read.sources import Source, find_sources
from kg.read.streams import HEAD, buffered, from_bytes, head_of

__all__ = ["read_file", "read_sources", "read_text"]

_HOW_TO_READ = 'Write language = "en" in sources.toml or use --assume-english to read them all the same'


def read_sources(
    sources: Sequence[str | os.PathLike[str]] | str | os.PathLike[str],
    *,
    stdin: BinaryIO | None = None,
    options: ReadOptions = DEFAULT_OPTIONS,
) -> Iterator[Document | Failure | SetAside]:
    """Yield a document, or a failure, for each article of the sources; nothing is raised for bad input.

    Args:
        sources: Files, folders (read with their sub-folders), globs, and ``-`` for standard input.
        stdin: Read for ``-``; by default the process's own.
        options: What else reading depends on.

    Yields:
        In the order of the sources, sorted by path within each, and in a file in the order of its records; behind those
        what was set aside of it. A file that is named twice comes once, and so does a document that two sources hold
        alike (same address, text, publisher and date).
    """
    named = [sources] if isinstance(sources, str | os.PathLike) else list(sources)
    run = _Run(options, stdin)
    for source in find_sources(named):
        if isinstance(source, Failure):
            yield source
        else:
            yield from run.read(source)


def read_file(
    path: Path, *, root: Path, options: ReadOptions = DEFAULT_OPTIONS
) -> Iterator[Document | Failure | SetAside]:
    """Yield what :func:`read_sources` yields for one file of a folder.

    Args:
        path: The file.
        root: The folder that its name is relative to; the ``sources.toml`` files up to there tell of it.
        options: What else reading depends on.
    """
    yield from _Run(options, None).read(Source(path, root))


def read_text(
    text: str,
    *,
    name: str | None = None,
    published: date | None = None,
    publisher: str | None = None,
    url: str | None = None,
    default_published: date | None = None,
) -> Document:
    """Return the document of a string, as if it were a file.

    Args:
        text: The article, or a page in HTML; the offsets of the document are offsets into it (into what a page is
            converted to).
        name: Stands for the file's relative path; by default it is made from the text's hash.
        published: Wins over a date in the text.
        publisher: The name of the outlet.
        url: Wins over an address in the text.
        default_published: Taken where neither ``published`` nor the text has a date.

    Raises:
        ReadError: The text is empty, undated, not English, or nothing of it is body.
    """
    where = name or "text"
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ReadError(
            f"lone surrogate at character {error.start}: this is not Unicode text",
            where=where,
            remedy="Decode the bytes again with the right encoding",
        ) from error
    item = Item(
        stream=from_bytes(data),
        where=where,
        path=name,
        name=name or "",
        budget=Budget(Limits(article=max(len(data), 1)), len(data), where),
        given=Metadata(published=published, publisher=publisher, url=url),
        charset="utf-8",
    )
    reader = HtmlReader()
    # a text stays what it is, with a byte order mark or NUL too
    is_page = reader.fits(item, head_of(item.stream))
    article = next(reader.read(item)) if is_page else Article(item=item, text=text, data=data)
    return make_document(article, defaults=ReadOptions(published=default_published).defaults)


class _Run:
    """The reading of all sources; knows which documents came before."""

    def __init__(self, options: ReadOptions, stdin: BinaryIO | None) -> None:
        self._options = options
        self._stdin = stdin
        self._folders = Folders()
        self._seen: dict[str, tuple[str, str]] = {}

    def read(self, source: Source) -> Iterator[Document | Failure | SetAside]:
        """Yield what one file, or standard input, holds."""
        where = "standard input" if source.is_stdin else str(source.path)
        aside = _Aside(where)
        try:
            with self._opened(source, where) as item:
                yield from self._read(item, aside)
        except ReadError as error:
            yield Failure(where, "read", error)
        except OSError as error:
            yield Failure(where, "read", _unreadable(where, error))
        yield from aside.told()

    @contextmanager
    def _opened(self, source: Source, where: str) -> Iterator[Item]:
        facts: dict[str, Any] = {"given": self._given(source), "given_to": partial(self._given, source), "where": where}
        facts["fallback"] = Metadata(columns=self._options.columns)
        limits = self._options.limits
        if source.is_stdin:
            budget = Budget(limits, None, where)
            stream = buffered((self._stdin or sys.stdin.buffer).read, budget.take)
            yield Item(stream=stream, path=None, name="", budget=budget, **facts)
            return
        with source.path.open("rb", buffering=HEAD) as file:
            budget = Budget(limits, os.fstat(file.fileno()).st_size, where)
            yield Item(
                stream=cast("io.BufferedReader", file), path=source.name, name=source.path.name, budget=budget, **facts
            )

    def _given(self, source: Source, inside: str = "") -> Metadata:
        given = Metadata() if source.is_stdin else self._folders.metadata(source, inside)
        return replace(given, language="en") if self._options.assume_english else given

    def _read(self, item: Item, aside: _Aside) -> Iterator[Document | Failure]:
        """Yield what an item holds; only a limit that was exceeded is raised."""
        try:
            for found in choose_reader(item).read(item):
                if isinstance(found, Item):
                    yield from self._read(found, aside)
                elif isinstance(found, Article):
                    yield from self._document(found, aside)
                elif isinstance(found, PassedOver):
                    aside.add(found.reason, found.where)
                else:
                    yield found
        except LimitError:
            raise
        except NoArticleError as error:
            yield from self._without_article(item, error, aside)
        except ReadError as error:
            yield Failure(item.where, "read", error)
        except OSError as error:
            yield Failure(item.where, "read", _unreadable(item.where, error))

    def _document(self, article: Article, aside: _Aside) -> Iterator[Document | Failure]:
        item = article.item
        try:
            document = make_document(article, defaults=self._options.defaults)
        except NotEnglishError as error:
            aside.add(f"written in {error.language}; only English is read", item.where, _HOW_TO_READ)
            return
        known = (document.id, item.where)
        before = self._seen.setdefault(document.source_key, known)
        if before is known:
            yield document
        elif before[0] != document.id and item.is_capture:
            aside.add("other captures of pages that were read before", item.where)
        elif before[0] != document.id:
            yield Failure(item.where, "read", _rival(item.where, document, before[1]))

    def _without_article(self, item: Item, error: NoArticleError, aside: _Aside) -> Iterator[Failure]:
        """Web archives hold many pages that are no articles; elsewhere that is a failure."""
        if item.is_capture:
            aside.add("pages without an article", item.where)
        else:
            yield Failure(item.where, "read", error)


class _Aside:
    """What is set aside of one source, by reason."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._found: dict[tuple[str, str], tuple[int, str]] = {}

    def add(self, reason: str, where: str, remedy: str = "") -> None:
        """Note one record."""
        count, first = self._found.get((reason, remedy), (0, where))
        self._found[reason, remedy] = count + 1, first

    def told(self) -> Iterator[SetAside]:
        """Yield what was noted, the most frequent reason first."""
        for (reason, remedy), (count, first) in sorted(self._found.items(), key=lambda found: (-found[1][0], found[0])):
            yield SetAside(path=self._path, reason=reason, count=count, first=first, remedy=remedy)


def _unreadable(where: str, error: OSError) -> ReadError:
    remedy = "Check that it exists and is readable"
    return ReadError(f"cannot be read: {error.strerror or error}", where=where, remedy=remedy)


def _rival(where: str, document: Document, known: str) -> ReadError:
    return ReadError(
        f"has the same address {document.source_key!r} as {known}, but another content",
        where=where,
        remedy="Keep one of them, or correct the url in sources.toml",
    )
