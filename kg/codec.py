"""Records as compact JSON, so that what was found once need not be found again.

A record is the list of its fields in order, a tuple a list; dates and decimals are strings, and a value of several
record types begins with the name of its type. What is read follows from the declared types, so nothing but the records
of the type that was asked for is ever made, whatever the bytes say.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

from kg.errors import StoreError

__all__ = ["Codec"]

T = TypeVar("T")

Convert = Callable[[Any], Any]


class Codec(Generic[T]):
    """Turns records of one type into bytes and back.

    Args:
        kind: A data class, or a tuple of them (``tuple[BodySpan, ...]``); its fields are strings, numbers, booleans,
            dates, decimals, enumerations of strings, data classes, and tuples, sets and mappings of these.
        level: Of zlib, 1 for fast to 9 for small.
    """

    def __init__(self, kind: type[T], *, level: int = 6) -> None:
        self.level = level
        hashable: Any = kind
        self._to_plain, self._from_plain = _converters(hashable)

    def encode(self, record: T) -> bytes:
        """Return a record as compressed JSON."""
        text = json.dumps(self._to_plain(record), ensure_ascii=False, separators=(",", ":"))
        return zlib.compress(text.encode("utf-8", "surrogatepass"), self.level)

    def decode(self, data: bytes) -> T:
        """Return the record that :meth:`encode` was given.

        Raises:
            StoreError: The bytes are damaged, or of a version with other records.
        """
        try:
            found: T = self._from_plain(json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass")))
        except (zlib.error, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise StoreError(
                f"a stored record cannot be read: {error!r}", remedy="Build the workspace anew from its sources"
            ) from error
        return found


def _same(value: Any) -> Any:
    return value


@cache
def _converters(kind: Any) -> tuple[Convert, Convert]:
    """Return what makes plain JSON of a type, and what makes the type of that."""
    origin, parts = get_origin(kind), get_args(kind)
    if kind in (str, int, float, bool, Any):
        return _same, _same
    if origin is tuple:
        return _tuple(parts)
    if origin in (Union, UnionType):
        return _union(parts)
    if origin is frozenset:
        return sorted, frozenset
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(*parts)
    if is_dataclass(kind):
        return _record(kind)
    if issubclass(kind, StrEnum):
        return str, {member.value: member for member in kind}.__getitem__
    if kind is Decimal:
        return str, Decimal
    if kind is date:
        return date.isoformat, date.fromisoformat
    raise TypeError(f"{kind} cannot be stored")


def _tuple(parts: tuple[Any, ...]) -> tuple[Convert, Convert]:
    if parts[1:] == (...,):
        to_plain, from_plain = _converters(parts[0])
        if to_plain is _same:
            return list, tuple
        return (lambda value: [*map(to_plain, value)]), (lambda value: tuple(map(from_plain, value)))
    outs, ins = zip(*map(_converters, parts), strict=True)
    return (
        lambda value: [out(item) for out, item in zip(outs, value, strict=True)],
        lambda value: tuple(into(item) for into, item in zip(ins, value, strict=True)),
    )


def _mapping(key: Any, value: Any) -> tuple[Convert, Convert]:
    if key is not str:
        raise TypeError("only mappings from strings can be stored")
    to_plain, from_plain = _converters(value)
    return (
        lambda given: {name: to_plain(item) for name, item in given.items()},
        lambda given: {name: from_plain(item) for name, item in given.items()},
    )


def _union(parts: tuple[Any, ...]) -> tuple[Convert, Convert]:
    """Convert an optional value, or one of several records, which is told by the name of its class."""
    kinds = [part for part in parts if part is not NoneType]
    if len(kinds) == 1:
        to_plain, from_plain = _converters(kinds[0])
        if to_plain is _same:
            return _same, _same
        return (
            lambda value: None if value is None else to_plain(value),
            lambda value: None if value is None else from_plain(value),
        )
    outs = {part: (part.__name__, _converters(part)[0]) for part in kinds}
    ins = {part.__name__: _converters(part)[1] for part in kinds}

    def to_tagged(value: Any) -> list[Any]:
        name, convert = outs[type(value)]
        return [name, convert(value)]

    return to_tagged, lambda value: ins[value[0]](value[1])


def _record(kind: Any) -> tuple[Convert, Convert]:
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    outs, ins = zip(*(_converters(hints[name]) for name in names), strict=True)
    out_fields = list(zip(names, outs, strict=True))
    in_fields = list(zip(names, ins, strict=True))

    def to_plain(value: Any) -> list[Any]:
        return [out(getattr(value, name)) for name, out in out_fields]

    def from_plain(value: list[Any]) -> Any:
        if len(value) != len(in_fields):
            raise ValueError(f"{kind.__name__} has {len(in_fields)} fields, found {len(value)}")
        return kind(**{name: into(item) for (name, into), item in zip(in_fields, value, strict=True)})

    return to_plain, from_plain
