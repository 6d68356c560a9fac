"""Tell names from common words in headlines in title case, so that the parser reads "Opposition Wins" as a sentence.

The parser takes capitals for names. Only the words that it reads are changed; offsets and quotes are those of the text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from weakref import WeakKeyDictionary

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.language import Language

from kg.annotate.names.gazetteer import cities_named, load_gazetteer
from kg.annotate.names.nouns import gender_of_name, noun_classes
from kg.annotate.names.nouns import words as list_of
from kg.annotate.names.types import keyword_class

__all__ = ["HEADLINES", "Casing", "is_title_cased"]

HEADLINES = "kg_headlines"
"""Key of ``doc.user_data``: the first tokens of headlines whose case was changed."""

_LEAST = 4
_SHARE = 0.9
_LARGE = 300
_BODIES = frozenset({"kg:GovernmentBody", "kg:PoliticalParty", "schema:Corporation"})
_ENDINGS = (("ies", "y"), ("es", "e"), ("es", ""), ("s", ""), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", ""))
_common_of: WeakKeyDictionary[Language, frozenset[str]] = WeakKeyDictionary()


def is_title_cased(words: Sequence[str]) -> bool:
    """Tell whether words are a headline in title case: four that mean something or more, hardly one in lower case."""
    if words and words[-1] == ".":
        return False
    long = [w for w in words if len(w) > 2 and w.isalpha() and w.lower() not in STOP_WORDS]
    capital = sum(w[0].isupper() and not w.isupper() for w in long)
    return len(long) >= _LEAST and capital >= _SHARE * len(long)


class Casing:
    """Knows which words of one document are names, from its text in the usual case and from reference data.

    Args:
        nlp: For its tables of common words; without them only words that the text has in lower case are changed.
        tokens: The words of the document's sentences, in order.
    """

    def __init__(self, nlp: Language, tokens: Iterable[Sequence[str]]) -> None:
        self._common = _common_words(nlp)
        self._lower: set[str] = set()
        self._names: set[str] = set()
        for words in tokens:
            if not is_title_cased(words):
                self._lower.update(w for w in words if w.islower())
                self._names.update(w for before, w in pairwise(words) if _is_inner(before, w))

    def lowered(self, words: Sequence[str]) -> list[str]:
        """Return the words of a headline with the common ones but the first in lower case."""
        known = _known_names(words)
        return [w if i == 0 or i in known or not self._is_common(words, i) else w.lower() for i, w in enumerate(words)]

    def _is_common(self, words: Sequence[str], i: int) -> bool:
        word, lower = words[i], words[i].lower()
        if not word.isalpha() or word.isupper() or len(word) < 2 or lower in list_of("month_day"):
            return False
        if lower in self._lower or lower in STOP_WORDS:
            return True
        named = word in self._names or bool(gender_of_name(word)) or _is_city(word)
        follows_given = bool(gender_of_name(words[i - 1])) and words[i - 1] not in self._lower
        return not named and not follows_given and self._listed(lower)

    def _listed(self, lower: str) -> bool:
        if lower in self._common or noun_classes(lower):
            return True
        stems = (lower.removesuffix(ending) + rest for ending, rest in _ENDINGS if lower.endswith(ending))
        return any(len(stem) > 2 and stem in self._common for stem in stems)


def _is_city(word: str) -> bool:
    cities = cities_named(word)
    return bool(cities) and cities[0].thousands >= _LARGE


def _is_inner(before: str, word: str) -> bool:
    """Tell a capitalised word that begins no sentence."""
    return word[0].isupper() and word[1:].islower() and (before[-1].isalnum() or before == ",")


def _known_names(words: Sequence[str]) -> Collection[int]:
    """Return the positions that names of the reference data, or of bodies with a keyword, cover."""
    surfaces = load_gazetteer()
    tables = (surfaces.names, surfaces.adjectives, surfaces.people, surfaces.capitals, surfaces.seats)
    found: set[int] = set()
    for i in range(len(words)):
        for j in range(min(len(words), i + 5), i, -1):
            text = " ".join(words[i:j])
            if any(text in table for table in tables):
                found.update(range(i, j))
                break
        if i and keyword_class(words[i]) in _BODIES and words[i - 1][0].isupper():
            found.update((i - 1, i))
    return found


def _common_words(nlp: Language) -> frozenset[str]:
    """Return the common words that the pipeline's lemmatizer knows, read once."""
    found = _common_of.get(nlp)
    if found is None:
        found = _common_of[nlp] = _index(nlp)
    return found


def _index(nlp: Language) -> frozenset[str]:
    if not nlp.has_pipe("lemmatizer"):
        return frozenset()
    lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)
    if lookups is None or not lookups.has_table("lemma_index"):
        return frozenset()
    return frozenset(word for listed in lookups.get_table("lemma_index").values() for word in listed)
