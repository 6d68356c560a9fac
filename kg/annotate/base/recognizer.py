"""``kg_ner``: spaCy's named entity recogniser, its choices made for all sentences of a batch at once.

spaCy chooses token by token, and its test of which moves are allowed takes and gives back the interpreter's lock for
every move of every token: more than half of the recogniser's time. :mod:`kg.annotate.base.biluo` makes the same choices
with whole arrays. What the arrays do not cover (beams, preset entities, models of another shape) runs as in spaCy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.pipeline.ner import DEFAULT_NER_MODEL  # type: ignore[import-not-found]
from spacy.tokens import Doc, Span
from thinc.api import Model

from kg.annotate.base.biluo import Floats, Ints, MoveTable, find_entities

__all__ = ["ArrayRecognizer", "make_ner"]

_FEATURES = 3
"""What a state looks at: the next token, the first token of the open entity, the token before the next."""

_PRESET = ("ENT_IOB", "ENT_TYPE", "ENT_KB_ID")


@Language.factory(
    "kg_ner",
    assigns=["doc.ents", "token.ent_iob", "token.ent_type"],
    default_config={
        "moves": None,
        "update_with_oracle_cut_size": 100,
        "model": DEFAULT_NER_MODEL,
        "incorrect_spans_key": None,
        "scorer": {"@scorers": "spacy.ner_scorer.v1"},
    },
)
def make_ner(  # noqa: PLR0917 (spaCy passes them by the names of its configuration)
    nlp: Language,
    name: str,
    model: Model[Any, Any],
    moves: Any,
    update_with_oracle_cut_size: int,
    incorrect_spans_key: str | None,
    scorer: Any,
) -> ArrayRecognizer:
    """Make the component; its configuration and its files are those of spaCy's ``ner``."""
    return ArrayRecognizer(
        nlp.vocab,
        model,
        name=name,
        moves=moves,
        update_with_oracle_cut_size=update_with_oracle_cut_size,
        incorrect_spans_key=incorrect_spans_key,
        scorer=scorer,
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """The entities of one ``Doc``: token offsets and label."""

    entities: tuple[tuple[int, int, str], ...]


class ArrayRecognizer(EntityRecognizer):  # type: ignore[misc]
    """Sets ``doc.ents`` as spaCy's ``ner`` does."""

    _table: tuple[int, MoveTable | None] | None = None

    def predict(self, docs: Sequence[Doc] | Doc) -> Any:
        """Return what :meth:`set_annotations` writes: the entities of each ``Doc``, or spaCy's own states."""
        docs = [docs] if isinstance(docs, Doc) else docs
        moves = self._move_table() if self._covered() else None
        if moves is None or not any(map(len, docs)) or any(_has_entities(doc) for doc in docs):
            return super().predict(docs)
        ends, spaces = _sentence_ends(docs), np.concatenate([doc.to_array("IS_SPACE") for doc in docs]) > 0
        found = find_entities(_Scores(self.model, docs), moves, ends=ends, spaces=spaces)
        return _by_doc([(start, end, moves.labels[label]) for start, end, label in found], docs)

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
    """The scores of states, with spaCy's sums in spaCy's order (``spacy/ml/parser_model.pyx``)."""

    def __init__(self, model: Model[Any, Any], docs: Sequence[Doc]) -> None:
        lower = model.get_ref("lower")
        self.upper = model.get_ref("upper")
        self.bias: Any = lower.get_param("b")
        features: NDArray[np.float32] = lower.predict(model.get_ref("tok2vec").predict(docs))
        self.padding, self.features = features[0], features[1:]

    def outside(self) -> Floats:
        return self._scores((self.features[:, 0] + self.padding[1]) + self.padding[2])

    def inside(self, at: Ints, start: Ints) -> Floats:
        return self._scores((self.features[at, 0] + self.features[start, 1]) + self.features[at - 1, 2])

    def _scores(self, sums: Floats) -> Floats:
        hidden = (sums + self.bias).max(axis=2)  # pieces of a maxout layer
        scores: Floats = self.upper.predict(hidden)
        return scores


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
