"""Units of what is counted and measured, and the numbers that words begin with ("40 tonnes of medicine")."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from kg.fuse.names import fold
from kg.model import Quantity, QuantityKind, Span

__all__ = ["counted_text", "in_unit_of", "same_unit"]

# Soldiers by another name, people by another name: what may be compared.
_SYNONYMS = {
    "troop": "soldier", "serviceman": "soldier", "servicemen": "soldier", "military personnel": "soldier",
    "people": "person", "civilian": "person", "programme": "program", "roadmap": "program", "road map": "program",
    "jet": "aircraft", "plane": "aircraft", "percent": "per cent", "%": "per cent", "metric ton": "tonne",
}  # fmt: skip

_MEASURES = {
    "mass": {"kilogram": "1", "kilo": "1", "kg": "1", "gram": "0.001", "tonne": "1000", "ton": "1000",
             "pound": "0.45359237", "ounce": "0.028349523"},
    "length": {"metre": "1", "meter": "1", "kilometre": "1000", "kilometer": "1000", "km": "1000", "mile": "1609.344",
               "foot": "0.3048", "feet": "0.3048", "yard": "0.9144"},
    "area": {"hectare": "10000", "acre": "4046.8564", "square kilometre": "1000000", "square kilometer": "1000000",
             "square mile": "2589988.11"},
    "volume": {"litre": "1", "liter": "1", "gallon": "3.785411784", "barrel": "158.987294928"},
}  # fmt: skip
"""Units by what they measure, with their size in the first one; source: NIST SP 811, appendix B.8.

Newspapers write "ton" for the tonne, the short and the long ton, which differ by less than what they round.
"""
_SIZES = {unit: (kind, Decimal(size)) for kind, sizes in _MEASURES.items() for unit, size in sizes.items()}

_SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_COUNTED = re.compile(
    r"(?P<about>about|around|some|nearly|almost|roughly|approximately|an estimated)?\s*"
    r"(?P<bound>at least|more than|over|up to|as many as|at most)?\s*"
    r"(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?:\s+(?P<scale>thousand|million|billion))?\s+(?P<what>[^\W\d].*)",
    re.IGNORECASE | re.DOTALL,
)
_REMEMBERED = 8192


@lru_cache(maxsize=_REMEMBERED)
def _unit(unit: str) -> str:
    plain = unit.strip() if unit.strip() == "%" else fold(unit)
    found = plain if plain in _SYNONYMS or plain in _SIZES else plain.removesuffix("s")
    return _SYNONYMS.get(found, found)


def same_unit(first: Quantity, second: Quantity) -> bool:
    """Tell whether two numbers count the same; where one does not say what, it counts what the other does."""
    a, b = _unit(first.unit or ""), _unit(second.unit or "")
    return a == b or (first.kind is QuantityKind.COUNT and not (a and b))


def in_unit_of(quantity: Quantity, other: Quantity) -> Quantity | None:
    """Return a measure converted to the unit of another one, None where they do not measure the same thing."""
    own, wanted = (_SIZES.get(_unit(q.unit or "")) for q in (quantity, other))
    if own is None or wanted is None or own[0] != wanted[0]:
        return None
    value, minimum, maximum = (
        number * own[1] / wanted[1] if number is not None else None
        for number in (quantity.value, quantity.minimum, quantity.maximum)
    )
    return replace(quantity, value=value, minimum=minimum, maximum=maximum, unit=other.unit, approximate=True)


@lru_cache(maxsize=_REMEMBERED)
def counted_text(text: str) -> tuple[Quantity, str] | None:
    """Return the number that words begin with, and what it counts; None where they begin otherwise.

    >>> number, what = counted_text("about 40 tonnes of medicine")
    >>> str(number.value), number.unit, number.approximate, what
    ('40', 'tonnes', True, 'medicine')
    >>> counted_text("12 patrol boats")[1], counted_text("patrol boats")
    ('patrol boats', None)
    """
    found = _COUNTED.fullmatch(text.strip())
    if found is None:
        return None
    number = Decimal(found["number"].replace(",", "")) * _SCALES.get((found["scale"] or "").casefold(), 1)
    unit, _, what = found["what"].partition(" of ")
    if _unit(unit) not in _SIZES:
        unit, what = "", found["what"]
    bound = (found["bound"] or "").casefold()
    low = number if bound in ("at least", "more than", "over") else None
    high = number if bound in ("up to", "as many as", "at most") else None
    quantity = Quantity(
        kind=QuantityKind.COUNT,
        span=Span(0, len(text)),
        value=None if bound else number,
        minimum=low,
        maximum=high,
        unit=unit or None,
        approximate=bool(found["about"]),
    )
    return quantity, what
