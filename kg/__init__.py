"""kg: a knowledge graph from news text in which every triple is accountable.

    >>> import kg
    >>> graph = kg.build("seeds/")            # doctest: +SKIP
    >>> graph = kg.open("kg-graph")           # doctest: +SKIP

Importing this package loads no model, no RDF library and no data; each name below is loaded when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.annotate.pipeline import load_pipeline
    from kg.builder import BuildReport
    from kg.config import Settings
    from kg.errors import KGError
    from kg.graph import Graph, build
    from kg.graph import open_graph as open  # noqa: A004 (reads as kg.open)
    from kg.remote import open_endpoint

__all__ = [
    "BuildReport",
    "Graph",
    "KGError",
    "Settings",
    "__version__",
    "build",
    "load_pipeline",
    "open",
    "open_endpoint",
]

__version__ = "0.1.0"

_PLACES = {
    "BuildReport": ("kg.builder", "BuildReport"),
    "Graph": ("kg.graph", "Graph"),
    "KGError": ("kg.errors", "KGError"),
    "Settings": ("kg.config", "Settings"),
    "build": ("kg.graph", "build"),
    "load_pipeline": ("kg.annotate.pipeline", "load_pipeline"),
    "open": ("kg.graph", "open_graph"),
    "open_endpoint": ("kg.remote", "open_endpoint"),
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used (PEP 562)."""
    if name not in _PLACES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    module, attribute = _PLACES[name]
    value = getattr(importlib.import_module(module), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
