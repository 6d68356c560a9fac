"""Plain text and Markdown: one article a file, its characters untouched."""

from __future__ import annotations

from collections.abc import Iterator

from kg.errors import ReadError
from kg.read.decoding import decode
from kg.read.formats.html_charset import decode_page
from kg.read.item import Article, Item

__all__ = ["TextReader", "read_all"]

_PIECE = 1 << 16
_REFUSED = {
    ".csv": "a table", ".tsv": "a table", ".xml": "an XML file", ".rss": "an XML file", ".atom": "an XML file",
    ".toml": "a TOML file", ".yaml": "a YAML file", ".yml": "a YAML file",
}  # fmt: skip


class TextReader:
    """Reads whatever no other reader takes as the text of one article."""

    def fits(self, item: Item, head: bytes) -> bool:
        """Return that it does; the bytes are judged when they are decoded."""
        return True

    def read(self, item: Item) -> Iterator[Article]:
        """Yield the one article."""
        kind = _REFUSED.get(item.suffix)
        if kind:
            raise ReadError(
                f"this is {kind}, which is not read", where=item.where, remedy="Save its article as .txt and read that"
            )
        data = read_all(item)
        encoding = item.given.encoding
        if item.is_capture:
            text = decode_page(data, where=item.where, given=encoding, charset=item.charset)
        else:
            text = decode(data, where=item.where, encoding=encoding)
        yield Article(item=item, text=text, data=data)


def read_all(item: Item) -> bytes:
    """Return all bytes of one article.

    Raises:
        ReadError: They are more than the limit for an article.
    """
    limit = item.budget.limits.article
    pieces, size = [], 0
    # not in one go: a stream makes room for as much as it is asked for
    while size <= limit and (piece := item.stream.read(min(_PIECE, limit + 1 - size))):
        pieces.append(piece)
        size += len(piece)
    if size > limit:
        raise ReadError(
            f"larger than {_megabytes(limit)}, which is no article",
            where=item.where,
            remedy="Split it into one file an article, or allow more with --limit article=NUMBER",
        )
    return b"".join(pieces)


def _megabytes(count: int) -> str:
    return f"{count // 1_000_000} MB" if count % 1_000_000 == 0 else f"{count:,} bytes"
