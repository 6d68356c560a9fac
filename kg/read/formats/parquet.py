"""Parquet: one article a row, its text and metadata in columns, as in JSON Lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from kg.errors import ReadError
from kg.read.extras import need
from kg.read.failures import Failure
from kg.read.formats.records import record_item
from kg.read.item import Item

__all__ = ["ParquetReader"]

_MAGIC = b"PAR1"
# rows that are in memory at a time
_ROWS = 64


class ParquetReader:
    """Reads one article a row; columns have the names that those of JSON Lines have."""

    def fits(self, item: Item, head: bytes) -> bool:
        """Tell by the first bytes."""
        return head.startswith(_MAGIC)

    def read(self, item: Item) -> Iterator[Item | Failure]:
        """Yield the rows in order; a bad one is a failure with its number, from 1."""
        for number, row in enumerate(_rows(item), 1):
            where = f"{item.where}!{number}"
            try:
                yield record_item(item, {name: _plain(value) for name, value in row.items()}, str(number), where)
            except ReadError as error:
                yield Failure(where, "read", error)


def _rows(item: Item) -> Iterator[dict[str, Any]]:
    parquet = need("pyarrow.parquet", extra="frames", to="read Parquet", where=item.where)
    if not item.stream.seekable():
        raise ReadError(
            "a Parquet file in an archive or under compression cannot be read, since its index stands at the end",
            where=item.where,
            remedy="Unpack it; Parquet files are compressed inside",
        )
    try:
        with parquet.ParquetFile(item.stream) as file:
            for batch in file.iter_batches(batch_size=_ROWS):
                yield from batch.to_pylist()
    except (OSError, ValueError) as error:  # pyarrow's own errors are of these kinds
        raise ReadError(f"is no whole Parquet file: {error}", where=item.where, remedy="Write it again") from error


def _plain(value: object) -> object:
    """Return a value as JSON would give it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "surrogateescape")
    return value
