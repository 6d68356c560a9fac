"""Answer named queries and list entities, in every format of ``kg query``."""

from __future__ import annotations

from collections.abc import Mapping

from kg.query import Result, list_queries, run
from kg.serve.http.media import FORMATS, JSON, formats_of
from kg.serve.http.problems import Problem
from kg.serve.jobs.context import Context
from kg.serve.jobs.text import printed, without_controls
from kg.serve.workers.output import Output
from kg.show.cards import read_cards, render_cards

__all__ = ["answer", "entities"]


def answer(context: Context, out: Output, *, name: str, params: Mapping[str, str], format: str = "") -> str:  # noqa: A002
    """Write the answer to a named query and return its media type.

    Args:
        context: Graph and Accept header.
        out: Where to write.
        name: One of the queries that ship with kg.
        params: Values by parameter; names of entities are resolved.
        format: In place of the Accept header: table, cards, csv, json, markdown or turtle.

    Raises:
        QueryError: A parameter is wrong.
        Problem: The format does not fit the query (406).
    """
    query = next(query for query in list_queries() if query.name == name)
    result = run(context.graph.store, query, params=params, base=context.graph.settings.base)
    return _write(context, out, result, format)


def entities(context: Context, out: Output, *, name: str, kind: str, limit: int, format: str = "") -> str:  # noqa: A002
    """Write the entities of which ``name`` is part of a name, those with most mentions first."""
    # Loaded here: it brings the whole fusing with it, which no other job needs.
    from kg.show.entities import list_entities

    found = list_entities(context.graph.store, name=name, kind=kind, base=context.graph.settings.base)
    kept = Result(name=found.name, base=found.base, columns=found.columns, terms=found.terms[: limit or None])
    return _write(context, out, kept, format)


def _write(context: Context, out: Output, result: Result, format_: str) -> str:
    offers = _offers(result)
    chosen = format_ or offers[context.media_type(tuple(offers))]
    if chosen not in {*offers.values(), "cards"}:
        raise Problem(406, f"the answer cannot be {chosen}; on offer: {', '.join(dict.fromkeys(offers.values()))}")
    if chosen == "cards":
        store, base = context.graph.store, context.graph.settings.base
        out.text(printed(lambda console: render_cards(read_cards(store, result, base=base), console)))
    else:
        text = getattr(result, f"to_{chosen}")()
        out.text(without_controls(text) if chosen in {"table", "markdown"} else text)
    return next((media for media, name in offers.items() if name == chosen), FORMATS["cards"])


def _offers(result: Result) -> dict[str, str]:
    """Return the formats that fit a result, by media type; JSON goes by two names."""
    is_graph = result.triples is not None
    offers = {FORMATS[name]: name for name in formats_of(is_graph=is_graph) if name != "cards"}
    return offers if is_graph else {**offers, JSON: "json"}
