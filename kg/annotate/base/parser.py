"""``kg_parser``: spaCy's dependency parser, several documents a step, each parsed as if it were alone.

Parsing documents side by side saves a third of the parser's time, but the products of a batch can differ in the last
bits from those of one document. So what is computed in advance for the tokens is computed a document at a time; and
the one product that is taken of the states of several documents together, that of a step, is tried out first. If on
this processor it gives every state what the state alone would give, in each place of each number of states, documents
share steps; else they are parsed one by one.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from spacy.ml import tb_framework
from spacy.pipeline import DependencyParser
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps

from kg.annotate.base.factory import register_equal
from kg.annotate.base.features import TokenFeatures

__all__ = ["DocumentParser", "make_parser", "rows_are_independent"]

_MAX_DOCS = 32
"""Documents a step; more save little."""

_MAX_TOKENS = 16_000
"""Tokens of the documents that share steps; what is computed of them in advance takes 4 KB a token."""


class DocumentParser(DependencyParser):  # type: ignore[misc]
    """Parses as spaCy's ``parser`` does."""

    model: Model[Any, Any]
    _features: TokenFeatures | None = None

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 256) -> Iterator[Doc]:
        """Parse a stream of documents; spaCy's ``pipe`` shares steps among a quarter of a batch only."""
        yield from super().pipe(docs, batch_size=4 * batch_size)

    def greedy_parse(self, docs: Sequence[Doc], drop: float = 0.0) -> list[Any]:
        """Return the final states of the documents."""
        self._ensure_labels_are_added(docs)
        groups = _grouped(docs) if self._may_share_steps() else ([doc] for doc in docs)
        states: list[Any] = []
        for group in groups:
            states += self._parse(group, drop)
        return states

    def _may_share_steps(self) -> bool:
        model = self.model
        if not model.attrs["has_upper"] or model.attrs["unseen_classes"] or not isinstance(model.ops, NumpyOps):
            return False
        upper = model.get_ref("upper")
        return rows_are_independent(upper.get_dim("nI"), upper.get_dim("nO"))

    def _parse(self, docs: Sequence[Doc], drop: float) -> list[Any]:
        """Run spaCy's parser; for several documents on a model that knows the products for their tokens already."""
        if not any(map(len, docs)):
            return list(self.moves.init_batch(docs))
        model = self.model
        self._features = self._features or TokenFeatures(model)
        self.model = _with_features(model, self._features.of(docs))
        try:
            states: list[Any] = super().greedy_parse(docs, drop)
        finally:
            self.model = model
        return states


def _grouped(docs: Iterable[Doc]) -> Iterator[list[Doc]]:
    """Yield the documents that share steps, in order."""
    group: list[Doc] = []
    tokens = 0
    for doc in docs:
        if group and (len(group) == _MAX_DOCS or tokens + len(doc) > _MAX_TOKENS):
            yield group
            group, tokens = [], 0
        group.append(doc)
        tokens += len(doc)
    if group:
        yield group


def _with_features(model: Model[Any, Any], features: Any) -> Model[Any, Any]:
    """Return a transition model that gives the features of its tokens without computing anything."""
    lower = model.get_ref("lower")
    dims = {name: lower.maybe_get_dim(name) for name in lower.dim_names}
    vectors = np.zeros((len(features) - 1, lower.get_dim("nI")), dtype=np.float32)  # only their width is looked at
    layers: list[Model[Any, Any]] = [
        Model("vectors", lambda _, docs, is_train: (vectors, None)),
        Model("features", lambda _, vectors, is_train: (features, None), dims=dims, params={"b": lower.get_param("b")}),
        model.get_ref("upper"),
    ]
    return Model("parser_model", tb_framework.forward, layers=layers, attrs=model.attrs)


@functools.cache
def rows_are_independent(inputs: int, outputs: int, *, rows: int = _MAX_DOCS) -> bool:
    """Say whether the product of a step gives each of up to ``rows`` states the same bits in company as alone.

    Which kernels BLIS runs follows from the shapes and the processor, not from the numbers, so trying each shape with
    any numbers settles it.

    Args:
        inputs: The width of the hidden layer.
        outputs: The number of moves.
        rows: States at most.
    """
    chance, ops = np.random.default_rng(0), NumpyOps()  # the steps run on BLIS whatever the model's own ops
    states: Any = chance.standard_normal((rows, inputs), dtype=np.float32)
    weights: Any = chance.standard_normal((outputs, inputs), dtype=np.float32)
    alone = np.concatenate([ops.gemm(states[i : i + 1], weights, trans2=True) for i in range(rows)])
    return all(np.array_equal(ops.gemm(states[:n], weights, trans2=True), alone[:n]) for n in range(2, rows + 1))


make_parser = register_equal("kg_parser", DocumentParser, of="parser")
