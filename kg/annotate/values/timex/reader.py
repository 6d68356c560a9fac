"""What every reading of a time expression needs: the document, its letters, and the day of publication."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

from spacy.tokens import Doc

from kg.annotate.clauses.tree import tree_of
from kg.annotate.values.numerals import read_number
from kg.annotate.values.timex.periods import UNKNOWN, Period
from kg.annotate.values.timex.tense import Direction, direction
from kg.annotate.values.timex.words import UNITS

__all__ = ["STEP", "Reader", "Reading"]

STEP = {"L": -1, "T": 0, "X": 1}
"""How many units "last", "this" and "next" move."""


class Reader:
    """A document with what a reading needs: words, letters, and the day against which relative dates are read."""

    def __init__(self, doc: Doc, letters: str, today: date | None) -> None:
        self.doc = doc
        self.words = tree_of(doc).words
        self.letters = letters
        self.today = today

    def before(self, i: int) -> str:
        """Return the word before a token, empty at the start."""
        return self.words[i - 1] if i else ""

    def after(self, end: int) -> str:
        """Return the word at an end index, empty past the last token."""
        return self.words[end] if end < len(self.words) else ""

    def number(self, found: re.Match[str], group: str) -> int | None:
        """Return the number that a group spells; 1 for "a", None for "few" and the like or no group."""
        i = found.start(group)
        if i < 0:
            return None
        if self.letters[i] == "a":
            i += 1 if found.end(group) > i + 1 else 0
        if self.words[i] in {"a", "an"}:
            return 1
        read = read_number(self.words, i)
        return int(read[0]) if read and read[0] == int(read[0]) else None

    def unit(self, found: re.Match[str], group: str = "u") -> str:
        """Return the unit that a group spells, empty where it does not match."""
        i = found.start(group)
        return UNITS.get(self.words[i], "") if i >= 0 else ""

    def group(self, found: re.Match[str], name: str) -> str:
        """Return the letters of a group, empty where the rule has no such group or it does not match."""
        return found.groupdict().get(name) or ""

    def misread(self, found: re.Match[str]) -> bool:
        """Tell whether the groups ``r`` and ``u`` hold another unit than a year: "on 9 March last week"."""
        return bool(self.group(found, "r")) and self.unit(found) != "year"

    def year(self, found: re.Match[str]) -> int | None:
        """Return the year of the groups ``y`` (figures) or ``r`` and ``u`` ("last year"), None where neither is."""
        if self.group(found, "y"):
            return int(self.words[found.start("y")])
        if self.group(found, "r") and self.today and self.unit(found) == "year":
            return self.today.year + STEP[self.letters[found.start("r")]]
        return None

    def choose(self, at: int, options: Iterable[Period | None]) -> Period:
        """Return the period that fits the tense around a token: the last begun, the next to end, or the nearest."""
        today = self.today
        kept = [p for p in options if p is not None]
        if today is None or not kept:
            return UNKNOWN
        match direction(self.doc[at]):
            case Direction.PAST:
                fitting = [p for p in kept if p.earliest and p.earliest <= today][-1:]
            case Direction.FUTURE:
                fitting = [p for p in kept if p.latest and p.latest >= today][:1]
            case _:
                fitting = []
        return (fitting or [min(kept, key=lambda p: _distance(p, today))])[0]


def _distance(period: Period, today: date) -> int:
    if period.earliest is None or period.latest is None:
        return 10**6
    return max((period.earliest - today).days, (today - period.latest).days, 0)


Reading = Callable[[Reader, re.Match[str]], tuple[Period, ...] | None]
"""Returns the periods that a match names, two for a range, or None where a second look tells that it names no time."""
