"""The base language model, loaded once for the tests of components that read its parse."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.annotate.pipeline import COMPONENTS, load_pipeline


@pytest.fixture(scope="session")
def model() -> Language:
    return load_pipeline(exclude=COMPONENTS)


@pytest.fixture(scope="session")
def naming() -> Language:
    """The base model with entities and coreference, without what comes after them."""
    return load_pipeline(exclude=[name for name in COMPONENTS if name not in {"kg_entities", "kg_coref"}])
