"""The passages of a document, each known by a hash of its words."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from hashlib import blake2b

from kg.model import BodySpan, Document

__all__ = ["HASH_SIZE", "passage_hashes", "spans_of"]

HASH_SIZE = 8
"""Bytes."""

# a reprint may set other quotation marks
_QUOTES = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")


def passage_hashes(document: Document) -> list[bytes]:
    """Return the hashes of a document's passages, sorted; the text must be there."""
    return sorted({_hash(document, passage) for passage in _passages(document)})


def spans_of(document: Document, hashes: Collection[bytes]) -> tuple[BodySpan, ...]:
    """Return those spans of a document's body whose passages have these hashes."""
    return tuple(span for passage in _passages(document) if _hash(document, passage) in hashes for span in passage)


def _passages(document: Document) -> Iterator[list[BodySpan]]:
    """Yield the spans of the body, those together that may share a sentence."""
    passage: list[BodySpan] = []
    for span in document.body:
        if passage and not (span.continues or document.text[span.start].islower()):
            yield passage
            passage = []
        passage.append(span)
    if passage:
        yield passage


def _hash(document: Document, passage: list[BodySpan]) -> bytes:
    words = " ".join(word for span in passage for word in document.text[span.start : span.end].split())
    return blake2b(words.translate(_QUOTES).encode("utf-8", "surrogatepass"), digest_size=HASH_SIZE).digest()
