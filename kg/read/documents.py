"""Assemble a document: text, metadata, body, identity."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from kg.errors import ReadError
from kg.iris import digest
from kg.model import BodySpan, Document, Span
from kg.read.article.body import body_spans
from kg.read.article.front_matter import read_front_matter
from kg.read.article.imprint import ambiguous_date, metadata_from_text
from kg.read.article.layout import Block, lay_out
from kg.read.article.parts import Part
from kg.read.item import Article, NoArticleError
from kg.read.language import check_declared, check_detected, is_english, looks_english
from kg.read.metadata import Metadata, merge

__all__ = ["make_document"]

_ASIDE = frozenset({Part.CAPTION, Part.BYLINE})
"""What stands outside the body and may name whom the body names."""


def make_document(article: Article, *, defaults: Metadata) -> Document:
    """Return the document of an article.

    Its metadata come from the first of these that tells a fact: ``sources.toml``, the record it came in, front matter,
    the page's own metadata, the text itself, what the record falls back to, the defaults.

    Raises:
        ReadError: The text is empty, undated, not English, or nothing of it is body.
    """
    text, item = article.text, article.item
    _refuse_blank(text, item.where)
    front, start = (Metadata(), 0) if article.is_converted else read_front_matter(text, where=item.where)
    stated = merge(item.given, item.told, front)
    check_declared(stated.language or "en", where=item.where)
    blocks = lay_out(text, start)
    body = _body(text, blocks, item.where)
    page = article.page
    if item.given.language is None:
        page = _with_tested_language(page, "\n".join(text[span.start : span.end] for span in body), item.where)
    metadata = merge(stated, page, metadata_from_text(text, blocks), item.fallback, defaults)
    if metadata.published is None:
        raise _undated(text, blocks, item.where)
    asides = tuple(_asides(text, blocks, body))
    return replace(_document(article, body, metadata, metadata.published), asides=asides)


def _asides(text: str, blocks: list[Block], body: tuple[BodySpan, ...]) -> Iterator[Span]:
    """Yield captions, bylines, and the datelines that paragraphs begin with."""
    starts = {span.start for span in body}
    for block in blocks:
        if block.part in _ASIDE:
            yield Span(block.start, block.end)
        elif block.part is Part.PARAGRAPH and block.start not in starts:
            first = next((span.start for span in body if span.start > block.start), block.start)
            if any(map(str.isalpha, text[block.start : min(first, block.end)])) and first < block.end:
                yield Span(block.start, first)


def _document(article: Article, body: tuple[BodySpan, ...], metadata: Metadata, published: date) -> Document:
    text_hash = hashlib.sha256(article.text.encode("utf-8")).hexdigest()
    source_path = article.item.path or f"stdin:{text_hash[:16]}"
    key = metadata.url or source_path
    return Document(
        id=digest(key, text_hash, metadata.publisher or "", published.isoformat(), metadata.url or ""),
        source_key=key,
        source_path=source_path,
        text=article.text,
        body=body,
        headline=metadata.headline,
        published=published,
        publisher=metadata.publisher,
        authors=metadata.authors,
        url=metadata.url,
        language=metadata.language or "en",
        sha256=hashlib.sha256(article.data).hexdigest(),
        text_sha256=text_hash,
        based_on=metadata.based_on,
    )


def _with_tested_language(page: Metadata, body: str, where: str) -> Metadata:
    """Return a page's metadata without a language that its text shows to be wrong: templates often say "en", or "fr".

    Raises:
        NotEnglishError: The text is in another language.
    """
    check_detected(body, where=where)
    if page.language and looks_english(body):
        return replace(page, language=page.language if is_english(page.language) else "en")
    check_declared(page.language or "en", where=where)
    return page


def _refuse_blank(text: str, where: str) -> None:
    if not text:
        raise ReadError("the file is empty", where=where, remedy="Expected the text of an article")
    if not text.strip():
        raise ReadError("the file holds nothing but white space", where=where, remedy="Expected the text of an article")


def _body(text: str, blocks: list[Block], where: str) -> tuple[BodySpan, ...]:
    body = body_spans(text, blocks)
    if not body:
        left_out = ", ".join(sorted({block.part.value for block in blocks})) or "front matter"
        raise NoArticleError(
            f"no sentence of an article is in it, only {left_out}", where=where, remedy="Expected paragraphs of text"
        )
    return body


def _undated(text: str, blocks: list[Block], where: str) -> ReadError:
    unclear = ambiguous_date(text, blocks)
    return ReadError(
        f"day and month of {unclear!r} cannot be told apart"
        if unclear
        else "no publication date: none in sources.toml, front matter, page, date line, dateline or address",
        where=where,
        remedy="Add `published = YYYY-MM-DD` to its table in sources.toml, put a line such as 'September 9, 2021' "
        "below the headline, or pass --published YYYY-MM-DD",
    )
