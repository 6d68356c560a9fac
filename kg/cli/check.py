"""``kg validate`` and ``kg evaluate``: is the graph well formed, and is it right."""

from __future__ import annotations

import json
from pathlib import Path

import typer

from kg.cli.common import DOES_NOT_CONFORM, GRAPH, LEXICON, finish, write

__all__ = ["evaluate", "validate"]


def validate(
    file: Path | None = typer.Argument(None, help="A Turtle, TriG or N-Quads file; without one, the graph itself."),
    graph: Path = GRAPH,
    lexicon: list[Path] = LEXICON,
    as_json: bool = typer.Option(False, "--json", help="Print the report as JSON."),
) -> None:
    """Validate the whole graph, or any RDF file, against the shapes.

    Prints how many focus nodes each shape checked, and says so when a shape checked nothing.

    Example: kg validate --graph kg-graph
    """
    from kg.graph import open_graph
    from kg.validate import report_json, report_text, validate_file

    if file:
        report = validate_file(file, lexicon=lexicon)
    else:
        with open_graph(graph) as opened:
            report = opened.validate()
    write(report_json(report) if as_json else report_text(report))
    finish(0 if report.conforms else DOES_NOT_CONFORM)


def evaluate(
    *,
    gold: list[Path] = typer.Option(..., "--gold", help="Annotated claims, JSON Lines; may be given several times."),
    entities: list[Path] = typer.Option([], "--entities", help="Annotated entities, JSON Lines."),
    source: Path = typer.Option(..., "--source", help="The folder of the annotated articles."),
    docs: list[str] = typer.Option([], "--doc", help="Score these documents of the gold only."),
    graph: Path = GRAPH,
    errors: bool = typer.Option(False, "--errors", help="List what was missed, spurious or wrong, with quotes."),
    as_json: bool = typer.Option(False, "--json", help="Print the figures as JSON."),
) -> None:
    """Score the graph against claims and entities annotated by hand (format: docs/evaluation.md).

    Example: kg evaluate --gold tests/data/gold/claims.jsonl --entities tests/data/gold/entities.jsonl --source seeds
    """
    from kg.evaluate import evaluate as score
    from kg.evaluate import read_gold, read_prediction
    from kg.evaluate.report import error_lines, figures, table
    from kg.graph import open_graph

    annotated = read_gold(gold, entities, source, docs=docs or None)
    with open_graph(graph) as opened:
        report = score(annotated, read_prediction(opened.store, annotated))
    if as_json:
        write(json.dumps(figures(report), indent=1, ensure_ascii=False))
    else:
        write(table(report))
    if errors:
        write("\n".join(error_lines(report, annotated)))
