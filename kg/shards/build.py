"""Build a graph from shards into shards."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.config import Settings
from kg.engine import Engine, Lost, Pool, open_engine
from kg.engine.local import LocalEngine
from kg.engine.threads import run_in_threads
from kg.errors import ConfigError, EngineError, KGError, StoreError
from kg.iris import digest
from kg.lexicon import Lexicon, load_lexicon
from kg.lexicon.compile import ontology_graph
from kg.rdf.nquads import Triple, graph_lines
from kg.rdf.provenance import RunIdentity, run_identity, run_triples
from kg.read import DEFAULT_OPTIONS, Failure, ReadOptions
from kg.report import BuildReport, Progress
from kg.shards.find import Found, find_shards
from kg.shards.folder import File, Folder
from kg.shards.fuse import Fused, fuse_shards
from kg.shards.fuse_task import WORK, FuseJob, FuseResult, FuseTask
from kg.shards.leave_out import leave_out
from kg.shards.manifest import CHECKSUMS, FORMAT, MANIFEST, claim_folder, manifest_text, write_manifest
from kg.shards.quads import QuadsFile
from kg.shards.task import Job, Receipt, Shard, receipt_name
from kg.worker import Annotator, Recipe, load_annotator

__all__ = ["build_shards"]


def build_shards(
    source: str,
    target: str,
    *,
    settings: Settings | None = None,
    lexicon: Lexicon | None = None,
    progress: Progress | None = None,
    strict: bool = False,
    reading: ReadOptions = DEFAULT_OPTIONS,
    make_annotator: Callable[[Settings], Annotator] = load_annotator,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> BuildReport:
    """Write the graph of a folder of shards as N-Quads and Parquet files; the same quads as ``build_graph`` gives.

    Args:
        source: A folder, by path or URL, with JSON Lines, Parquet or web archives.
        target: The folder to write to, by path or URL; with several machines all have to reach it. Files of shards that
            are as they were are not made again.
        settings: Engine, jobs and what the graph depends on.
        lexicon: By default the packs that ship with kg and those of the settings.
        progress: Told about every shard (``shards``) and every task of fusing (``fuse``; 0 once entities are settled).
        strict: Makes a quarantined claim count in the report's exit code.
        reading: How the sources are read.
        make_annotator: Makes what annotates documents; picklable.
        clock: Gives the times of the run graph, which no other graph holds.

    Returns:
        What was done. A document or shard that failed is among the report's failures and in the manifest.

    Raises:
        KGError: Source, target, engine, settings, lexicon, model or shapes cannot be used.
    """
    settings = settings or Settings()
    if settings.copies != "whole":
        raise ConfigError(
            f"copies is {settings.copies!r}, and shards do not know each other's documents",
            remedy="Build shards with copies read whole, or a workspace",
        )
    lexicon = lexicon or load_lexicon(settings.lexicon)
    identity = run_identity(settings, lexicon)
    recipe = Recipe(settings, lexicon, identity.run_id, make_annotator)
    source_folder, target_folder = Folder(source), Folder(target)
    found = find_shards(source_folder)
    claim_folder(target_folder)
    job = Job(source=source_folder, target=target_folder, recipe=recipe, reading=reading, sidecars=found.sidecars)
    report = BuildReport(graph=target, run_id=identity.run_id, strict=strict)
    build = _Build(job, identity, report, progress or (lambda _stage, _done: None), clock)
    with open_engine(settings) as engine:
        build.write(found, engine)
    return report


class _Build:
    """Runs the steps of one build."""

    def __init__(
        self,
        job: Job,
        identity: RunIdentity,
        report: BuildReport,
        progress: Progress,
        clock: Callable[[], datetime],
    ) -> None:
        self._job = job
        self._identity = identity
        self._report = report
        self._progress = progress
        self._clock = clock
        self._done = 0

    def write(self, found: Found, engine: Engine) -> None:
        """Write everything; the manifest, last, tells that it is whole."""
        started, target = self._clock(), self._job.target
        # what stands there is not whole from here on
        target.remove([MANIFEST, CHECKSUMS])
        with self._report.timed("documents"):
            receipts = self._map(found.shards, engine)
        with self._report.timed("fuse"):
            fused = self._fuse(receipts, engine)
        files = [file for receipt in receipts for file in leave_out(self._job, receipt, fused.rivals)]
        files += [*fused.files, *self._write_ontology_and_run(started)]
        self._tidy([receipt.shard for receipt in receipts], files)
        self._tell(receipts, fused, files)
        text = manifest_text(self._job.source, found.shards, files, self._report.failures, self._identity)
        write_manifest(target, text, files)

    # ---- documents

    def _map(self, shards: Sequence[Shard], engine: Engine) -> list[Receipt]:
        """Return the receipts of the shards that were written, now or before."""
        keys = [(shard, self._key(shard)) for shard in shards]
        there = frozenset(self._job.target.names())
        known = {shard.name: receipt for shard, key in keys if (receipt := self._known(shard, key, there))}
        made = self._run_shards([(shard, key) for shard, key in keys if shard.name not in known], engine)
        for done, receipt in enumerate(made, 1):
            self._progress("shards", done)
            known[receipt.shard] = receipt
            if not receipt.error:
                self._report.new += receipt.documents
        self._report.reused = sum(receipt.documents for receipt in known.values()) - self._report.new
        ordered = [known[shard.name] for shard in shards]
        for receipt in ordered:
            self._report.failures += receipt.failures
            self._report.set_aside += receipt.set_aside
            if receipt.error:
                self._report.failures.append(Failure(receipt.shard, "shard", receipt.error))
        return [receipt for receipt in ordered if not receipt.error]

    def _key(self, shard: Shard) -> str:
        options = repr(self._job.reading)
        return digest("shard", str(FORMAT), self._identity.run_id, shard.name, shard.state, options)

    def _known(self, shard: Shard, key: str, there: frozenset[str]) -> Receipt | None:
        """Return the receipt of a task that need not run again, None where it has to."""
        data = self._job.target.read(receipt_name(shard.name))
        try:
            receipt = Receipt.load(data) if data else None
        except (ValueError, TypeError, KeyError):
            return None  # of another version
        whole = receipt and receipt.key == key and all(file.name in there for file in receipt.files)
        return receipt if whole else None

    def _run_shards(self, items: Sequence[tuple[Shard, str]], engine: Engine) -> Iterator[Receipt]:
        if not items:
            return
        if isinstance(engine, LocalEngine):
            # each thread has its own process for the documents
            yield from run_in_threads(items, self._job, threads=engine.jobs)
            return
        with closing(Pool[tuple[Shard, str], Receipt](self._job, engine, math.inf)) as pool:
            for (shard, key), found in pool.run([item] for item in items):
                yield _lost(shard, key, found) if isinstance(found, Lost) else found

    # ---- fusing

    def _fuse(self, receipts: Sequence[Receipt], engine: Engine) -> Fused:
        with ExitStack() as stack:
            runner: list[_TaskRunner] = []

            def run(tasks: Sequence[FuseTask], given: FuseJob) -> Iterator[FuseResult]:
                if not runner:
                    runner.append(stack.enter_context(closing(_TaskRunner(given, engine))))
                for result in runner[0].run(tasks):
                    self._done += 1
                    self._progress("fuse", self._done)
                    yield result

            return fuse_shards(self._job, receipts, run, settled=lambda: self._progress("fuse", 0))

    # ---- the rest

    def _write_ontology_and_run(self, started: datetime) -> list[File]:
        iris, recipe = self._job.recipe.settings.iris, self._job.recipe
        ended = max(started, self._clock())
        run = run_triples(self._identity, iris, (), started=started, ended=ended)
        return [
            self._write("ontology.nq.gz", ontology_graph(recipe.lexicon), iris.ontology_graph),
            self._write("run.nq.gz", run, iris.run(self._identity.run_id)),
        ]

    def _write(self, name: str, triples: Iterable[Triple], graph: str) -> File:
        with TemporaryDirectory(prefix="kg-") as scratch:
            path = Path(scratch) / "lines"
            with QuadsFile(path) as quads:
                quads.add(sorted(set(graph_lines(triples, graph))))
            return self._job.target.publish(path, name, rows=quads.count)

    def _tidy(self, shards: Iterable[str], files: Iterable[File]) -> None:
        """Remove what killed tasks left, what only fusing needed, and what belongs to shards that are no more."""
        stays = {file.name for file in files} | {receipt_name(shard) for shard in shards}
        folders = ("documents/", "claims/", "records/", "receipts/", "world/", f"{WORK}/")
        self._job.target.remove([n for n in self._job.target.names() if n.startswith(folders) and n not in stays])
        self._job.target.remove_unfinished()

    def _tell(self, receipts: Iterable[Receipt], fused: Fused, files: Iterable[File]) -> None:
        report, totals = self._report, fused.totals
        report.failures += fused.failures
        left_out = sum(map(len, fused.rivals.values()))
        report.documents = sum(receipt.documents for receipt in receipts) - left_out
        report.mentions = sum(receipt.mentions for receipt in receipts)
        report.quarantined = sum(receipt.quarantined for receipt in receipts)
        report.entities, report.events = totals["entities"], totals["events"]
        report.disputes, report.statements = totals["disputes"], totals["statements"]
        for name, count in totals.items():
            if name.startswith("claims "):
                report.claims[name.removeprefix("claims ")] = count
        report.quads = sum(file.rows for file in files if file.name.endswith(".nq.gz"))


class _TaskRunner:
    """Runs the tasks of fusing: in this process where there is one job, else in workers, kept from step to step."""

    def __init__(self, given: FuseJob, engine: Engine) -> None:
        here = isinstance(engine, LocalEngine) and engine.jobs == 1
        self._worker = given() if here else None
        self._pool: Pool[FuseTask, FuseResult] | None = None if here else Pool(given, engine, math.inf)

    def run(self, tasks: Sequence[FuseTask]) -> Iterator[FuseResult]:
        """Yield the results in order.

        Raises:
            EngineError: A task was lost twice.
        """
        if self._worker:
            yield from (result for task in tasks for result in self._worker([task]))
        elif self._pool:
            for task, found in self._pool.run([task] for task in tasks):
                if isinstance(found, Lost):
                    raise EngineError(
                        f"the task {task.step} {task.name} of fusing was tried twice, and its process {found.reason}",
                        remedy="What was made of the documents stays; run the same command again, with more memory",
                    )
                yield found

    def close(self) -> None:
        """End the workers."""
        if self._pool:
            self._pool.close()
        if self._worker:
            self._worker.close()


def _lost(shard: Shard, key: str, found: Lost) -> Receipt:
    error: KGError = StoreError(
        f"the shard was tried twice, and its worker {found.reason}",
        where=shard.name,
        remedy="Nothing of it is in the graph; run the same command again, which makes this shard alone",
    )
    return Receipt(shard=shard.name, key=key, error=error)
