"""One reader for each kind of bytes; :func:`choose_reader` looks at them."""

from __future__ import annotations

from kg.read.formats.archive import TarReader, ZipReader
from kg.read.formats.compression import GzipReader, ZstdReader
from kg.read.formats.html import HtmlReader
from kg.read.formats.parquet import ParquetReader
from kg.read.formats.records import JsonReader
from kg.read.formats.text import TextReader
from kg.read.formats.warc import WarcReader
from kg.read.item import Item, Reader
from kg.read.streams import head_of

__all__ = ["READERS", "choose_reader"]

_ARTICLES: tuple[Reader, ...] = (HtmlReader(), TextReader())

READERS: tuple[Reader, ...] = (
    GzipReader(), ZstdReader(), ZipReader(), TarReader(), WarcReader(), ParquetReader(), JsonReader(), *_ARTICLES,
)  # fmt: skip
"""All readers in the order in which they are asked; the last one takes everything."""


def choose_reader(item: Item) -> Reader:
    """Return the first reader that fits an item; a record can only be a page or a text."""
    head = head_of(item.stream)
    return next(reader for reader in (_ARTICLES if item.is_record else READERS) if reader.fits(item, head))
