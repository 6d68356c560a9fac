"""``kg kb``: make a knowledge base of people and organisations from the result of a SPARQL query."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import typer

from kg.cli.common import write
from kg.errors import ReadError

__all__ = ["app", "build"]

app = typer.Typer(help="Make a knowledge base of people and organisations.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Make a knowledge base of people and organisations."""


@app.command("build")
def build(
    result: Path = typer.Argument(..., help="The saved result of a SPARQL query, JSON or CSV; - for standard input."),
    kind: str = typer.Option("schema:Person", "--type", help="The class of entities that the result gives no type."),
) -> None:
    """Print a knowledge base as JSON Lines, for kg build --kb; docs/linking.md has the query.

    Example: kg kb build leaders.json > people.jsonl
    """
    from kg.annotate.names.knowledge import entities_from_sparql

    try:
        text = sys.stdin.read() if str(result) == "-" else result.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"cannot be read as text: {error}", where=str(result)) from error
    write("\n".join(json.dumps(entity, ensure_ascii=False) for entity in entities_from_sparql(text, kind=kind)))
