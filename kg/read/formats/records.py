"""JSON Lines and JSON: one article a record, its text and metadata in columns."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import BinaryIO

from kg.errors import ReadError
from kg.read.decoding import decode, mark_of, recoded, utf8_head
from kg.read.failures import Failure
from kg.read.formats.json_values import numbered_elements, parse_json, too_large
from kg.read.formats.text import read_all
from kg.read.item import Item
from kg.read.record import short, take_columns
from kg.read.streams import HEAD, head_of

__all__ = ["JsonReader", "record_item"]

_LINES = frozenset({".jsonl", ".ndjson"})
_OBJECT = re.compile(rb'\s*\{\s*"')
_OBJECTS = re.compile(rb"\s*\[\s*\{")
_ARRAY = re.compile(rb"\s*\[")
# What a single object calls the list of its articles.
_LISTS = ("articles", "documents", "docs", "items", "records", "stories", "news", "results", "hits", "data", "posts")


class JsonReader:
    """Reads one object a line, an array of objects (both of any length), or one object that is or holds articles."""

    def fits(self, item: Item, head: bytes) -> bool:
        """Tell by the ending, else by how objects and arrays of objects begin."""
        if item.suffix in (_LINES | {".json"}):
            return True
        head = utf8_head(head)
        return bool(_OBJECT.match(head) or _OBJECTS.match(head)) and item.suffix not in (".md", ".markdown")

    def read(self, item: Item) -> Iterator[Item | Failure]:
        """Yield the records in order; a bad one is a failure with its line or number."""
        encoding = item.given.encoding or mark_of(head_of(item.stream)) or "utf-8"
        stream = item.stream if encoding == "utf-8" else recoded(item.stream, encoding, where=item.where)
        head = head_of(stream).removeprefix(codecs.BOM_UTF8)
        if item.suffix not in _LINES and _ARRAY.match(head):
            records = numbered_elements(stream, where=item.where, limit=item.budget.limits.article)
        elif item.suffix in _LINES or _is_lines(head):
            records = _lines(stream, item)
        else:
            text = decode(read_all(replace(item, stream=stream)), where=item.where)
            records = iter([(1, parse_json(text, item.where))])
        for number, found in records:
            if isinstance(found, ReadError):
                yield Failure(str(found.where), "read", found)
            else:
                yield from _records(item, number, found)


def _is_lines(head: bytes) -> bool:
    """Tell whether the first line is an object of its own; one that is longer than the head is taken for one."""
    line, end, _ = head.lstrip().partition(b"\n")
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return not end and len(head) >= HEAD


def _lines(stream: BinaryIO, item: Item) -> Iterator[tuple[int, object]]:
    """Yield number and value of every line that is not blank; an error in place of a bad one."""
    limit = item.budget.limits.article
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        where = f"{item.where}!{number}"
        if len(line) > limit:
            while line and not line.endswith(b"\n"):
                line = stream.readline(HEAD)
            yield number, too_large(where, limit)
        elif line.strip(b" \t\r\n" + codecs.BOM_UTF8):
            try:
                yield number, parse_json(decode(line, where=where), where)
            except ReadError as error:
                yield number, error


def _records(item: Item, number: int, value: object) -> Iterator[Item | Failure]:
    """Yield the record, or those that it is only the wrapping of."""
    inner = _inner(value, item)
    for n, record in enumerate(inner, 1) if inner is not None else [(0, value)]:
        place = f"{number}.{n}" if inner is not None and number > 1 else str(n or number)
        where = f"{item.where}!{place}"
        try:
            yield record_item(item, record, place, where)
        except ReadError as error:
            yield Failure(where, "read", error)


def _inner(value: object, item: Item) -> list[object] | None:
    if not isinstance(value, Mapping) or item.columns:
        return None
    lists = [value[name] for name in _LISTS if isinstance(value.get(name), list)]
    return next((found for found in lists if found and all(isinstance(record, dict) for record in found)), None)


def record_item(item: Item, value: object, place: str, where: str) -> Item:
    """Return the item of one record.

    Args:
        item: The file.
        value: What stands in it.
        place: Its number or place in the file, for a record without an id of its own.
        where: The same for messages.

    Raises:
        ReadError: It is no object, or has no text.
    """
    if not isinstance(value, Mapping):
        raise ReadError(
            f"expected a JSON object with the columns of an article, found {short(value)}",
            where=where,
            remedy="Write one object a line, or an array of objects",
        )
    found = take_columns(value, item.columns, where=where)
    try:
        data = found.text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ReadError(
            f"character {error.start} of the text is half a surrogate pair or no valid UTF-8",
            where=where,
            remedy="Write the file again with the right encoding",
        ) from error
    record = replace(item.record(found.id or place, data, told=found.metadata, charset="utf-8"), where=where)
    # a line of standard input is known by its text alone: the same number means another record the next time
    return replace(record, path=None) if item.path is None and found.id is None else record
