"""HTML pages: the article among menus, advertisements and comments, converted once to text that is stored and cited."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.read.decoding import utf8_head
from kg.read.formats.html_charset import decode_page
from kg.read.formats.html_text import convert
from kg.read.formats.text import read_all
from kg.read.item import Article, Item

__all__ = ["HtmlReader"]

_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
_MARKDOWN = frozenset({".md", ".markdown"})
_PAGE = re.compile(rb"(?is)(?:\s|<!--.{0,20000}?-->|<\?xml[^>]{0,200}\?>)*<(?:!doctype html|html|head|body)\b")
# The beginnings that browsers take for HTML (MIME Sniffing Standard, section 7.1), for parts of pages in tables.
_PART = re.compile(
    rb"(?i)\s*<(?:!doctype html|html|head|script|iframe|h[1-6]|div|font|table|a|style|title|b|body|br|p|article|section"
    rb"|span|ul|figure|img|strong|em|blockquote|main)(?=[\s/>])|\s*<!--"
)
_TAG = re.compile(rb"(?i)<[a-z!/]")


class HtmlReader:
    """Reads HTML with trafilatura."""

    def fits(self, item: Item, head: bytes) -> bool:
        """Tell by how pages begin; by the ending only that there may be a tag further down."""
        head = utf8_head(head)
        if _PAGE.match(head):
            return True
        if item.suffix in _MARKDOWN or not _TAG.search(head):
            return False
        return item.suffix in _SUFFIXES or (item.is_record and bool(_PART.match(head)))

    def read(self, item: Item) -> Iterator[Article]:
        """Yield the page's article."""
        data = read_all(item)
        html = decode_page(data, where=item.where, given=item.given.encoding, charset=item.charset)
        page = convert(html, where=item.where, url=item.given.url or item.told.url)
        yield Article(item=item, text=page.text, data=data, page=page.metadata, is_converted=True)
