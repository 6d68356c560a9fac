"""What several commands share: options, exit codes, and where output goes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console

__all__ = [
    "DOES_NOT_CONFORM",
    "FAILED",
    "GRAPH",
    "LEXICON",
    "SOME_FAILED",
    "WAIT",
    "WRONG_USAGE",
    "console",
    "finish",
    "tell",
    "write",
]

FAILED, WRONG_USAGE, DOES_NOT_CONFORM, SOME_FAILED = 1, 2, 3, 4
"""Exit codes besides 0."""

GRAPH = typer.Option(Path("kg-graph"), "--graph", "-g", help="The folder that holds the graph.")
KB = typer.Option(None, "--kb", help="People and organisations with their Wikidata items (docs/linking.md).")
WAIT = typer.Option(False, "--wait", help="Wait while another build is at work on the graph, instead of refusing.")
LEXICON = typer.Option([], "--lexicon", help="A lexicon pack of your own; may be given several times.")


def console(*, stderr: bool = False) -> Console:
    """Return a console for standard output or error; text that is no terminal is never wrapped at 80 columns."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, width=None if stream.isatty() else 140)


def write(text: str) -> None:
    """Write data to standard output, with a line end behind it."""
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")


def tell(message: str) -> None:
    """Write a message to standard error."""
    sys.stderr.write(f"{message}\n")


def finish(code: int) -> None:
    """End the command with an exit code."""
    if code:
        raise typer.Exit(code)
