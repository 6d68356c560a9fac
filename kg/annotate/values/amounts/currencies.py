"""Know currencies by sign, ISO 4217 code and English name.

The tables are babel's (Unicode CLDR): every currency that is in use somewhere today, by all its names. A name shared by
several ("dollars") means the one in ``_DEFAULTS``, or none.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from babel import Locale
from babel.numbers import get_currency_name, get_currency_symbol, get_territory_currencies

from kg.annotate.values.amounts.pieces import Pieces

__all__ = ["Currencies", "load_currencies"]

_DEFAULTS = {
    "dollar": "USD",
    "pound": "GBP",
    "ruble": "RUB",
    "rupee": "INR",
    "won": "KRW",
    "cfa": "XOF",
}
_NAMES = {
    "renminbi": "CNY",
    "rmb": "CNY",
    "sterling": "GBP",
    "pounds sterling": "GBP",
    "rs": "INR",
    "rs.": "INR",
    "rouble": "RUB",
    "roubles": "RUB",
    "russian roubles": "RUB",
    "belarusian roubles": "BYN",
    "u.s. dollar": "USD",
    "u.s. dollars": "USD",
    "american dollars": "USD",
    "zlotys": "PLN",
    "kronor": "SEK",
}
_SIGNS = {
    "US$": "USD", "C$": "CAD", "S$": "SGD", "T$": "TWD", "₽": "RUB", "₴": "UAH", "₺": "TRY", "฿": "THB", "₦": "NGN",
    "₫": "VND", "₱": "PHP", "₪": "ILS", "CN¥": "CNY",
}  # fmt: skip
_LONGEST = 3


@dataclass(frozen=True, slots=True)
class Currencies:
    """Codes by sign and by name (words in lower case), and all codes."""

    signs: dict[str, str]
    names: dict[tuple[str, ...], str]
    codes: frozenset[str]

    def before(self, pieces: Pieces, i: int) -> str | None:
        """Return the currency of a sign or code that stands before a number, as in "US$630", "EUR 5", "Rs 500"."""
        text = pieces.texts[i]
        if text in self.codes:
            return text
        return self.signs.get(text) or (self.names.get((text.lower(),)) if text in {"Rs", "Rs.", "RMB"} else None)

    def named(self, pieces: Pieces, i: int) -> tuple[str, int] | None:
        """Return the currency that is named from a piece on, and where the name ends; the longest name wins."""
        words = tuple(pieces.words[i : i + _LONGEST])
        for length in range(len(words), 0, -1):
            code = self.names.get(words[:length])
            if code:
                return code, i + length
        if i < len(pieces.texts) and pieces.texts[i] in self.codes:
            return pieces.texts[i], i + 1
        return None


@cache
def load_currencies() -> Currencies:
    """Build the tables from babel's English locale (about 50 ms, once)."""
    locale = Locale("en")
    places = sorted(place for place in map(str, locale.territories) if len(place) == 2)
    codes = sorted({code for place in places for code in get_territory_currencies(place)})
    signs, names = dict(_SIGNS), {}
    shared: dict[str, set[str]] = {}
    for code in codes:
        sign = get_currency_symbol(code, locale)
        if sign != code:
            signs.setdefault(sign, code)
        for count in (1, 2):
            name = tuple(get_currency_name(code, count=count, locale=locale).lower().split())
            names[name] = code
            shared.setdefault(name[-1], set()).add(code)
    for word, owners in shared.items():
        code = _DEFAULTS.get(word) or _DEFAULTS.get(word.removesuffix("s")) or (min(owners) if len(owners) == 1 else "")
        if code:
            names[(word,)] = code
    names.update({tuple(name.split()): code for name, code in _NAMES.items()})
    return Currencies(signs, names, frozenset(codes))
