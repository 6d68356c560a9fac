"""Read the article that one record of a table holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeVar

from kg.errors import ReadError
from kg.read.columns import USUAL, Columns
from kg.read.dates import parse_date
from kg.read.metadata import Metadata, is_url, one_line

__all__ = ["Record", "short", "take_columns"]

T = TypeVar("T")

# Seconds of 1971 to 2100; what is larger counts milliseconds.
_EPOCH = (31_536_000, 4_102_444_800)
_LARGEST = 10**30
_ABSENT: tuple[object, ...] = (None, "", [], {})
_SHOWN, _SHOWN_CHARACTERS = 12, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The article that one record holds; ``id`` is the record's own, None where it has none."""

    text: str
    metadata: Metadata
    id: str | None


def take_columns(record: Mapping[str, object], columns: Columns, *, where: str) -> Record:
    """Return the article of one record.

    Args:
        record: As JSON gives it. Texts may be lists of paragraphs, names may be objects with a ``name``, days may be
            ISO dates, dates in words, or seconds or milliseconds since 1970.
        columns: What the user mapped; the rest is found by the usual names, and left aside where it is unusable.
        where: The record, for messages.

    Raises:
        ReadError: There is no text, or a mapped column does not hold what it should.
    """
    take = _Taker(record, columns, where)
    return Record(
        text=_body(record, columns, where),
        metadata=Metadata(
            headline=take("headline", _name, "a text"),
            published=take("published", _day, "a date"),
            publisher=take("publisher", _name, "a name"),
            authors=take("authors", _names, "a name or a list of names") or (),
            url=take("url", _url, "an address beginning with https:// or http://"),
            language=take("language", _name, "a language tag"),
        ),
        id=take("id", _id, "a text or a whole number"),
    )


@dataclass(frozen=True, slots=True)
class _Taker:
    """Takes what one record has for each target."""

    record: Mapping[str, object]
    columns: Columns
    where: str

    def __call__(self, target: str, convert: Callable[[object], T | None], expected: str) -> T | None:
        """Return what a target's column holds, None where there is nothing."""
        mapped = dict(self.columns).get(target)
        if not mapped:
            usual = (convert(self.record[name]) for name in _usual(self.record, target))
            return next((found for found in usual if found is not None), None)
        value = _value(self.record, mapped[0])
        found = convert(value)
        if found is None and value not in _ABSENT:
            raise ReadError(
                f"column {mapped[0]!r} holds {short(value)}; expected {expected}",
                where=self.where,
                remedy="Correct it, or map another column with --columns",
            )
        return found


def _body(record: Mapping[str, object], columns: Columns, where: str) -> str:
    mapped = dict(columns).get("text")
    if not mapped:
        texts = (_text(record[name]) for name in _usual(record, "text"))
        found = next((text for text in texts if text), None)
        if found is None:
            raise _textless(record, "no column for the text of an article was found", where)
        return found
    values = [_value(record, name) for name in mapped]
    wrong = next(((n, v) for n, v in zip(mapped, values, strict=True) if _text(v) is None and v not in _ABSENT), None)
    if wrong:
        raise _textless(record, f"column {wrong[0]!r} holds {short(wrong[1])}; expected a text", where)
    body = "\n\n".join(text for value in values if (text := _text(value)))
    if not body:
        raise _textless(record, f"{' and '.join(map(repr, mapped))}: no text in this column", where)
    return body


def _textless(record: Mapping[str, object], problem: str, where: str) -> ReadError:
    names = ", ".join(map(repr, list(record)[:_SHOWN])) + (", …" if len(record) > _SHOWN else "")
    return ReadError(
        f"{problem}; the record has {names or 'no columns'}",
        where=where,
        remedy="Name the column with --columns text=NAME, or in sources.toml",
    )


def _usual(record: Mapping[str, object], target: str) -> list[str]:
    """Return the record's columns with a usual name of the target, the most telling first."""
    by_name = {re.sub(r"(?<!^)[_\-\s]+", "", name).lower(): name for name in reversed(list(record))}
    return [by_name[name] for name in USUAL[target] if name in by_name]


def _value(record: Mapping[str, object], name: str) -> object:
    """Return a column's value; ``source.name`` reaches into an object where there is no column of that very name."""
    if name in record:
        return record[name]
    first, _, rest = name.partition(".")
    inner = record.get(first)
    return _value(inner, rest) if rest and isinstance(inner, Mapping) else None


def short(value: object) -> str:
    """Return a value as messages show it."""
    shown = repr(value)
    return shown if len(shown) <= _SHOWN_CHARACTERS else f"{shown[:_SHOWN_CHARACTERS]}…"


def _text(value: object) -> str | None:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = "\n\n".join(item for item in value if item.strip())
    return value if isinstance(value, str) and value.strip() else None


def _name(value: object) -> str | None:
    if isinstance(value, Mapping):
        value = value.get("name")
    return one_line(value) if isinstance(value, str) else None


def _names(value: object) -> tuple[str, ...] | None:
    items = value if isinstance(value, list) else [value]
    names = [_name(item) for item in items]
    return tuple(name for name in names if name) or None if all(names) else None


def _url(value: object) -> str | None:
    text = value.strip() if isinstance(value, str) else ""
    return text if is_url(text) else None


def _id(value: object) -> str | None:
    if isinstance(value, Mapping):
        value = value.get("$oid")  # as MongoDB exports it
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < _LARGEST else None
    return one_line(value) if isinstance(value, str) else None


def _day(value: object) -> date | None:
    if isinstance(value, Mapping):
        value = value.get("$date")  # as MongoDB exports it
    if isinstance(value, str):
        return parse_date(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    seconds = next((s for s in (value, value / 1000) if _EPOCH[0] <= s <= _EPOCH[1]), None) if _is_sane(value) else None
    return datetime.fromtimestamp(seconds, UTC).date() if seconds is not None else None


def _is_sane(value: float) -> bool:
    return isinstance(value, float) or abs(value) < _LARGEST
