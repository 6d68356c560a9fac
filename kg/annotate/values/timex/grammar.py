"""The patterns of time expressions over the letters of ``words``, and which reading they get.

In a pattern ``NUMBER`` stands for a number in figures or words. The group names are those that the readings
ask for: ``y`` a year, ``r`` and ``u`` "last" and "year", ``m`` a month, ``d`` a day, ``a`` and ``b`` the ends of a
range.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.annotate.values.timex import days, relative, spans
from kg.annotate.values.timex.periods import Period
from kg.annotate.values.timex.reader import Reader, Reading

__all__ = ["NUMBER", "RULES", "Found", "Rule", "find"]

NUMBER = r"(?:[DYn](?:[-&]?n)*)"
"""Letters of a number: ``30``, ``twenty - five``, ``two hundred and ten``."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern over letters and how its match is read."""

    name: str
    pattern: re.Pattern[str]
    read: Reading


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression: its tokens, the periods that it names (two for a range), and whether it is a range."""

    start: int
    end: int
    periods: tuple[Period, ...]
    rule: str


_YEAR = r"(?:,?(?P<y>Y)|,?o?(?P<r>[LTX])(?P<u>U))"
_WEEKDAY = r"(?:WP?,?)?"
_DAYS = r"t?(?P<a>[DO])[-r&]t?(?P<b>[DO])"
_PATTERNS: tuple[tuple[str, str, Reading], ...] = (
    ("iso", r"(?P<y>Y)-(?P<m>D)-(?P<d>D)", days.iso),
    ("numeric", r"8", days.numeric),
    ("days-month", rf"{_DAYS}o?(?P<m>M)", days.month_days),
    ("days-month-year", rf"{_DAYS}o?(?P<m>M){_YEAR}", days.month_days),
    ("month-days", rf"(?P<m>M){_DAYS}", days.month_days),
    ("month-days-year", rf"(?P<m>M){_DAYS}{_YEAR}", days.month_days),
    ("day-month", rf"{_WEEKDAY}t?(?P<d>[DO])o?(?P<m>M)", days.month_day),
    ("day-month-year", rf"{_WEEKDAY}t?(?P<d>[DO])o?(?P<m>M){_YEAR}", days.month_day),
    ("month-day", rf"{_WEEKDAY}(?P<m>M)t?(?P<d>[DO])", days.month_day),
    ("month-day-year", rf"{_WEEKDAY}(?P<m>M)t?(?P<d>[DO]){_YEAR}", days.month_day),
    ("nth-range", r"t?(?P<a>O)[-r]t?(?P<b>O)", days.nth_range),
    ("nth", r"t(?P<d>O)", days.the_nth),
    ("weekday", r"T?(?P<r>[LTX])?(?P<w>W)P?", days.weekday),
    ("weekday-week", r"(?P<r>)(?P<w>W)P?o?(?P<v>[LTX])(?P<u>U)", days.weekday),
    ("near-day", r"zP?|[LT]P", days.near_day),
    ("month-year", rf"t?(?P<m>M)o?{_YEAR}", spans.month),
    ("month-relative", r"T?(?P<w>[LTX])(?P<m>M)", spans.month),
    ("month", r"(?P<m>M)", spans.month),
    ("year-range", r"(?P<a>Y)[-r&](?P<b>[YD])|9", spans.years),
    ("year", r"(?P<y>Y)", spans.year),
    ("mid-year", r"i", spans.middle),
    ("decade", r"t?s?(?P<k>k)", spans.decades),
    ("century", r"t?(?:(?P<n>n)-?)?(?P<o>O)-?c", spans.century),
    ("quarter", rf"t?(?P<q>O)-?[qh](?:o?{_YEAR})?", spans.quarter),
    ("quarter-unit", r"t?(?P<q>O)-?[qh]o(?P<t>t)(?P<u>U)", spans.quarter),
    ("quarter-figure", rf"(?P<q>Q)(?:o?{_YEAR})?", spans.quarter),
    ("season", rf"t?(?P<s>S)(?:o?{_YEAR})?", spans.season),
    ("season-relative", r"t?T?(?P<w>[LTX])(?P<s>S)", spans.season),
    ("fiscal", r"(?:t?O-?qo)?t?F-?U?-?(?P<y>Y)(?:-D)?", spans.fiscal),
    ("fiscal-behind", r"(?:t?O-?qo)?t?(?P<y>Y)-?F-?U", spans.fiscal),
    ("fiscal-relative", r"(?:t?O-?qo)?t?[LTX]F-?U", spans.fiscal),
    ("unit", r"(?P<t>t)?T?(?P<r>[LTX])(?P<u>[Uq])", relative.unit),
    ("units", rf"t?T?(?P<r>[LX])(?P<n>f|a?f|{NUMBER})o?(?P<u>[Uq])", relative.units),
    ("ago", rf"(?P<n>a?f?o?|a|{NUMBER})(?P<u>U)G", relative.ago),
    ("whole-unit", r"t?(?P<e>[EBm])ot?(?P<u>[Uq])", relative.whole_unit),
    ("unit-end", r"t?(?P<u>[Uq])(?:-|s)?(?P<e>E)", relative.whole_unit),
    ("recent", r"v|f(?P<u>U)", relative.recent),
    ("earlier", r"R(?P<r>T)(?P<u>[Uq])", relative.recent),
)
RULES: tuple[Rule, ...] = tuple(Rule(name, re.compile(pattern), read) for name, pattern, read in _PATTERNS)
"""All rules; order decides only between matches of equal length."""


def find(reader: Reader) -> list[Found]:
    """Return the time expressions of a document in text order; where matches meet, the earlier and longer wins."""
    matches = [
        (found.start(), -found.end(), order, found, rule)
        for order, rule in enumerate(RULES)
        for found in rule.pattern.finditer(reader.letters)
    ]
    taken: list[Found] = []
    end = 0
    for start, _, _, found, rule in sorted(matches, key=lambda m: m[:3]):
        if start < end:
            continue
        read = rule.read(reader, found)
        if read:
            taken.append(Found(start, found.end(), read, rule.name))
            end = found.end()
    return taken
