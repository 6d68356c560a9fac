"""Compare names as conservatively as merging needs: a false merge is worse than a miss.

Transliterations of one name differ in vowels and in a few consonants ("Aleksandr", "Alexander", "Alyaksandr"), while
different names that share their consonants are short ("Jane", "Jon") or differ in gender ("Petrov", "Petrova"). Short
names are spellings of one ("Yusuf", "Yousef") where rigour's tables say so.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

from kg.fuse.name_tables import legal_forms, name_clusters, names_spelt, titles

__all__ = ["acronym", "bare_name", "bare_person", "fold", "legal_form", "person_keys", "same_person_name"]

# Forms of several classes of companies, or of one that differs from country to country.
_ANY_FORM = frozenset({"ab", "asa", "co", "company", "corp", "corporation", "kk", "ojsc", "pte", "pty"})
_LONGEST_FORM = 5
"""Words of the longest legal form that is looked for."""
_SMALL_WORDS = frozenset((
    "a", "an", "and", "at", "by", "for", "in", "of", "on", "the", "to",
))  # fmt: skip
_RESPELLED = (("kh", "h"), ("ph", "f"), ("ck", "k"), ("x", "ks"), ("w", "v"), ("q", "k"), ("j", "i"), ("y", "i"))
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = str.maketrans("", "", "aeiou")

# Skeletons of fewer consonants are shared by different names (mhmd: Muhammad, Mahmoud).
_LONG_SKELETON = 5
_ALIKE = 0.7
# Shorter words are spellings of many names: Lee, Li.
_LONG_GIVEN, _LONG_SURNAME = 4, 5


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
    return " ".join(_without_form(name)[0])


def legal_form(name: str) -> frozenset[str]:
    """Return the classes of companies that an organisation's legal forms stand for, none where they tell none.

    >>> legal_form("Acme Shipping GmbH") == legal_form("Acme Shipping LLC"), sorted(legal_form("Acme Shipping"))
    (True, [])
    """
    return frozenset(word for form in _without_form(name)[1] for word in legal_forms().get(form, "").split())


def _without_form(name: str) -> tuple[list[str], list[str]]:
    """Return the words of a name without article and legal forms, and these; a name is never only a form."""
    words, found = fold(name).split(), []
    if words[:1] == ["the"]:
        words = words[1:]
    while form := _form_at_an_end(words):
        found.append(" ".join(form))
        words = words[: -len(form)] if words[-len(form) :] == form else words[len(form) :]
    return words, found


def _form_at_an_end(words: list[str]) -> list[str]:
    """Return the longest legal form at the end of a name, or one of several words at its beginning; empty for none."""
    for size in range(min(_LONGEST_FORM, len(words) - 1), 0, -1):
        ends = (words[-size:], words[:size]) if size > 1 else (words[-1:],)
        for end in ends:
            if " ".join(end) in legal_forms() or " ".join(end) in _ANY_FORM:
                return end
    return []


def acronym(name: str) -> str | None:
    """Return the initials of a name of two or more words, None for others.

    >>> acronym("World Health Organization"), acronym("Bank of England")
    ('WHO', 'BE')
    """
    words = [word for word in fold(name).split() if word not in _SMALL_WORDS]
    return "".join(word[0] for word in words).upper() if len(words) > 1 else None


def bare_person(name: str) -> str:
    """Return a person's full name without titles before it; "King Harald" keeps his, as it is no surname that follows.

    >>> bare_person("Dr. Ada Ferry"), bare_person("Field Marshal Bo Ferry"), bare_person("King Harald")
    ('Ada Ferry', 'Bo Ferry', 'King Harald')
    """
    words = name.split()
    while size := next((n for n in (2, 1) if len(words) > n + 1 and fold(" ".join(words[:n])) in titles()), 0):
        words = words[size:]
    return " ".join(words)


def person_keys(name: str) -> tuple[str, str]:
    """Return two keys of a full name, of which all names that :func:`same_person_name` may accept share one.

    The first are the consonants of each word, the second what stands for all spellings of each word.
    """
    words = fold(name).split()
    clusters = name_clusters()
    return " ".join(map(_skeleton, words)), " ".join(clusters.get(word) or _skeleton(word) for word in words)


def same_person_name(first: str, second: str) -> bool:
    """Tell whether two full names are spellings of one name.

    >>> same_person_name("Aleksandr Lukashenko", "Alexander Lukashenko")
    True
    >>> same_person_name("Yusuf Demir", "Yousef Demir"), same_person_name("Mamadou Diallo", "Mohamed Diallo")
    (True, False)
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
    if not _spelt_alike(first, second, given=given):
        return False
    first, second = sorted((_respelled(first), _respelled(second)))
    return SequenceMatcher(None, first, second).ratio() >= _ALIKE


def _spelt_alike(first: str, second: str, *, given: bool) -> bool:
    """Tell whether two words may be spellings of one name: they share many consonants, or a line of the table."""
    skeleton = _skeleton(first)
    if len(skeleton) >= _LONG_SKELETON and skeleton == _skeleton(second):
        return True
    long = min(len(first), len(second)) >= (_LONG_GIVEN if given else _LONG_SURNAME)
    spelt = names_spelt()
    return long and not spelt.get(first, frozenset()).isdisjoint(spelt.get(second, ()))


def _respelled(word: str) -> str:
    for old, new in _RESPELLED:
        word = word.replace(old, new)
    return _DOUBLED.sub(r"\1", word)


def _skeleton(word: str) -> str:
    respelled = _respelled(word)
    return respelled[:1].translate(_VOWELS) + _DOUBLED.sub(r"\1", respelled[1:].translate(_VOWELS))
