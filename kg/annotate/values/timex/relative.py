"""Readings counted from the day of publication: "last year", "three years ago", "the end of the month"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kg.annotate.values.timex import periods
from kg.annotate.values.timex.periods import UNKNOWN, Period
from kg.annotate.values.timex.reader import STEP, Reader

__all__ = ["ago", "narrowed", "recent", "unit", "units", "whole_unit"]


def unit(reader: Reader, found: re.Match[str]) -> tuple[Period, ...] | None:
    """Read "last year" as a calendar year, but "the past year" as the twelve months up to now."""
    name, today, letter = reader.unit(found), reader.today, found["r"]
    plural = reader.words[found.start("u")].endswith("s")
    if name in {"hour", "minute", ""} or (name == "day" and not plural) or reader.after(found.end()) == "of":
        return None
    if today is None or name == "century" or reader.words[found.start("r")] in {"previous", "following"}:
        return (UNKNOWN,)  # "the previous year" is counted from a time in the text
    if plural or (letter != "T" and (found["t"] or reader.words[found.start("r")] in {"past", "coming"})):
        return (_stretch(today, name, None if plural else 1, letter),)
    return (periods.unit_around(periods.shift(today, name, STEP[letter]), name),)


def _stretch(today: date, unit: str, count: int | None, letter: str) -> Period:
    """Return the last or next ``count`` units; without a count only the side of today is known."""
    if count is None or unit == "century":
        return periods.fuzzy(None, today) if letter == "L" else periods.fuzzy(today, None)
    if unit in {"hour", "minute"}:
        unit, count = "day", 1
    try:
        other = periods.shift(today, unit, -count if letter == "L" else count)
    except OverflowError:
        return UNKNOWN
    first, last = sorted((today, other))
    if unit in {"year", "decade"}:  # "the past five years": which day they began is not said
        first, last = (date(first.year, 1, 1), last) if letter == "L" else (first, date(last.year, 12, 31))
    return periods.span(first, last)


def units(reader: Reader, found: re.Match[str]) -> tuple[Period, ...] | None:
    """Read "the past five years", "the next few days"."""
    if reader.after(found.end()) == "of":
        return None
    if reader.today is None:
        return (UNKNOWN,)
    return (_stretch(reader.today, reader.unit(found), reader.number(found, "n"), found["r"]),)


def ago(reader: Reader, found: re.Match[str]) -> tuple[Period, ...] | None:
    """Read "three years ago" as precise as its unit; a hedge before it leaves the bounds loose."""
    today, name = reader.today, reader.unit(found)
    count = 1 if found["n"] == "a" else reader.number(found, "n")
    if today is None:
        return (UNKNOWN,)
    if count is None:
        return (periods.fuzzy(None, today),)
    if name in {"hour", "minute"}:
        earlier = today - timedelta(days=1 + count // 24 if name == "hour" else 1)
        return (periods.span(earlier, today),)
    return (_hedged(reader, found.start(), periods.back(today, name, count), name),)


def _hedged(reader: Reader, start: int, then: Period, name: str) -> Period:
    """Loosen the bounds of "nearly three years ago" by a unit, and open those of "more than a year ago"."""
    before = reader.before(start)
    if before in {"than", "over"} and then.latest:
        return periods.fuzzy(None, then.latest)
    if before in {"about", "around", "nearly", "almost", "roughly", "some"} and then.earliest and then.latest:
        return periods.fuzzy(periods.shift(then.earliest, name, -1), periods.shift(then.latest, name, 1))
    return then


def recent(reader: Reader, found: re.Match[str]) -> tuple[Period, ...] | None:
    """Read "recent years", "recently", "soon", "earlier this year": a side of today is all that is sure."""
    word = reader.words[found.start()]
    today = reader.today
    if found.group()[0] == "f" and word != "recent":
        return None
    if today is None:
        return (UNKNOWN,)
    if word in {"earlier", "later"}:
        whole = periods.unit_around(today, reader.unit(found))
        if not whole.earliest or not whole.latest:
            return None
        first, last = (whole.earliest, today) if word == "earlier" else (today, whole.latest)
        return (Period(first, last, whole.lexical),)
    return (periods.fuzzy(today, None) if word == "soon" else periods.fuzzy(None, today),)


def whole_unit(reader: Reader, found: re.Match[str]) -> tuple[Period, ...] | None:
    """Read "the year" behind "the end of", and "year-end"."""
    name = reader.unit(found)
    if name in {"hour", "minute", "day", ""}:
        return None
    if reader.today is None or name == "century":
        return (UNKNOWN,)
    return (_narrow(periods.unit_around(reader.today, name), found["e"]),)


_PARTS = {"y": (0.0, 0.5), "Y": (0.5, 1.0), "m": (0.25, 0.75), "B": (0.0, 0.25), "E": (0.75, 1.0)}


def _narrow(whole: Period, part: str) -> Period:
    """Return the part of a period that "early", "late" (``Y``), "mid", "beginning of" or "end of" means."""
    if whole.earliest is None or whole.latest is None or whole.earliest == whole.latest:
        return whole
    low, high = _PARTS[part]
    first, last = whole.earliest, whole.latest
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        months = 12 * (last.year - first.year + 1)
        start, end = periods.shift(first, "month", int(months * low)), periods.shift(first, "month", int(months * high))
        return Period(start, end - timedelta(days=1), whole.lexical, edge=part == "E")
    days = (last - first).days + 1
    start, end = first + timedelta(days=int(days * low)), first + timedelta(days=max(int(days * high), 1))
    return Period(start, end - timedelta(days=1), whole.lexical, edge=part == "E")


def narrowed(reader: Reader, start: int, period: Period) -> tuple[int, Period]:
    """Take in what stands before an expression: "the end of", "early", "mid-"; return the new start and period."""
    window = max(start - 5, 0)
    found = _BEFORE.search(reader.letters[window:start])
    if not found:
        return start, period
    late = reader.words[window + found.start("p")] == "late"
    return window + found.start(), _narrow(period, "Y" if late else found["p"])


_BEFORE = re.compile(r"t?(?P<p>[EBmy])(?:ot?|-)?$")
