"""Write one generation of a graph: the documents that changed, the world that follows from them, the run.

Whatever did not change is left where it is; nothing here goes through all documents, unless another run made them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import pyoxigraph as ox

from kg.annotate.transfer import reading_key
from kg.config import Settings
from kg.copies import Copies, open_copies
from kg.corrections import Corrections, Review, reviewed
from kg.fuse import Fuser
from kg.fuse.sources import Record
from kg.iris import PREFIXES, Iris
from kg.lexicon import Lexicon
from kg.lexicon.compile import ontology_graph
from kg.model import Annotation, Document
from kg.rdf.nquads import graph_lines
from kg.rdf.provenance import RunIdentity, run_triples
from kg.rdf.world import WorldWriter
from kg.read import Failure
from kg.report import BuildReport, Progress
from kg.retract import Leaving
from kg.revise import attach, correction_notes, documents_of, write_reviews
from kg.store.draft import Draft
from kg.store.ledger import Entry, Ledger
from kg.store.quads import Loader, add_lines
from kg.worker import Outcome, Recipe, Task, run_tasks
from kg.worldgraph import WorldGraph

__all__ = ["Update", "count_document"]

# what is counted of quads, besides the document that each run used
_QUADS = ("quads", "world quads", "review quads", "ontology quads", "run quads")

_PROV = PREFIXES["prov"]
_USED = ox.NamedNode(f"{_PROV}used")
_TIMES = (ox.NamedNode(f"{_PROV}startedAtTime"), ox.NamedNode(f"{_PROV}endedAtTime"))


def count_document(report: BuildReport, document: Document, entry: Entry | None, run_id: str) -> None:
    """Count a document that was read: new, replaced, to be made again, or left alone."""
    if entry is None:
        report.new += 1
    elif entry.id != document.id:
        report.replaced += 1
    elif entry.run_id != run_id:
        report.remade += 1
    else:
        report.reused += 1


@dataclass(slots=True)
class _Judged:
    """Gives what is fused of a document: what conforms, as people judged it."""

    ledger: Ledger
    reviews: Mapping[str, Review] = field(default_factory=dict)

    def __call__(self, document_id: str) -> Annotation:
        return reviewed(self.ledger.conforming(document_id), self.reviews)


@dataclass(slots=True, kw_only=True)
class Update:
    """Writes a draft.

    ``anew`` tells that the store is empty since another run made the current one; ``corrections`` are those of the
    workspace's files; ``gone`` chooses the documents to drop.
    """

    draft: Draft
    store: ox.Store
    recipe: Recipe
    identity: RunIdentity
    anew: bool
    report: BuildReport
    progress: Progress
    corrections: Corrections
    gone: Leaving | None = None
    fuser: Fuser = field(init=False)
    _judged: _Judged = field(init=False)
    _loader: Loader = field(init=False)
    _copies: Copies = field(init=False)
    _taken: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        if self.anew:
            self.ledger.recount("world quads", 0)
        self._judged = _Judged(self.ledger)
        self._copies = open_copies(self.ledger, self.identity, self.draft.workspace.text, self.draft.folder)
        self.fuser = Fuser(
            self.ledger.database, self._judged, lexicon=self.lexicon, settings=self.settings, anew=self.anew
        )

    @property
    def ledger(self) -> Ledger:
        """The ledger, in the draft's transaction."""
        return self.draft.ledger

    @property
    def settings(self) -> Settings:
        """The build's settings."""
        return self.recipe.settings

    @property
    def lexicon(self) -> Lexicon:
        """The build's lexicon."""
        return self.recipe.lexicon

    @property
    def iris(self) -> Iris:
        """The minter of IRIs."""
        return self.settings.iris

    def write(self, documents: Iterator[Document], started: datetime, clock: Callable[[], datetime]) -> None:
        """Write everything.

        Args:
            documents: Those that were read.
            started: When the build began; aware.
            clock: Tells when it ended.
        """
        with Loader(self.store, self.draft.folder) as self._loader:
            self._write_documents(documents)
        with self.report.timed("fuse"):
            self._write_world()
        with self.report.timed("store"):
            if self.anew:
                self._write_ontology()
            self._write_run(started, clock())
            if self.anew:
                self.store.optimize()
        self._fill_report()

    # ---- documents

    def _write_documents(self, documents: Iterator[Document]) -> None:
        # fresh lines are loaded many documents at once, which is much faster than graph by graph
        for done, result in enumerate(self._results(self._tasks(documents)), 1):
            if isinstance(result, Failure):
                self.report.failures.append(result)
            else:
                with self.report.timed("store"):
                    self._store(result)
            leaving = self._copies.done(stored=isinstance(result, Outcome))
            if leaving:
                self._drop(leaving)
            self.progress("documents", done)
        self._copies.tell(self.report)
        with self.report.timed("store"):
            self._loader.flush()
        self._drop_stale()

    def _results(self, tasks: Iterator[Task]) -> Iterator[Outcome | Failure]:
        """Yield what the tasks give; last, copies that had to wait for others."""
        yield from run_tasks(self._copies.tasks(tasks), self.recipe)
        while self._copies.left:
            yield from run_tasks(self._copies.more(), self.recipe)

    def _tasks(self, documents: Iterator[Document]) -> Iterator[Task]:
        """Yield what is to be made: new and changed documents, then those that another run made."""
        for document in documents:
            entry = self.ledger.entry(source_key=document.source_key)
            count_document(self.report, document, entry, self.identity.run_id)
            if self.anew or self.gone:
                self._taken.add(document.source_key)
            if entry is None or entry.id != document.id:
                yield Task(document)
            elif entry.run_id != self.identity.run_id:
                yield Task(document, self._known(entry))
        # before anything is made again for nothing
        self._drop_gone()
        for entry in self.ledger.entries_of_other_runs(self.identity.run_id):
            if entry.source_key not in self._taken:
                self.report.remade += 1
                document = self.ledger.document(entry.id, self.draft.workspace.text(entry.id))
                yield Task(document, self._known(entry))

    def _drop_gone(self) -> None:
        """Retract what leaves the graph."""
        for document_id in self.gone.among(self.ledger, self._taken) if self.gone else ():
            self._drop(document_id)
            self.report.removed += 1

    def _known(self, entry: Entry) -> Annotation | None:
        """Return the stored annotation where only the graph must be made anew."""
        same = entry.annotation_hash == self.identity.annotation
        return self.ledger.annotation(entry.id) if same else None

    def _store(self, outcome: Outcome) -> None:
        document, conforming = outcome.document, outcome.conforming
        before = self.ledger.entry(source_key=document.source_key)
        if before:
            self._take_out(before)
        if before and before.id != document.id:
            self.draft.let_go(before.id)
            self._copies.leave(before.id)
        self.draft.keep_text(document)
        entry = Entry(
            id=document.id,
            source_key=document.source_key,
            annotation_hash=self.identity.annotation,
            run_id=self.identity.run_id,
            mentions=len(conforming.all_mentions) if conforming else 0,
            claims=len(conforming.claims) if conforming else 0,
            quarantined=outcome.quarantined,
            quads=len(outcome.lines) + len(outcome.quarantine),
        )
        self.ledger.put(
            document, outcome.annotation, conforming, entry, sketch=outcome.sketch, reading=reading_key(document)
        )
        if conforming:
            self.fuser.enter(Record(document, conforming, outcome.sketch))
        self._loader.add((*outcome.lines, *outcome.quarantine, self._used_line(document.id)), key=document.id)

    def _take_out(self, entry: Entry) -> None:
        """Take a document's graphs out of the store, and its claims out of the world."""
        if entry.run_id != self.identity.run_id:
            return  # made by another run, whose store was not taken over
        if self._loader.holds(entry.id):
            self._loader.flush()
        for name in (self.iris.document(entry.id), self.iris.quarantine_graph(entry.id)):
            self.store.remove_graph(ox.NamedNode(name))
        run = ox.NamedNode(self.iris.run(self.identity.run_id))
        self.store.remove(ox.Quad(run, _USED, ox.NamedNode(self.iris.document(entry.id)), run))
        self.fuser.leave(entry.id)

    def _used_line(self, document_id: str) -> str:
        run = self.iris.run(self.identity.run_id)
        return f"<{run}> <{_USED.value}> <{self.iris.document(document_id)}> <{run}> ."

    def _drop(self, document_id: str) -> None:
        place = self.ledger.place(document_id)
        entry = self.ledger.entry(source_key=place.source_key) if place else None
        if entry:
            self._take_out(entry)
            self.ledger.drop(document_id)
            self._copies.leave(document_id)
            self.draft.let_go(document_id)

    def _drop_stale(self) -> None:
        """Drop documents of another run that could not be made again: their graphs would not fit the others."""
        for entry in self.ledger.entries_of_other_runs(self.identity.run_id):
            self._drop(entry.id)

    # ---- world

    def _write_world(self) -> None:
        given = self.corrections
        # a document is touched by its own change, and by that of a review of its claims
        attached = attach(given, self.store, self.iris)
        self._judged.reviews = attached.by_claim
        reviews = documents_of(attached.reviews, self.store, self.iris)
        told = self.fuser.settle(reviews=reviews, rules=given.rules)
        writer = WorldWriter(self.settings, self.lexicon)
        tell = partial(self.progress, "fuse")
        world = WorldGraph(self.store, writer, self.iris, tell, self.draft.folder)
        world.update(self.fuser)
        self.ledger.count("world quads", world.growth)
        self.ledger.recount("review quads", write_reviews(self.store, attached, writer))
        self.report.notes += correction_notes(given, attached, told)

    # ---- what depends on the run alone

    def _write_ontology(self) -> None:
        name = self.iris.ontology_graph
        lines = sorted(set(graph_lines(ontology_graph(self.lexicon), name)))
        self.ledger.recount("ontology quads", add_lines(self.store, lines))

    def _write_run(self, started: datetime, ended: datetime) -> None:
        """Write the run's graph but for the documents that it used, each of which was written with its own."""
        name = self.iris.run(self.identity.run_id)
        run = ox.NamedNode(name)
        for predicate in _TIMES:
            for stale in list(self.store.quads_for_pattern(run, predicate, None, run)):
                self.store.remove(stale)
        # a clock that was set back must not let a run end before it began
        triples = run_triples(self.identity, self.iris, (), started=started, ended=max(started, ended))
        self.ledger.recount("run quads", add_lines(self.store, sorted(set(graph_lines(triples, name)))))

    def _fill_report(self) -> None:
        """Tell what the whole graph holds, from what was counted on the way."""
        report, ledger, totals = self.report, self.ledger, self.fuser.totals
        report.documents = ledger.counted("documents")
        report.mentions = ledger.counted("mentions")
        report.quarantined = ledger.counted("quarantined")
        report.quads = report.documents + sum(ledger.counted(name) for name in _QUADS)
        report.claims.update(totals.under("claims "))
        report.entities, report.events = totals.of("entities"), totals.of("events")
        report.disputes, report.statements = totals.of("disputes"), totals.of("statements")
