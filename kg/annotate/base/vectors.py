"""``kg_tok2vec``: spaCy's shared token vectors, each document's from that document alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from spacy.pipeline import Tok2Vec
from spacy.tokens import Doc

from kg.annotate.base.encoder import DocumentEncoder
from kg.annotate.base.factory import register_equal

__all__ = ["DocumentVectors", "make_tok2vec"]


class DocumentVectors(Tok2Vec):
    """Sets ``doc.tensor`` as spaCy's ``tok2vec`` does."""

    _encoder: DocumentEncoder | None = None

    def predict(self, docs: Iterable[Doc]) -> list[Any]:
        """Return the vectors of the tokens of each document."""
        self._encoder = self._encoder or DocumentEncoder(self.model)
        return [self._encoder.encode(doc) for doc in docs]


make_tok2vec = register_equal("kg_tok2vec", DocumentVectors, of="tok2vec")
