"""Spell a ``Doc`` as one letter a token, so that time expressions can be found by patterns over letters.

    W Thursday      M September     Y 2021       D 1..31 in figures   O 9th, first     n other numbers
    U year, weeks   L last, past    X next       T this, current      G ago            P evening
    E end           B beginning     m mid        y early, late        R earlier, later S summer
    t the           a a, an         o of         e every, each        f few, several   k 1990s
    z today         q quarter       h half       c century            F fiscal         Q Q3
    8 09/11/2021    9 2014–2020     - hyphen     , comma              s 's             r to, until
    & and           V other, once, twice          A annually          v recently, soon
    i mid-2022      . anything else

A letter says what a token may be; :mod:`kg.annotate.values.timex.grammar` decides what it is.
"""

from __future__ import annotations

import re
from functools import lru_cache

from spacy.tokens import Doc

from kg.annotate.clauses.tree import tree_of
from kg.annotate.values.numerals import SCALES, begins_number, is_figure, ordinal_value

__all__ = ["MONTHS", "UNITS", "WEEKDAYS", "decade", "spell"]


def _numbered(words: str, first: int) -> dict[str, int]:
    """Number groups of synonyms that are divided by semicolons."""
    return {word: i for i, group in enumerate(words.split(";"), first) for word in group.split()}


WEEKDAYS = _numbered(
    "monday mon.;tuesday tue. tues.;wednesday wed.;thursday thu. thurs.;friday fri.;saturday sat.;sunday sun.", 0
)
"""Names of weekdays in lower case, Monday 0."""

MONTHS = _numbered(
    "january jan jan.;february feb feb.;march mar mar.;april apr apr.;may;june jun jun.;july jul jul.;"
    "august aug aug.;september sep sep. sept sept.;october oct oct.;november nov nov.;december dec dec.",
    1,
)
"""Names of months in lower case, January 1."""

UNITS = {
    word: unit
    for unit in ("minute", "hour", "day", "week", "fortnight", "weekend", "month", "quarter", "year", "decade")
    for word in (unit, unit + "s")
} | {"century": "century", "centuries": "century"}
"""Units of time, singular and plural."""

_LETTERS = {
    word: letter
    for letter, words in {
        "U": "minute minutes hour hours day days week weeks fortnight weekend weekends month months year years decade "
        "decades centuries quarters",
        "L": "last past previous",
        "X": "next coming upcoming following",
        "T": "this current",
        "G": "ago",
        "P": "morning afternoon evening night noon midday",
        "E": "end close",
        "B": "beginning start outset",
        "m": "mid middle",
        "y": "early late",
        "R": "earlier later",
        "S": "spring summer autumn winter fall",
        "t": "the",
        "a": "a an",
        "o": "of",
        "e": "every each",
        "f": "few several some many couple dozen recent",
        "z": "today yesterday tomorrow tonight overnight",
        "q": "quarter",
        "h": "half",
        "c": "century",
        "F": "fiscal financial",
        "-": "- – — ‑",
        ",": ",",
        "s": "'s ’s ' ’",
        "r": "to until till through",
        "&": "and",
        "V": "other once twice",
        "A": "annually yearly",
        "v": "recently soon lately nowadays",
    }.items()
    for word in words.split()
}
_TAGS = {"may": "NNP", "march": "NNP", "fall": "NN", "close": "NN", "end": "NN", "start": "NN", "beginning": "NN"}
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d|2100")
_DECADE = re.compile(r"(1[5-9]|20)?(\d0)['’]?s")
_NUMERIC = re.compile(r"\d{1,4}[/.]\d{1,2}[/.]\d{2,4}")
_YEARS = re.compile(r"((?:1[5-9]|20)\d\d)[-–—/]((?:1[5-9]|20)?\d\d)")
_MIDDLE = re.compile(r"mid[-–](?:1[5-9]|20)\d\d")
_QUARTER = re.compile(r"q[1-4]")


def decade(word: str) -> int | None:
    """Return the first year of ``1990s`` or ``90s``, None for other words; a bare decade is of the last century."""
    found = _DECADE.fullmatch(word)
    return int((found[1] or "19") + found[2]) if found else None


def spell(doc: Doc) -> str:
    """Return one letter for each token of the document, as the module's head lists them."""
    tree = tree_of(doc)
    return "".join(map(_letter, tree.words, tree.tags, [text[0].isupper() for text in tree.texts]))


@lru_cache(maxsize=1 << 14)
def _letter(word: str, tagged: str, capital: bool) -> str:
    if word[0].isdigit():
        return _figure(word)
    if word in WEEKDAYS or word in MONTHS:
        return _named(word, tagged, capital)
    tag = _TAGS.get(word)
    letter = _LETTERS.get(word)
    if letter and not (tag and not tagged.startswith(tag)):
        return letter
    if ordinal_value(word) is not None:
        return "O"
    if word[-1].isdigit():
        return "Q" if _QUARTER.fullmatch(word) else "i" if _MIDDLE.fullmatch(word) else "."
    return "n" if word in SCALES or begins_number(word) else "."


def _named(word: str, tagged: str, capital: bool) -> str:
    """Tell a weekday or month from the word that is spelt alike ("may", "march", "sat")."""
    if not capital or (word in _TAGS and tagged == "MD"):
        return "."
    return "W" if word in WEEKDAYS else "M"


def _figure(word: str) -> str:
    if word.isdecimal() and 1 <= int(word) <= 31 and len(word) <= 2:
        return "D"
    if _YEAR.fullmatch(word):
        return "Y"
    ordinal = ordinal_value(word)
    if ordinal is not None:
        return "O"
    if _DECADE.fullmatch(word):
        return "k"
    if _NUMERIC.fullmatch(word):
        return "8"
    if _YEARS.fullmatch(word):
        return "9"
    return "n" if is_figure(word) else "."
