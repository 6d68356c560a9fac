"""Dates, sums and numbers, and the ways in which they are written."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

__all__ = ["Bound", "Day", "Money", "Number", "Text", "Worded"]

_SIGNS = {"USD": ("$", "dollars"), "EUR": ("€", "euros"), "GBP": ("£", "pounds")}


@dataclass(frozen=True, slots=True)
class Text:
    """Words that name no entity."""

    text: str


@dataclass(frozen=True, slots=True)
class Worded:
    """A value as written, with what the words say: the JSON of truth.records."""

    text: str
    says: dict[str, object]


class Bound:
    """How exact a figure is told."""

    EXACT, ABOUT, UP_TO, AT_LEAST = "exact", "about", "up to", "at least"


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in millions."""

    millions: int
    currency: str
    bound: str = Bound.EXACT

    def word(self, rng: Random) -> Worded:
        sign, noun = _SIGNS[self.currency]
        billions = f"{self.millions / 1000:g}"
        figures = [f"{sign}{self.millions} million", f"{self.millions} million {noun}", f"{sign}{self.millions}m"]
        if self.millions >= 1000:
            figures = [f"{sign}{billions} billion", f"{billions} billion {noun}", f"{sign}{billions}bn"]
        return Worded(
            _bounded(rng.choice(figures), self.bound, rng),
            {"kind": "money", "currency": self.currency, **_said(self.millions * 1_000_000, self.bound)},
        )


@dataclass(frozen=True, slots=True)
class Number:
    """A number of people."""

    value: int
    bound: str = Bound.EXACT

    def word(self, rng: Random, nouns: str) -> Worded:
        noun = rng.choice(nouns.split("/"))
        return Worded(
            _bounded(f"{self.value:,} {noun}", self.bound, rng),
            {"kind": "count", "unit": noun, **_said(self.value, self.bound)},
        )


def _bounded(figure: str, bound: str, rng: Random) -> str:
    if bound == Bound.ABOUT:
        return f"{rng.choice(('about', 'around', 'roughly'))} {figure}"
    return figure if bound == Bound.EXACT else f"{bound} {figure}"


def _said(value: int, bound: str) -> dict[str, object]:
    if bound == Bound.UP_TO:
        return {"maximum": value}
    if bound == Bound.AT_LEAST:
        return {"minimum": value}
    return {"value": value, "approximate": bound == Bound.ABOUT}


@dataclass(frozen=True, slots=True)
class Day:
    """A day, which an article may tell as finely as its month."""

    day: date

    def word(self, rng: Random, published: date, *, exact: bool = False) -> Worded:
        """Word the day as seen from the day of publication: weekdays only within the last week."""
        age = (published - self.day).days
        month = calendar.month_name[self.day.month]
        if 0 <= age < 6 and (rng.random() < 0.6 or age == 0):
            return Worded(f"on {self.day:%A}", self._says("day"))
        year = f" {self.day.year}" if age > 120 or rng.random() < 0.25 else ""
        comma = f", {self.day.year}" if year else ""
        forms = [f"on {self.day.day} {month}{year}", f"on {month} {self.day.day}{comma}"]
        if age > 45 and not exact and rng.random() < 0.6:
            return Worded(f"in {month} {self.day.year}", self._says("month"))
        return Worded(rng.choice(forms), self._says("day"))

    def _says(self, precision: str) -> dict[str, object]:
        if precision == "day":
            return {"kind": "date", "value": self.day.isoformat(), "earliest": str(self.day), "latest": str(self.day)}
        first = self.day.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return {"kind": "date", "value": f"{self.day:%Y-%m}", "earliest": str(first), "latest": str(last)}
