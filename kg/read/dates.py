"""Find whole calendar dates in short lines. Relative expressions ("last Friday") belong to annotation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

__all__ = ["DateHit", "day_and_month", "find_dates", "parse_date"]

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[5-9]|2[01])\d\d)"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?"

_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?<!\d)(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})(?!\d)",
        r"(?<!\d)(?P<year>\d{4})/(?P<number>\d{1,2})/(?P<day>\d{1,2})(?!\d)",
        rf"\b{_MONTH}\s{{1,3}}{_DAY}(?:\s*,\s*|\s{{1,3}}){_YEAR}\b",
        rf"(?<!\d){_DAY}(?:\s(?:of\s)?|-){_MONTH}(?:,?\s{{1,3}}|-){_YEAR}\b",
    )
)
_NUMERIC = re.compile(r"(?<![\d/.-])(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})(?!\d)")
_PARTIAL = tuple(
    re.compile(form, re.IGNORECASE) for form in (rf"\b{_MONTH}\s{{1,3}}{_DAY}\b", rf"(?<!\d){_DAY}\s{{1,3}}{_MONTH}")
)


@dataclass(frozen=True, slots=True)
class DateHit:
    """A date in a string; ``value`` is None where day and month cannot be told apart ("03/04/2021")."""

    start: int
    end: int
    value: date | None


def find_dates(text: str) -> list[DateHit]:
    """Return the whole dates of a string in order; impossible ones (31 February) are no dates."""
    hits = [hit for form in _FORMS for match in form.finditer(text) for hit in _written(match)]
    hits += [hit for match in _NUMERIC.finditer(text) for hit in _numeric(match)]
    return sorted(hits, key=lambda hit: hit.start)


def parse_date(text: str) -> date | None:
    """Return the date that a metadata value begins with, None if it is none or is ambiguous.

    >>> parse_date("2021-03-04T18:00:00Z"), parse_date("March 4, 2021"), parse_date("03/04/2021")
    (datetime.date(2021, 3, 4), datetime.date(2021, 3, 4), None)
    """
    stripped = re.sub(rf"^\s*(?:{_WEEKDAY},?\s+)?", "", text, flags=re.IGNORECASE)
    hit = next(iter(find_dates(stripped)), None)
    return hit.value if hit and hit.start == 0 else None


def day_and_month(text: str) -> tuple[int, int] | None:
    """Return (month, day) of the first date without a year ("Sept 9"), None if there is none."""
    for form in _PARTIAL:
        match = form.search(text)
        if match:
            return _month(match["month"]), int(match["day"])
    return None


def _month(name: str) -> int:
    return _NAMES.index(name[:3].lower()) + 1


def _written(match: re.Match[str]) -> Iterator[DateHit]:
    groups = match.groupdict()
    month = _month(groups["month"]) if groups.get("month") else int(groups["number"])
    try:
        yield DateHit(match.start(), match.end(), date(int(groups["year"]), month, int(groups["day"])))
    except ValueError:
        return


def _numeric(match: re.Match[str]) -> Iterator[DateHit]:
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    readings = set()
    for day, month in ((first, second), (second, first)):
        try:
            readings.add(date(year, month, day))
        except ValueError:
            continue
    if readings:
        yield DateHit(match.start(), match.end(), readings.pop() if len(readings) == 1 else None)
