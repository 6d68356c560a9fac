"""Build a workspace's graph from sources: the only place that knows all stages.

The module is not named ``build``, since importing it would hide the function :func:`kg.build`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from kg.config import Settings
from kg.lexicon import Lexicon, load_lexicon
from kg.model import Document
from kg.rdf.provenance import RunIdentity, run_identity
from kg.read import DEFAULT_OPTIONS, Failure, ReadOptions, SetAside, read_sources
from kg.report import BuildReport, Progress
from kg.retract import Gone, Leaving, Named
from kg.store.corrections import read_corrections
from kg.store.draft import next_generation
from kg.store.ledger import Ledger
from kg.store.workspace import Workspace
from kg.update import Update, count_document
from kg.worker import Annotator, Recipe, load_annotator

__all__ = ["BuildReport", "Progress", "build_graph", "update_graph"]

Sources = Sequence[str | os.PathLike[str]] | str | os.PathLike[str]


def build_graph(
    sources: Sources,
    *,
    graph: Path | str = "kg-graph",
    settings: Settings | None = None,
    lexicon: Lexicon | None = None,
    progress: Progress | None = None,
    strict: bool = False,
    dry_run: bool = False,
    sync: bool = False,
    wait: bool = False,
    stdin: BinaryIO | None = None,
    reading: ReadOptions = DEFAULT_OPTIONS,
    make_annotator: Callable[[Settings], Annotator] = load_annotator,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> BuildReport:
    """Bring a workspace's graph up to date with sources: new and changed documents in, unchanged ones left alone.

    Args:
        sources: Files, folders, globs, or ``-`` for standard input; with none, the graph is brought up to date with
            settings and corrections, and a damaged store made anew.
        graph: The workspace folder; made where it does not exist.
        settings: By default those of the workspace's last build, else the defaults.
        lexicon: By default the packs that ship with kg and those of the settings.
        progress: Told about every document.
        strict: Makes a quarantined claim count in the report's exit code.
        dry_run: Only read the sources and tell what would be done.
        sync: Drop every document that is not among these sources, so that the graph is theirs alone.
        wait: Wait while another build is at work on the workspace, instead of refusing.
        stdin: Read for ``-``; by default the process's own.
        reading: How the sources are read: limits, columns, the date of articles of which nothing tells it.
        make_annotator: Makes what annotates documents; picklable where ``settings.jobs`` is above 1.
        clock: Gives the times of the run graph, which no other graph holds.

    Returns:
        What was done. One bad document does not stop a build; it is among the report's failures.

    Raises:
        KGError: The workspace, settings, lexicon, model or shapes cannot be used, or with ``sync`` no source could be
            read. The last good graph stays.
    """
    workspace = Workspace(Path(graph))
    settings = settings or workspace.settings() or Settings()
    lexicon = lexicon or load_lexicon(settings.lexicon)
    identity = run_identity(settings, lexicon)
    report = BuildReport(graph=Path(graph), run_id=identity.run_id, strict=strict, dry_run=dry_run)
    documents = _read(sources, report, stdin=stdin, reading=reading, progress=progress)
    gone = Gone(sources, report.failures) if sync else None
    if dry_run:
        _rehearse(documents, workspace, identity, report, gone)
        return report
    recipe = Recipe(settings, lexicon, identity.run_id, make_annotator)
    _write(
        documents,
        workspace,
        recipe,
        identity,
        report=report,
        gone=gone,
        progress=progress,
        clock=clock,
        wait=wait,
        check=not sources,
    )
    return report


def update_graph(
    graph: Path | str = "kg-graph",
    *,
    remove: Collection[str] = (),
    progress: Progress | None = None,
    wait: bool = False,
    make_annotator: Callable[[Settings], Annotator] = load_annotator,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> BuildReport:
    """Bring a graph up to date without reading sources: after its corrections changed, and to retract documents.

    Args:
        graph: The workspace folder.
        remove: The hashes of the documents to retract; unknown ones are passed over.
        progress: Told about every document.
        wait: Wait while another build is at work on the workspace, instead of refusing.
        make_annotator: Needed where a new version of kg, the model or a pack makes all documents anew.
        clock: Gives the times of the run graph.

    Raises:
        KGError: As for :func:`build_graph`.
    """
    workspace = Workspace.open(Path(graph))
    settings = workspace.settings() or Settings()
    lexicon = load_lexicon(settings.lexicon)
    identity = run_identity(settings, lexicon)
    report = BuildReport(graph=Path(graph), run_id=identity.run_id)
    recipe = Recipe(settings, lexicon, identity.run_id, make_annotator)
    gone = Named(remove)
    _write(iter(()), workspace, recipe, identity, report=report, gone=gone, progress=progress, clock=clock, wait=wait)
    return report


def _write(
    documents: Iterator[Document],
    workspace: Workspace,
    recipe: Recipe,
    identity: RunIdentity,
    *,
    report: BuildReport,
    gone: Leaving | None,
    progress: Progress | None,
    clock: Callable[[], datetime],
    wait: bool,
    check: bool = False,
) -> None:
    """Write the next generation; ``check`` all of the current one first, whose damage is then mended."""
    with workspace.locked(wait=wait), next_generation(workspace) as draft:
        started = clock()
        # every document of another run is made again, so nothing of its store can stay
        anew = draft.ledger.facts().get("run_id") != identity.run_id
        if not anew and not draft.take_over(check=check):
            anew = True
            draft.ledger.forget_runs()
            report.notes.append("the store was missing or damaged, and was made anew from the ledger")
        with draft.open_store() as store:
            Update(
                draft=draft,
                store=store,
                recipe=recipe,
                identity=identity,
                anew=anew,
                report=report,
                progress=progress or (lambda _stage, _done: None),
                corrections=read_corrections(workspace.path),
                gone=gone,
            ).write(documents, started, clock)
        # what is published is not held open any more
        del store
        draft.ledger.note("run_id", identity.run_id)
        draft.publish(recipe.settings)


def _read(
    sources: Sources,
    report: BuildReport,
    *,
    stdin: BinaryIO | None,
    reading: ReadOptions,
    progress: Progress | None,
) -> Iterator[Document]:
    """Yield the documents that could be read; note the failures."""
    found = read_sources(sources, stdin=stdin, options=reading)
    done = 0
    while True:
        with report.timed("read"):
            item = next(found, None)
        if item is None:
            return
        done += 1
        if progress:
            progress("read", done)
        if isinstance(item, Failure):
            report.failures.append(item)
        elif isinstance(item, SetAside):
            report.set_aside.append(item)
        else:
            yield item


def _rehearse(
    documents: Iterator[Document],
    workspace: Workspace,
    identity: RunIdentity,
    report: BuildReport,
    gone: Gone | None,
) -> None:
    """Count what a build would do."""
    if workspace.current() is None:
        for document in documents:
            count_document(report, document, None, identity.run_id)
            report.documents += 1
        return
    with Ledger(workspace.ledger) as ledger:
        taken = set()
        report.documents = len(ledger)
        for document in documents:
            taken.add(document.source_key)
            entry = ledger.entry(source_key=document.source_key)
            count_document(report, document, entry, identity.run_id)
            report.documents += entry is None
        leaving = set(gone.among(ledger, taken)) if gone else set()
        report.removed = len(leaving)
        report.documents -= report.removed
        others = ledger.entries_of_other_runs(identity.run_id)
        report.remade += sum(entry.source_key not in taken and entry.id not in leaving for entry in others)
