"""Compare what two claims say about one role: the same, rivals, or nothing that can be compared."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache, lru_cache

from kg.fuse.measures import in_unit_of, same_unit
from kg.fuse.names import fold
from kg.model import DurationValue, Quantity, TimeValue

__all__ = [
    "Relation",
    "alike",
    "comparable",
    "compare_durations",
    "compare_quantities",
    "compare_times",
    "content_words",
    "far_apart",
    "figure",
    "gap",
    "normal_text",
    "similar",
]

_STOP = frozenset((
    "a", "an", "and", "any", "are", "as", "at", "be", "been", "by", "for", "from", "had", "has", "have", "in",
    "into", "is", "it", "its", "more", "new", "of", "on", "or", "that", "the", "their", "this", "those", "to",
    "was", "were", "which", "will", "with", "would",
    # what any agreement, plan or refusal may be about to do with its matter
    "boost", "build", "building", "close", "closer", "countries", "country", "create", "creating", "creation", "deep",
    "deepen", "deepening", "deeper", "develop", "development", "end", "establish", "establishing", "establishment",
    "expand", "expanding", "expansion", "form", "further", "improve", "improving", "increase", "increased",
    "increasing", "introduce", "introducing", "introduction", "large", "launch", "launching", "macro", "possible",
    "range", "series", "set", "sides", "states", "step", "steps", "strengthen", "strengthened", "strengthening",
    "toward", "towards", "two", "up",
    # what was not signed at all, and what was not signed of something
    "no", "nothing",
))  # fmt: skip

# One and the same in what is agreed: a common, a single, a shared currency.
_JOINT = dict.fromkeys(("common", "joint", "one", "shared", "single", "unified", "unitary"), "joint")
# Words for one thing that news writes now this, now that way; after cutting endings.
_WORD_FORMS = {
    "programm": "program", "roadmap": "program", "troop": "soldier", "macroeconomic": "economic", "monetari": "monetar",
    "tonn": "ton", "tons": "ton",
}  # fmt: skip
_ENDINGS = ("ations", "ation", "ings", "ing", "ions", "ion", "ies", "ied", "ments", "ed", "es", "s", "e", "y")
_STEM = 4
# Texts of a block are compared again and again.
_WORDS_REMEMBERED = 2048

# "about 200,000" and "200,000" are one figure rounded; "about $630m" and "$700m" are two.
_ROUNDING = Decimal("0.1")
_FAR = 2
# "Tens of thousands" goes up to a hundred thousand.
_VAGUE = 10
# Of two words each, one in common is not enough: economic integration is not political integration.
_SIMILAR = 0.5
_ALIKE = 0.75


class Relation(Enum):
    """How two values of one role stand to each other."""

    SAME = "same"
    RIVAL = "rival"
    BOUNDS = "bounds"
    UNRELATED = "unrelated"


def compare_times(first: TimeValue, second: TimeValue) -> Relation:
    """Dates are the same when the finer lies in the coarser."""
    overlap = first.earliest <= second.latest and second.earliest <= first.latest
    return Relation.SAME if overlap else Relation.RIVAL


def compare_durations(first: DurationValue, second: DurationValue) -> Relation:
    """Durations are the same when equal, and else not compared: "nearly 30 years" is as good as "more than 20"."""
    return Relation.SAME if first.lexical == second.lexical else Relation.UNRELATED


def compare_quantities(first: Quantity, second: Quantity) -> Relation:
    """Numbers are the same when equal with their bounds, and rivals else.

    Other currencies and units are not compared: an article's own conversion is no dispute. Units of one measure are
    converted, which rounds. A figure and its rounding are the same, and so are "up to 200,000" and "200,000", "dozens"
    and "71"; "up to 640" and "630" are a bound against another value.
    """
    if first.kind is not second.kind or first.currency != second.currency:
        return Relation.UNRELATED
    if not same_unit(first, second):
        converted = in_unit_of(first, second)
        return compare_quantities(converted, second) if converted else Relation.UNRELATED
    first, second = _bounded(first), _bounded(second)
    if first.value is not None and second.value is not None:
        return Relation.SAME if _equal(first, second) else Relation.RIVAL
    if first.value is None and second.value is None:
        same = (first.minimum, first.maximum) == (second.minimum, second.maximum)
        return Relation.SAME if same or not _disjoint(first, second) else Relation.BOUNDS
    exact, bound = (first, second) if first.value is not None else (second, first)
    return Relation.SAME if _meets(exact, bound) else Relation.BOUNDS


def _bounded(quantity: Quantity) -> Quantity:
    """Return vague words with their upper bound, which the next larger word begins at; others as they are."""
    if quantity.approximate and quantity.minimum is not None and quantity.maximum is None:
        return replace(quantity, maximum=_VAGUE * quantity.minimum)
    return quantity


def _equal(first: Quantity, second: Quantity) -> bool:
    if first.value == second.value:
        return True
    return (first.approximate or second.approximate) and _near(first.value, second.value)


def _near(first: Decimal | None, second: Decimal | None) -> bool:
    if first is None or second is None:
        return False
    return abs(first - second) <= _ROUNDING * min(abs(first), abs(second))


def _disjoint(first: Quantity, second: Quantity) -> bool:
    if first.maximum is not None and second.maximum is not None and first.minimum == second.minimum:
        return first.maximum != second.maximum
    if first.minimum is not None and second.minimum is not None and first.maximum == second.maximum:
        return first.minimum != second.minimum
    low = max((q.minimum for q in (first, second) if q.minimum is not None), default=None)
    high = min((q.maximum for q in (first, second) if q.maximum is not None), default=None)
    return low is not None and high is not None and low > high


def _meets(exact: Quantity, bound: Quantity) -> bool:
    """A value meets a bound that it equals (or rounds to), and a range with two ends that it lies in."""
    if exact.value is None:
        return False
    if bound.minimum is not None and bound.maximum is not None:
        return bound.minimum <= exact.value <= bound.maximum
    limit = bound.minimum if bound.maximum is None else bound.maximum
    hedged = exact.approximate or bound.approximate
    return exact.value == limit or (hedged and _near(exact.value, limit))


def comparable(first: Quantity, second: Quantity) -> bool:
    """Tell whether two amounts of one currency and unit are near enough to be reports of one."""
    return compare_quantities(first, second) is not Relation.UNRELATED and not far_apart(first, second)


def far_apart(first: Quantity, second: Quantity) -> bool:
    """Tell whether two comparable amounts are too far apart to be rival reports of one: more than twice as much."""
    if compare_quantities(first, second) in (Relation.SAME, Relation.UNRELATED):
        return False
    a, b = sorted(abs(figure(quantity)) for quantity in (first, second))
    return b > _FAR * a


def figure(quantity: Quantity) -> Decimal:
    """Return the one number that stands for a quantity: its value, else its upper or lower bound."""
    figures = (quantity.value, quantity.maximum, quantity.minimum)
    return next((figure for figure in figures if figure is not None), Decimal(0))


@lru_cache(maxsize=_WORDS_REMEMBERED)
def normal_text(text: str) -> str:
    """Return words without case, accents, punctuation and a leading article: what must be equal to agree."""
    return re.sub(r"^(?:the|an?) ", "", fold(text))


@lru_cache(maxsize=_WORDS_REMEMBERED)
def content_words(text: str) -> frozenset[str]:
    """Return the stems of the words that carry meaning; of all words where none does.

    >>> sorted(content_words("the creation of a single currency")) == sorted(content_words("a common currency"))
    True
    """
    words = fold(text).replace("road map", "roadmap").split()
    kept = [word for word in words if word not in _STOP] or words
    return frozenset(map(_stem, kept))


@cache
def _stem(word: str) -> str:
    """Return a word without its ending, and without what is only a matter of spelling or of choice."""
    if word in _JOINT:
        return _JOINT[word]
    plain = word.replace("isation", "ization").replace("ising", "izing").replace("our", "or")
    ending = next((end for end in _ENDINGS if plain.endswith(end) and len(plain) - len(end) >= _STEM), "")
    stem = plain.removesuffix(ending)
    for rest in ("at", "y", "e"):
        stem = stem.removesuffix(rest) if len(stem) - len(rest) >= _STEM else stem
    return _WORD_FORMS.get(stem, stem)


def similar(first: str, second: str) -> bool:
    """Tell whether two texts name the same matter.

    They share more than half of their content words, or one lies within the other ("28 programmes", "28 road maps for
    the ports"); what they count is as many.
    """
    a, b = content_words(first), content_words(second)
    shared = len(a & b)
    if not shared or (_numbers(a) and _numbers(b) and not _numbers(a) & _numbers(b)):
        return False
    return 2 * shared > _SIMILAR * (len(a) + len(b)) or shared == min(len(a), len(b))


def alike(first: str, second: str) -> bool:
    """Tell whether two texts name the same matter in nearly the same words, as one must to deny the other."""
    a, b = content_words(first), content_words(second)
    return 2 * len(a & b) >= _ALIKE * (len(a) + len(b))


def _numbers(words: frozenset[str]) -> set[str]:
    """Return the numbers among words that tell how many, years left out."""
    return {word for word in words if word.isdigit() and not (len(word) == 4 and word[:2] in ("18", "19", "20"))}


def gap(first: tuple[date, date], second: tuple[date, date]) -> int:
    """Return the number of days between two intervals, 0 where they overlap."""
    return max(0, (second[0] - first[1]).days, (first[0] - second[1]).days)
