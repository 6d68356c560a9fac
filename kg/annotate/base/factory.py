"""Register components that stand for spaCy's: under a name of ours, with the configuration of theirs."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable
from typing import Any

from spacy.language import Language
from spacy.util import registry

__all__ = ["register_equal"]


def register_equal(
    name: str, component: Callable[..., Any], *, of: str, language: type[Language] = Language
) -> Callable[..., Any]:
    """Register a factory with the arguments, defaults and declarations of one of spaCy's, and return it.

    Args:
        name: Of the new factory.
        component: Called with the arguments that spaCy passes to the class of its own component.
        of: The name of spaCy's factory.
        language: The class of languages for which that stands.
    """
    if not language.has_factory(of):  # since 3.8.8 they are registered when a pipeline is first made
        importlib.import_module("spacy.pipeline.factories").register_factories()
    meta = language.get_factory_meta(of)

    @functools.wraps(registry.get("factories", language.get_factory_name(of)), assigned=())
    def make(nlp: Language, name: str, **config: Any) -> Any:
        return component(vocab=nlp.vocab, name=name, **config)

    make.__qualname__ = make.__name__ = f"make_{name}"
    factory: Callable[..., Any] = language.factory(
        name,
        default_config=meta.default_config or {},
        assigns=meta.assigns,
        requires=meta.requires,
        retokenizes=meta.retokenizes,
        default_score_weights=meta.default_score_weights or {},
    )(make)
    return factory
