"""Read sums of money and unit prices."""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Doc

from kg.annotate.clauses.tree import word_set
from kg.annotate.values.amounts.currencies import Currencies
from kg.annotate.values.amounts.pieces import Pieces
from kg.annotate.values.amounts.sizes import Size, hedged, read_range
from kg.annotate.values.numerals import read_number

__all__ = ["Money", "find_money"]


@dataclass(frozen=True, slots=True)
class Money:
    """A sum with its currency; ``unit`` is what a price is for, ``converted`` an article's own conversion."""

    size: Size
    currency: str
    unit: str | None = None
    converted: bool = False


_MEASURES = {
    "cubic metre": "m3",
    "cubic meter": "m3",
    "cubic foot": "ft3",
    "square metre": "m2",
    "square meter": "m2",
    "square foot": "ft2",
    "kilowatt hour": "kWh",
    "megawatt hour": "MWh",
    "metric ton": "t",
    "tonne": "t",
    "kilogram": "kg",
    "kilo": "kg",
    "litre": "l",
    "liter": "l",
    "kilometre": "km",
    "kilometer": "km",
}
_EACH = word_set(
    "barrel tonne ton hour day week month year share head person litre liter gallon ounce bushel kilo kilogram unit "
    "piece night ticket vote megawatt kilometre kilometer mile metre meter pupil student child household passenger dose"
)


def find_money(doc: Doc, pieces: Pieces, currencies: Currencies) -> list[Money]:
    """Return the sums of money in text order."""
    found: list[Money] = []
    i = 0
    while i < len(pieces.words):
        money = _with_sign(pieces, currencies, i) or _with_name(pieces, currencies, i)
        if money is None:
            i += 1
            continue
        money = replace(money, size=hedged(pieces, money.size))
        money = _priced(doc, pieces, replace(money, converted=_is_conversion(pieces, found, money)))
        found.append(money)
        i = money.size.end
    return found


def _with_sign(pieces: Pieces, currencies: Currencies, i: int) -> Money | None:
    """Read "US$630 million", "€2bn", "$1m-$2m", "EUR 5bn"."""
    currency = currencies.before(pieces, i)
    if currency is None:
        return None
    size = read_range(pieces, i + 1, letters=True, signs=1)
    if size is None or not any(c.isdigit() for c in "".join(pieces.words[i + 1 : size.end])):
        return None
    named = currencies.named(pieces, size.end)
    end = named[1] if named and named[0] == currency else size.end  # "$5 million US dollars"
    start = i - 1 if pieces.word(i - 1) == "between" and size.minimum and size.maximum else i
    return Money(replace(size, start=start, end=end), currency)


def _with_name(pieces: Pieces, currencies: Currencies, i: int) -> Money | None:
    """Read "630 million dollars", "740 billion KRW", "tens of millions of euros", "a two-million-euro deal"."""
    size = read_range(pieces, i, letters=pieces.word(i)[:1].isdigit())
    if size is None:
        return None
    at = size.end
    if pieces.word(at) in {"-", "of"} and (size.value is None) == (pieces.word(at) == "of"):
        at += 1
    named = currencies.named(pieces, at)
    if named is None:
        return None
    start = i - 1 if pieces.word(i - 1) == "between" and size.minimum and size.maximum else size.start
    return Money(replace(size, start=start, end=named[1]), named[0])


def _is_conversion(pieces: Pieces, found: list[Money], money: Money) -> bool:
    """Tell "(about 740 billion won)" right behind another sum, which the article converts."""
    return (
        bool(found)
        and pieces.word(money.size.start - 1) == "("
        and found[-1].size.end == money.size.start - 1
        and found[-1].currency != money.currency
    )


def _priced(doc: Doc, pieces: Pieces, money: Money) -> Money:
    """Take in what a price is for: "per thousand cubic metres", "a barrel", "per tonne"."""
    at = money.size.end
    if pieces.word(at) == "-":
        at += 1
    if pieces.word(at) in {"per", "/"} or (pieces.word(at), pieces.word(at + 1)) == ("for", "each"):
        at += 2 if pieces.word(at) == "for" else 1
        sure = True
    elif pieces.word(at) in {"a", "an", "each", "every"}:
        at += 1
        sure = False
    else:
        return money
    at += pieces.word(at) == "-"
    read = read_number(pieces.words, at) if at < len(pieces.words) else None
    number, noun = (f"{int(read[0])} ", read[1]) if read else ("", at)
    scale = {"thousand": "1000 ", "million": "1000000 ", "hundred": "100 "}.get(pieces.word(at))
    if scale:
        number, noun = scale, at + 1
    unit, end = _unit(doc, pieces, noun)
    if not unit or not (sure or unit in _EACH or unit in _MEASURES.values()):
        return money
    return replace(money, unit=number + unit, size=replace(money.size, end=end))


def _unit(doc: Doc, pieces: Pieces, at: int) -> tuple[str, int]:
    """Return the unit of measure at a piece, in short form where there is one, and where it ends."""
    if at >= len(pieces.words):
        return "", at
    pair = f"{pieces.word(at)} {_lemma(doc, pieces, at + 1)}"
    if pair in _MEASURES:
        return _MEASURES[pair], at + 2
    token = doc[pieces.tokens[at]]
    if token.pos_ not in {"NOUN", "PROPN"}:
        return "", at
    lemma = _lemma(doc, pieces, at)
    return _MEASURES.get(lemma, lemma), at + 1


def _lemma(doc: Doc, pieces: Pieces, at: int) -> str:
    if at >= len(pieces.tokens):
        return ""
    token = doc[pieces.tokens[at]]
    return token.text if token.text.isupper() or not token.text.islower() else token.lemma_ or token.lower_
