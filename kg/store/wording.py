"""Numbers and durations of the graph in words: tens of thousands of troops, 30 to 40 people, every 4 years."""

from __future__ import annotations

import re
from decimal import Decimal

__all__ = ["duration_words", "number_words", "plural"]

_VAGUE = {
    "12": "dozens", "100": "hundreds", "1000": "thousands", "10000": "tens of thousands",
    "100000": "hundreds of thousands", "1000000": "millions", "1000000000": "billions",
}  # fmt: skip
"""What articles say where the graph has a lower bound that is not exact: see kg.annotate.values.amounts.sizes."""

_SAME_IN_PLURAL = frozenset({"aircraft", "people", "per cent", "percent", "personnel", "police", "%"})
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_UNITS = ("year", "month", "week", "day", "hour", "minute", "second")


def number_words(
    *, value: str = "", low: str = "", high: str = "", about: bool = False, currency: str = "", unit: str = ""
) -> str:
    """Return a number with its bounds, currency and unit.

    >>> number_words(value="200000", about=True, unit="troop"), number_words(low="30", high="40", unit="people")
    ('about 200,000 troops', '30 to 40 people')
    >>> number_words(high="640000000", currency="USD"), number_words(low="10000", about=True, unit="troop")
    ('at most 640,000,000 USD', 'tens of thousands of troops')
    >>> number_words(value="128.5", currency="USD", unit="1000 m3")
    '128.5 USD per 1000 m3'
    """
    if about and low in _VAGUE and not (value or high or currency):
        return f"{_VAGUE[low]} of {plural(unit)}" if unit else _VAGUE[low]
    hedge = "about " if about else ""
    if value:
        number = f"{hedge}{_grouped(value)}"
    elif low and high:
        number = f"{hedge}{_grouped(low)} to {_grouped(high)}"
    else:
        number = f"at least {hedge}{_grouped(low)}" if low else f"at most {hedge}{_grouped(high)}"
    if currency:
        return f"{number} {currency}" + (f" per {unit}" if unit else "")
    return f"{number} {unit if value == '1' else plural(unit)}" if unit else number


def plural(unit: str) -> str:
    """Return the plural of what is counted.

    >>> plural("troop"), plural("country"), plural("people"), plural("aircraft"), plural("programmes")
    ('troops', 'countries', 'people', 'aircraft', 'programmes')
    """
    if unit.casefold() in _SAME_IN_PLURAL or not unit[-1:].isalpha() or unit.endswith("men"):
        return unit
    if unit.endswith("man"):
        return f"{unit[:-3]}men"
    if unit.endswith(("ss", "x", "ch", "sh")):
        return f"{unit}es"
    if unit.endswith("s"):
        return unit
    return f"{unit[:-1]}ies" if re.search(r"[^aeiou]y$", unit) else f"{unit}s"


def duration_words(lexical: str, *, frequency: bool = False) -> str:
    """Return an ``xsd:duration`` in words, as how long or as how often.

    >>> duration_words("PT3H"), duration_words("P1Y", frequency=True), duration_words("P4Y", frequency=True)
    ('3 hours', 'every year', 'every 4 years')
    """
    found = _DURATION.fullmatch(lexical)
    numbers = [(int(n), unit) for n, unit in zip(found.groups(), _UNITS, strict=True) if n] if found else []
    if not numbers:
        return lexical
    words = " ".join(f"{n} {unit if n == 1 else plural(unit)}" for n, unit in numbers)
    return f"every {words.removeprefix('1 ') if len(numbers) == 1 else words}" if frequency else words


def _grouped(number: str) -> str:
    """Return a number with thousands grouped; text that is none stays."""
    try:
        return f"{Decimal(number):,f}"
    except ArithmeticError:
        return number
