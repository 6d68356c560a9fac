"""``kg lexicon``: compile packs into ontology and shapes, and see what they miss."""

from __future__ import annotations

from pathlib import Path

import typer

from kg.cli.common import FAILED, GRAPH, LEXICON, finish, tell, write

__all__ = ["app", "check", "compile_packs"]

app = typer.Typer(help="Compile lexicon packs, and see what they miss.", no_args_is_help=True)


@app.command("compile")
def compile_packs(
    lexicon: list[Path] = LEXICON,
    into: Path | None = typer.Option(
        None, "--into", help="The folder to write to; by default the shapes of kg itself."
    ),
    check_only: bool = typer.Option(False, "--check", help="Write nothing; exit code 1 when a file is stale."),
) -> None:
    """Write the event part of the ontology and the role shapes from the lexicon packs.

    Example: kg lexicon compile --check
    """
    from kg import resources
    from kg.lexicon import load_lexicon
    from kg.lexicon.compile import compile_lexicon

    folder = into or resources.folder("shapes")
    stale = compile_lexicon(load_lexicon(tuple(lexicon)), folder, check=check_only)
    for path in stale:
        tell(f"{'stale' if check_only else 'written'}: {path}")
    if check_only and stale:
        tell("Run kg lexicon compile and commit the result.")
        finish(FAILED)


@app.command("check")
def check(
    graph: Path = GRAPH,
    lexicon: list[Path] = LEXICON,
    top: int = typer.Option(30, "--top", min=1, help="How many untyped predicates to list."),
) -> None:
    """List triggers that never fired in the graph, and the most frequent predicates that no class takes.

    Example: kg lexicon check --graph kg-graph
    """
    from kg.graph import open_graph

    with open_graph(graph) as opened:
        report = opened.check_lexicon(*lexicon)
    write(report.text(top=top))
