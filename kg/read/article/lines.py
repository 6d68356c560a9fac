"""Cut text into paragraphs: blank lines part them, wrapped lines are joined, else every line stands alone.

Only offsets are made; the text stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from kg.model import Span
from kg.read.article.parts import AGENCY

__all__ = ["ends_sentence", "paragraphs", "starts_lower", "trim"]

_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
_OWN_LINE = re.compile(r"#{1,6}\s|[-*+•‣·]\s|\d{1,2}[.)]\s|>|\||`{3}|~{3}")
_ABBREVIATED = re.compile(r"(?:\b[A-Z]\.[A-Z]\.|\b(?:Inc|Ltd|Corp|Co|Jr|Sr|a\.m|p\.m)\.)[\"'”’)\]*_]*$")
_STOP = re.compile(rf"[.!?…:;][\"'”’»)\]*_]*(?:\[\^?\d{{1,3}}\])*(?:\s[\[(]{AGENCY}[\])])?$")

# Mail, Gutenberg and text browsers wrap at 60 to 80 columns, some tools at 100; longer lines are paragraphs.
_WIDEST = 130
# A writer's wrapping leaves at most about a word of slack where the next word would still have fitted.
_SLACK = 8


def trim(text: str, start: int, end: int) -> Span | None:
    """Return a span without white space and invisible characters at its ends, None if nothing is left."""
    while start < end and _blank(text[start]):
        start += 1
    while end > start and _blank(text[end - 1]):
        end -= 1
    return Span(start, end) if start < end else None


def ends_sentence(text: str) -> bool:
    """Tell whether text ends like a sentence: with a stop, within quotes or brackets too, and no abbreviation."""
    tail = text[-40:]
    return bool(_STOP.search(tail)) and not _ABBREVIATED.search(tail)


def starts_lower(text: str) -> bool:
    """Tell whether text begins with a lower-case letter, as the rest of a sentence does."""
    return text.lstrip("\"'“‘(*_[")[:1].islower()


def paragraphs(text: str, start: int, stands_alone: Callable[[str], bool]) -> list[Span]:
    """Return the paragraphs from ``start`` on, in order, none of them blank.

    Args:
        text: The stored text.
        start: Where the article begins, after front matter.
        stands_alone: Tells of a line that it looks like no part of a paragraph (a byline, a date).
    """
    blocks = list(_blocks(text, start))
    pairs = [pair for block in blocks for pair in pairwise(block) if pair[0].end - pair[0].start <= _WIDEST]
    lone = {
        line.start
        for line in dict.fromkeys(line for pair in pairs for line in pair)
        if line.end - line.start <= _WIDEST and stands_alone(text[line.start : line.end])
    }
    width = _width(text, [pair for pair in pairs if not any(line.start in lone for line in pair)])
    if width:  # "in Oslo" may be the end of a wrapped sentence
        lone = {at for at in lone if not starts_lower(text[at : at + 9])}
    joined = {
        second.start
        for first, second in pairs
        if first.start not in lone and second.start not in lone and _continues(text, first, second, width)
    }
    return [span for block in blocks for span in _join(block, joined)]


def _blank(char: str) -> bool:
    return char.isspace() or char in _INVISIBLE


def _blocks(text: str, start: int) -> Iterator[list[Span]]:
    """Yield the runs of lines between blank ones."""
    block: list[Span] = []
    for begin, end in _lines(text, start):
        line = trim(text, begin, end)
        if line:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _lines(text: str, start: int) -> Iterator[tuple[int, int]]:
    for match in _BREAK.finditer(text, start):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _width(text: str, pairs: list[tuple[Span, Span]]) -> int:
    """Return the column at which the file is wrapped, 0 if its lines are not broken in mid-sentence."""
    broken = sum(starts_lower(text[second.start : second.start + 9]) for _, second in pairs)
    if broken < 0.4 * len(pairs) or not pairs:
        return 0
    lengths = sorted(first.end - first.start for first, _ in pairs)
    return lengths[len(lengths) * 9 // 10]


def _continues(text: str, first: Span, second: Span, width: int) -> bool:
    if _OWN_LINE.match(text, second.start) or text.startswith("#", first.start):
        return False
    if starts_lower(text[second.start : second.start + 9]):
        return not ends_sentence(text[first.start : first.end])
    if not width:
        return False
    word = re.match(r"\S*", text[second.start : second.end])
    return (first.end - first.start) + 1 + len(word[0] if word else "") >= width - _SLACK


def _join(block: list[Span], joined: set[int]) -> Iterator[Span]:
    start, end = block[0].start, block[0].end
    for line in block[1:]:
        if line.start in joined:
            end = line.end
        else:
            yield Span(start, end)
            start, end = line.start, line.end
    yield Span(start, end)
