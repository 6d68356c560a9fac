"""Put the commands together, and turn errors into messages and exit codes."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from kg import __version__
from kg.cli import ask, build, change, check, kb, lexicon, remote, serve, show
from kg.cli.common import FAILED, tell
from kg.collector import collect_rarely
from kg.errors import KGError, StoreError

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
app.command("remove")(change.remove)
app.command("review")(change.review)
app.command("diff")(change.diff)
app.command("query")(ask.query)
app.command("entities")(ask.entities)
app.command("explain")(ask.explain)
app.command("validate")(check.validate)
app.command("evaluate")(check.evaluate)
app.command("export")(show.export)
app.command("push")(remote.push)
app.command("show")(show.show)
app.command("serve")(serve.serve)
app.add_typer(lexicon.app, name="lexicon")
app.add_typer(kb.app, name="kb")


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
    if arguments is None:
        collect_rarely()
    try:
        app(args=list(arguments) if arguments is not None else None)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0
    except KGError as error:
        tell(f"kg: {error}")
        return FAILED
    except RuntimeError as error:
        # told where a damaged part is read, which may be anywhere
        from kg.store.checksums import DAMAGED
        from kg.store.quads import is_damage

        if not is_damage(error):
            raise
        tell(f"kg: {StoreError(f'the store is damaged: {error}', remedy=DAMAGED)}")
        return FAILED
    return 0
