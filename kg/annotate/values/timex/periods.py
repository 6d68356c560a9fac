"""Stretches of days as precise as the words that name them.

A period keeps the first and the last day that it allows, and its regular name (``2021-09-09``, ``2021-09``, ``2021``)
where a day, month or year holds all of it: a week inside September is ``2021-09`` from the 6th to the 12th.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["UNKNOWN", "Period", "back", "day", "fuzzy", "month", "month_end", "shift", "span", "unit_around", "year"]


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``earliest`` to ``latest``, both included; None where the words set no bound.

    ``lexical`` is empty where no day, month or year holds the whole period. ``edge`` marks the last day of a
    longer stretch ("the end of 2022"), which is a date only where something is due by it.
    """

    earliest: date | None
    latest: date | None
    lexical: str
    edge: bool = False


UNKNOWN = Period(None, None, "")


def day(value: date) -> Period:
    """Return a single day."""
    return Period(value, value, value.isoformat())


def month(y: int, m: int) -> Period:
    """Return a calendar month."""
    return Period(date(y, m, 1), month_end(y, m), f"{y:04d}-{m:02d}")


def month_end(y: int, m: int) -> date:
    """Return the last day of a month."""
    return date(y, m, calendar.monthrange(y, m)[1])


def year(y: int) -> Period:
    """Return a calendar year."""
    return Period(date(y, 1, 1), date(y, 12, 31), f"{y:04d}")


def span(first: date, last: date) -> Period:
    """Return the days from one to another, named after the month or year that holds them, if one does."""
    if (first.year, first.month) == (last.year, last.month):
        return Period(first, last, f"{first:%Y-%m}")
    return Period(first, last, f"{first:%Y}" if first.year == last.year else "")


def fuzzy(first: date | None, last: date | None) -> Period:
    """Return a stretch that has no regular name and perhaps no bound on one side."""
    return Period(first, last, "")


def shift(start: date, unit: str, count: int) -> date:
    """Move a day by whole units, to the last day of the month where the day does not exist.

    Raises:
        OverflowError: The result lies outside the years 1 to 9999.
    """
    days = {"day": 1, "week": 7, "fortnight": 14, "weekend": 7}
    if unit in days:
        return start + timedelta(days=days[unit] * count)
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit] * count
    y, m = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not 1 <= y <= 9999:
        raise OverflowError(f"{count} {unit}s from {start} is outside the calendar")
    return date(y, m + 1, min(start.day, calendar.monthrange(y, m + 1)[1]))


def unit_around(value: date, unit: str) -> Period:
    """Return the calendar unit that holds a day: its week from Monday, its month, its year, its decade."""
    monday = value - timedelta(days=value.weekday())
    decade = value.year - value.year % 10
    quarter = (value.month - 1) // 3 * 3 + 1
    match unit:
        case "day":
            return day(value)
        case "week" | "fortnight":
            return span(monday, monday + timedelta(days=6))
        case "weekend":
            return span(monday + timedelta(days=5), monday + timedelta(days=6))
        case "month":
            return month(value.year, value.month)
        case "quarter":
            return span(date(value.year, quarter, 1), month_end(value.year, quarter + 2))
        case "year":
            return year(value.year)
        case "decade":
            return fuzzy(date(decade, 1, 1), date(decade + 9, 12, 31))
    return UNKNOWN


def back(today: date, unit: str, count: int) -> Period:
    """Return what "three years ago" names: as precise as its unit, decades only roughly."""
    try:
        then = shift(today, unit, -count)
    except OverflowError:
        return UNKNOWN
    if unit == "century":
        return UNKNOWN
    if unit == "decade":
        return fuzzy(date(max(then.year - 5, 1), 1, 1), date(then.year + 5, 12, 31))
    return unit_around(then, unit)
