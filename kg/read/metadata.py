"""What is known about an article besides its text, and which source of it wins."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from kg.errors import ConfigError, ReadError
from kg.model import Origin
from kg.read.columns import Columns, parse_columns
from kg.read.dates import parse_date
from kg.read.spelling import suggestion

__all__ = ["KNOWN_KEYS", "NOTHING", "Metadata", "from_table", "is_url", "merge", "one_line"]

# What RFC 3986 allows, with the letters beyond ASCII that IRIs allow; no white space, quotes, brackets of tags.
_URL = re.compile(r"https?://[^\s\x00-\x20\x7f-\xa0<>\"{}|\\^`\ud800-\udfff]{1,4000}", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """Facts about an article; None, or an empty tuple, where they are not known.

    ``encoding`` is a Python codec name; ``language`` a BCP 47 tag; ``columns`` say where a table of articles has them.
    """

    headline: str | None = None
    published: date | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    language: str | None = None
    encoding: str | None = None
    based_on: Origin | None = None
    columns: Columns = ()


NOTHING = Metadata()
"""No fact at all."""

KNOWN_KEYS = tuple(field.name for field in fields(Metadata))
"""The keys that a table of ``sources.toml`` may have, besides ``author`` for a single author."""

_ORIGIN_KEYS = ("publisher", "published", "url")


def merge(*sources: Metadata) -> Metadata:
    """Return the first known value of each fact; earlier sources win."""
    merged = Metadata()
    for source in reversed(sources):
        known = {f.name: getattr(source, f.name) for f in fields(source) if getattr(source, f.name)}
        merged = replace(merged, **known)
    return merged


def from_table(table: Mapping[str, object], *, where: str) -> Metadata:
    """Return the metadata of one table of ``sources.toml``.

    Args:
        table: As tomllib gives it.
        where: File and table, for messages.

    Raises:
        ReadError: A key is unknown, or a value is not of its kind.
    """
    _refuse_unknown(table, (*KNOWN_KEYS, "author"), where=where)
    if "author" in table and "authors" in table:
        raise ReadError("both 'author' and 'authors' are given", where=where, remedy="Keep one of them")
    values = {_TARGETS.get(key, key): _READERS[key](value, key, where) for key, value in table.items()}
    return Metadata(**values)


def is_url(text: str) -> bool:
    """Tell whether text is an absolute address of the web."""
    return bool(_URL.fullmatch(text))


def one_line(text: str) -> str | None:
    """Return text on one line without control characters, None where nothing is left or it is no Unicode text."""
    line = " ".join(_CONTROL.sub(" ", text).split())
    return line if line and not _SURROGATE.search(line) else None


def _refuse_unknown(table: Mapping[str, object], known: tuple[str, ...], *, where: str) -> None:
    for key in table:
        if key not in known:
            raise ReadError(
                f"key {key!r} is not known; known: {', '.join(known)}",
                where=where,
                remedy=f"{suggestion(key, known)}Correct or remove it; the document was not read",
            )


def _text(value: object, key: str, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _wrong(value, key, "a text in quotes", where)
    return value.strip()


def _date(value: object, key: str, where: str) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    found = parse_date(value) if isinstance(value, str) else None
    if found is None:
        raise _wrong(value, key, "a date as YYYY-MM-DD", where)
    return found


def _url(value: object, key: str, where: str) -> str:
    text = _text(value, key, where)
    if not is_url(text):
        raise _wrong(value, key, "an address beginning with https:// or http://", where)
    return text


def _authors(value: object, key: str, where: str) -> tuple[str, ...]:
    if isinstance(value, str):
        return (_text(value, key, where),)
    if not isinstance(value, list) or not value:
        raise _wrong(value, key, "a name or a list of names", where)
    return tuple(_text(item, key, where) for item in value)


def _origin(value: object, key: str, where: str) -> Origin:
    if not isinstance(value, dict) or not value:
        raise _wrong(value, key, f"a table with {', '.join(_ORIGIN_KEYS)}", where)
    _refuse_unknown(value, _ORIGIN_KEYS, where=f"{where} {key}")
    read = {name: _READERS[name](item, f"{key}.{name}", where) for name, item in value.items()}
    return Origin(**read)


def _columns(value: object, key: str, where: str) -> Columns:
    if not isinstance(value, str | dict):
        raise _wrong(value, key, 'a table such as { text = "body" }', where)
    try:
        return parse_columns(value)
    except ConfigError as error:
        raise ReadError(error.problem, where=where, remedy=error.remedy) from error


def _wrong(value: object, key: str, expected: str, where: str) -> ReadError:
    return ReadError(
        f"{key} is {value!r}; expected {expected}", where=where, remedy="Correct it; the document was not read"
    )


_READERS: dict[str, Callable[[object, str, str], Any]] = {
    "headline": _text,
    "published": _date,
    "publisher": _text,
    "author": _authors,
    "authors": _authors,
    "url": _url,
    "language": _text,
    "encoding": _text,
    "based_on": _origin,
    "columns": _columns,
}
_TARGETS = {"author": "authors"}
