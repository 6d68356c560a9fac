"""Read how much or how many: numbers, vague numbers, ranges, and the words that bound or hedge them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from kg.annotate.values.amounts.pieces import Pieces
from kg.annotate.values.numerals import LARGEST, SCALES, begins_number, is_figure, read_number

__all__ = ["Size", "hedged", "read_range", "read_size"]


@dataclass(frozen=True, slots=True)
class Size:
    """A number with its bounds over the pieces ``start`` to ``end``: either a value, or bounds."""

    start: int
    end: int
    value: Decimal | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    approximate: bool = False


_LETTERS = {
    "k": Decimal(1000),
    "m": Decimal(10) ** 6,
    "mn": Decimal(10) ** 6,
    "mln": Decimal(10) ** 6,
    "b": Decimal(10) ** 9,
    "bn": Decimal(10) ** 9,
    "bln": Decimal(10) ** 9,
    "t": Decimal(10) ** 12,
    "tn": Decimal(10) ** 12,
    "trn": Decimal(10) ** 12,
}
_DOZEN = {"dozen": Decimal(12), "score": Decimal(20)}
_VAGUE = {"tens": Decimal(10), "dozens": Decimal(12), "scores": Decimal(20)} | {
    word + "s": value for word, value in SCALES.items()
}
_STARTS = frozenset({*_VAGUE, "several", "few", "half", "a", "an"})


def _exact(value: Decimal) -> Decimal:
    """Write a number without exponent and without trailing zeros."""
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()


def read_size(pieces: Pieces, i: int, *, letters: bool = False) -> Size | None:
    """Read the number that begins at a piece.

    Args:
        pieces: From :func:`kg.annotate.values.amounts.pieces.cut`.
        i: Where to begin.
        letters: Whether "m" and "bn" are scales here; only money says so ("630m" may be metres).

    Returns:
        A value, or for "hundreds of", "several million" an approximate lower bound; None where no number begins.
    """
    word = pieces.word(i)
    if not (word in _STARTS or begins_number(word)):
        return None
    if word in _VAGUE:
        return _vague(pieces, i)
    if word in {"several", "few"} and pieces.word(i + 1) in SCALES.keys() | _DOZEN.keys():
        scale = SCALES.get(pieces.word(i + 1)) or _DOZEN[pieces.word(i + 1)]
        further = SCALES.get(pieces.word(i + 2))
        end = i + 3 if further else i + 2
        return Size(i, end, minimum=_exact(2 * scale * (further or 1)), approximate=True)
    if word == "half" and pieces.word(i + 1) == "a" and pieces.word(i + 2) in SCALES:
        return Size(i, i + 3, _exact(SCALES[pieces.word(i + 2)] / 2))
    if word in {"a", "an"}:
        return _after_article(pieces, i)
    read = read_number(pieces.words, i)
    if read is None:
        return None
    value, end = read
    size = _scaled(pieces, Size(i, end, value), letters=letters)
    return size if size.value is not None and size.value < LARGEST else None


def _scaled(pieces: Pieces, size: Size, *, letters: bool) -> Size:
    """Take in what multiplies a number: "dozen", a scale behind a hyphen, and in money "m" or "bn"."""
    value, end = size.value or Decimal(0), size.end
    at = end + 1 if pieces.word(end) == "-" and pieces.word(end + 1) in SCALES else end
    word = pieces.word(at).removesuffix(".")
    if letters and word in _LETTERS and is_figure(pieces.word(end - 1)):
        return replace(size, value=_exact(value * _LETTERS[word]), end=at + 1)
    if at > end:
        return replace(size, value=_exact(value * SCALES[word]), end=at + 1)
    if word in _DOZEN:
        return replace(size, value=_exact(value * _DOZEN[word]), end=at + 1)
    return replace(size, value=_exact(value))


def _after_article(pieces: Pieces, i: int) -> Size | None:
    """Read "a million", "a dozen", "a hundred thousand", "a few hundred", "a couple of hundred"."""
    word = pieces.word(i + 1)
    if word in {"few", "couple"}:
        at = i + 3 if pieces.word(i + 2) == "of" else i + 2
        scale = SCALES.get(pieces.word(at)) or _DOZEN.get(pieces.word(at))
        return Size(i, at + 1, minimum=_exact(2 * scale), approximate=True) if scale else None
    if word in _DOZEN:
        return Size(i, i + 2, _DOZEN[word])
    if word == "half" and pieces.word(i + 2) in SCALES:
        return Size(i, i + 3, _exact(SCALES[pieces.word(i + 2)] / 2))
    end, value = i + 1, Decimal(1)
    while pieces.word(end) in SCALES:
        value *= SCALES[pieces.word(end)]
        end += 1
    start = i + 1 if pieces.word(end) == "-" else i  # the article of "a million-dollar deal" is the deal's
    return Size(start, end, _exact(value)) if end > i + 1 else None


def _vague(pieces: Pieces, i: int) -> Size:
    """Read "hundreds", "tens of thousands": at least one of them, which is all that is sure."""
    value, end = _VAGUE[pieces.word(i)], i + 1
    while pieces.word(end) == "of" and pieces.word(end + 1) in _VAGUE:
        value *= _VAGUE[pieces.word(end + 1)]
        end += 2
    return Size(i, end, minimum=_exact(value), approximate=True)


# ------------------------------------------------------------------ ranges and hedges

_DASHES = {"-", "–", "—"}


def read_range(pieces: Pieces, i: int, *, letters: bool = False, signs: int = 0) -> Size | None:
    """Read a number, or two that bound a range: "10 to 15", "$5-10 million", "between 5 and 10".

    Args:
        pieces: The document.
        i: The first piece of the first number.
        letters: As for :func:`read_size`.
        signs: How many pieces a repeated currency sign takes before the second number; 0 where none may stand.

    Returns:
        The number, or a size with both bounds; a scale behind the second number counts for the first too.
    """
    first = read_size(pieces, i, letters=letters)
    if first is None or first.value is None:
        return first
    joint = pieces.word(first.end)
    between = pieces.word(i - 1 - signs) == "between" and joint == "and"
    if not (between or joint in _DASHES or joint == "to"):
        return first
    at = first.end + 1
    second = (read_size(pieces, at, letters=letters) if pieces.word(at)[:1] != "a" else None) or (
        read_size(pieces, at + signs, letters=letters) if signs else None
    )
    if second is None or second.value is None or (joint == "to" and pieces.word(i - 1 - signs) in {"up", "down"}):
        return first
    low, high = first.value, second.value
    if is_figure(pieces.word(i)) and first.end == i + 1:  # "5-10 million"
        figure = (
            Decimal(pieces.word(second.end - 1).replace(",", "")) if is_figure(pieces.word(second.end - 1)) else None
        )
        raw = read_number([pieces.word(second.start)], 0)
        if figure is None and raw and raw[0] and low <= raw[0]:
            low = _exact(low * high / raw[0])
    if low >= high:
        return first
    return Size(i, second.end, minimum=low, maximum=high)


_BEFORE: tuple[tuple[tuple[str, ...], str], ...] = (
    *(((*words.split(),), "maximum") for words in (
        "up to", "as much as", "as many as", "at most", "no more than", "not more than", "a maximum of", "maximum of",
        "less than", "fewer than", "under", "below", "upto", "not exceeding", "just under",
    )),
    *(((*words.split(),), "minimum") for words in (
        "at least", "more than", "over", "no less than", "no fewer than", "not less than", "upwards of", "in excess of",
        "a minimum of", "minimum of", "above", "exceeding", "well over", "just over", "topping",
    )),
    *(((*words.split(),), "about") for words in (
        "about", "around", "approximately", "roughly", "nearly", "almost", "some", "an estimated", "estimated",
        "close to", "circa", "~", "approx", "approx.", "an average of", "in the region of",
    )),
)  # fmt: skip
_AFTER: tuple[tuple[tuple[str, ...], str], ...] = (
    (("or", "more"), "minimum"),
    (("or", "less"), "maximum"),
    (("or", "fewer"), "maximum"),
    (("or", "so"), "about"),
)
_BY_LAST: dict[str, list[tuple[tuple[str, ...], str]]] = {}
for _words, _effect in sorted(_BEFORE, key=lambda pair: -len(pair[0])):
    _BY_LAST.setdefault(_words[-1], []).append((_words, _effect))


def hedged(pieces: Pieces, size: Size) -> Size:
    """Take in the bounds and hedges around a number: "up to", "at least", "about", "or more".

    Two may stand together ("at least some 200"); the range keeps the words.
    """
    for _ in range(2):
        found = next(
            (
                (words, effect)
                for words, effect in _BY_LAST.get(pieces.word(size.start - 1), ())
                if tuple(pieces.words[size.start - len(words) : size.start]) == words
            ),
            None,
        )
        if found is None:
            break
        size = replace(_bounded(size, found[1]), start=size.start - len(found[0]))
    for words, effect in _AFTER:
        if tuple(pieces.words[size.end : size.end + 2]) == words:
            return replace(_bounded(size, effect), end=size.end + 2)
    return size


def _bounded(size: Size, effect: str) -> Size:
    if effect == "about":
        return replace(size, approximate=True)
    if size.value is None:
        return size
    if effect == "minimum":
        return replace(size, value=None, minimum=size.value)
    return replace(size, value=None, maximum=size.value)
