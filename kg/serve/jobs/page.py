"""What the web page asks for: its first data, what surrounds an entity, sentences, entities by name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.graph import Graph
from kg.lexicon import load_lexicon
from kg.page.bundle import page_title
from kg.page.data import PageReader
from kg.page.html import data_json
from kg.serve.http.media import JSON
from kg.serve.jobs.context import Context
from kg.serve.workers.output import Output
from kg.show.entities import list_entities

__all__ = ["data", "search", "sentences", "surroundings", "write_data"]

_MOST = 2000
"""Entities that a served page begins with; the others are loaded when they are asked for."""


def data(context: Context, out: Output) -> str:
    """Write what a page begins with."""
    return _write(out, _first(context.graph))


def write_data(graph: Graph, path: Path) -> None:
    """Write what a page begins with into a file."""
    path.write_text(data_json(_first(graph)), encoding="utf-8")


def surroundings(context: Context, out: Output, *, entity: str) -> str:
    """Write an entity with its neighbours and events.

    Raises:
        QueryError: The graph has no such entity.
    """
    return _write(out, _reader(context.graph).surroundings(entity))


def sentences(context: Context, out: Output, *, claims: Sequence[str]) -> str:
    """Write the sentences of claims by their keys."""
    return _write(out, _reader(context.graph).sentences(claims))


def search(context: Context, out: Output, *, text: str, limit: int) -> str:
    """Write the entities of which the text is part of a name, those with most mentions first."""
    base = context.graph.settings.base
    found = list_entities(context.graph.store, name=text, base=base)
    at = {column: number for number, column in enumerate(found.columns)}
    rows = found.rows[:limit]
    return _write(out, [{"id": r[at["entity"]], "label": r[at["label"]], "type": r[at["type"]]} for r in rows])


def _first(graph: Graph) -> object:
    return _reader(graph).page(title=page_title(graph.workspace.path), limit=_MOST, served=True)


@lru_cache(maxsize=1)
def _reader(graph: Graph) -> PageReader:
    return PageReader(graph.store, load_lexicon(graph.settings.lexicon), base=graph.settings.base)


def _write(out: Output, value: Any) -> str:
    out.text(data_json(value))
    return JSON
