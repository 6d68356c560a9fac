"""Read an article's metadata from its own text: headline, byline, date line, dateline, address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import zip_longest

from kg.read.article.datelines import DATELINE, FIRST_DATELINE, SLUG
from kg.read.article.furniture import is_name_like, plain
from kg.read.article.layout import BODY, Block
from kg.read.article.parts import Part
from kg.read.dates import day_and_month, find_dates
from kg.read.metadata import Metadata

__all__ = ["ambiguous_date", "metadata_from_text"]

_URL = re.compile(r"https?://[^\s<>\"]+")
_LABELLED = re.compile(
    r"(?i)(?:original(?:ly)?(?: published)?(?: url| link| article| source| at| on)?"
    r"|source(?: url| link)?|permalink|link|url)"
    r"\s*:?\s*<?(?P<url>https?://[^\s<>\"]+)"
)
_LABEL = re.compile(r"(?i)\W*(?:original (?:url|link|article)|source(?: url| link)?|permalink|link|url)\W*")
_BY = re.compile(r"(?i:(?:written |reported |story |text |words |posted )?by)\s*:?\s+")
_REPORTER = re.compile(r"\[[^\[\]\n]*\b(?i:reporter|correspondent) (?P<name>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,3})\]")
_DATED_PATH = re.compile(r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>\d{1,2})[/-](?P<day>\d{1,2})(?=[/_-]|$)")
_NO_AUTHOR = re.compile(
    r".*\b(?i:editors?|correspondents?|reporters?|desk|staff|bureau|writers?|published|updated)\b.*"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def metadata_from_text(text: str, blocks: Sequence[Block]) -> Metadata:
    """Return what the text says about itself; nothing is guessed from the article's own sentences."""
    url = _url(text, blocks)
    return Metadata(
        headline=next((SLUG.sub("", plain(_words(text, b))) for b in blocks if b.part is Part.HEADLINE), None),
        published=_published(text, blocks, url),
        authors=_authors(text, blocks),
        url=url,
    )


def ambiguous_date(text: str, blocks: Sequence[Block]) -> str | None:
    """Return a date line whose day and month cannot be told apart ("03/04/2021"), None if there is none."""
    lines = (plain(_words(text, b)) for b in blocks if b.part in (Part.DATE, Part.BYLINE))
    return next((line for line in lines if any(hit.value is None for hit in find_dates(line))), None)


def _words(text: str, block: Block) -> str:
    return text[block.start : block.end]


def _url(text: str, blocks: Sequence[Block]) -> str | None:
    """Return the address that a label such as "Original url:" announces, on its line or the next."""
    for block, following in zip_longest(blocks, blocks[1:]):
        words = _words(text, block)
        labelled = _LABELLED.match(words.replace("*", "").strip())
        if block.part is Part.LINK and labelled:
            return labelled["url"]
        if _LABEL.fullmatch(words) and following and following.part is Part.LINK:
            found = _URL.search(_words(text, following))
            if found:
                return found[0].rstrip(").,")
    return None


def _authors(text: str, blocks: Sequence[Block]) -> tuple[str, ...]:
    names: list[str] = []
    for block in blocks:
        words = plain(_words(text, block)) if block.part in (Part.BYLINE, Part.DATE) else ""
        match = _BY.match(words)
        if match and not names:
            names += _names(words[match.end() :])
        inline = _REPORTER.match(text, block.start, min(block.end, block.start + 200))
        if inline and not names:
            names.append(inline["name"])
    return tuple(dict.fromkeys(names))


def _names(words: str) -> Iterator[str]:
    """Yield the names of a byline, without places, offices and dates."""
    dates = find_dates(words)
    words = re.split(r"\s[|•·–—-]\s|;", words[: dates[0].start] if dates else words)[0]
    words = re.sub(r"\s+\b(?:in|for|at|from)\b\s.*$", "", words)
    parts = re.split(r"\s*(?:,|&|\b(?i:and|with)\b)\s*", words)
    # behind the first name, a single word is rather the place that the author writes from
    yield from (p.strip(" .") for n, p in enumerate(parts) if _is_author(p) and (n == 0 or " " in p))


def _is_author(name: str) -> bool:
    """Tell whether a part of a byline is a person's or an agency's name, and no office."""
    return name[:1].isupper() and not _NO_AUTHOR.fullmatch(name) and is_name_like(name, at_most=6)


def _published(text: str, blocks: Sequence[Block], url: str | None) -> date | None:
    """Return the best date: a date line above the text, a dateline, the address, a date line below it."""
    first = next((i for i, block in enumerate(blocks) if block.part is Part.PARAGRAPH), len(blocks))
    last = next((i for i in range(len(blocks) - 1, -1, -1) if blocks[i].part in BODY), -1)
    above, below = _dates(text, blocks[:first]), _dates(text, blocks[last + 1 :])
    dateline = _dateline(text, blocks)
    whole = [hit.value for hit in find_dates(dateline) if hit.value]
    places = (above, whole, _dates_in_url(url), below, _with_year(dateline, text, blocks, url))
    return next((place[0] for place in places if place), None)


def _dates(text: str, blocks: Iterable[Block]) -> list[date]:
    """Return the dates of date lines and bylines, those of updates last."""
    lines = [plain(_words(text, block)) for block in blocks if block.part in (Part.DATE, Part.BYLINE)]
    hits = [(_is_update(line, hit.start), hit.value) for line in lines for hit in find_dates(line) if hit.value]
    return [value for _, value in sorted(hits, key=lambda hit: hit[0])]


def _is_update(line: str, start: int) -> bool:
    labels = re.findall(r"(?i)updated|modified|edited|published|posted|issued", line[:start])
    return bool(labels) and labels[-1].lower() in ("updated", "modified", "edited")


def _dateline(text: str, blocks: Iterable[Block]) -> str:
    """Return the first paragraph's dateline, empty if it has none."""
    for block in blocks:
        if block.part is Part.PARAGRAPH:
            limit = min(block.end, block.start + 200)
            match = DATELINE.match(text, block.start, limit) or FIRST_DATELINE.match(text, block.start, limit)
            return match[0] if match else ""
    return ""


def _dates_in_url(url: str | None) -> list[date]:
    match = _DATED_PATH.search(url or "")
    try:
        return [date(int(match["year"]), int(match["month"]), int(match["day"]))] if match else []
    except ValueError:
        return []


def _with_year(dateline: str, text: str, blocks: Iterable[Block], url: str | None) -> list[date]:
    """Return a dateline's day and month ("Sept 9") with the year of the copyright line or the address."""
    partial = day_and_month(dateline)
    notices = (_words(text, block) for block in blocks if block.part is Part.NOTICE)
    year = next((found[0] for line in (*notices, url or "") if (found := _YEAR.search(line))), None)
    try:
        return [date(int(year), *partial)] if partial and year else []
    except ValueError:
        return []
