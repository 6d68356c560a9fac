"""``kg export`` and ``kg show``: the graph as a file and as a picture."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import typer

from kg.cli.common import GRAPH, write

__all__ = ["export", "show"]


class QuoteLength(StrEnum):
    """How much of the articles' words an export holds."""

    FULL = "full"
    SHORT = "short"
    NONE = "none"


def export(
    file: Path = typer.Argument(..., help="The ending chooses the format: .ttl .trig .nq .jsonld .graphml"),
    graph: Path = GRAPH,
    quotes: QuoteLength = typer.Option(
        QuoteLength.FULL, "--quotes", help="full, short or none: whole sentences of whole archives are republication."
    ),
) -> None:
    """Write the graph to a file.

    Example: kg export graph.ttl --quotes short
    """
    from kg.graph import open_graph

    with open_graph(graph) as opened:
        count = opened.export(file, quotes=quotes.value)
    write(f"Graph: {file} ({count:,} {'edges' if file.suffix == '.graphml' else 'statements'})")


def show(
    files: list[Path] = typer.Argument(..., help="Pictures to write: .svg, .png"),
    graph: Path = GRAPH,
    entities: int = typer.Option(
        20, "--entities", "-n", min=2, help="How many of the most important entities to draw."
    ),
) -> None:
    """Draw the network of the most important entities.

    Example: kg show network.svg network.png
    """
    from kg.graph import open_graph
    from kg.show.picture import draw

    with open_graph(graph) as opened:
        network = opened.network()
    for file in files:
        draw(network, file, entities=entities)
        write(f"Picture: {file}")
