"""Placeholder until its owner replaces it: spaCy loads every entry point, so all of them must exist from the start."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.layers import declare_extensions

__all__ = ["make_factuality"]


def _unchanged(doc: Doc) -> Doc:
    return doc


@Language.factory("kg_factuality")
def make_factuality(nlp: Language, name: str) -> object:
    """Return a component that changes nothing."""
    declare_extensions()
    return _unchanged
