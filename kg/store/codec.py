"""Records as compact JSON, so that the ledger can give them back without parsing a text again.

A dataclass is a list of its class name and its fields in order, a tuple a list that begins with an empty string; dates,
decimals and words of an enumeration carry a tag. Only the classes of :mod:`kg.model` are ever made.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from kg import model
from kg.errors import StoreError

__all__ = ["decode", "encode"]

_RECORDS: dict[str, type[Any]] = {
    name: kind for name in model.__all__ if is_dataclass(kind := getattr(model, name)) and isinstance(kind, type)
}
_FIELDS = {name: tuple(field.name for field in fields(kind)) for name, kind in _RECORDS.items()}
_ENUMS: dict[str, type[StrEnum]] = {
    name: kind for name in model.__all__ if isinstance(kind := getattr(model, name), type) and issubclass(kind, StrEnum)
}


def encode(record: object) -> bytes:
    """Return a record of :mod:`kg.model` as compressed JSON."""
    return zlib.compress(json.dumps(_plain(record), ensure_ascii=False, separators=(",", ":")).encode(), 6)


def decode(data: bytes) -> Any:
    """Return the record that :func:`encode` was given.

    Raises:
        StoreError: The bytes are damaged, or of a version with other records.
    """
    try:
        return _record(json.loads(zlib.decompress(data)))
    except (zlib.error, ValueError, TypeError, KeyError) as error:
        raise StoreError(
            f"a stored record cannot be read: {error!r}", remedy="Build the workspace anew from its sources"
        ) from error


def _plain(value: object) -> Any:
    if isinstance(value, StrEnum):
        return [type(value).__name__, value.value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, tuple):
        return ["", *map(_plain, value)]
    if isinstance(value, Decimal):
        return ["D", str(value)]
    if isinstance(value, date):
        return ["d", value.isoformat()]
    if is_dataclass(value) and type(value).__name__ in _RECORDS:
        return [type(value).__name__, *(_plain(getattr(value, name)) for name in _FIELDS[type(value).__name__])]
    raise TypeError(f"{type(value).__name__} is no record of kg.model")


def _record(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    tag, *items = value
    if tag == "":
        return tuple(map(_record, items))
    if tag == "D":
        return Decimal(items[0])
    if tag == "d":
        return date.fromisoformat(items[0])
    if tag in _ENUMS:
        return _ENUMS[tag](items[0])
    return _RECORDS[tag](**{name: _record(item) for name, item in zip(_FIELDS[tag], items, strict=True)})
