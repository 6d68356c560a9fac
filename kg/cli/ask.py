"""``kg query``, ``kg entities`` and ``kg explain``: answers, and the evidence behind them."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from kg.cli.common import GRAPH, console, write
from kg.cli.remote import AUTH, BASE, PROFILE, TIMEOUT, USER, Auth, Product, require_httpx
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.query import NamedQuery, Result

__all__ = ["Format", "entities", "explain", "query"]


class Format(StrEnum):
    """How a result is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    MARKDOWN = "markdown"
    TURTLE = "turtle"
    CARDS = "cards"


def query(
    name: str | None = typer.Argument(None, help="A named query, a .rq file, or - for standard input."),
    param: list[str] = typer.Option([], "--param", "-p", help="NAME=VALUE, e.g. entity='Vladimir Putin'; repeatable."),
    format_: Format | None = typer.Option(None, "--format", "-f", help="table, csv, json, markdown, turtle or cards."),
    list_all: bool = typer.Option(False, "--list", help="List the named queries, name first."),
    graph: Path = GRAPH,
    *,
    endpoint: str | None = typer.Option(None, "--endpoint", metavar="URL", help="Ask a SPARQL endpoint instead."),
    profile: Product | None = PROFILE,
    base: str | None = BASE,
    auth: Auth | None = AUTH,
    user: str | None = USER,
    timeout: float = TIMEOUT,
) -> None:
    """Ask a named query, a SPARQL file, or SPARQL from standard input.

    Cards show a row's independent sources, its disputes side by side, and the sentences. The last five options are for
    --endpoint.

    Example: kg query who-met-whom --param entity="Vladimir Putin" --format cards
    """
    if list_all:
        write(_listing())
        return
    if name is None:
        raise QueryError("no query was named", remedy="Name one, a .rq file or -; kg query --list shows the named ones")
    from kg.query import load_query, parse_query

    asked = parse_query(sys.stdin.read(), name="standard input") if name == "-" else load_query(name)
    if endpoint is not None:
        result = _ask_endpoint(
            endpoint, asked, _params(param), format_, profile=profile, base=base, auth=auth, user=user, timeout=timeout
        )
    else:
        result = _ask_graph(graph, asked, _params(param), format_)
    if format_ is not Format.CARDS:
        chosen = format_ or (Format.TURTLE if result.triples is not None else Format.TABLE)
        write(getattr(result, f"to_{chosen}")())


def _ask_graph(graph: Path, asked: NamedQuery, params: Mapping[str, str], format_: Format | None) -> Result:
    """Ask a workspace's graph; cards, which need more of the graph than the answer, are printed here."""
    from kg.graph import open_graph
    from kg.query import run

    with open_graph(graph) as opened:
        result = run(opened.store, asked, params=params, base=opened.settings.base)
        if format_ is Format.CARDS:
            from kg.show.cards import read_cards, render_cards

            render_cards(read_cards(opened.store, result, base=opened.settings.base), console())
    return result


def _ask_endpoint(
    url: str, asked: NamedQuery, params: Mapping[str, str], format_: Format | None, **options: Any
) -> Result:
    if format_ is Format.CARDS:
        raise QueryError("cards are made from a graph on this machine", remedy="Leave --endpoint out, or use a table")
    require_httpx()
    from kg.remote import open_endpoint

    with open_endpoint(url, **options) as remote:
        return remote.query(asked, **params)


def _listing() -> str:
    from kg.query import list_queries

    queries = list_queries()
    width = max(len(q.name) for q in queries)
    return "\n".join(f"{q.name:<{width}}  {q.title}{_signature([p.name for p in q.params])}" for q in queries)


def _signature(params: list[str]) -> str:
    return f"  [{', '.join(params)}]" if params else ""


def _params(pairs: list[str]) -> Mapping[str, str]:
    found = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise QueryError(f"--param {pair!r} is not NAME=VALUE", remedy="Write for example --param entity=Belarus")
        found[name] = value
    return found


def entities(
    name: str | None = typer.Argument(None, help="Only entities of which this is part of a name."),
    *,
    kind: str = typer.Option("", "--type", help="Part of the class: person, country, organization …"),
    why: str | None = typer.Option(None, "--why", metavar="NAME", help="Why names were taken as one, or kept apart."),
    format_: Format = typer.Option(Format.TABLE, "--format", "-f", help="table, csv, json or markdown."),
    limit: int = typer.Option(0, "--limit", "-n", min=0, help="Print this many; 0 prints all."),
    graph: Path = GRAPH,
) -> None:
    """List the entities, those with most mentions first; tell why names were taken as one.

    What is wrong in it, entities.toml in the graph's folder corrects (docs/changing.md).

    Example: kg entities --why "Vladimir Putin"
    """
    import dataclasses

    from kg.graph import open_graph
    from kg.show.entities import list_entities, read_entities, why_text
    from kg.store.corrections import ENTITIES, read_rules

    with open_graph(graph) as opened:
        base = opened.settings.base
        if why is not None:
            write(why_text(read_entities(opened.store, why, rules=read_rules(graph / ENTITIES), base=base)))
            return
        found = list_entities(opened.store, kind=kind, name=name or "", base=base)
    kept = dataclasses.replace(found, terms=found.terms[: limit or None])
    write(getattr(kept, f"to_{_plain_format(format_)}")())


def _plain_format(format_: Format) -> Format:
    if format_ in (Format.TURTLE, Format.CARDS):
        raise QueryError(f"entities are not printed as {format_}", remedy="Use table, csv, json or markdown")
    return format_


def explain(
    subject: str = typer.Argument(..., help="An entity: name, CURIE or IRI."),
    predicate: str = typer.Argument(..., help="A property: lendsTo, kg:lendsTo, or its label."),
    object_: str = typer.Argument(..., metavar="OBJECT", help="An entity: name, CURIE or IRI."),
    graph: Path = GRAPH,
    *,
    why_not: bool = typer.Option(False, "--why-not", help="Tell what stopped a triple that the graph does not have."),
) -> None:
    """Print each claim behind a triple: source, date, speaker, and the sentence with the words marked.

    Example: kg explain Russia lendsTo Belarus
    """
    from kg.graph import open_graph
    from kg.show.explain import render
    from kg.show.whynot import render_why_not

    with open_graph(graph) as opened:
        if why_not:
            render_why_not(opened.why_not(subject, predicate, object_), console())
            return
        render(opened.explain(subject, predicate, object_), console())
