"""``kg_tagger``: spaCy's tagger, each document's tags from that document alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from spacy.pipeline import Tagger
from spacy.tokens import Doc

from kg.annotate.base.factory import register_equal

__all__ = ["DocumentTagger", "make_tagger"]


class DocumentTagger(Tagger):  # type: ignore[misc]
    """Sets tags as spaCy's ``tagger`` does."""

    def predict(self, docs: Iterable[Doc]) -> list[Any]:
        """Return the numbers of the tags of each document; a product a document, so that neighbours play no part."""
        guesses: list[Any] = []
        for doc in docs:
            guesses += super().predict([doc])
        return guesses


make_tagger = register_equal("kg_tagger", DocumentTagger, of="tagger")
