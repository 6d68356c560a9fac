"""``kg_ner``: spaCy's named entity recogniser, its choices made for all sentences of a batch at once.

spaCy chooses token by token, and its test of which moves are allowed takes and gives back the interpreter's lock for
every move of every token: more than half of the recogniser's time. :mod:`kg.annotate.base.biluo` makes the same choices
with whole arrays. What the arrays do not cover (beams, preset entities, models of another shape) runs as in spaCy.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span
from thinc.api import Model

from kg.annotate.base.biluo import Floats, Ints, MoveTable, find_entities
from kg.annotate.base.factory import register_equal
from kg.annotate.base.features import TokenFeatures

__all__ = ["ArrayRecognizer", "make_ner"]

_FEATURES = 3
"""What a state looks at: the next token, the first token of the open entity, the token before the next."""

_PRESET = ("ENT_IOB", "ENT_TYPE", "ENT_KB_ID")


@dataclass(frozen=True, slots=True)
class _Found:
    """The entities of one ``Doc``: token offsets and label."""

    entities: tuple[tuple[int, int, str], ...]


class ArrayRecognizer(EntityRecognizer):  # type: ignore[misc]
    """Sets ``doc.ents`` as spaCy's ``ner`` does."""

    _table: tuple[int, MoveTable | None] | None = None
    _features: TokenFeatures | None = None

    def predict(self, docs: Sequence[Doc] | Doc) -> Any:
        """Return what :meth:`set_annotations` writes: the entities of each ``Doc``, or spaCy's own states."""
        docs = [docs] if isinstance(docs, Doc) else docs
        moves = self._move_table() if self._covered() else None
        if moves is None or not any(map(len, docs)) or any(_has_entities(doc) for doc in docs):
            return self._predict_as_spacy(docs)
        self._features = self._features or TokenFeatures(self.model)
        scores = _Scores(self.model, self._features.of(docs), [len(doc) for doc in docs])
        ends, spaces = _sentence_ends(docs), np.concatenate([doc.to_array("IS_SPACE") for doc in docs]) > 0
        found = find_entities(scores, moves, ends=ends, spaces=spaces)
        return _by_doc([(start, end, moves.labels[label]) for start, end, label in found], docs)

    def _predict_as_spacy(self, docs: Sequence[Doc]) -> list[Any]:
        """Return spaCy's states, each document's from that document alone."""
        states: list[Any] = []
        for doc in docs:
            states += super().predict([doc])
        return states

    def set_annotations(self, docs: Sequence[Doc], states_or_beams: Sequence[Any]) -> None:
        """Write the entities."""
        if not all(isinstance(found, _Found) for found in states_or_beams):
            super().set_annotations(docs, states_or_beams)
            return
        for doc, found in zip(docs, states_or_beams, strict=True):
            doc.set_ents([Span(doc, start, end, label=label) for start, end, label in found.entities])

    def _covered(self) -> bool:
        """Say whether the model has the shape that the arrays cover."""
        lower, attrs = self.model.get_ref("lower"), self.model.attrs
        plain = attrs["has_upper"] and not attrs["unseen_classes"] and self.cfg["beam_width"] == 1
        return bool(plain and lower.get_dim("nF") == _FEATURES and lower.ops.device_type == "cpu")

    def _move_table(self) -> MoveTable | None:
        """Return what the model's classes mean; read again when labels were added."""
        number = self.moves.n_moves
        if self._table is None or self._table[0] != number:
            self._table = (number, MoveTable.from_names([self.moves.get_class_name(i) for i in range(number)]))
        return self._table[1]


class _Scores:
    """The scores of states, with spaCy's sums in spaCy's order (``spacy/ml/parser_model.pyx``).

    No score depends on what else is scored: products are taken a document at a time, or else row by row.
    """

    def __init__(self, model: Model[Any, Any], features: NDArray[np.float32], lengths: Sequence[int]) -> None:
        self.bias: Any = model.get_ref("lower").get_param("b")
        self.upper = model.get_ref("upper")
        self.weights: Any = self.upper.get_param("W")
        self.shift: Any = self.upper.get_param("b")
        self.padding, self.features = features[0], features[1:]
        self.splits = np.cumsum(lengths)[:-1]

    def outside(self) -> Floats:
        hidden = self._hidden((self.features[:, 0] + self.padding[1]) + self.padding[2])
        scores: Any = [self.upper.predict(part) for part in np.split(hidden, self.splits)]
        return np.concatenate(scores)

    def inside(self, at: Ints, start: Ints, moves: Ints) -> Floats:
        hidden = self._hidden((self.features[at, 0] + self.features[start, 1]) + self.features[at - 1, 2])
        scores: Floats = (hidden * self.weights[moves]).sum(axis=1) + self.shift[moves]
        return scores

    def _hidden(self, sums: Floats) -> Floats:
        pieces = sums + self.bias
        # several times as fast as the largest along an axis of two
        hidden: Floats = functools.reduce(np.maximum, (pieces[:, :, i] for i in range(pieces.shape[2])))
        return hidden


def _has_entities(doc: Doc) -> bool:
    return bool(doc.to_array(list(_PRESET)).any())


def _sentence_ends(docs: Sequence[Doc]) -> NDArray[np.bool_]:
    """Mark the last token of each sentence in the tokens of all documents."""
    starts = np.concatenate([doc.to_array("SENT_START") == 1 for doc in docs])
    firsts = np.cumsum([len(doc) for doc in docs if len(doc)])[:-1]
    starts[firsts] = True
    return np.append(starts[1:], True)


def _by_doc(found: Sequence[tuple[int, int, str]], docs: Sequence[Doc]) -> list[_Found]:
    """Deal out entities, given with offsets in the tokens of all documents and in text order."""
    dealt: list[_Found] = []
    at, begin = 0, 0
    for doc in docs:
        end, first = begin + len(doc), at
        while at < len(found) and found[at][0] < end:
            at += 1
        dealt.append(_Found(tuple((s - begin, e - begin, label) for s, e, label in found[first:at])))
        begin = end
    return dealt


make_ner = register_equal("kg_ner", ArrayRecognizer, of="ner")
