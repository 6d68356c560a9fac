"""Compare names as conservatively as merging needs: a false merge is worse than a miss.

Transliterations of one name differ in vowels and in a few consonants ("Aleksandr", "Alexander", "Alyaksandr"), while
different names that share their consonants are short ("Jane", "Jon") or differ in gender ("Petrov", "Petrova").
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

__all__ = ["acronym", "bare_name", "fold", "person_skeleton", "same_person_name"]

# Long forms of legal status and the article say nothing about which organisation it is.
_LEGAL_FORMS = frozenset((
    "ab", "ag", "asa", "bv", "co", "company", "corp", "corporation", "gmbh", "inc", "incorporated", "kk", "llc",
    "llp", "ltd", "limited", "nv", "oao", "ojsc", "oy", "pao", "pjsc", "plc", "pte", "pty", "sa", "sarl", "se",
    "spa", "srl", "zao",
))  # fmt: skip
_SMALL_WORDS = frozenset((
    "a", "an", "and", "at", "by", "for", "in", "of", "on", "the", "to",
))  # fmt: skip
_RESPELLED = (("kh", "h"), ("ph", "f"), ("ck", "k"), ("x", "ks"), ("w", "v"), ("q", "k"), ("j", "i"), ("y", "i"))
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = str.maketrans("", "", "aeiou")

# Skeletons of fewer consonants are shared by different names (mhmd: Muhammad, Mahmoud).
_LONG_SKELETON = 5
_ALIKE = 0.7


@lru_cache(maxsize=1 << 14)  # the same names come again and again
def fold(name: str) -> str:
    """Return a name without case, accents and punctuation.

    >>> fold("José O'Neill-Diaz")
    'jose oneill diaz'
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w\s]", "", re.sub(r"[-\u2010-\u2015/]", " ", plain.casefold())).split())


def bare_name(name: str) -> str:
    """Return an organisation's name folded, without article and legal form.

    >>> bare_name("The Acme Shipping Co. Ltd")
    'acme shipping'
    """
    words = fold(name).split()
    if words[:1] == ["the"]:
        words = words[1:]
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return " ".join(words)


def acronym(name: str) -> str | None:
    """Return the initials of a name of two or more words, None for others.

    >>> acronym("World Health Organization"), acronym("Bank of England")
    ('WHO', 'BE')
    """
    words = [word for word in fold(name).split() if word not in _SMALL_WORDS]
    return "".join(word[0] for word in words).upper() if len(words) > 1 else None


def person_skeleton(name: str) -> tuple[str, ...]:
    """Return the consonants of each word: equal for all names that :func:`same_person_name` may accept."""
    return tuple(_skeleton(word) for word in fold(name).split())


def same_person_name(first: str, second: str) -> bool:
    """Tell whether two full names are spellings of one name.

    >>> same_person_name("Aleksandr Lukashenko", "Alexander Lukashenko")
    True
    >>> same_person_name("Jane Smith", "Jon Smith"), same_person_name("Anna Petrova", "Anna Petrov")
    (False, False)
    """
    a, b = fold(first).split(), fold(second).split()
    if len(a) != len(b) or len(a) < 2:
        return False
    return all(_same_word(x, y, given=i < len(a) - 1) for i, (x, y) in enumerate(zip(a, b, strict=True)))


def _same_word(first: str, second: str, *, given: bool) -> bool:
    if first == second or _respelled(first) == _respelled(second):
        return True
    if given and first.endswith("a") != second.endswith("a"):
        return False  # Alexander, Alexandra
    if first + "a" == second or second + "a" == first:
        return False  # Petrov, Petrova
    skeleton = _skeleton(first)
    if len(skeleton) < _LONG_SKELETON or skeleton != _skeleton(second):
        return False
    first, second = sorted((_respelled(first), _respelled(second)))
    return SequenceMatcher(None, first, second).ratio() >= _ALIKE


def _respelled(word: str) -> str:
    for old, new in _RESPELLED:
        word = word.replace(old, new)
    return _DOUBLED.sub(r"\1", word)


def _skeleton(word: str) -> str:
    respelled = _respelled(word)
    return respelled[:1].translate(_VOWELS) + _DOUBLED.sub(r"\1", respelled[1:].translate(_VOWELS))
