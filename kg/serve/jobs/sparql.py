"""Answer SPARQL as it comes over the wire."""

from __future__ import annotations

from collections.abc import Sequence
from io import RawIOBase
from typing import IO, Any, cast

import pyoxigraph as ox

from kg.errors import QueryError
from kg.query import NamedQuery
from kg.query.run import engine_error, syntax_error
from kg.serve.http.media import GRAPHS, ROWS
from kg.serve.http.problems import Problem
from kg.serve.jobs import refusal
from kg.serve.jobs.context import Context
from kg.store.quads import is_damage

__all__ = ["answer"]

Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


def answer(
    context: Context,
    out: RawIOBase,
    *,
    query: str,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
) -> str:
    """Write the answer to a query and return its media type.

    Args:
        context: Graph and Accept header.
        out: Where to write.
        query: SPARQL; the vocabulary's prefixes need not be declared.
        default_graphs: Graphs whose union is the default graph. With neither these nor ``named_graphs`` the query's own
            FROM clauses hold; without those, the default graph is the union of all graphs.
        named_graphs: Graphs that GRAPH ranges over.

    Raises:
        Problem: The query is refused (403) or no SPARQL (400), or its format is not on offer (406).
    """
    text = refusal.normalised(query)
    refusal.refuse_service(text)
    refusal.check_graph_names((*default_graphs, *named_graphs))
    given = bool(default_graphs or named_graphs)
    dataset: dict[str, Any] = (
        {"default_graph": _names(default_graphs), "named_graphs": _names(named_graphs)}
        if given
        else {"use_default_graph_as_union": not refusal.has_dataset_clause(text)}
    )
    results = _evaluate(context, text, dataset)
    try:
        return _write(context, cast("IO[bytes]", out), results)
    except RuntimeError as error:
        if is_damage(error):
            raise OSError(str(error)) from error
        raise Problem(400, str(error)) from error


def _evaluate(context: Context, text: str, dataset: dict[str, Any]) -> Results:
    try:
        return context.graph.store.query(text, prefixes=dict(context.prefixes), **dataset)
    except SyntaxError as error:
        if refusal.is_update(text):
            raise refusal.read_only() from error
        raise syntax_error(str(error), NamedQuery(name="query", text=text), context.graph.settings.base) from error
    except RuntimeError as error:
        if is_damage(error):
            raise OSError(str(error)) from error
        raise engine_error(str(error), NamedQuery(name="query", text=text)) from error


def _write(context: Context, out: IO[bytes], results: Results) -> str:
    if isinstance(results, ox.QueryTriples):
        media_type = context.media_type(tuple(GRAPHS))
        ox.serialize(results, out, GRAPHS[media_type], prefixes=dict(context.prefixes))
    else:
        media_type = context.media_type(tuple(ROWS))
        results.serialize(out, ROWS[media_type])
    return media_type


def _names(iris: Sequence[str]) -> list[ox.NamedNode]:
    try:
        return [ox.NamedNode(iri) for iri in iris]
    except ValueError as error:
        raise QueryError(f"a graph's name is no IRI: {error}", remedy="Give absolute IRIs") from error
