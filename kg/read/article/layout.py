"""Tell for each paragraph of a file what it is: headline, summary, paragraph, or what stands around an article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.read.article.furniture import furniture, plain
from kg.read.article.lines import ends_sentence, paragraphs, starts_lower
from kg.read.article.parts import Part
from kg.read.article.surroundings import drop_surroundings

__all__ = ["BODY", "Block", "lay_out"]

BODY = frozenset({Part.HEADLINE, Part.SUMMARY, Part.PARAGRAPH})
"""The parts that are annotated."""

_HEADING = re.compile(r"#{1,6}\s")
_ITEM = re.compile(r"(?:[-*+•‣·]|\d{1,2}[.)])\s")
_OPEN_END = re.compile(r"[,–—-][\"'”’»)*_]*$")
_CREDITS = frozenset({Part.BYLINE, Part.DATE, Part.CAPTION})

_MAX_HEADLINE = 250
_MAX_SUMMARIES = 6
# A line of four words or less between paragraphs ("Regional tensions" for instance) says nothing by itself; one of
# five or more is read as a headline ("Opposition leader jailed in Minsk").
_MIN_SENTENCE_WORDS = 5
_MIN_ITEM_WORDS = 4
_MAX_CROSSHEAD_WORDS = 14


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the file; ``continues`` tells that it goes on with the sentence of the body block before it."""

    start: int
    end: int
    part: Part
    continues: bool = False


def lay_out(text: str, start: int = 0) -> list[Block]:
    """Return all paragraphs of a text from ``start`` on, in order, each with what it is.

    A headline is a first line without a full stop; summaries follow it before the first paragraph; later lines
    without a full stop are headings, which stay in the body, as headlines, from five words on.
    """
    spans = paragraphs(text, start, lambda line: furniture(line) is not None)
    words = [text[span.start : span.end] for span in spans]
    parts = _furniture(words)
    _name_body(words, parts)
    blocks: list[Block] = []
    before: int | None = None
    for i, (span, part) in enumerate(zip(spans, parts, strict=True)):
        goes_on = before is not None and _goes_on(words, parts, before, i)
        blocks.append(Block(span.start, span.end, part or Part.PARAGRAPH, goes_on))
        before = i if part in BODY else before
    return blocks


def _furniture(words: Sequence[str]) -> list[Part | None]:
    """Return the furniture among the paragraphs, with what only the neighbours tell; None for text."""
    parts: list[Part | None] = []
    fenced = False
    for i, text in enumerate(words):
        fence = text.startswith(("```", "~~~"))
        part = Part.MARKUP if fenced or fence else furniture(text)
        fenced ^= fence and not (len(text) > 6 and text.endswith(("```", "~~~")))
        if part is Part.BYLINE and starts_lower(text) and _unfinished(words, parts):
            part = None
        if part is Part.COMMENTS and any(p is None and ends_sentence(words[j]) for j, p in enumerate(parts)):
            return parts + [Part.COMMENTS] * (len(words) - i)
        parts.append(part)
    _drop_repeats(words, parts)
    drop_surroundings(words, parts)
    return parts


def _unfinished(words: Sequence[str], parts: Sequence[Part | None]) -> bool:
    """Tell whether the last text so far is a paragraph broken in mid-sentence: long, and without a stop."""
    text = [words[i] for i, part in enumerate(parts) if part is None]
    return len(text) > 1 and not ends_sentence(text[-1]) and any(map(ends_sentence, text))


def _drop_repeats(words: Sequence[str], parts: list[Part | None]) -> None:
    """Mark captions given twice (once as the picture's description), and text that stood there before."""
    captions = [plain(text) for text, part in zip(words, parts, strict=True) if part is Part.CAPTION]
    seen: set[str] = set()
    for i, text in enumerate(words):
        if parts[i] is not None or len(text) < 20:
            continue
        key = plain(text)
        if key in seen:
            parts[i] = Part.MARKUP
        elif any(key in caption for caption in captions):
            parts[i] = Part.CAPTION
        seen.add(key)


def _name_body(words: Sequence[str], parts: list[Part | None]) -> None:
    """Tell headline, summaries, paragraphs and headings apart, in place."""
    texts = [i for i, part in enumerate(parts) if part is None]
    place = _name_head(words, parts, texts)
    for n in range(place, len(texts)):
        i = texts[n]
        finished = n == 0 or ends_sentence(words[texts[n - 1]]) or parts[texts[n - 1]] is not Part.PARAGRAPH
        follower = words[texts[n + 1]] if n + 1 < len(texts) else ""
        parts[i] = _inner_part(words[i], follower, finished=finished)


def _name_head(words: Sequence[str], parts: list[Part | None], texts: Sequence[int]) -> int:
    """Name what stands before the first paragraph; return the place of that paragraph in ``texts``."""
    headline = False
    summaries = 0
    for n, i in enumerate(texts):
        follower = words[texts[n + 1]] if n + 1 < len(texts) else ""
        titled = _is_title(words[i], follower, first=not headline)
        if titled and not headline:
            kicker = len(words[i].split()) <= 2 and not _HEADING.match(words[i]) and _is_title(follower, "", first=True)
            parts[i] = Part.HEADING if kicker else Part.HEADLINE
            headline = not kicker
        elif titled and summaries < _MAX_SUMMARIES:
            parts[i] = Part.SUMMARY if len(plain(words[i]).split()) >= _MIN_SENTENCE_WORDS else Part.HEADING
            summaries += 1
        elif _is_standfirst(words[i], parts, i):
            parts[i] = Part.SUMMARY
            return n + 1
        else:
            return n
    return len(texts)


def _is_title(text: str, follower: str, *, first: bool) -> bool:
    """Tell whether text has the form of a title: short, no full stop, and what follows starts afresh."""
    if _HEADING.match(text):
        return True
    if _ITEM.match(text) or len(text) > _MAX_HEADLINE or (starts_lower(follower) and not starts_lower(text)):
        return False
    asks = first and bool(re.search(r"[?!]\W*$", text)) and len(text.split()) <= _MAX_CROSSHEAD_WORDS
    return bool(text) and (asks or not (ends_sentence(text) or _OPEN_END.search(text)))


def _is_standfirst(text: str, parts: Sequence[Part | None], i: int) -> bool:
    """Tell of the first full sentence that it is a standfirst: byline, date or picture follow it."""
    following = parts[i + 1] if i + 1 < len(parts) else None
    return following in _CREDITS and len(text) <= 2 * _MAX_HEADLINE


def _inner_part(text: str, follower: str, *, finished: bool) -> Part:
    """Name a piece of text behind the first paragraph."""
    count = len(plain(text).split())
    if _HEADING.match(text):
        return Part.HEADLINE if count >= _MIN_SENTENCE_WORDS else Part.HEADING
    if _ITEM.match(text) and not ends_sentence(text):
        return Part.PARAGRAPH if count >= _MIN_ITEM_WORDS else Part.HEADING
    if not finished or count > _MAX_CROSSHEAD_WORDS or not _is_title(text, follower, first=False):
        return Part.PARAGRAPH
    return Part.HEADLINE if count >= _MIN_SENTENCE_WORDS else Part.HEADING


def _goes_on(words: Sequence[str], parts: Sequence[Part | None], before: int, i: int) -> bool:
    """Tell whether a paragraph goes on with the sentence that the body block ``before`` it left open."""
    return (
        parts[i] is Part.PARAGRAPH
        and parts[before] is Part.PARAGRAPH
        and starts_lower(plain(words[i]))
        and not _ITEM.match(words[i])
        and not ends_sentence(words[before])
    )
