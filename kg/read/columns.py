"""Which columns of a table of articles hold what: as the user maps them, else by their usual names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.errors import ConfigError
from kg.read.spelling import suggestion

__all__ = ["USUAL", "Columns", "parse_columns"]

Columns = tuple[tuple[str, tuple[str, ...]], ...]
"""Pairs of a target and the columns that hold it; several columns of ``text`` are joined by a blank line."""

USUAL: Mapping[str, tuple[str, ...]] = {
    "text": (
        "text", "body", "articlebody", "articletext", "bodytext", "fulltext", "maintext", "plaintext", "article",
        "content", "contenttext", "story", "bodyhtml", "contenthtml", "html",
    ),
    "headline": ("headline", "title", "articletitle", "heading"),
    "published": (
        "published", "datepublished", "publishedat", "publicationdate", "publishdate", "datepublish", "pubdate",
        "publishedtime", "firstpublished", "date", "datetime", "timestamp", "time",
    ),
    "publisher": ("publisher", "source", "outlet", "sitename", "site", "newspaper", "publication", "sourcename"),
    "authors": ("authors", "author", "byline", "creator", "writer"),
    "url": ("url", "link", "canonicalurl", "sourceurl", "originalurl", "weburl", "permalink", "uri"),
    "language": ("language", "lang", "inlanguage"),
    "id": ("id", "_id", "docid", "documentid", "articleid", "guid", "uuid"),
}  # fmt: skip
"""The usual names for each target without regard to case and to "_", "-" and blanks, the most telling first."""

_ALIASES = {"author": "authors", "title": "headline", "date": "published", "body": "text"}


def parse_columns(given: str | Mapping[str, object] | Iterable[str]) -> Columns:
    """Return the mapping that ``text=body,headline=title`` or a table of ``sources.toml`` writes down.

    Raises:
        ConfigError: A target is unknown, or no column is named for it.
    """
    pairs = given.items() if isinstance(given, Mapping) else _pairs([given] if isinstance(given, str) else given)
    found: dict[str, tuple[str, ...]] = {}
    for target, value in pairs:
        name = _ALIASES.get(target, target)
        if name not in USUAL:
            raise ConfigError(
                f"columns: {target!r} is nothing that a column can hold; known: {', '.join(USUAL)}",
                remedy=f"{suggestion(target, USUAL)}Write for example --columns text=body,headline=title",
            )
        columns = value.split("+") if isinstance(value, str) else value
        if not isinstance(columns, list) or not all(isinstance(column, str) and column.strip() for column in columns):
            raise ConfigError(
                f"columns: {target} is {value!r}; expected the name of a column, or several as a+b",
                remedy="Write for example --columns text=body,headline=title",
            )
        if len(columns) > 1 and name != "text":
            raise ConfigError(
                f"columns: {target} has {len(columns)} columns; only text is joined from several",
                remedy="Name one of them",
            )
        found[name] = tuple(column.strip() for column in columns)
    return tuple(sorted(found.items()))


def _pairs(given: Iterable[str]) -> list[tuple[str, object]]:
    parts = [part for text in given for part in text.split(",") if part.strip()]
    split = [part.partition("=") for part in parts]
    return [(target.strip(), column) for target, _, column in split]
