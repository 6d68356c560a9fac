"""Read numbers in figures and in words from a row of tokens.

Shared by times ("three years ago") and quantities ("two hundred thousand"); knows English only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

__all__ = ["LARGEST", "SCALES", "begins_number", "is_figure", "ordinal_value", "read_number"]

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_SMALL = {word: value for value, word in enumerate(_ONES.split())} | _TENS
SCALES = {
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "lakh": Decimal(10) ** 5,
    "million": Decimal(10) ** 6,
    "crore": Decimal(10) ** 7,
    "billion": Decimal(10) ** 9,
    "trillion": Decimal(10) ** 12,
}
"""Words that multiply the number before them; ``hundred`` to ``trillion`` on the short scale, Indian ones too."""

_FIRST_TO_TWENTIETH = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ORDINALS = {word: value for value, word in enumerate(_FIRST_TO_TWENTIETH.split(), 1)} | {
    "thirtieth": 30,
    "fortieth": 40,
    "fiftieth": 50,
    "hundredth": 100,
}
_FIGURE = re.compile(r"\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,12})?|\d{1,21}(?:\.\d{1,12})?|\.\d{1,12}")
_ORDINAL_FIGURE = re.compile(r"(\d{1,9})(?:st|nd|rd|th)")
LARGEST = Decimal(10) ** 18
"""What is not below it is no quantity of news but an identifier or a joke; xsd:decimal need not hold it either."""


def is_figure(word: str) -> bool:
    """Tell whether a token is a plain number in figures, with or without thousands commas."""
    return (word[:1].isdigit() or word[:1] == ".") and _FIGURE.fullmatch(word) is not None


def begins_number(word: str) -> bool:
    """Tell quickly whether a number may begin with a word."""
    return word in _SMALL or word[:1].isdigit() or word[:1] == "."


def ordinal_value(word: str) -> int | None:
    """Return what an ordinal counts: 9 for ``9th``, 6 for ``sixth``; None for any other word.

    >>> ordinal_value("9th"), ordinal_value("sixth"), ordinal_value("six")
    (9, 6, None)
    """
    figure = _ORDINAL_FIGURE.fullmatch(word) if word[:1].isdigit() else None
    return int(figure[1]) if figure else _ORDINALS.get(word)


def read_number(words: Sequence[str], i: int) -> tuple[Decimal, int] | None:
    """Read the number that begins at a token.

    Args:
        words: Tokens in lower case; hyphenated numbers are split as spaCy splits them (``twenty - five``).
        i: Where to begin.

    Returns:
        The exact value and the index after its last token, or None where no number below 10^18 begins.

    >>> read_number(["two", "hundred", "and", "fifty", "thousand", "men"], 0)
    (Decimal('250000'), 5)
    >>> read_number(["1.2", "trillion", "roubles"], 0)
    (Decimal('1200000000000.0'), 2)
    """
    read = _scaled(words, Decimal(words[i].replace(",", "")), i + 1) if is_figure(words[i]) else _in_words(words, i)
    return read if read and read[0] < LARGEST else None


def _in_words(words: Sequence[str], i: int) -> tuple[Decimal, int] | None:
    if words[i] not in _SMALL:
        return None
    total, group, at = Decimal(0), Decimal(0), i
    while at < len(words):
        word = words[at]
        if word in _SMALL:
            group += _SMALL[word]
        elif word == "hundred":
            group *= 100
        elif word in SCALES:
            total, group = total + (group or 1) * SCALES[word], Decimal(0)
        elif not (word in {"and", "-"} and at + 1 < len(words) and _continues(words, at)):
            break
        at += 1
        if word in _SMALL and not (at < len(words) and (words[at] in SCALES or words[at] in {"-", "and"})):
            break
    return total + group, at


def _continues(words: Sequence[str], at: int) -> bool:
    """Tell whether "and" or a hyphen stands inside one number: "two hundred and five", "twenty-five"."""
    before, after = words[at - 1], words[at + 1]
    if words[at] == "-":
        return before in _TENS and 0 < _SMALL.get(after, 0) < 10
    return before in SCALES and after in _SMALL


def _scaled(words: Sequence[str], value: Decimal, at: int) -> tuple[Decimal, int]:
    while at < len(words) and words[at] in SCALES:
        value *= SCALES[words[at]]
        at += 1
    return value, at
