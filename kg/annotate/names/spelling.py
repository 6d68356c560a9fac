"""One form for the spellings of a name, so that a table's and a newspaper's meet.

João Lourenço, Joao Lourenco     Kim Jong-un, Kim Jong Un     Bashar al-Assad, Bashar Assad     Nissan Co, Nissan
"""

from __future__ import annotations

import unicodedata

from kg.annotate.names.nouns import noun_classes, words
from kg.annotate.names.types import keyword_class

__all__ = ["loose_form"]

_LETTERS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe",
                          "’": None, "'": None, "ʻ": None, "`": None, ".": None, "-": " ", "–": " "})  # fmt: skip
_FORMS = frozenset({"Company", "Corporation", "Group", "Limited"})
_LONGEST_FORM = 5
_ARTICLES = frozenset({"al", "el", "ul", "as", "ad", "ar", "an", "ash", "the"})


def loose_form(name: str, *, person: bool) -> str:
    """Return a name without accents, case, hyphens, articles, titles before it and the legal form behind it.

    >>> [loose_form(n, person=True) for n in ("Sheikh Saad al-Hariri", "Recep Tayyip Erdoğan", "Kim Jong-un")]
    ['saad hariri', 'recep tayyip erdogan', 'kim jong un']
    >>> loose_form("The Nissan Motor Co.", person=False)
    'nissan motor'
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    parts = plain.replace(",", " ").split()
    while not person and len(parts) > 1 and _is_form(parts[-1]):
        parts = parts[:-1]
    folded = " ".join(parts).casefold().translate(_LETTERS).split()
    while person and len(folded) > 2 and _is_title(folded[0]):
        folded = folded[1:]
    return " ".join(p for p in folded if p not in _ARTICLES) or " ".join(folded)


def _is_form(word: str) -> bool:
    """Tell whether a word is the legal form of a firm, or says only that it is one: "Ltd", "Group"."""
    return word in _FORMS or (len(word) < _LONGEST_FORM and keyword_class(word) == "schema:Corporation")


def _is_title(word: str) -> bool:
    return word in words("courtesy") or bool(noun_classes(word) & {"leader", "office"})
