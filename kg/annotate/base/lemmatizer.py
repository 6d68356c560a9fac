"""``kg_lemmatizer``: spaCy's English lemmatizer, each form lemmatised once.

By rule, the lemma follows from word, part of speech and morphology alone. spaCy remembers what its tables gave, but
asks each token for all three and works out again which forms are base forms; by array that is a look-up. And it looks
for a new form in lists of tens of thousands of words, which took a tenth of a millisecond a form.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.lang.en import English
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.lookups import Lookups
from spacy.tokens import Doc

from kg.annotate.base.factory import register_equal

__all__ = ["RememberingLemmatizer", "make_lemmatizer"]

_MAX_FORMS = 1 << 17
"""How many forms are remembered; then remembering begins anew, so that memory does not grow with the text."""


class _WordList(list[str]):
    """A list that knows its words: still a list for spaCy's files."""

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__(words)
        self._set = frozenset(self)

    def __contains__(self, word: object) -> bool:
        return word in self._set


class RememberingLemmatizer(EnglishLemmatizer):
    """Sets lemmas as spaCy's ``lemmatizer`` does."""

    _known: dict[tuple[int, int, int], str] | None = None
    _indexed: Lookups | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemmas of a ``Doc`` that are not set yet, and return it."""
        columns: Any = doc.to_array(["ORTH", "POS", "MORPH", "LEMMA"])
        if self.mode != "rule" or not self._validated or not len(doc) or not columns[:, 1].all():
            return super().__call__(doc)
        if self._indexed is not self.lookups:
            self._index()
        try:
            self._set_lemmas(doc, columns)
        except Exception as error:
            return self.get_error_handler()(self.name, self, [doc], error)
        return doc

    def _index(self) -> None:
        """Make the lists of known words quick to search, and forget what other tables gave."""
        table = self.lookups.get_table("lemma_index", {})
        for key, words in list(table.items()):
            table[key] = _WordList(words)
        self._indexed, self._known = self.lookups, None

    def _set_lemmas(self, doc: Doc, columns: NDArray[np.uint64]) -> None:
        lemmas: Any = columns[:, 3].copy()
        wanted = np.arange(len(doc)) if self.overwrite else np.flatnonzero(lemmas == 0)
        known = self._known if self._known is not None and len(self._known) < _MAX_FORMS else {}
        self._known = known
        for i, form in zip(wanted.tolist(), map(tuple, columns[wanted, :3].tolist()), strict=True):
            lemma = known.get(form)
            if lemma is None:
                lemma = known[form] = self.lemmatize(doc[i])[0]
            # the string is added each time: spaCy forgets those of a memory zone at its end
            lemmas[i] = doc.vocab.strings.add(lemma)
        doc.from_array("LEMMA", lemmas)


make_lemmatizer = register_equal("kg_lemmatizer", RememberingLemmatizer, of="lemmatizer", language=English)
