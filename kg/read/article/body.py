"""Choose the body of an article: spans of the stored text, never a changed character."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg.model import BodyKind, BodySpan, Span
from kg.read.article.datelines import DATELINE, FIRST_DATELINE, SLUG
from kg.read.article.layout import BODY, Block
from kg.read.article.lines import trim
from kg.read.article.parts import AGENCY

__all__ = ["body_spans"]

_BYLINE = re.compile(
    r"\[(?=[^\[\]\n]{0,120}(?i:reporter|correspondent|desk|bureau|news|agency|staff|editor|journalist|=))[^\[\]\n]{3,120}\]\s*"
)
_MARK = re.compile(r"(?:>\s?|#{1,6}\s+|[-*+•‣·–—]\s+|\d{1,2}[.)]\s+|[QA][:.]\s+)+")
_CREDIT = re.compile(
    r"\s*(?:\((?i:(?:additional |with )?(?:reporting|writing|editing|compiled|edited|inputs?)\b)[^()]{0,300}\)"
    rf"|(?:©|\([cC]\) \d{{4}}|Copyright (?:©|\d{{4}})).{{0,200}}|(?<=[.!?\"”’] )[\[(–—-]*\s?{AGENCY}[\])]?\.?)\s*\Z"
)
_WINDOW = 400
_PARAGRAPH = (_MARK, _BYLINE, DATELINE, _BYLINE)
# By kind and whether the block comes before or is the first paragraph.
_LEADS = {
    (kind, first): (*_PARAGRAPH, FIRST_DATELINE) if first and kind is BodyKind.PARAGRAPH else leads
    for first in (True, False)
    for kind, leads in zip(BodyKind, ((_MARK, SLUG), _PARAGRAPH, _PARAGRAPH), strict=True)
}

_MARKUP: tuple[re.Pattern[str], ...] = (
    re.compile(r"!\[[^\[\]]{0,300}\]\([^()\s]{0,2000}(?:\s\"[^\"]{0,300}\")?\)"),
    re.compile(r"(?P<a>\[)[^\[\]]{1,300}(?P<b>\]\([^()\s]{0,2000}(?:\([^()\s]{0,300}\)[^()\s]{0,300})?(?:\s\"[^\"]{0,300}\")?\))"),
    re.compile(r"<https?://[^<>\s]{1,2000}>"),
    re.compile(r"(?P<a>\*\*)(?=\S)[^*]{1,600}(?<=\S)(?P<b>\*\*)"),
    re.compile(r"(?P<a>(?<!\w)__)(?=\S)[^_]{1,600}(?<=\S)(?P<b>__(?!\w))"),
    re.compile(r"(?P<a>(?<![\w*])\*)(?=[^\s*])[^*]{1,300}(?<=[^\s*])(?P<b>\*(?![\w*]))"),
    re.compile(r"(?P<a>(?<![\w_])_)(?=[^\s_])[^_]{1,300}(?<=[^\s_])(?P<b>_(?![\w_]))"),
    re.compile(r"\[\^?\d{1,3}\]|\[/?(?i:ad)[ _-]?\d{0,2}\]"),
    re.compile(r"</?(?:a|b|i|u|em|strong|span|br|p|sup|sub)(?:\s[^<>]{0,500})?/?>"),
    re.compile(r"<!--(?:[^-]|-(?!->)){0,2000}-->"),
    # no word: data, rulers, garbage; spaCy's tokenizer takes the square of its length
    re.compile(r"\S{400,}"),
)  # fmt: skip


def body_spans(text: str, blocks: Sequence[Block]) -> tuple[BodySpan, ...]:
    """Return the spans to annotate, in order: body blocks without line marks, datelines, credits and markup.

    A span that goes on with the sentence of the one before it says so by ``continues``.
    """
    spans: list[BodySpan] = []
    opens = True
    for block in blocks:
        if block.part not in BODY:
            continue
        kind = BodyKind(block.part.value)
        start = _without_lead(text, block.start, block.end, _LEADS[kind, opens])
        end = _without_credit(text, block.start, block.end)
        opens = opens and kind is not BodyKind.PARAGRAPH
        for n, piece in enumerate(_pieces(text, start, max(start, end))):
            spans.append(BodySpan(piece.start, piece.end, kind, continues=bool(spans) and (n > 0 or block.continues)))
    return tuple(spans) if any(map(str.isalnum, _words(text, spans))) else ()


def _words(text: str, spans: Iterable[BodySpan]) -> Iterator[str]:
    for span in spans:
        yield from text[span.start : span.end]


def _without_lead(text: str, start: int, end: int, leads: Iterable[re.Pattern[str]]) -> int:
    """Return where a block begins behind what may lead it, in this order."""
    for pattern in leads:
        match = pattern.match(text, start, min(end, start + _WINDOW))
        if match and match.end() < end:
            start = match.end()
    return start


def _without_credit(text: str, start: int, end: int) -> int:
    match = _CREDIT.search(text, max(start, end - _WINDOW), end)
    return match.start() if match and match.start() > start else end


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield what a block consists of between its markup."""
    for begin, stop in _cuts(text, start, end):
        piece = trim(text, start, begin)
        if piece:
            yield piece
        start = max(start, stop)
    piece = trim(text, start, end)
    if piece:
        yield piece


def _cuts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the ranges of markup in a block, sorted."""
    cuts: list[tuple[int, int]] = []
    for pattern in _MARKUP:
        for match in pattern.finditer(text, start, end):
            groups = ("a", "b") if "a" in pattern.groupindex else (0,)
            cuts += [match.span(group) for group in groups]
    return sorted(cuts)
