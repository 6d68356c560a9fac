"""Readings of single days: "September 9, 2021", "10-16 September", "the 9th", "Thursday", "yesterday"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kg.annotate.clauses.tree import word_set
from kg.annotate.values.numerals import ordinal_value
from kg.annotate.values.timex import periods
from kg.annotate.values.timex.periods import UNKNOWN, Period
from kg.annotate.values.timex.reader import STEP, Reader
from kg.annotate.values.timex.tense import Direction, direction
from kg.annotate.values.timex.words import MONTHS, WEEKDAYS

__all__ = ["iso", "month_day", "month_days", "near_day", "nth_range", "numeric", "the_nth", "weekday"]


def _date(y: int, m: int, d: int) -> Period | None:
    """Return a day, or None where the calendar has no such day."""
    try:
        return periods.day(date(y, m, d))
    except ValueError:
        return None


def _day_of_month(reader: Reader, i: int) -> int:
    word = reader.words[i]
    return ordinal_value(word) or int(word)


# ------------------------------------------------------------------ days


def iso(reader: Reader, found: re.Match[str]) -> tuple[Period, ...] | None:
    """Read ``2021-09-09``."""
    y, m, d = (int(reader.words[found.start(g)]) for g in "ymd")
    period = _date(y, m, d)
    return (period,) if period else None


def numeric(reader: Reader, found: re.Match[str]) -> tuple[Period, ...] | None:
    """Read ``09/11/2021``; where day and month cannot be told apart only the year is sure."""
    first, second, third = (int(part) for part in re.split(r"[/.]", reader.words[found.start()]))
    if first > 31:
        period = _date(first, second, third)
    elif third < 1500:
        return None
    elif first > 12 or first == second:
        period = _date(third, second, first)
    elif second > 12:
        period = _date(third, first, second)
    else:
        period = periods.year(third)
    return (period,) if period else None


def _counts_what_follows(reader: Reader, i: int) -> bool:
    """Tell "in May 20 people died" from "on May 20"."""
    token = reader.doc[i]
    return token.dep_ == "nummod" and token.head.i > i and token.head.tag_ == "NNS"


def _days(reader: Reader, found: re.Match[str], at: list[int]) -> tuple[Period, ...] | None:
    """Resolve days of the month in group ``m``, with or without a year."""
    if reader.misread(found):
        return None
    numbers = [_day_of_month(reader, i) for i in at]
    m = MONTHS[reader.words[found.start("m")]]
    y = reader.year(found)
    if y is None and any(reader.letters[i] == "D" and _counts_what_follows(reader, i) for i in at[-1:]):
        return None
    if y is not None:
        dated = [_date(y, m, d) for d in numbers]
        return tuple(p for p in dated if p) if all(dated) else None
    if reader.today is None:
        return tuple(UNKNOWN for _ in numbers)
    last = reader.choose(found.start(), (_date(reader.today.year + k, m, numbers[-1]) for k in (-1, 0, 1)))
    if last.earliest is None:
        return None
    rest = [_date(last.earliest.year, m, d) for d in numbers[:-1]]
    return (*(p for p in rest if p), last)


def month_day(reader: Reader, found: re.Match[str]) -> tuple[Period, ...] | None:
    """Read "9 September", "Thursday, September 9, 2021", "9 March last year"."""
    return _days(reader, found, [found.start("d")])


def month_days(reader: Reader, found: re.Match[str]) -> tuple[Period, ...] | None:
    """Read "10-16 September", "September 10 to 16, 2021"; "and" between them joins only after "between"."""
    return _days(reader, found, [found.start("a"), found.start("b")])


def _nth(reader: Reader, at: int, d: int) -> Period | None:
    """Return the d-th of the last, this or the next month, as the tense tells."""
    today = reader.today
    if today is None:
        return UNKNOWN
    months = [divmod(today.year * 12 + today.month - 1 + k, 12) for k in (-1, 0, 1)]
    return reader.choose(at, (_date(y, m + 1, d) for y, m in months))


def the_nth(reader: Reader, found: re.Match[str]) -> tuple[Period, ...] | None:
    """Read "on the 9th", but not "the 9th meeting" and "the 9th of its kind"."""
    i = found.start("d")
    token = reader.doc[i]
    blocked = reader.after(i + 1) in {"of", "-"} or (
        i + 1 < len(reader.doc) and reader.doc[i + 1].pos_ in {"NOUN", "PROPN", "ADJ", "NUM"}
    )
    if blocked or not reader.words[i][0].isdigit() or reader.before(found.start()) not in _DAY_PREPOSITIONS:
        return None
    period = _nth(reader, token.i, _day_of_month(reader, i))
    return (period,) if period else None


def nth_range(reader: Reader, found: re.Match[str]) -> tuple[Period, ...] | None:
    """Read "the 10th to the 16th"; the second falls into the next month where it is the smaller."""
    if not all(reader.words[found.start(g)][0].isdigit() for g in "ab") or reader.before(found.start()) == "":
        return None
    first = _nth(reader, found.start("a"), _day_of_month(reader, found.start("a")))
    d = _day_of_month(reader, found.start("b"))
    if not first or not first.earliest:
        return (UNKNOWN, UNKNOWN) if first else None
    begin = first.earliest
    y, m = (begin.year, begin.month) if d > begin.day else divmod(begin.year * 12 + begin.month, 12)
    last = _date(y, m if d > begin.day else m + 1, d)
    return (first, last) if last else None


_DAY_PREPOSITIONS = word_set("on by from to until till since before after between through and")


def weekday(reader: Reader, found: re.Match[str]) -> tuple[Period, ...] | None:
    """Read a weekday: the same day counts, past unless the words look ahead; "Monday last week"."""
    today, at = reader.today, found.start("w")
    if today is None:
        return (UNKNOWN,)
    ahead = timedelta(days=(WEEKDAYS[reader.words[at]] - today.weekday()) % 7)
    letter = found["r"] or ""
    week = reader.group(found, "v")
    if week and reader.unit(found) == "week":
        monday = today + timedelta(weeks=STEP[week], days=-today.weekday())
        return (periods.day(monday + timedelta(days=WEEKDAYS[reader.words[at]])),)
    if week or reader.words[found.start()] in {"previous", "following"}:
        return None if week else (UNKNOWN,)
    if letter == "L":
        return (periods.day(today + ahead - timedelta(weeks=1)),)
    if letter == "X":
        return (periods.day(today + (ahead or timedelta(weeks=1))),)
    if letter == "T" and direction(reader.doc[at]) is not Direction.PAST:
        return (periods.day(today + ahead),)
    back = today + ahead - timedelta(weeks=1 if ahead else 0)
    return (reader.choose(at, (periods.day(back), periods.day(today + ahead))),)


def near_day(reader: Reader, found: re.Match[str]) -> tuple[Period, ...] | None:
    """Read "today", "yesterday", "this morning", "last night"."""
    if reader.today is None:
        return (UNKNOWN,)
    word = reader.words[found.start()]
    step = {"yesterday": -1, "last": -1, "tomorrow": 1, "next": 1}.get(word, 0)
    return (periods.day(reader.today + timedelta(days=step)),)
