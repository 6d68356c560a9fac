"""Tell of one line or short paragraph whether it is furniture of the page: byline, date, caption, notice, link.

Rules see the plain words of the line (Markdown's marks and links undone) and apply only up to a length, so that prose
which happens to begin alike stays.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.read.article.credits import BY, BYLINES, CAPTIONS, CONNECTORS, CREDIT, JOB
from kg.read.article.datelines import DATE_WORDS, DATELINE, WEEKDAY
from kg.read.article.links import LINKS
from kg.read.article.notices import NOTICES
from kg.read.article.parts import Part, Rule
from kg.read.dates import find_dates

__all__ = ["RULES", "furniture", "is_name_like", "plain"]

RULES: tuple[Rule, ...] = (*LINKS, *NOTICES, *CAPTIONS, *BYLINES)
"""All rules in the order in which they are tried."""

_LONGEST = 2000
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_NOT_A_NAME = re.compile(rf"(?:{WEEKDAY}|{_MONTHS}|the)\b|\d", re.IGNORECASE)
_PARTICLE = re.compile(r"[a-z]{1,3}['’-](?=[A-ZÀ-Þ])")  # "d’Arc", "al-Sabah"
_BRACKETED = re.compile(r"\[[^\[\]]{1,150}(?<![.!?])\]")
_LINK = re.compile(r"!?\[[^\[\]]{0,300}\]\([^()]{0,2000}\)|<?https?://\S+")


def plain(text: str) -> str:
    """Return text on one line with Markdown's links, images, emphasis and line marks undone, for matching only."""
    text = re.sub(r"!\[[^\[\]]{0,300}\]\([^()]{0,2000}\)", " ", text)
    text = re.sub(r"\[([^\[\]]{0,300})\]\([^()]{0,2000}\)", r"\1", text)
    text = re.sub(r"\*\*|__|</?[a-z]{1,6}[^<>]{0,200}>", "", text)
    text = re.sub(r"^(?:\s*(?:>|#{1,6}\s|[*+•‣·]\s|-\s))+", "", text)
    return " ".join(text.strip(" \t\r\n*_").split())


@lru_cache(maxsize=1024)  # asked once to join lines and once to name paragraphs
def furniture(text: str) -> Part | None:
    """Return what kind of furniture a line or short paragraph is, None for text of the article."""
    if not any(map(str.isalnum, text)):
        return Part.MARKUP
    if len(text) > _LONGEST:
        return None
    words = plain(text)
    if not any(map(str.isalnum, words)) or _is_only_links(text) or text.startswith("|"):
        return Part.LINK
    if _is_date_line(words):
        return Part.DATE
    if _BRACKETED.fullmatch(words):
        return Part.CAPTION if re.search(r"(?i)image|photo|picture|=", words) else Part.BYLINE
    if _is_byline(words):
        return Part.BYLINE
    return next((rule.part for rule in RULES if rule.fits(words)), None)


def is_name_like(text: str, *, at_most: int = 15) -> bool:
    """Tell whether all words are capitalised ones or words that stand between names in a byline."""
    words = [word for word in re.split(r"[\s,;|/()]+", text.strip(" .,-–—|•·()")) if word]
    return 0 < len(words) <= at_most and all(
        word.lower() in CONNECTORS or _PARTICLE.sub("", word)[:1].isupper() for word in words
    )


def _is_byline(words: str) -> bool:
    if len(words) > 300:
        return False
    credit = CREDIT.fullmatch(words)
    if credit and is_name_like(credit["who"], at_most=30):
        return True
    match = BY.fullmatch(words)
    if match:
        dates = find_dates(match["who"])
        who = match["who"][: dates[0].start] if dates else match["who"]
        return not _NOT_A_NAME.match(who) and is_name_like(DATE_WORDS.sub(" ", who))
    return bool(JOB.fullmatch(words)) and len(words.split()) <= 9 and not words.endswith(".")


def _is_date_line(words: str) -> bool:
    """Tell of a line that it is a date with labels, time, place or byline, and no sentence."""
    if len(words) > 160:
        return False
    if DATELINE.fullmatch(words):
        return True
    dates = find_dates(words)
    if not dates:
        return False
    rest = words
    for hit in reversed(dates):
        rest = f"{rest[: hit.start]} {rest[hit.end :]}"
    rest = re.sub(r"(?i)^\W*by\b", " ", DATE_WORDS.sub(" ", rest)).strip(" \t.,:;|/()[]–—-•·")
    return not rest or (is_name_like(rest, at_most=5) and words.count(". ") <= 1)


def _is_only_links(text: str) -> bool:
    left = _LINK.sub("", text)
    return left != text and not any(map(str.isalnum, left))
