"""``kg_attribute_ruler``: spaCy's attribute ruler, its patterns looked up instead of matched.

For English models it sets part of speech, morphology and some lemmas from the tag, with a few words as exceptions:
nearly 200 patterns, tried one by one at every token, were a ninth of the time of the whole pipeline. Patterns that
:mod:`kg.annotate.base.rules` does not cover are matched as in spaCy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from spacy.pipeline import AttributeRuler
from spacy.symbols import DEP, LEMMA, MORPH, POS, TAG  # type: ignore[import-not-found]
from spacy.tokens import Doc

from kg.annotate.base.factory import register_equal
from kg.annotate.base.rules import RuleSet, compile_rules

__all__ = ["TableRuler", "make_attribute_ruler"]

_COLUMNS = (POS, MORPH, LEMMA, TAG, DEP)
"""The attributes that can be written by array."""


class TableRuler(AttributeRuler):
    """Changes tokens as spaCy's ``attribute_ruler`` does."""

    _compiled: tuple[RuleSet, _Changes] | None = None
    _stale = True

    def add(self, patterns: Iterable[Any], attrs: dict[str, Any], index: int = 0) -> None:
        """Add the patterns of a rule."""
        super().add(patterns, attrs, index)
        self._stale = True

    def clear(self) -> None:
        """Remove all rules."""
        super().clear()
        self._stale = True

    def __call__(self, doc: Doc) -> Doc:
        """Change the tokens that the rules match, and return the ``Doc``."""
        if self._stale:
            self._compiled, self._stale = self._compile(), False
        if self._compiled is None or not len(doc):
            return super().__call__(doc)
        rules, changes = self._compiled
        try:
            changes.write(doc, rules.matches(doc))
        except Exception as error:
            return self.get_error_handler()(self.name, self, [doc], error)
        return doc

    def _compile(self) -> tuple[RuleSet, _Changes] | None:
        """Return the rules and what they set, None where they are not covered."""
        patterns = [self.matcher.get(str(rank))[1] for rank in range(len(self.attrs))]
        rules = compile_rules(self.vocab, patterns, self.indices)
        if rules is None or not all(set(attrs) <= set(_COLUMNS) for attrs in self.attrs):
            return None
        return rules, _Changes(self.attrs)


class _Changes:
    """What sets of rules set, a row each: the values, and which of them are set at all."""

    def __init__(self, attrs: Sequence[Mapping[int, int]]) -> None:
        self.attrs = attrs
        self.rows: dict[frozenset[int], int] = {}
        self.values = np.zeros((0, len(_COLUMNS)), dtype=np.uint64)
        self.given = np.zeros((0, len(_COLUMNS)), dtype=np.bool_)

    def write(self, doc: Doc, matches: Sequence[frozenset[int]]) -> None:
        """Set the attributes of a ``Doc`` by the ranks of the rules that match each token."""
        for ranks in set(matches).difference(self.rows):
            self._add_row(ranks)
        rows = [self.rows[ranks] for ranks in matches]
        after: Any = np.where(self.given[rows], self.values[rows], doc.to_array(list(_COLUMNS)))
        doc.from_array(list(_COLUMNS), after)

    def _add_row(self, ranks: frozenset[int]) -> None:
        merged: dict[int, int] = {}
        for rank in sorted(ranks):
            merged |= self.attrs[rank]
        self.rows[ranks] = len(self.rows)
        values = np.array([[merged.get(column, 0) for column in _COLUMNS]], dtype=np.uint64)
        self.values = np.concatenate([self.values, values])
        self.given = np.concatenate([self.given, [[column in merged for column in _COLUMNS]]])


make_attribute_ruler = register_equal("kg_attribute_ruler", TableRuler, of="attribute_ruler")
