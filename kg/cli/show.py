"""``kg export`` and ``kg show``: the graph as a file, as a picture and as a page."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import typer

from kg.cli.common import GRAPH, write

__all__ = ["export", "show"]

_PAGES = {".html", ".htm"}


class QuoteLength(StrEnum):
    """How much of the articles' words an export holds."""

    FULL = "full"
    SHORT = "short"
    NONE = "none"


def export(
    file: Path = typer.Argument(
        ...,
        help="By its ending the graph (.ttl .trig .nq .jsonld), its network (.graphml) or its events (.csv .parquet).",
    ),
    graph: Path = GRAPH,
    quotes: QuoteLength = typer.Option(
        QuoteLength.FULL, "--quotes", help="full, short or none: whole sentences of whole archives are republication."
    ),
) -> None:
    """Write the graph to a file, its network, or its events as a table (docs/analysis.md tells the columns).

    Example: kg export graph.ttl --quotes short; kg export events.parquet
    """
    from kg.graph import open_graph

    with open_graph(graph) as opened:
        count = opened.export(file, quotes=quotes.value)
    what = {".graphml": "edges", ".csv": "rows", ".parquet": "rows"}.get(file.suffix, "statements")
    write(f"Graph: {file} ({count:,} {what})")


def show(
    files: list[Path] = typer.Argument(
        None, help="Pictures (.svg, .png, .pdf) and pages (.html) to write.", show_default=False
    ),
    *,
    graph: Path = GRAPH,
    entities: int = typer.Option(
        20, "--entities", "-n", min=2, help="How many of the most important entities a picture draws."
    ),
    html: Path | None = typer.Option(
        None,
        "--html",
        help="Write the page (network, evidence, timeline, disputes) into this file, whatever its ending.",
    ),
    limit: int = typer.Option(5000, "--limit", min=1, help="The most entities the page holds; the file grows with it."),
    title: str = typer.Option("", "--title", help="Stands above the page; the graph's folder unless given."),
) -> None:
    """Draw the network of the most important entities, or write a page to explore the graph in a browser.

    Example: kg show network.svg network.png graph.html
    """
    pages = [file for file in files or () if file.suffix.lower() in _PAGES]
    pictures = [file for file in files or () if file not in pages]
    pages += [html] if html else []
    if not pages and not pictures:
        raise typer.BadParameter("name a picture to draw (network.svg), or a page to write (graph.html)")
    from kg.graph import open_graph
    from kg.show.picture import draw

    with open_graph(graph) as opened:
        for page in pages:
            write(opened.page(page, limit=limit, title=title).summary)
        network = opened.network() if pictures else None
    for picture in pictures:
        if network is not None:
            draw(network, picture, entities=entities)
            write(f"Picture: {picture}")
