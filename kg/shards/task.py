"""One input shard, one task: read it, make its documents, write their graphs, claims and records.

The output files have names that follow from the input's, and appear whole or not at all; the receipt comes last. So a
task that is run again writes the same files, and one whose receipt is there need not run.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kg.engine.local import LocalEngine
from kg.errors import KGError, StoreError
from kg.iris import PREFIXES
from kg.read import Failure, ReadOptions, SetAside, read_file
from kg.shards.folder import File, Folder
from kg.shards.quads import QuadsFile
from kg.shards.tables import ANNOTATION, CLAIMS, DOCUMENT, RECORDS, TableFile, claim_rows
from kg.worker import Outcome, Recipe, Task, TaskPool

__all__ = ["Job", "Receipt", "Shard", "ShardWorker", "receipt_name"]

_SIDECAR = "sources.toml"
_USED = f"<{PREFIXES['prov']}used>"
_ATTEMPTS = 2


@dataclass(frozen=True, slots=True)
class Shard:
    """One input file: its name in the input folder, and what changes when it does."""

    name: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a task did with its shard.

    ``key`` names input, settings and code; ``files`` are those that it wrote, in the order graphs, claims, records;
    ``failures`` and ``set_aside`` tell of single documents, ``error`` why there are no files at all.
    """

    shard: str
    key: str
    files: tuple[File, ...] = ()
    failures: tuple[Failure, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    documents: int = 0
    mentions: int = 0
    quarantined: int = 0
    error: KGError | None = None

    def dump(self) -> bytes:
        """Return it as JSON."""
        return (json.dumps(dataclasses.asdict(self), default=_plain_error, sort_keys=True, indent=1) + "\n").encode()

    @classmethod
    def load(cls, data: bytes) -> Receipt:
        """Return what :meth:`dump` gave.

        Raises:
            ValueError: It is something else.
        """
        found = json.loads(data)
        return cls(
            **found
            | {
                "files": tuple(File(**file) for file in found["files"]),
                "failures": tuple(Failure(f["path"], f["stage"], KGError(**f["error"])) for f in found["failures"]),
                "set_aside": tuple(SetAside(**aside) for aside in found["set_aside"]),
                "error": None,
            }
        )


def _plain_error(value: object) -> dict[str, str | None]:
    if not isinstance(value, KGError):
        raise TypeError(f"{value!r} is not JSON")
    return {"problem": value.problem, "where": value.where, "remedy": value.remedy}


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What all tasks of a build need to know; picklable."""

    source: Folder
    target: Folder
    recipe: Recipe
    reading: ReadOptions
    sidecars: tuple[str, ...]

    def __call__(self) -> ShardWorker:
        """Make a worker."""
        return ShardWorker(self)


def receipt_name(shard: str) -> str:
    """Return the name of a shard's receipt."""
    return f"receipts/{shard}.json"


class ShardWorker:
    """Runs tasks one after another. Documents are made in a process of its own, which it keeps from task to task.

    So a document that ends or holds up that process costs itself alone, and not the shard.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self._pool = TaskPool(job.recipe, LocalEngine(1))

    def __call__(self, items: Sequence[tuple[Shard, str]]) -> list[Receipt]:
        """Run the tasks of some shards, given with the keys of their receipts."""
        return [self._run(shard, key) for shard, key in items]

    def close(self) -> None:
        """End its process."""
        self._pool.close()

    def _run(self, shard: Shard, key: str) -> Receipt:
        found: KGError | None = None
        for _ in range(_ATTEMPTS):
            try:
                return self._write(shard, key)
            except StoreError as error:  # a disk may be full, or a store out of reach, for a moment only
                found = error
            except OSError as error:
                found = StoreError(
                    f"the task cannot write its files: {error.strerror or error}",
                    where=shard.name,
                    remedy="Make room on the worker's disk for temporary files, and run the same command again",
                )
        return Receipt(shard=shard.name, key=key, error=found)

    def _write(self, shard: Shard, key: str) -> Receipt:
        with TemporaryDirectory(prefix="kg-") as scratch:
            source = Path(scratch) / "in"
            for name in (shard.name, *_above(shard.name, self._job.sidecars)):
                self._job.source.fetch(name, source / name)
            reader = _Reader(source, shard.name, self._job)
            receipt = _Writer(shard, self._job, Path(scratch)).write(self._pool.run(reader.tasks()), reader)
            receipt = dataclasses.replace(receipt, key=key)
        self._job.target.write(receipt_name(shard.name), receipt.dump())
        return receipt


def _above(name: str, sidecars: Iterable[str]) -> list[str]:
    """Return the ``sources.toml`` files of a shard's folder and those above it."""
    return [sidecar for sidecar in sidecars if name.startswith(sidecar.removesuffix(_SIDECAR))]


class _Reader:
    """Reads a shard's documents, and notes what could not be read."""

    def __init__(self, folder: Path, shard: str, job: Job) -> None:
        self._folder = folder
        self._shard = shard
        self._job = job
        self.failures: list[Failure] = []
        self.set_aside: list[SetAside] = []

    def tasks(self) -> Iterator[Task]:
        """Yield the documents."""
        for found in read_file(self._folder / self._shard, root=self._folder, options=self._job.reading):
            if isinstance(found, Failure):
                self.failures.append(self._renamed(found))
            elif isinstance(found, SetAside):
                self.set_aside.append(
                    dataclasses.replace(found, path=self._name(found.path), first=self._name(found.first))
                )
            else:
                yield Task(found)

    def _renamed(self, failure: Failure) -> Failure:
        """Return a failure that names the file as the user knows it."""
        error = failure.error
        named = KGError(error.problem, where=self._name(error.where or failure.path), remedy=error.remedy)
        return Failure(self._name(failure.path), failure.stage, named)

    def _name(self, path: str) -> str:
        return path.replace(str(self._folder), self._job.source.url)


class _Writer:
    """Writes the files of a shard."""

    def __init__(self, shard: Shard, job: Job, scratch: Path) -> None:
        self._shard = shard
        self._job = job
        self._scratch = scratch
        self._failures: list[Failure] = []
        self._documents = self._mentions = self._quarantined = 0

    def write(self, outcomes: Iterator[Outcome | Failure], reader: _Reader) -> Receipt:
        """Write what the documents gave, and return the receipt, without its key."""
        lines, claims, records = (self._scratch / name for name in ("graphs", "claims", "records"))
        with ExitStack() as stack:
            quads = stack.enter_context(QuadsFile(lines))
            keep = stack.enter_context(TableFile(claims, CLAIMS))
            note = stack.enter_context(TableFile(records, RECORDS))
            for outcome in self._good(outcomes):
                quads.add((*outcome.lines, *outcome.quarantine, self._used(outcome.document.id)))
                if outcome.conforming:
                    keep.add(claim_rows(outcome.document, outcome.conforming))
                note.add([_record(outcome)])
        name, publish = self._shard.name, self._job.target.publish
        return Receipt(
            shard=name,
            key="",
            files=(
                publish(lines, f"documents/{name}.nq.gz", rows=quads.count),
                publish(claims, f"claims/{name}.parquet", rows=keep.count),
                publish(records, f"records/{name}.parquet", rows=note.count),
            ),
            failures=(*reader.failures, *self._failures),
            set_aside=tuple(reader.set_aside),
            documents=self._documents,
            mentions=self._mentions,
            quarantined=self._quarantined,
        )

    def _good(self, outcomes: Iterator[Outcome | Failure]) -> Iterator[Outcome]:
        for outcome in outcomes:
            if isinstance(outcome, Failure):
                self._failures.append(outcome)
                continue
            self._documents += 1
            self._mentions += len(outcome.conforming.all_mentions) if outcome.conforming else 0
            self._quarantined += outcome.quarantined
            yield outcome

    def _used(self, document_id: str) -> str:
        iris = self._job.recipe.settings.iris
        run = iris.run(self._job.recipe.run_id)
        return f"<{run}> {_USED} <{iris.document(document_id)}> <{run}> ."


def _record(outcome: Outcome) -> tuple[Any, ...]:
    document = outcome.document
    about = dataclasses.replace(document, text="", body=())
    annotation = ANNOTATION.encode(outcome.conforming) if outcome.conforming else None
    return document.id, document.source_key, document.source_path, DOCUMENT.encode(about), annotation, outcome.sketch
