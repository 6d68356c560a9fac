"""Long sources pass through a little memory: the readers alone, without the making of documents."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterator

import pytest
from packing import gz, lines, tar, warc_record, zst

from kg.read.formats import choose_reader
from kg.read.item import Article, Item
from kg.read.limits import Budget, Limits
from kg.read.streams import buffered

RECORD = {"id": "7", "text": "Kenya lent Uganda money. " * 4000}
"""An article of 100 kB."""

LINE = lines([RECORD]).encode()
MEMBER = tar({"a.txt": RECORD["text"]})[: 512 + 196 * 512]
COUNT = 150


def opened(name: str, head: bytes, unit: bytes, tail: bytes) -> Item:
    """Return an item of which the bytes are made while it is read."""
    pieces = iter([piece for piece in (head, *[unit] * COUNT, tail) if piece])
    rest = b""

    def read(at_most: int) -> bytes:
        nonlocal rest
        rest = rest or next(pieces, b"")
        given, rest = rest[:at_most], rest[at_most:]
        return given

    budget = Budget(Limits(), 10**9, name)
    return Item(stream=buffered(read), where=name, path=name, name=name, budget=budget)


def walk(item: Item) -> Iterator[int]:
    for found in choose_reader(item).read(item):
        if isinstance(found, Item):
            yield from walk(found)
        elif isinstance(found, Article):
            yield len(found.text)


@pytest.mark.parametrize(
    ("name", "head", "unit", "tail"),
    [
        ("a.jsonl", b"", LINE, b""),
        ("a.jsonl.gz", b"", gz(LINE), b""),
        ("a.jsonl.zst", b"", zst(LINE), b""),
        ("a.json", b"[", LINE.strip() + b",", LINE.strip() + b"]"),
        ("a.warc", b"", warc_record(RECORD["text"], media="text/plain"), b""),
        ("a.warc.gz", b"", gz(warc_record(RECORD["text"], media="text/plain")), b""),
        ("a.tar", b"", MEMBER, bytes(1024)),
        ("a.tar.gz", b"", gz(MEMBER), gz(bytes(1024))),
    ],
)
def test_a_long_source_does_not_stand_in_memory(name: str, head: bytes, unit: bytes, tail: bytes) -> None:
    item = opened(name, head, unit, tail)
    sizes = walk(item)
    assert next(sizes) == len(RECORD["text"])
    tracemalloc.start()
    count = sum(1 for _ in sizes)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count >= COUNT - 1
    assert peak < 30 * len(RECORD["text"]), f"{peak:,} bytes for {count} articles of {len(RECORD['text']):,}"


def test_an_array_of_twenty_thousand_records_is_read_in_linear_time() -> None:
    item = Item(
        stream=io.BufferedReader(io.BytesIO(b"[" + b'{"text": "a"},' * 20_000 + b'{"text": "b"}]'), 1 << 16),
        where="a", path="a", name="a.json", budget=Budget(Limits(), None, "a"),
    )  # fmt: skip
    assert sum(walk(item)) == 20_001
