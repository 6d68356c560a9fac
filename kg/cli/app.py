"""Put the commands together, and turn errors into messages and exit codes."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

from kg import __version__
from kg.cli import ask, build, check, lexicon, show
from kg.cli.common import console
from kg.errors import KGError

__all__ = ["app", "main"]

app = typer.Typer(
    name="kg",
    help="Build a knowledge graph from news text in which every triple is accountable.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("build")(build.build)
app.command("extract")(build.extract)
app.command("query")(ask.query)
app.command("explain")(ask.explain)
app.command("validate")(check.validate)
app.command("export")(show.export)
app.command("show")(show.show)
app.add_typer(lexicon.app, name="lexicon")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kg {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(
        False, "--version", help="Print the version and stop.", callback=_version, is_eager=True
    ),
) -> None:
    """Build a knowledge graph from news text in which every triple is accountable."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; ``arguments`` default to those of the process.

    Errors that kg raises on purpose become one message on standard error and exit code 1.
    """
    try:
        code = app(args=list(arguments) if arguments is not None else None, standalone_mode=False)
    except typer.Exit as stop:
        code = stop.exit_code
    except typer.Abort:
        code = 1
    except KGError as error:
        console(stderr=True).print(f"kg: {error}", markup=False, highlight=False, soft_wrap=True)
        code = 1
    except BrokenPipeError:
        sys.stderr.close()
        code = 1
    return code if isinstance(code, int) else 0
