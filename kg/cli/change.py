"""``kg remove``, ``kg review`` and ``kg diff``: what people change of a graph, and what a change does."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kg.cli.common import FAILED, GRAPH, WAIT, console, finish, tell, write

if TYPE_CHECKING:
    from kg.builder import BuildReport

__all__ = ["diff", "remove", "review"]


class Judgement(StrEnum):
    """What ``kg review`` notes of a claim."""

    WRONG = "wrong"
    CONFIRMED = "confirmed"
    CLEAR = "clear"


def remove(
    documents: list[str] = typer.Argument(..., metavar="DOC", help="Hash, doc: CURIE, source path or URL."),
    graph: Path = GRAPH,
    dry_run: bool = typer.Option(False, "--dry-run", help="Name the documents and change nothing."),
    wait: bool = WAIT,
) -> None:
    """Retract documents: their graphs go, and with them everything that only they support.

    Example: kg remove doc:0123456789abcdef news/retracted.txt
    """
    from kg.builder import update_graph
    from kg.retract import find_stored
    from kg.store.workspace import Workspace

    current = Workspace.open(graph).current()
    if current is None:  # Workspace.open has made sure of it
        return
    with current.open_ledger() as ledger:
        found = find_stored(documents, ledger)
    report = None if dry_run else update_graph(graph, remove=[document.id for document in found], wait=wait)
    for document in found:
        publisher = f"{document.publisher}, " if document.publisher else ""
        write(f"{'Would remove' if dry_run else 'Removed'} doc:{document.id} ({publisher}{document.source_path})")
    if report:
        _summary(report)
    else:
        write("Nothing was written.")


def review(
    claim: str | None = typer.Argument(None, help="A claim: its hash, a beginning of it, or claim: CURIE."),
    judgement: Judgement | None = typer.Argument(None, metavar="VERDICT", help="wrong, confirmed or clear."),
    note: str = typer.Option("", "--note", "-n", help="Why; kept beside the verdict."),
    *,
    list_all: bool = typer.Option(False, "--list", help="List the claims that were judged, with their sentences."),
    graph: Path = GRAPH,
    wait: bool = WAIT,
) -> None:
    """Mark a claim as wrong or confirmed; builds heed it from then on.

    Nothing is fused from a wrong claim, a confirmed one counts as sure; review.jsonl in the graph's folder keeps both.

    Example: kg review claim:0123456789abcdef wrong --note "The article means the other Georgia"
    """
    from kg.errors import QueryError
    from kg.review import judge, list_reviews

    if list_all:
        write(list_reviews(graph))
        return
    if claim is None or judgement is None:
        raise QueryError(
            "a claim and a verdict are needed",
            remedy="Write for example: kg review claim:0123456789abcdef wrong --note WHY; kg explain shows claims",
        )
    told, report = judge(graph, claim, None if judgement is Judgement.CLEAR else judgement.value, note=note, wait=wait)
    write(told)
    _summary(report)


class DiffFormat(StrEnum):
    """How ``kg diff`` prints."""

    TEXT = "text"
    JSON = "json"


def diff(
    first: Path = typer.Argument(..., metavar="A", help="The folder of the graph before."),
    second: Path = typer.Argument(..., metavar="B", help="The folder of the graph after."),
    format_: DiffFormat = typer.Option(DiffFormat.TEXT, "--format", "-f", help="text or json."),
    exit_code: bool = typer.Option(False, "--exit-code", help="End with 1 where the graphs differ."),
) -> None:
    """Tell which claims, events and direct triples two graphs differ in, each with its source and sentence.

    Example: kg diff graph-before graph-after
    """
    from kg.graph import open_graph
    from kg.show.changes import difference_json, difference_text
    from kg.store.diff import compare

    with open_graph(first) as a, open_graph(second) as b:
        found = compare(a.store, b.store, base=a.settings.base, other_base=b.settings.base)
    write(difference_json(found) if format_ is DiffFormat.JSON else difference_text(found))
    finish(FAILED if exit_code and found else 0)


def _summary(report: BuildReport) -> None:
    from kg.show.summary import render_summary

    for failure in report.failures:
        tell(f"kg: {failure.error}")
    for sentence in report.notes:
        tell(f"kg: {sentence}.")
    render_summary(report, console())
