"""Compute the token vectors of spaCy's ``Tok2Vec`` of hash embeddings and window convolutions, a document at a time.

The same numbers as ``spacy/ml/models/tok2vec.py`` gives (``MultiHashEmbed`` and ``MaxoutWindowEncoder``), in less time:

- The embedding of a word depends on a few of its attributes alone, so it is computed once a word. The first matrix
  product is taken of the embedding tables, not of the words; what is left for a new word are sums.
- Each layer needs the neighbours' rows of the one before, so one strip of rows shrinks by the window at either end, and
  all intermediate results stay in buffers that fit a processor's cache.

No number depends on what else is in a batch: products are taken a document at a time, all else row by row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from thinc.api import NumpyOps

__all__ = ["DocumentEncoder", "TokenEncoder", "is_covered"]

Floats = NDArray[np.float32]
Node = Any
"""A thinc ``Model``, whose array types do not meet numpy's."""

_LAYER = r"maxout>>layernorm>>dropout"
_EMBED = r"ints-getitem>>hashembed"
_BLOCK = rf"residual\(expand_window>>{_LAYER}\)"
_COVERED = re.compile(
    rf"extract_features>>list2ragged>>with_array\({_EMBED}(\|{_EMBED})*\)>>with_array\({_LAYER}\)>>ragged2list"
    rf">>with_array\({_BLOCK}(>>{_BLOCK})*\)"
)
"""The name of a model spells its structure."""

_MAX_WORDS = 1 << 16
"""How many words are remembered; then remembering begins anew, so that memory does not grow with the text."""

_STRIP = 4096
"""Longer documents are computed in strips of so many tokens, so that what is kept to compute in stays small."""

_AT_ONCE = 64
"""New words are embedded so many at a time: their sums are taken over rows that fit the cache."""


class DocumentEncoder:
    """Gives the token vectors of a document by a ``Tok2Vec`` model, whatever its structure."""

    def __init__(self, model: Node) -> None:
        self.model = model
        self._encoder: TokenEncoder | None = None

    def encode(self, doc: Doc) -> Any:
        """Return the vectors, (number of tokens) x (width)."""
        if self._encoder is None or not self._encoder.is_current():
            self._encoder = TokenEncoder(self.model) if is_covered(self.model) else None
        return self.model.predict([doc])[0] if self._encoder is None else self._encoder.encode(doc)


def is_covered(model: Node) -> bool:
    """Say whether a model has the structure that :class:`TokenEncoder` computes, and numpy's numbers."""
    return _COVERED.fullmatch(model.name) is not None and isinstance(model.ops, NumpyOps)


@dataclass(frozen=True, slots=True, eq=False)
class _Layer:
    """A maxout layer with normalised output; the rows of ``weights`` are sorted by piece, not by output."""

    weights: Floats
    bias: Floats
    gain: Floats
    shift: Floats
    pieces: int

    @classmethod
    def of(cls, maxout: Node, norm: Node) -> _Layer:
        weights, bias = maxout.get_param("W"), maxout.get_param("b")
        outputs, pieces, inputs = weights.shape
        return cls(
            np.ascontiguousarray(weights.transpose(1, 0, 2)).reshape(pieces * outputs, inputs),
            np.ascontiguousarray(bias.T).reshape(-1),
            norm.get_param("G"),
            norm.get_param("b"),
            pieces,
        )

    def finish(self, sums: Floats, out: Floats) -> Floats:
        """Write the outputs for inputs that are multiplied by the weights already; ``sums`` is overwritten."""
        sums += self.bias
        width = out.shape[1]
        np.copyto(out, sums[:, :width])
        for piece in range(1, self.pieces):
            np.maximum(out, sums[:, piece * width : (piece + 1) * width], out=out)
        self._normalise(out, scratch=sums.reshape(-1)[: out.size].reshape(out.shape))
        return out

    def _normalise(self, rows: Floats, scratch: Floats) -> None:
        """Normalise each row in place, by the operations of ``thinc/layers/layernorm.py`` in their order."""
        width = np.float32(rows.shape[1])
        rows -= np.add.reduce(rows, axis=1, keepdims=True) / width
        np.multiply(rows, rows, out=scratch)
        variance = np.add.reduce(scratch, axis=1, keepdims=True) / width
        rows *= (variance + np.float32(1e-08)) ** np.float32(-0.5)
        rows *= self.gain
        rows += self.shift


