"""Build a workspace's graph from sources: the only place that knows all stages.

The module is not named ``build``, since importing it would hide the function :func:`kg.build`.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from kg.config import Settings
from kg.corrections import NOTHING, Corrections, Review
from kg.fuse import fuse_parts
from kg.iris import Iris
from kg.lexicon import Lexicon, load_lexicon
from kg.lexicon.compile import ontology_graph
from kg.model import Annotation, Document
from kg.rdf.nquads import LineTriple, graph_lines, lines
from kg.rdf.provenance import RunIdentity, run_identity, run_triples
from kg.rdf.world import WorldWriter
from kg.read import DEFAULT_OPTIONS, Failure, ReadOptions, SetAside, read_sources
from kg.retract import Gone, Leaving, Named
from kg.revise import attach, correction_notes, write_reviews
from kg.store.corrections import read_corrections
from kg.store.ledger import Entry, Ledger, StoredSource
from kg.store.quads import add_lines, create, replace_graph
from kg.store.workspace import Generation, Workspace
from kg.worker import Annotator, Outcome, Recipe, Task, load_annotator, run_tasks

__all__ = ["BuildReport", "Progress", "build_graph", "update_graph"]

# N-Quads lines held back before they are loaded together: about 50 articles, 10 MB
_LINES = 50_000

Sources = Sequence[str | os.PathLike[str]] | str | os.PathLike[str]

Progress = Callable[[str, int], None]
"""Called with the name of a stage (``read``, ``documents``, ``fuse``) and how many items it has done."""


@dataclass(slots=True, kw_only=True)
class BuildReport:
    """What a build did.

    ``new``, ``replaced``, ``reused``, ``remade`` and ``removed`` count documents (remade: known, but made again since
    the run's identity changed); ``claims`` counts by class over the whole graph, ``seconds`` by stage. ``run_id`` names
    the run; ``notes`` are sentences about corrections that found nothing to correct.
    """

    graph: Path
    run_id: str
    strict: bool = False
    dry_run: bool = False
    new: int = 0
    replaced: int = 0
    reused: int = 0
    remade: int = 0
    removed: int = 0
    failures: list[Failure] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    documents: int = 0
    mentions: int = 0
    claims: Counter[str] = field(default_factory=Counter)
    quarantined: int = 0
    entities: int = 0
    events: int = 0
    statements: int = 0
    disputes: int = 0
    quads: int = 0
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        """0 for success, 3 where strictness is asked for and something was quarantined, 4 where documents failed."""
        if self.strict and self.quarantined:
            return 3
        return 4 if self.failures else 0

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the time that a block takes to a stage."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - start


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
    stdin: BinaryIO | None = None,
    reading: ReadOptions = DEFAULT_OPTIONS,
    make_annotator: Callable[[Settings], Annotator] = load_annotator,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> BuildReport:
    """Bring a workspace's graph up to date with sources: new and changed documents in, unchanged ones left alone.

    Args:
        sources: Files, folders, globs, or ``-`` for standard input.
        graph: The workspace folder; made where it does not exist.
        settings: By default those of the workspace's last build, else the defaults.
        lexicon: By default the packs that ship with kg and those of the settings.
        progress: Told about every document.
        strict: Makes a quarantined claim count in the report's exit code.
        dry_run: Only read the sources and tell what would be done.
        sync: Drop every document that is not among these sources, so that the graph is theirs alone.
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
    _write(documents, workspace, recipe, identity, report=report, gone=gone, progress=progress, clock=clock)
    return report


def update_graph(
    graph: Path | str = "kg-graph",
    *,
    remove: Collection[str] = (),
    progress: Progress | None = None,
    make_annotator: Callable[[Settings], Annotator] = load_annotator,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> BuildReport:
    """Bring a graph up to date without reading sources: after its corrections changed, and to retract documents.

    Args:
        graph: The workspace folder.
        remove: The hashes of the documents to retract; unknown ones are passed over.
        progress: Told about every document.
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
    _write(iter(()), workspace, recipe, identity, report=report, gone=gone, progress=progress, clock=clock)
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
) -> None:
    """Write the next generation."""
    corrections = read_corrections(workspace.path)
    with workspace.locked():
        started = clock()
        current = workspace.current()
        # every document of another run is made again, so nothing of its store can stay
        same_run = current is not None and _facts(current).get("run_id") == identity.run_id
        with workspace.next_generation(copy_store=same_run) as generation:
            builder = _Builder(
                workspace=workspace,
                generation=generation,
                recipe=recipe,
                identity=identity,
                report=report,
                progress=progress or (lambda _stage, _done: None),
                corrections=corrections,
                gone=gone,
            )
            builder.build(documents, started, clock)
        workspace.remember(recipe.settings)
        workspace.tidy()


def _facts(generation: Generation) -> Mapping[str, object]:
    with generation.open_ledger() as ledger:
        return ledger.facts()


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
    current = workspace.current()
    known: dict[str, Entry] = {}
    stored: list[Document] = []
    if current:
        with current.open_ledger() as ledger:
            known = {entry.source_key: entry for entry in ledger.entries()}
            stored = list(ledger.documents()) if gone else []
    report.documents = len(known)
    taken = set()
    for document in documents:
        taken.add(document.source_key)
        entry = known.pop(document.source_key, None)
        _count(report, document, entry, identity)
        report.documents += entry is None
    for document in gone.among(stored, taken) if gone else ():
        del known[document.source_key]
        report.removed += 1
    report.documents -= report.removed
    report.remade += sum(entry.run_id != identity.run_id for entry in known.values())


def _count(report: BuildReport, document: Document, entry: Entry | None, identity: RunIdentity) -> None:
    if entry is None:
        report.new += 1
    elif entry.id != document.id:
        report.replaced += 1
    elif entry.run_id != identity.run_id:
        report.remade += 1
    else:
        report.reused += 1


@dataclass(slots=True, kw_only=True)
class _Builder:
    """Writes one generation."""

    workspace: Workspace
    generation: Generation
    recipe: Recipe
    identity: RunIdentity
    report: BuildReport
    progress: Progress
    corrections: Corrections = NOTHING
    gone: Leaving | None = None
    taken: set[str] = field(default_factory=set)

    @property
    def iris(self) -> Iris:
        """The minter of IRIs."""
        return self.recipe.settings.iris

    def build(self, documents: Iterator[Document], started: datetime, clock: Callable[[], datetime]) -> None:
        """Write the documents' graphs, then the world, the ontology and the run."""
        with Ledger(self.generation.ledger, writable=True) as ledger, create(self.generation.store) as store:
            self._write_documents(documents, ledger, store)
            with self.report.timed("fuse"):
                # a document is touched by its own change, and by that of a review of its claims
                given = self.corrections
                self.corrections = attach(given, store, self.iris)
                self._write_world(ledger, store)
                write_reviews(store, self.corrections, self.recipe.settings, self.recipe.lexicon)
                self.report.notes += correction_notes(store, given, self.corrections, self.iris)
            with self.report.timed("store"):
                ontology = self.iris.ontology_graph
                replace_graph(store, ontology, graph_lines(ontology_graph(self.recipe.lexicon), ontology))
                self._write_run(ledger, store, started, clock())
                store.optimize()
            self.report.quads = len(store)
            ledger.note("run_id", self.identity.run_id)
            ledger.note("corrections", self.corrections.digest)

    # ---- documents

    def _write_documents(self, documents: Iterator[Document], ledger: Ledger, store: ox.Store) -> None:
        # fresh lines are loaded many documents at once, which is much faster than graph by graph
        waiting: list[str] = []
        for done, result in enumerate(run_tasks(self._tasks(documents, ledger, store), self.recipe), 1):
            if isinstance(result, Failure):
                self.report.failures.append(result)
            else:
                with self.report.timed("store"):
                    self._store(result, ledger, store, waiting)
            self.progress("documents", done)
        with self.report.timed("store"):
            add_lines(store, waiting)
        self._drop_stale(ledger, store)

    def _tasks(self, documents: Iterator[Document], ledger: Ledger, store: ox.Store) -> Iterator[Task]:
        """Yield what is to be made: new and changed documents, then those that another run made."""
        for document in documents:
            entry = ledger.entry(source_key=document.source_key)
            _count(self.report, document, entry, self.identity)
            self.taken.add(document.source_key)
            if entry is None or entry.id != document.id:
                yield Task(document)
            elif entry.run_id != self.identity.run_id:
                yield Task(document, self._known(entry, ledger))
        # before anything is made again for nothing
        self._drop_gone(ledger, store)
        for entry in list(ledger.entries()):
            if entry.run_id != self.identity.run_id and entry.source_key not in self.taken:
                self.report.remade += 1
                document = ledger.document(entry.id, self.workspace.text(entry.id))
                yield Task(document, self._known(entry, ledger))

    def _drop_gone(self, ledger: Ledger, store: ox.Store) -> None:
        """Retract what leaves the graph."""
        for document in self.gone.among(ledger.documents(), self.taken) if self.gone else ():
            self._remove(document.id, store)
            ledger.drop(document.id)
            self.report.removed += 1

    def _known(self, entry: Entry, ledger: Ledger) -> Annotation | None:
        """Return the stored annotation where only the graph must be made anew."""
        same = entry.annotation_hash == self.identity.annotation
        return ledger.annotation(entry.id) if same else None

    def _store(self, outcome: Outcome, ledger: Ledger, store: ox.Store, waiting: list[str]) -> None:
        document, conforming = outcome.document, outcome.conforming
        before = ledger.entry(source_key=document.source_key)
        if before:
            self._remove(before.id, store)
        self.workspace.store_text(document)
        entry = Entry(
            id=document.id,
            source_key=document.source_key,
            annotation_hash=self.identity.annotation,
            run_id=self.identity.run_id,
            mentions=len(conforming.mentions) if conforming else 0,
            claims=len(conforming.claims) if conforming else 0,
            quarantined=outcome.quarantined,
            quads=len(outcome.lines),
        )
        ledger.put(document, outcome.annotation, conforming, entry, sketch=outcome.sketch)
        waiting.extend(outcome.lines)
        waiting.extend(outcome.quarantine)
        if len(waiting) > _LINES:
            add_lines(store, waiting)
            waiting.clear()

    def _remove(self, document_id: str, store: ox.Store) -> None:
        for name in (self.iris.document(document_id), self.iris.quarantine_graph(document_id)):
            store.remove_graph(ox.NamedNode(name))

    def _drop_stale(self, ledger: Ledger, store: ox.Store) -> None:
        """Drop documents of another run that could not be made again: their graphs would not fit the others."""
        for entry in list(ledger.entries()):
            if entry.run_id != self.identity.run_id:
                self._remove(entry.id, store)
                ledger.drop(entry.id)

    # ---- world and run

    def _write_world(self, ledger: Ledger, store: ox.Store) -> None:
        name = self.iris.world_graph
        replace_graph(store, name, lines(self._world(ledger), name))

    def _world(self, ledger: Ledger) -> Iterator[LineTriple]:
        writer = WorldWriter(self.recipe.settings, self.recipe.lexicon)
        report = self.report
        sources = _Stored(ledger, self.corrections.by_claim)
        rules = self.corrections.rules
        parts = fuse_parts(sources, lexicon=self.recipe.lexicon, settings=self.recipe.settings, rules=rules)
        for done, part in enumerate(parts, 1):
            self.progress("fuse", done)
            report.entities += sum(entity.same_as_key is None for entity in part.entities)
            report.events += len(part.events)
            report.disputes += len(part.disputes)
            report.statements += len(part.statements)
            for entity in part.entities:
                yield from writer.entity(entity)
            for lineage in part.lineages:
                yield from writer.lineage(lineage)
            for event in part.events:
                report.claims[event.event_type] += len(event.claims)
                yield from writer.event(event)
            for dispute in part.disputes:
                yield from writer.dispute(dispute)
            for statement in part.statements:
                yield from writer.statement(statement)

    def _write_run(self, ledger: Ledger, store: ox.Store, started: datetime, ended: datetime) -> None:
        entries = list(ledger.entries())
        self.report.documents = len(entries)
        self.report.mentions = sum(entry.mentions for entry in entries)
        self.report.quarantined = sum(entry.quarantined for entry in entries)
        name = self.iris.run(self.identity.run_id)
        triples = run_triples(self.identity, self.iris, (e.id for e in entries), started=started, ended=ended)
        replace_graph(store, name, graph_lines(triples, name))


class _Stored:
    """The ledger's records, as often as fusing wants them."""

    def __init__(self, ledger: Ledger, reviews: Mapping[str, Review]) -> None:
        self.ledger = ledger
        self.reviews = reviews

    def __iter__(self) -> Iterator[StoredSource]:
        return self.ledger.records(self.reviews)
