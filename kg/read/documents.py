"""Assemble a document: bytes, text, metadata, body, identity."""

from __future__ import annotations

import hashlib
from datetime import date

from kg.errors import ReadError
from kg.iris import digest
from kg.model import BodySpan, Document
from kg.read.body import body_spans
from kg.read.front_matter import read_front_matter
from kg.read.imprint import ambiguous_date, metadata_from_text
from kg.read.language import check_declared, check_detected
from kg.read.layout import Block, lay_out
from kg.read.metadata import Metadata, merge

__all__ = ["DEFAULTS", "make_document", "read_text"]

DEFAULTS = Metadata(language="en")


def read_text(
    text: str,
    *,
    name: str | None = None,
    published: date | None = None,
    publisher: str | None = None,
    url: str | None = None,
    default_published: date | None = None,
    language: str = "en",
) -> Document:
    """Return the document of a string, as if it were a file.

    Args:
        text: The article; the offsets of the document are offsets into it.
        name: Stands for the file's relative path; by default it is made from the text's hash.
        published: Wins over a date in the text.
        publisher: The name of the outlet.
        url: Wins over an address in the text.
        default_published: Taken where neither ``published`` nor the text has a date.
        language: Taken where the text's front matter names none.

    Raises:
        ReadError: The text is empty, undated, not English, or nothing of it is body.
    """
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ReadError(
            f"lone surrogate at character {error.start}: this is not Unicode text",
            where=name or "text",
            remedy="Decode the bytes again with the right encoding",
        ) from error
    given = Metadata(published=published, publisher=publisher, url=url)
    defaults = Metadata(published=default_published, language=language)
    return make_document(text, data, where=name or "text", path=name, given=given, defaults=defaults)


def make_document(
    text: str, data: bytes, *, where: str, path: str | None, given: Metadata, defaults: Metadata = DEFAULTS
) -> Document:
    """Return the document of a decoded file.

    Args:
        text: The decoded bytes; stored as they are.
        data: The bytes of the file.
        where: The file, for messages.
        path: The relative path; None makes ``stdin:<16 hex of the text's hash>``.
        given: Metadata that win over the text's (``sources.toml``).
        defaults: Metadata for what nothing else tells.

    Raises:
        ReadError: The text is empty, undated, not English, or nothing of it is body.
    """
    _refuse_blank(text, where)
    front, start = read_front_matter(text, where=where)
    known = merge(given, front, defaults)
    check_declared(known.language or "en", where=where)
    blocks = lay_out(text, start)
    body = _body(text, blocks, where)
    if given.language is None:
        check_detected("\n".join(text[span.start : span.end] for span in body), where=where)
    metadata = merge(given, front, metadata_from_text(text, blocks), defaults)
    published = metadata.published
    if published is None:
        raise _undated(text, blocks, where)
    text_hash = hashlib.sha256(text.encode("utf-8")).hexdigest()
    source_path = path or f"stdin:{text_hash[:16]}"
    key = metadata.url or source_path
    return Document(
        id=digest(key, text_hash, metadata.publisher or "", published.isoformat(), metadata.url or ""),
        source_key=key,
        source_path=source_path,
        text=text,
        body=body,
        headline=metadata.headline,
        published=published,
        publisher=metadata.publisher,
        authors=metadata.authors,
        url=metadata.url,
        language=metadata.language or "en",
        sha256=hashlib.sha256(data).hexdigest(),
        text_sha256=text_hash,
        based_on=metadata.based_on,
    )


def _refuse_blank(text: str, where: str) -> None:
    if not text:
        raise ReadError("the file is empty", where=where, remedy="Expected the text of an article")
    if not text.strip():
        raise ReadError("the file holds nothing but white space", where=where, remedy="Expected the text of an article")
    if text.lstrip()[:200].lower().startswith(("<!doctype html", "<html")):
        raise ReadError(
            "this is an HTML page; HTML is not read yet", where=where, remedy="Save its article as .txt and read that"
        )


def _body(text: str, blocks: list[Block], where: str) -> tuple[BodySpan, ...]:
    body = body_spans(text, blocks)
    if not body:
        left_out = ", ".join(sorted({block.part.value for block in blocks})) or "front matter"
        raise ReadError(
            f"no sentence of an article is in it, only {left_out}", where=where, remedy="Expected paragraphs of text"
        )
    return body


def _undated(text: str, blocks: list[Block], where: str) -> ReadError:
    unclear = ambiguous_date(text, blocks)
    return ReadError(
        f"day and month of {unclear!r} cannot be told apart"
        if unclear
        else "no publication date: none in sources.toml, front matter, date line, dateline or address",
        where=where,
        remedy="Add `published = YYYY-MM-DD` to its table in sources.toml, put a line such as 'September 9, 2021' "
        "below the headline, or pass --published YYYY-MM-DD",
    )