class TokenEncoder:
    """Gives the token vectors of a ``Doc``, (number of tokens) x (width)."""

    def __init__(self, model: Node) -> None:
        self.model = model
        self._params = [(node, name) for node in model.walk() for name in node.param_names]
        self._values = [node.get_param(name) for node, name in self._params]
        embed, encode = (list(model.get_ref(name).walk()) for name in ("embed", "encode"))
        self.embedding = _Embedding(embed)
        self.window: int = _named(encode, "expand_window")[0].attrs["window_size"]
        layers = zip(_named(encode, "maxout"), _named(encode, "layernorm"), strict=True)
        self.layers = [_Layer.of(maxout, norm) for maxout, norm in layers]
        self._buffers = [np.zeros((0, 0), dtype=np.float32)] * 3

    def is_current(self) -> bool:
        """Say whether the model still has the parameters that the encoder was made of."""
        values = [node.get_param(name) for node, name in self._params]
        return all(now is before for now, before in zip(values, self._values, strict=True))

    def encode(self, doc: Doc) -> Floats:
        """Return the vectors of the tokens of a document."""
        margin = self.window * len(self.layers)
        rows = np.zeros((len(doc) + 2 * margin, self.embedding.width), dtype=np.float32)
        if not len(doc):
            return rows[:0]
        rows[margin : margin + len(doc)] = self.embedding.vectors(doc)
        strips = [rows[at : at + _STRIP + 2 * margin].copy() for at in range(0, len(doc), _STRIP)]
        return np.concatenate([self._convolved(strip) for strip in strips])

    def _convolved(self, rows: Floats) -> Floats:
        """Return the outputs of the last layer; ``rows`` is overwritten."""
        for layer in self.layers:
            self._convolve(layer, rows)
            rows = rows[self.window : len(rows) - self.window]
        return rows

    def _convolve(self, layer: _Layer, rows: Floats) -> None:
        """Add to rows what a layer makes of their windows; rows at either end without a whole window stay."""
        span, width = 2 * self.window + 1, rows.shape[1]
        windows = np.lib.stride_tricks.sliding_window_view(rows.reshape(-1), span * width)[::width]
        inputs, sums, outputs = self._buffer(len(windows), (span * width, len(layer.weights), width))
        np.copyto(inputs, windows)
        self.model.ops.gemm(inputs, layer.weights, out=sums, trans2=True)
        rows[self.window : len(rows) - self.window] += layer.finish(sums, outputs)

    def _buffer(self, rows: int, widths: Sequence[int]) -> list[Floats]:
        """Return arrays to compute in; they grow to the longest document or a strip."""
        for i, width in enumerate(widths):
            if len(self._buffers[i]) < rows or self._buffers[i].shape[1] != width:
                self._buffers[i] = np.zeros((rows, width), dtype=np.float32)
        return [buffer[:rows] for buffer in self._buffers]


class _Embedding:
    """The vector of a word by its attributes; known ones are remembered."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.columns = list(_named(nodes, "extract_features")[0].attrs["columns"])
        self.layer = _Layer.of(_named(nodes, "maxout")[0], _named(nodes, "layernorm")[0])
        self.width = len(self.layer.gain)
        self.tables = _named(nodes, "hashembed")
        self._products, self._offsets = self._multiplied()
        self._known: dict[bytes, int] = {}
        self._vectors = np.zeros((1024, self.width), dtype=np.float32)

    def _multiplied(self) -> tuple[Floats, list[int]]:
        """Return the tables, one under the other, times the weights for their part of the input; where each begins."""
        parts, offsets, at = [], [], 0
        for number, table in enumerate(self.tables):
            rows = table.get_param("E")
            weights = self.layer.weights[:, number * rows.shape[1] : (number + 1) * rows.shape[1]]
            parts.append(table.ops.gemm(rows, weights, trans2=True))
            offsets.append(at)
            at += len(rows)
        return np.concatenate(parts), offsets

    def vectors(self, doc: Doc) -> Floats:
        """Return the vectors of the tokens of a document, which is not empty."""
        attributes: Any = doc.to_array(self.columns).reshape(len(doc), len(self.columns))
        keys = np.ascontiguousarray(attributes).view(f"V{attributes.shape[1] * 8}").ravel().tolist()
        if len(self._known) > _MAX_WORDS:
            self._known.clear()
        known = self._known
        new = {key: i for i, key in enumerate(keys) if key not in known}
        if new:
            self._learn(list(new), attributes[list(new.values())])
        return self._vectors[[known[key] for key in keys]]

    def _learn(self, keys: Sequence[bytes], attributes: NDArray[np.uint64]) -> None:
        begin = len(self._known)
        if begin + len(keys) > len(self._vectors):
            room = np.zeros((max(len(self._vectors), len(keys)), self.width), dtype=np.float32)
            self._vectors = np.concatenate([self._vectors, room])
        rows = self._table_rows(attributes)
        for at in range(0, len(keys), _AT_ONCE):
            sums = self._products[rows[at : at + _AT_ONCE]].sum(axis=1)
            self.layer.finish(sums, self._vectors[begin + at : begin + at + len(sums)])
        self._known.update(zip(keys, range(begin, begin + len(keys)), strict=True))

    def _table_rows(self, attributes: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Return which rows of the tables make up each word (``thinc/layers/hashembed.py``)."""
        rows = []
        for table, offset in zip(self.tables, self._offsets, strict=True):
            ids = np.ascontiguousarray(attributes[:, table.attrs["column"]])
            rows.append(table.ops.hash(ids, table.attrs["seed"]) % table.get_dim("nV") + offset)
        found: NDArray[np.int64] = np.concatenate(rows, axis=1).astype(np.int64)
        return found


def _named(nodes: Sequence[Node], name: str) -> list[Node]:
    return [node for node in nodes if node.name == name]
