"""What a transition model (``spacy/ml/tb_framework.py``) computes of the tokens in advance, a document at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from thinc.api import Model

from kg.annotate.base.encoder import DocumentEncoder

__all__ = ["TokenFeatures"]


class TokenFeatures:
    """Gives, for each token and each place in a state, what the token adds to the state's hidden layer there."""

    def __init__(self, model: Model[Any, Any]) -> None:
        self._linear: Any
        self.tok2vec, self.lower = model.get_ref("tok2vec"), model.get_ref("lower")
        names = [layer.name for layer in self.tok2vec.layers]
        self._encoder: DocumentEncoder | None = None
        if names[1:] == ["list2array", "linear"]:
            self._encoder, self._linear = DocumentEncoder(self.tok2vec.layers[0]), self.tok2vec.layers[2]

    def of(self, docs: Sequence[Doc]) -> NDArray[np.float32]:
        """Return (1 + tokens of all documents) x (places) x (outputs) x (pieces); row 0 stands for an empty place."""
        parts: Any = [self.lower.predict(self._vectors(doc)) for doc in docs]
        return parts[0] if len(parts) == 1 else np.concatenate([parts[0], *(part[1:] for part in parts[1:])])

    def _vectors(self, doc: Doc) -> Any:
        if self._encoder is None:
            return self.tok2vec.predict([doc])
        return self._linear.predict(self._encoder.encode(doc))
