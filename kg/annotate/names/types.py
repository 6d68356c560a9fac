"""The class of a proper name, from its words: ministries, parties, papers, treaties, exercises, weapons.

Keywords are data (``kg/annotate/data/name_words.tsv``); shapes such as ``Su-30`` or ``Zapad-2021`` are patterns here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from kg.annotate.names.nouns import words
from kg.annotate.tables import read_table

__all__ = ["MISTAKABLE", "is_name_head", "is_product", "is_yearly_event", "keyword_class", "type_of_name"]

MISTAKABLE = frozenset({"schema:Organization", "schema:Place", "schema:City", "kg:Product", "schema:CreativeWork"})
"""What spaCy takes persons for."""

_PRODUCT = re.compile(r"(?!COVID|Covid|G-\d|U-\d|[A-Z]-\d$)[A-Z][A-Za-z]{0,4}-\d{1,3}[A-Z]{0,3}\d{0,2}s?")
_PRODUCT_LETTER = re.compile(r"[A-Z]-\d{2,3}[A-Z]{0,3}s?")
_YEARLY = re.compile(r"[A-Z][a-z]{2,}-(?:19|20)\d\d")
_BY_LABEL = {
    "PERSON": "schema:Person",
    "ORG": "schema:Organization",
    "GPE": "schema:Place",
    "LOC": "schema:Place",
    "FAC": "schema:Place",
    "NORP": "kg:Group",
    "EVENT": "kg:NamedEvent",
    "LAW": "schema:Organization",  # a law says so: "Act", "Bill"; spaCy gives the label to any odd name
    "WORK_OF_ART": "schema:CreativeWork",
    "PRODUCT": "kg:Product",
}
_KEYWORDS_ONLY_FOR = frozenset({"ORG", "EVENT", "LAW", "FAC", "LOC", "WORK_OF_ART", "PRODUCT", ""})


@cache
def _keywords() -> Mapping[str, tuple[str, str]]:
    """Return class and place ("head" or "last") of each keyword; the first line that lists a word decides."""
    found: dict[str, tuple[str, str]] = {}
    for kind, where, listed in read_table("name_words.tsv"):
        for word in listed.split():
            found.setdefault(word, (kind, where))
    return found


def keyword_class(word: str) -> str:
    """Return the class that a capitalised keyword gives to the name it stands in, ``""`` if it is none."""
    return _keywords().get(word, ("", ""))[0]


def is_name_head(word: str) -> bool:
    """Tell whether a name may go on behind this keyword ("Ministry of Defence", "Treaty on ...")."""
    return _keywords().get(word, ("", ""))[1] == "head"


def is_product(word: str) -> bool:
    """Tell whether a word is the designation of a weapon or machine.

    >>> [is_product(w) for w in ("Su-30SM", "S-400", "F-16s", "COVID-19", "G-20", "Zapad-2021")]
    [True, True, True, False, False, False]
    """
    if word.startswith(("G-", "COVID", "Covid")):
        return False
    return bool(_PRODUCT.fullmatch(word) or _PRODUCT_LETTER.fullmatch(word))


def is_yearly_event(word: str) -> bool:
    """Tell whether a word is a name with its year, as exercises and games bear it.

    >>> is_yearly_event("Zapad-2021"), is_yearly_event("Su-30")
    (True, False)
    """
    return bool(_YEARLY.fullmatch(word))


def type_of_name(parts: Sequence[str], label: str) -> str:
    """Return the class of a name from its words and spaCy's label (``""`` for a name that spaCy did not find)."""
    if label in _KEYWORDS_ONLY_FOR and (found := _by_keywords(parts)):
        return found
    return _BY_LABEL.get(label, "schema:Organization")


def _by_keywords(parts: Sequence[str]) -> str:
    """Return the class that the keywords give: what stands before "of" decides, else the last word."""
    head = list(parts)
    for i, part in enumerate(parts):
        if i and part.islower() and part in words("name_connectors") and part != "and":
            head = list(parts[:i])
            break
    for part in reversed(head):
        kind, where = _keywords().get(part, ("", ""))
        if kind and (where == "head" or part == head[-1]):
            return kind
    return ""
