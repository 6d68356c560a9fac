"""``kg build`` makes the graph; ``kg extract`` only reads sentences and prints what they say."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from kg.cli.common import GRAPH, KB, LEXICON, WAIT, console, finish, tell
from kg.errors import ConfigError, ReadError
from kg.extras import not_installed

if TYPE_CHECKING:
    from kg.config import Settings
    from kg.read import Failure, ReadOptions
    from kg.report import BuildReport, Progress

__all__ = ["build", "extract"]

_MOST_MESSAGES = 20


class What(StrEnum):
    """What ``kg extract`` prints."""

    CLAIMS = "claims"
    OPENIE = "openie"
    EVENTS = "events"


class View(StrEnum):
    """How open triples are cut."""

    MINIMAL = "minimal"
    FULL = "full"


class EngineChoice(StrEnum):
    """What runs the documents."""

    LOCAL = "local"
    RAY = "ray"


class CopiesChoice(StrEnum):
    """What is annotated of a near-copy."""

    WHOLE = "whole"
    ADDITIONS = "additions"


def build(
    sources: list[str] = typer.Argument([], metavar="SOURCE", help="Files, folders, globs, or - for standard input."),
    *,
    graph: Path = GRAPH,
    lexicon: list[Path] = LEXICON,
    kb: Path | None = KB,
    model: str | None = typer.Option(None, "--model", help="Any installed spaCy English pipeline with parser and NER."),
    base: str | None = typer.Option(None, "--base", help="The base of the data's IRIs."),
    threshold: str | None = typer.Option(None, "--threshold", help="Confidence that a direct triple needs, 0 to 1."),
    copies: CopiesChoice | None = typer.Option(
        None,
        "--copies",
        help="Of near-copies read the whole, or only the additions: what no earlier one has.",
        show_default="whole",
    ),
    jobs: int | None = typer.Option(
        None,
        "--jobs",
        "-j",
        min=0,
        help="Processes, 0 for all cores; the graph is the same for any number.",
        show_default="1, with Ray all cores",
    ),
    time_limit: float = typer.Option(300.0, "--time-limit", min=1, help="With several jobs, seconds for one article."),
    engine: EngineChoice = typer.Option(EngineChoice.LOCAL, "--engine", help="Where processes run: here, or on Ray."),
    address: str | None = typer.Option(
        None, "--address", help="Of a running Ray cluster: auto, HOST:PORT. Without it, Ray is started here."
    ),
    published: str | None = typer.Option(None, "--published", help="YYYY-MM-DD, for articles that tell no date."),
    columns: list[str] = typer.Option(
        [],
        "--columns",
        metavar="TARGET=COLUMN,…",
        help="For JSON: text=body,headline=title; text=title+body joins two.",
    ),
    limit: list[str] = typer.Option(
        [], "--limit", metavar="NAME=VALUE", help="Of a source: article, unpacked, ratio, members, nesting."
    ),
    assume_english: bool = typer.Option(
        False, "--assume-english", help="Set no article aside because it looks like another language."
    ),
    strict: bool = typer.Option(False, "--strict", help="Exit code 3 when anything had to be quarantined."),
    sync: bool = typer.Option(False, "--sync", help="Drop the documents that are not among these sources."),
    refresh: bool = typer.Option(False, "--refresh", help="Without sources: take up new settings and corrections."),
    dry_run: bool = typer.Option(False, "--dry-run", help="Read the sources and tell what would be done."),
    wait: bool = WAIT,
    shards: str | None = typer.Option(
        None, "--shards", metavar="TARGET", help="Write N-Quads and Parquet there, a folder or URL, and no workspace."
    ),
    openblas: bool = typer.Option(True, "--openblas/--blis", help="The matrix product; the annotations are equal."),
    verbose: bool = typer.Option(False, "--verbose", "-v", help="Tell every failure and the time of each stage."),
) -> None:
    """Build the graph, or bring it up to date: new and changed articles in, unchanged ones left alone.

    A source holds text, Markdown, HTML, JSON, JSON Lines or web archives (WARC), as it is or in gzip, Zstandard, ZIP or
    tar; what it is, its bytes tell (docs/reading.md). In a folder, sources.toml may give metadata and columns.

    Example: kg build seeds/ --graph kg-graph

    Example: kg build news.jsonl.gz pages.warc.gz --columns text=body,headline=title

    Example: kg build s3://bucket/news --shards s3://bucket/graph --engine ray --address auto (docs/scale.md)
    """
    from kg.read import ReadOptions, parse_columns, parse_limits
    from kg.show.summary import render_summary

    reading = ReadOptions(
        published=_day(published),
        columns=parse_columns(columns),
        limits=parse_limits(limit),
        assume_english=assume_english,
    )
    given = _settings(
        None if shards else graph,
        lexicon=lexicon,
        kb=kb,
        model=model,
        base=base,
        threshold=threshold,
        copies=copies.value if copies else None,
    )
    settings = dataclasses.replace(
        given,
        jobs=_jobs(jobs, engine, address),
        time_limit=time_limit,
        engine=engine.value,
        address=address,
        openblas=openblas,
    )
    changes = {"--sync": sync, "--refresh": refresh, "--dry-run": dry_run, "--wait": wait}
    changes["--copies"] = copies is CopiesChoice.ADDITIONS
    with _progress() as progress:
        if shards:
            source = _only_source(sources, [name for name, wanted in changes.items() if wanted])
            report = _build_shards(source, shards, settings, progress, strict=strict, reading=reading)
        else:
            _check_sources(sources, graph, refresh=refresh)
            options = {"strict": strict, "dry_run": dry_run, "sync": sync, "wait": wait}
            report = _build_graph(sources, graph, settings, progress, reading=reading, **options)
    _tell_failures(report.failures, every=verbose)
    for aside in report.set_aside:
        tell(f"kg: {aside}")
    for note in report.notes:
        tell(f"kg: {note}.")
    render_summary(report, console(), verbose=verbose)
    finish(report.exit_code)


def _tell_failures(failures: Sequence[Failure], *, every: bool) -> None:
    """Tell what failed, of one file only its first records unless ``every`` one is wanted."""
    counts = Counter[str]()
    for failure in failures:
        file = failure.path.partition("!")[0]
        counts[file] += 1
        if every or counts[file] <= _MOST_MESSAGES:
            tell(f"kg: {failure.error}")
    for file, count in counts.items():
        if count > _MOST_MESSAGES and not every:
            tell(f"kg: {file}: {count - _MOST_MESSAGES:,} more records failed. --verbose tells each of them.")


def _build_graph(
    sources: list[str], graph: Path, settings: Settings, progress: Progress | None, *, reading: ReadOptions, **do: Any
) -> BuildReport:
    from kg.builder import build_graph

    return build_graph(sources, graph=graph, settings=settings, progress=progress, reading=reading, **do)


def _check_sources(sources: list[str], graph: Path, *, refresh: bool) -> None:
    from kg.store.workspace import Workspace

    if refresh:
        Workspace.open(graph)  # or says how to make one
    elif not sources:
        raise typer.BadParameter("no sources were named; --refresh brings a graph up to date without any")


def _build_shards(
    source: str, target: str, settings: Settings, progress: Progress | None, *, strict: bool, reading: ReadOptions
) -> BuildReport:
    try:
        from kg.shards import build_shards
    except ImportError as error:
        raise not_installed(ConfigError, f"--shards needs {error.name}", extra="cluster") from error
    return build_shards(source, target, settings=settings, progress=progress, strict=strict, reading=reading)


def _only_source(sources: list[str], others: list[str]) -> str:
    if others:
        raise typer.BadParameter(f"{others[0]} is about a workspace, and --shards writes none")
    if len(sources) != 1:
        raise typer.BadParameter(f"--shards takes one folder as source, found {len(sources)}")
    return sources[0]


def _settings(graph: Path | None, *, lexicon: list[Path], kb: Path | None, **given: str | None) -> Settings:
    """Return the settings of the graph's last build, where there is one, changed by what was given."""
    from kg.config import Settings
    from kg.store.workspace import Workspace

    changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    if lexicon:
        changes["lexicon"] = tuple(path.resolve() for path in lexicon)
    if kb is not None:
        changes["knowledge_base"] = kb.resolve()
    if "threshold" in changes:
        changes["threshold"] = _share(changes["threshold"])
    known = Workspace(graph).settings() if graph else None
    return dataclasses.replace(known or Settings(), **changes)


