"""Readings of months, quarters, seasons, years, decades and centuries."""

from __future__ import annotations

import re
from datetime import date

from kg.annotate.clauses.tree import word_set
from kg.annotate.values.numerals import ordinal_value, read_number
from kg.annotate.values.timex import periods
from kg.annotate.values.timex.periods import UNKNOWN, Period
from kg.annotate.values.timex.reader import Reader
from kg.annotate.values.timex.words import MONTHS, decade

__all__ = ["century", "decades", "fiscal", "middle", "month", "quarter", "season", "year", "years"]


def month(reader: Reader, found: re.Match[str]) -> tuple[Period, ...] | None:
    """Read a month with its year, or with "last", "this", "next", or bare where something marks it as a time."""
    at = found.start("m")
    m, y, today = MONTHS[reader.words[at]], reader.year(found), reader.today
    if y is not None:
        return (periods.month(y, m),)
    letter = reader.group(found, "w")
    if reader.group(found, "r"):
        return None if reader.misread(found) else (UNKNOWN,)
    if not letter and not _is_month(reader, at):
        return None
    if today is None:
        return (UNKNOWN,)
    if letter == "L":
        return (periods.month(today.year - (m >= today.month), m),)
    if letter == "X":
        return (periods.month(today.year + (m <= today.month), m),)
    if letter == "T":
        return (periods.month(today.year, m),)
    return (reader.choose(at, (periods.month(today.year + k, m) for k in (-1, 0, 1))),)


_MONTH_PREPOSITIONS = word_set(
    "in by since until till from before after between during for of to through early late mid - and"
)


def _is_month(reader: Reader, i: int) -> bool:
    """Tell the month from a person ("Theresa May") or verb ("March") by what stands before and around it."""
    token = reader.doc[i]
    before = reader.doc[i - 1] if i else None
    if before is not None and before.lower_ in _MONTH_PREPOSITIONS:
        return token.ent_type_ not in {"PERSON", "ORG"}
    return token.ent_type_ == "DATE" and (before is None or before.pos_ not in {"NOUN", "PROPN", "ADJ"})


_YEAR_CUES = word_set(
    "in since by until till from before after between during of for to through year and early late mid around "
    "circa - about the a back with"
)


def year(reader: Reader, found: re.Match[str]) -> tuple[Period, ...] | None:
    """Read a bare year, but not "2000 soldiers", "Expo 2020" and "$1999"."""
    i = found.start("y")
    token, before = reader.doc[i], reader.before(i)
    if i and (reader.doc[i - 1].is_currency or before[-1:] in "$€£¥"):
        return None
    following = reader.doc[i + 1] if i + 1 < len(reader.doc) else None
    if following is not None and following.text in {"%", "percent"}:
        return None
    counts = token.dep_ == "nummod" and token.head.i > i and token.head.tag_ == "NNS"
    if counts and before != "the" and token.ent_type_ != "DATE":
        return None
    if i and token.dep_ in {"nummod", "npadvmod", "nmod"} and token.head.i < i and token.head.pos_ == "PROPN":
        return None
    modifies = token.dep_ in {"nummod", "compound", "nmod", "amod"} and token.head.i > i
    if before in _YEAR_CUES or token.ent_type_ == "DATE" or modifies or reader.after(i + 1) in {"'s", "’s"}:
        return (periods.year(int(reader.words[i])),)
    return None


def middle(reader: Reader, found: re.Match[str]) -> tuple[Period, ...] | None:
    """Read "mid-2022", which is one token."""
    y = int(reader.words[found.start()][-4:])
    return (Period(date(y, 4, 1), date(y, 9, 30), str(y)),)


def years(reader: Reader, found: re.Match[str]) -> tuple[Period, ...] | None:
    """Read "2014 to 2020", "2020-21" and the single token "2014–2020"."""
    if reader.group(found, "b"):
        if found.group()[1] == "&" and reader.before(found.start()) != "between":
            return None
        first, last = reader.words[found.start("a")], reader.words[found.start("b")]
    else:
        first, last = re.split(r"[-–—/]", reader.words[found.start()])
    end = int(last) if len(last) == 4 else int(first[:2] + last.zfill(2))
    if end <= int(first) or (len(last) < 4 and end != int(first) + 1):
        return None
    return (periods.year(int(first)), periods.year(end))


def decades(reader: Reader, found: re.Match[str]) -> tuple[Period, ...] | None:
    """Read "the 1990s", "the '90s"; not "in his 70s"."""
    i = found.start("k")
    first = decade(reader.words[i])
    if first is None or reader.before(found.start()) in {"his", "her", "their", "my"}:
        return None
    if len(reader.words[i]) < 5 and not (reader.before(i) in {"'", "’"} or reader.doc[i].ent_type_ == "DATE"):
        return None
    whole = periods.fuzzy(date(first, 1, 1), date(first + 9, 12, 31))
    return (whole,)


def century(reader: Reader, found: re.Match[str]) -> tuple[Period, ...] | None:
    """Read "the 19th century", "the twenty-first century"."""
    n = ordinal_value(reader.words[found.start("o")])
    read = read_number(reader.words, found.start("n")) if found["n"] else None
    if n is None:
        return None
    n += int(read[0]) if read else 0
    return (periods.fuzzy(date(100 * n - 99, 1, 1), date(100 * n, 12, 31)),) if n <= 99 else None


def quarter(reader: Reader, found: re.Match[str]) -> tuple[Period, ...] | None:
    """Read "the first quarter of 2022", "Q3 2021", "the second half of next year", "the third quarter"."""
    word = reader.words[found.start("q")]
    n = int(word[1]) if word[0] == "q" else ordinal_value(word) or 0
    half = "h" in found.group()
    size = 6 if half else 3
    if not 1 <= n <= 12 // size:
        return None
    y, first = reader.year(found), 1 + size * (n - 1)
    if y is None and reader.today and reader.group(found, "t") and reader.unit(found) == "year":
        y = reader.today.year
    if y is None and half:
        return None  # the first half of a match
    if y is None and reader.today is None:
        return (UNKNOWN,)
    years = (y,) if y is not None else tuple(reader.today.year + k for k in (-1, 0, 1) if reader.today)
    options = [periods.span(date(each, first, 1), periods.month_end(each, first + size - 1)) for each in years]
    return (options[0] if y is not None else reader.choose(found.start("q"), options),)


def season(reader: Reader, found: re.Match[str]) -> tuple[Period, ...] | None:
    """Read a season as its year: its months differ between hemispheres, and winter has two years."""
    y, today = reader.year(found), reader.today
    if y is None and reader.group(found, "w") == "T" and today:
        y = today.year
    if (
        y is None
        and not reader.group(found, "w")
        and reader.before(found.start()) not in {"in", "by", "until", "since"}
    ):
        return None
    winter = reader.words[found.start("s")] == "winter"
    if y is None or winter:
        return (periods.fuzzy(date(y, 1, 1), periods.month_end(y + 1, 3)) if y else UNKNOWN,)
    return (periods.year(y),)


def fiscal(reader: Reader, found: re.Match[str]) -> tuple[Period, ...] | None:
    """Leave a fiscal year fuzzy: it begins in January, April, July or October, and is named by either year."""
    y = reader.year(found)
    return (periods.fuzzy(date(y - 1, 4, 1), date(y + 1, 6, 30)) if y else UNKNOWN,)
