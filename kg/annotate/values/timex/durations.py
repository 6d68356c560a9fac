"""Read how long ("for nearly 30 years", "a three-hour meeting") and how often ("every four years") something is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from kg.annotate.clauses.tree import word_set
from kg.annotate.values.numerals import SCALES, read_number
from kg.annotate.values.timex.grammar import NUMBER
from kg.annotate.values.timex.reader import Reader
from kg.annotate.values.timex.words import UNITS

__all__ = ["Length", "find_lengths"]

_ISO = {
    "minute": ("PT", "M", 1),
    "hour": ("PT", "H", 1),
    "day": ("P", "D", 1),
    "week": ("P", "D", 7),
    "fortnight": ("P", "D", 14),
    "month": ("P", "M", 1),
    "quarter": ("P", "M", 3),
    "year": ("P", "Y", 1),
    "decade": ("P", "Y", 10),
    "century": ("P", "Y", 100),
}
_SMALLER = {"year": ("month", 12), "day": ("hour", 24), "hour": ("minute", 60), "decade": ("year", 10),
            "century": ("year", 100), "week": ("day", 7), "month": ("day", 30)}  # fmt: skip
_HEDGES = word_set(
    "about around nearly almost roughly approximately some than over least most under to estimated barely"
)
_FOR = word_set("for in than within after over nearly almost about around least lasted lasting last lasts took")
_AFTER_A = frozenset({*SCALES, "half", "couple", "dozen", "few"})
_TIMES = {"once": 1, "twice": 2}
_EVERY = re.compile(rf"e(?P<n>V|{NUMBER}|f)?-?(?P<u>[Uq])")
_RATE = re.compile(r"(?:V|[Dn]\.)(?:a|e)(?P<u>[Uq])")
_ADVERB = re.compile(r"A")
_LENGTH = re.compile(rf"(?P<n>a?{NUMBER}|ao?f?o?|f|)(?:-?a?-?&-?a-?h)?-?(?P<u>U)(?P<half>&ah)?|(?P<h>h)a(?P<v>U)")


@dataclass(frozen=True, slots=True)
class Length:
    """A duration of tokens ``start`` to ``end``; ``count`` of ``unit`` is kept for "in three years"."""

    start: int
    end: int
    lexical: str
    count: Decimal
    unit: str
    frequency: bool = False
    approximate: bool = False


def find_lengths(reader: Reader) -> list[Length]:
    """Return durations and frequencies; they may meet points of time, which the caller prefers."""
    out = [_every(reader, found) for found in _EVERY.finditer(reader.letters)]
    out += [_rate(reader, found) for found in _RATE.finditer(reader.letters)]
    out += [
        Length(found.start(), found.end(), "P1Y", Decimal(1), "year", frequency=True)
        for found in _ADVERB.finditer(reader.letters)
        if reader.doc[found.start()].tag_ == "RB"
    ]
    out += [_length(reader, found) for found in _LENGTH.finditer(reader.letters)]
    return [length for length in out if length is not None]


def _iso(count: Decimal, unit: str) -> str:
    """Return an ``xsd:duration``; only seconds may have a fraction, so half a year is six months."""
    if count != count.to_integral_value():
        if unit not in _SMALLER:
            return ""
        smaller, factor = _SMALLER[unit]
        return _iso((count * factor).quantize(Decimal(1)), smaller)
    prefix, letter, factor = _ISO[unit]
    return f"{prefix}{int(count) * factor}{letter}"


def _unit(reader: Reader, i: int) -> str:
    unit = UNITS[reader.words[i]]
    return unit if unit in _ISO else ""


def _every(reader: Reader, found: re.Match[str]) -> Length | None:
    word = reader.words[found.start("n")] if found["n"] else ""
    read = read_number(reader.words, found.start("n")) if found["n"] and found["n"][0] not in "Vf" else None
    unit = _unit(reader, found.start("u"))
    count: Decimal = Decimal(2) if word == "other" else read[0] if read else Decimal(1)
    if not unit or word in {"once", "twice"}:
        return None
    lexical = "" if found["n"] == "f" else _iso(count, unit)
    return Length(found.start(), found.end(), lexical, count, unit, frequency=True) if lexical else None


def _rate(reader: Reader, found: re.Match[str]) -> Length | None:
    """Read "twice a year", "three times a week"."""
    first, unit = reader.words[found.start()], _unit(reader, found.start("u"))
    if reader.letters[found.start() + 1] == "." and reader.words[found.start() + 1] != "times":
        return None
    read = read_number(reader.words, found.start())
    times = _TIMES.get(first) or (int(read[0]) if read else 0)
    if not unit or times < 1:
        return None
    lexical = _iso(Decimal(1) / times, unit)
    return Length(found.start(), found.end(), lexical, Decimal(1), unit, frequency=True) if lexical else None


def _length(reader: Reader, found: re.Match[str]) -> Length | None:
    unit = _unit(reader, found.start("v" if found["h"] else "u"))
    count = Decimal("0.5") if found["h"] else _count(reader, found)
    start, end = found.span()
    if (found["n"] or "").startswith("a") and len(found["n"]) > 1 and reader.words[start + 1] not in _AFTER_A:
        start += 1  # "a three-hour meeting"
    if not unit or count is None or _is_age(reader, end) or not _is_length(reader, found):
        return None
    approximate = reader.before(start) in _HEDGES or (bool(found["n"]) and found["n"][-1] in "fo")
    lexical = _iso(count, unit)
    return Length(start, end, lexical, count, unit, approximate=approximate) if lexical else None


def _count(reader: Reader, found: re.Match[str]) -> Decimal | None:
    """Return how many units: "two and a half years", "a year and a half", "a dozen", "a couple of"."""
    i = found.start("n")
    letters = found["n"]
    if not letters:  # "a year-long strike" has no number of its own
        return Decimal(1) if reader.after(found.end()) == "-" and reader.after(found.end() + 1) == "long" else None
    half = Decimal("0.5") if "h" in found.group() else Decimal(0)
    if "f" in letters:
        word = reader.words[i + letters.index("f")]
        return {"couple": Decimal(2), "dozen": Decimal(12)}.get(word)
    if letters.startswith("a"):
        if len(letters) == 1:
            return 1 + half
        i += 1
    read = read_number(reader.words, i)
    return read[0] + half if read else None


def _is_age(reader: Reader, end: int) -> bool:
    """Tell "30-year-old", "30 years old" and "two years her senior" from lengths."""
    behind = reader.after(end), reader.after(end + 1)
    return (
        behind[0] in {"old", "senior", "junior"}
        or behind == ("of", "age")
        or (reader.after(end) == "-" and reader.after(end + 1) in {"old", "olds"})
    )


def _is_length(reader: Reader, found: re.Match[str]) -> bool:
    """Tell "for a year" from "20,000 euros a year" and "a year of protests"."""
    start = found.start()
    if (found["n"] or "") != "a":
        return reader.before(start) != "aged"
    behind = reader.after(found.end()), reader.after(found.end() + 1)
    return (
        reader.before(start) in _FOR
        or bool(found["half"])
        or behind[0] in {"long", "earlier", "later"}
        or (behind == ("-", "long"))
    )
