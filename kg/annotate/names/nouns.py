"""What common nouns and given names tell: persons, offices, groups, countries; he or she.

The lists are general English, read from ``kg/annotate/data``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

from kg.annotate.tables import read_table

__all__ = [
    "gender_of_name",
    "gender_of_person",
    "gender_of_title",
    "is_given_name",
    "is_human_noun",
    "is_monarchy",
    "noun_classes",
    "words",
]

_HUMAN = frozenset({"leader", "office", "person"})
_FEMININE_SURNAMES = ("ova", "eva", "skaya", "skaia", "ová", "ovna", "evna", "dottir", "dóttir")
_MASCULINE_SURNAMES = ("ovich", "evich", "ov", "ev", "sky", "skiy", "skyi", "skyy")


@cache
def words(name: str) -> frozenset[str]:
    """Return a list of ``words.tsv``.

    Raises:
        KeyError: There is no list of that name.
    """
    return _word_lists()[name]


@cache
def _word_lists() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(listed.split()) for name, listed in read_table("words.tsv")}


@cache
def _classes() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, listed in read_table("nouns.tsv"):
        for word in listed.split():
            found.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


def noun_classes(lemma: str) -> frozenset[str]:
    """Return what a noun may name, by its lower-case lemma: ``leader``, ``person``, ``country`` …; empty if unknown.

    A compound with a hyphen counts as its last part ("vice-president").
    """
    return _classes().get(lemma) or _classes().get(lemma.rpartition("-")[2], frozenset())


@cache
def _person_nouns() -> frozenset[str]:
    listed = {noun for _, nouns in read_table("wordnet_nouns.tsv") for noun in nouns.split()}
    return frozenset(listed - _classes().keys() - words("firm_nouns"))


def is_human_noun(lemma: str) -> bool:
    """Tell whether a noun names persons by what they are, by its lower-case lemma; rare ones count, too.

    Names are read by :func:`noun_classes` alone, since many of the rare nouns are surnames ("cook", "potter").
    """
    return bool(noun_classes(lemma) & _HUMAN) or lemma in _person_nouns()


@cache
def _given_names() -> Mapping[str, str]:
    return {name: gender for gender, names in read_table("given_names.tsv") for name in names.split()}


@cache
def _gendered_names() -> Mapping[str, str]:
    return {name: gender for gender, names in read_table("gendered_names.tsv") for name in names.split()}


def gender_of_name(name: str) -> str:
    """Return ``"m"`` or ``"f"`` for a name whose common given name or Slavic feminine surname tells, else ``""``."""
    parts = name.split() or [""]
    if gender := _given_names().get(parts[0], "") or _given_names().get(_unaccented(parts[0]), ""):
        return gender
    return "f" if parts[-1].endswith(_FEMININE_SURNAMES) else ""


def is_given_name(word: str) -> bool:
    """Tell whether a word is a given name of women or of men, common or rare."""
    return word in _given_names() or word in _gendered_names()


def gender_of_person(name: str) -> str:
    """Return ``"m"`` or ``"f"`` for a person's name, by rarer given names and surnames too, else ``""``."""
    parts = name.split() or [""]
    if gender := gender_of_name(name):
        return gender
    given = _gendered_names().get(parts[0], "") if len(parts) > 1 and parts[0] not in words("EitherGender") else ""
    return given or ("m" if parts[-1].endswith(_MASCULINE_SURNAMES) else "")


def _unaccented(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def gender_of_title(word: str) -> str:
    """Return ``"m"`` or ``"f"`` for a title or noun that tells ("Mrs", "king", "spokeswoman"), else ``""``."""
    if word.lower() in words("female"):
        return "f"
    return "m" if word.lower() in words("male") else ""


def is_monarchy(code: str) -> bool:
    """Tell whether "the kingdom" may mean the country of that code."""
    return code in words("monarchy_codes")
