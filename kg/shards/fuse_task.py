"""The tasks of fusing: place the claims of one shard, cluster one part of the kinds, state one part of the triples.

What they need of all documents together – canonical keys, classes and sides of entities – stands in a small SQLite
file that each worker fetches once; the rest is their own.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kg.codec import Codec
from kg.fuse.gate import load_gate
from kg.fuse.kept.entity_fuser import EntityFuser
from kg.fuse.kept.event_fuser import EventFuser
from kg.fuse.kept.tables import create_tables
from kg.fuse.kept.totals import Totals
from kg.fuse.kept.touched import Touched
from kg.fuse.statements import Support, make_statement
from kg.iris import digest
from kg.model import Annotation
from kg.rdf.nquads import LineTriple, lines
from kg.rdf.world import WorldWriter
from kg.shards.folder import File
from kg.shards.quads import QuadsFile
from kg.shards.tables import ANNOTATION, FACTS, SUPPORTS, read_part, read_rows, write_parts
from kg.shards.task import Job

__all__ = ["WORK", "FuseJob", "FuseResult", "FuseStep", "FuseTask", "part_of"]

WORK = "work"
"""The folder of what only fusing needs; it is removed at the end."""

_SETTLED = ("entity", "side")
_SUPPORT = Codec(Support, level=1)


class FuseStep(StrEnum):
    """The steps, each of which waits for the one before it."""

    PLACE = "place"
    CLUSTER = "cluster"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class FuseTask:
    """One task: ``name`` is that of a shard (place), or the number of a part."""

    step: FuseStep
    name: str


@dataclass(frozen=True, slots=True)
class FuseResult:
    """What a task wrote for good, and what it counted."""

    files: tuple[File, ...] = ()
    totals: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FuseJob:
    """What all tasks of fusing need to know; picklable."""

    job: Job
    shards: tuple[str, ...]
    parts: int

    def __call__(self) -> FuseWorker:
        """Make a worker."""
        return FuseWorker(self)


def part_of(key: str, parts: int) -> int:
    """Return the part that deals with a key, the same on every machine."""
    return int(digest("part", key), 16) % parts


class FuseWorker:
    """Runs tasks one after another."""

    def __init__(self, given: FuseJob) -> None:
        self._given = given
        self._target = given.job.target
        self._recipe = given.job.recipe
        self._scratch = TemporaryDirectory(prefix="kg-fuse-")
        self._settled = Path(self._scratch.name) / "settled.sqlite"
        self._steps: dict[FuseStep, Callable[[str], FuseResult]] = {
            FuseStep.PLACE: self._place,
            FuseStep.CLUSTER: self._cluster,
            FuseStep.STATE: self._state,
        }

    def __call__(self, tasks: Sequence[FuseTask]) -> list[FuseResult]:
        """Run some tasks."""
        if not self._settled.exists():
            self._target.fetch(f"{WORK}/settled.sqlite", self._settled)
        return [self._steps[task.step](task.name) for task in tasks]

    def close(self) -> None:
        """Remove what it fetched."""
        self._scratch.cleanup()

    def _database(self) -> sqlite3.Connection:
        """Return an empty database, which reads of entities what was settled before."""
        # the empty name is a file of its own that spills to disk and goes with the connection
        database = sqlite3.connect("", isolation_level=None, uri=True)
        database.execute("PRAGMA synchronous = OFF")
        create_tables(database, without=_SETTLED)
        database.execute("ATTACH ? AS settled", (f"{self._settled.resolve().as_uri()}?mode=ro&immutable=1",))
        return database

    def _fusers(self, database: sqlite3.Connection, annotations: dict[str, Annotation]) -> _Fusers:
        settings, lexicon = self._recipe.settings, self._recipe.lexicon
        touched, totals = Touched(database), Totals(database)
        entities = EntityFuser(database, totals, threshold=settings.threshold)
        events = EventFuser(
            database,
            annotations.__getitem__,
            entities,
            lexicon=lexicon,
            settings=settings,
            touched=touched,
            totals=totals,
        )
        return _Fusers(events, touched, totals)

    # ---- claims of one shard, with canonical entities, by the part of their kind

    def _place(self, shard: str) -> FuseResult:
        annotations = dict(self._annotations(shard))
        with closing(self._database()) as database:
            fusers = self._fusers(database, annotations)
            with self._target.local(f"{WORK}/sources/{shard}.parquet") as path:
                for row in read_rows(path):
                    self._enter(database, row, annotations.get(row["document"]))
                    fusers.touched.documents.add(row["document"])
            fusers.events.read()
            parts: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
            for fact in fusers.events.placed():
                part = part_of(fact[2], self._given.parts)
                parts[part].append((part, *fact))
        self._publish_parts(FACTS, f"facts/{shard}", parts)
        return FuseResult()

    def _annotations(self, shard: str) -> Iterator[tuple[str, Annotation]]:
        with self._target.local(f"records/{shard}.parquet") as path:
            for row in read_rows(path):
                if row["annotation"] is not None:
                    yield row["document"], ANNOTATION.decode(row["annotation"])

    def _enter(self, database: sqlite3.Connection, row: dict[str, Any], annotation: Annotation | None) -> None:
        if annotation is None:
            return
        columns = "document, published, source, agency, about, sketch, origin"
        query = f"INSERT INTO report ({columns}) VALUES (?1, ?2, ?3, '', '', '', ?1)"  # noqa: S608 (our own words)
        database.execute(query, (row["document"], row["published"], row["source"]))
        keys = {entity.key for entity in annotation.entities}
        for claim in annotation.claims:
            keys.update(claim.attributed_to, claim.via, *(claim.entities(role.name) for role in claim.roles))
        rows = [(row["document"], key) for key in sorted(keys)]
        database.executemany("INSERT INTO appearance VALUES (?, ?, 0, '[]')", rows)

    def _publish_parts(self, schema: Any, name: str, parts: dict[int, list[tuple[Any, ...]]]) -> None:
        with TemporaryDirectory(prefix="kg-") as scratch:
            path = Path(scratch) / "parts"
            rows = write_parts(path, schema, parts)
            self._target.publish(path, f"{WORK}/{name}.parquet", rows=rows)

    # ---- events of one part of the kinds

    def _cluster(self, part: str) -> FuseResult:
        writer = WorldWriter(self._recipe.settings, self._recipe.lexicon)
        with closing(self._database()) as database:
            fusers = self._fusers(database, {})
            for shard in self._given.shards:
                fusers.events.take(self._facts(shard, int(part)))
            fusers.events.settle()
            told = fusers.events.events()
            records = (
                record for event, disputes in told for record in (writer.event(event), *map(writer.dispute, disputes))
            )
            file = self._publish_lines(f"world/events-{part}.nq.gz", records)
            supports: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
            for support in fusers.events.supports():
                goal = part_of("\x1f".join(support[:3]), self._given.parts)
                supports[goal].append((goal, *support))
            totals = tuple(sorted(fusers.totals.under("").items()))
        self._publish_parts(SUPPORTS, f"supports/{part}", supports)
        return FuseResult((file,), totals)

    def _facts(self, shard: str, part: int) -> Iterator[Any]:
        with self._target.local(f"{WORK}/facts/{shard}.parquet") as path:
            for row in read_part(path, part):
                yield tuple(row.values())[1:]

    def _publish_lines(self, name: str, records: Iterable[Iterable[LineTriple]]) -> File:
        graph = self._recipe.settings.iris.world_graph
        with TemporaryDirectory(prefix="kg-") as scratch:
            path = Path(scratch) / "lines"
            with QuadsFile(path) as quads:
                for record in records:
                    # several claims may give a role the same value
                    quads.add(dict.fromkeys(lines(record, graph)))
            return self._target.publish(path, name, rows=quads.count)

    # ---- statements of one part of the triples

    def _state(self, part: str) -> FuseResult:
        writer = WorldWriter(self._recipe.settings, self._recipe.lexicon)
        rows = sorted(
            (tuple(row.values())[1:] for n in range(self._given.parts) for row in self._supports(n, int(part))),
            key=lambda row: row[:3],
        )
        grouped = groupby(rows, key=lambda row: row[:3])
        gate = load_gate()
        told = (make_statement(triple, [_SUPPORT.decode(row[3]) for row in given], gate) for triple, given in grouped)
        made = [statement for statement in told if statement]
        file = self._publish_lines(f"world/statements-{part}.nq.gz", map(writer.statement, made))
        return FuseResult((file,), (("statements", len(made)),))

    def _supports(self, number: int, part: int) -> Iterator[dict[str, Any]]:
        with self._target.local(f"{WORK}/supports/{number}.parquet") as path:
            yield from read_part(path, part)


@dataclass(frozen=True, slots=True)
class _Fusers:
    events: EventFuser
    touched: Touched
    totals: Totals