def _jobs(jobs: int | None, engine: EngineChoice, address: str | None) -> int:
    if engine is EngineChoice.LOCAL and address is not None:
        raise ConfigError(
            f"--address {address} names a Ray cluster, and the engine is local", remedy="Add --engine ray"
        )
    if jobs is None:
        return 1 if engine is EngineChoice.LOCAL else 0
    return jobs


def _share(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal(-1)
    if not 0 <= value <= 1:
        raise ConfigError(f"--threshold {text!r} is no number from 0 to 1", remedy="Write for example --threshold 0.5")
    return value


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise ConfigError(f"--published {text!r} is no date", remedy="Write it as YYYY-MM-DD") from error


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """Show a bar while a terminal looks on; be quiet otherwise."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def advance(stage: str, done: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=None)
            bar.update(tasks[stage], completed=done)

        yield advance


def extract(
    *,
    what: What = typer.Option(What.CLAIMS, "--format", "-f", help="claims, openie or events."),
    view: View = typer.Option(View.MINIMAL, "--view", help="For openie: one fact a complement, or one tuple a verb."),
    lexicon: list[Path] = LEXICON,
    kb: Path | None = KB,
    model: str | None = typer.Option(None, "--model", help="Any installed spaCy English pipeline with parser and NER."),
    published: str | None = typer.Option(None, "--published", help="YYYY-MM-DD, to resolve relative dates against."),
) -> None:
    """Read JSON Lines {"id", "text"} from standard input and print what each text says, one line each.

    Example: echo '{"id": "1", "text": "Chad lent Niger $5 million."}' | kg extract --format claims
    """
    from kg.annotate.extract import extract as run
    from kg.config import Settings

    settings = Settings(lexicon=tuple(lexicon), knowledge_base=kb)
    settings = dataclasses.replace(settings, model=model) if model else settings
    records = _lines(sys.stdin)
    for found in run(records, what=what.value, view=view.value, settings=settings, published=_day(published)):
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")


def _lines(stream: Iterator[str]) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(stream, 1):
        if line.strip():
            try:
                record = json.loads(line)
                yield str(record["id"]), str(record["text"])
            except (ValueError, KeyError, TypeError) as error:
                raise ReadError(
                    f"expected a JSON object with id and text, found {line.strip()[:60]!r}",
                    where=f"standard input line {number}",
                ) from error
