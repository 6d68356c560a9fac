"""Fuse the records of all shards into the world graph: first the entities, here; then the events, in tasks."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kg.errors import ReadError
from kg.fuse.kept.entity_fuser import EntityFuser
from kg.fuse.kept.tables import create_tables
from kg.fuse.kept.totals import Totals
from kg.fuse.kept.touched import Touched
from kg.fuse.sources import Record
from kg.rdf.nquads import LineTriple, lines
from kg.rdf.world import WorldWriter
from kg.read import Failure
from kg.shards.folder import File
from kg.shards.fuse_task import WORK, FuseJob, FuseResult, FuseStep, FuseTask
from kg.shards.quads import QuadsFile
from kg.shards.tables import ANNOTATION, DOCUMENT, SOURCES, TableFile, read_rows
from kg.shards.task import Job, Receipt

__all__ = ["Fused", "fuse_shards"]

# claims of a part: some seconds of work; and the most parts, since each reads a piece of every shard's table
_CLAIMS, _PARTS = 20_000, 1_024

RunTasks = Callable[[Sequence[FuseTask], FuseJob], Iterable[FuseResult]]
"""Runs tasks that do not wait for each other, and gives the results in their order."""


@dataclass(slots=True)
class Fused:
    """What fusing gave.

    ``rivals`` are the documents, by shard, that are left out, since a shard before has the same address; ``failures``
    tell of those among them that have another content.
    """

    files: list[File] = field(default_factory=list)
    totals: Counter[str] = field(default_factory=Counter)
    rivals: dict[str, set[str]] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)


def fuse_shards(job: Job, receipts: Sequence[Receipt], run: RunTasks, *, settled: Callable[[], None]) -> Fused:
    """Write the world graph of all shards.

    Args:
        job: What the shards were made with.
        receipts: Of the shards that were written, by name.
        run: Runs the tasks, here or elsewhere.
        settled: Called when entities are settled, before the first task.
    """
    fused = Fused()
    with TemporaryDirectory(prefix="kg-fuse-") as scratch:
        path = Path(scratch) / "fusing.sqlite"
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            entities = _Entities(database, job, fused)
            entities.enter(receipts)
            entities.settle(receipts)
            _publish_settled(database, Path(scratch) / "settled.sqlite", job)
            settled()
            _run_steps(job, receipts, run, fused)
            entities.write()
    return fused


def _run_steps(job: Job, receipts: Sequence[Receipt], run: RunTasks, fused: Fused) -> None:
    shards = tuple(receipt.shard for receipt in receipts)
    claims = sum(receipt.files[1].rows for receipt in receipts)
    # of the claims alone, so that the files are the same whatever does the work
    parts = min(claims // _CLAIMS + 1, _PARTS)
    given = FuseJob(job=job, shards=shards, parts=parts)
    names = {FuseStep.PLACE: shards, FuseStep.CLUSTER: _numbers(parts), FuseStep.STATE: _numbers(parts)}
    for step, of_step in names.items():
        for result in run([FuseTask(step, name) for name in of_step], given):
            fused.files.extend(result.files)
            fused.totals.update(dict(result.totals))


def _numbers(parts: int) -> tuple[str, ...]:
    return tuple(map(str, range(parts)))


def _publish_settled(database: sqlite3.Connection, path: Path, job: Job) -> None:
    """Write the file with what the tasks need of entities."""
    database.execute("ATTACH ? AS settled", (str(path),))
    database.execute("CREATE TABLE settled.entity AS SELECT key, type, family, media, canonical FROM entity")
    database.execute("CREATE TABLE settled.side AS SELECT person, party FROM side")
    for table, column in (("entity", "key"), ("entity", "canonical"), ("side", "person")):
        database.execute(f"CREATE INDEX settled.{table}_by_{column} ON {table} ({column})")
    database.execute("DETACH settled")
    job.target.publish(path, f"{WORK}/settled.sqlite", rows=0)


class _Entities:
    """What is decided over all documents together, and written to the world graph as it is."""

    def __init__(self, database: sqlite3.Connection, job: Job, fused: Fused) -> None:
        database.execute("PRAGMA synchronous = OFF")
        database.execute("PRAGMA journal_mode = OFF")
        create_tables(database)
        database.execute("CREATE TABLE taken (source_key TEXT PRIMARY KEY, document TEXT, place TEXT) WITHOUT ROWID")
        self._database = database
        self._job = job
        self._fused = fused
        self._totals = Totals(database)
        self._fuser = EntityFuser(database, self._totals, threshold=job.recipe.settings.threshold)

    def enter(self, receipts: Iterable[Receipt]) -> None:
        """Take in the records of all shards; of documents with one address the first."""
        self._database.execute("BEGIN")
        for receipt in receipts:
            with self._job.target.local(receipt.files[2].name) as path:
                for row in read_rows(path):
                    if self._is_first(receipt.shard, row) and row["annotation"] is not None:
                        document, annotation = DOCUMENT.decode(row["about"]), ANNOTATION.decode(row["annotation"])
                        self._fuser.enter(Record(document, annotation, row["sketch"]))
        self._database.execute("COMMIT")

    def _is_first(self, shard: str, row: dict[str, Any]) -> bool:
        key, document, place = row["source_key"], row["document"], row["where"]
        query = "INSERT OR IGNORE INTO taken VALUES (?, ?, ?)"
        if self._database.execute(query, (key, document, place)).rowcount:
            return True
        query = "SELECT document, place FROM taken WHERE source_key = ?"
        before, where = self._database.execute(query, (key,)).fetchone()
        self._fused.rivals.setdefault(shard, set()).add(document)
        if before == document:  # the same article again, word for word
            return False
        error = ReadError(
            f"has the same address {key!r} as {where}, but another content",
            where=place,
            remedy="Keep one of them, or correct the url in sources.toml",
        )
        self._fused.failures.append(Failure(place, "read", error))
        return False

    def settle(self, receipts: Iterable[Receipt]) -> None:
        """Decide who is who and where reports come from, and tell the tasks of each shard."""
        touched = Touched(self._database)
        self._database.execute("BEGIN")
        self._fuser.settle((), touched.documents)
        self._database.execute("COMMIT")
        for receipt in receipts:
            self._publish_sources(receipt)

    def _publish_sources(self, receipt: Receipt) -> None:
        rivals = self._fused.rivals.get(receipt.shard, set())
        query = """
            SELECT b.published, a.source FROM report a JOIN report b ON b.document = a.origin WHERE a.document = ?"""
        with TemporaryDirectory(prefix="kg-") as scratch:
            path = Path(scratch) / "sources"
            with TableFile(path, SOURCES) as table, self._job.target.local(receipt.files[2].name) as records:
                for row in read_rows(records):
                    document = row["document"]
                    found = self._database.execute(query, (document,)).fetchone()
                    if found and document not in rivals:
                        table.add([(document, *found)])
            self._job.target.publish(path, f"{WORK}/sources/{receipt.shard}.parquet", rows=table.count)

    def write(self) -> None:
        """Write entities and lineages."""
        writer = WorldWriter(self._job.recipe.settings, self._job.recipe.lexicon)
        entities = (writer.entity(entity) for _, _, entity in self._fuser.entities() if entity)
        lineages = (writer.lineage(lineage) for _, _, lineage in self._fuser.lineages() if lineage)
        self._database.execute("BEGIN")
        self._publish("world/entities.nq.gz", entities)
        self._publish("world/lineages.nq.gz", lineages)
        self._database.execute("COMMIT")
        self._fused.totals["entities"] = self._totals.of("entities")

    def _publish(self, name: str, records: Iterator[Iterable[LineTriple]]) -> None:
        graph = self._job.recipe.settings.iris.world_graph
        with TemporaryDirectory(prefix="kg-") as scratch:
            path = Path(scratch) / "lines"
            with QuadsFile(path) as quads:
                for record in records:
                    quads.add(dict.fromkeys(lines(record, graph)))
            self._fused.files.append(self._job.target.publish(path, name, rows=quads.count))
