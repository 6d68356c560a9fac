"""Time Ray workers against local processes, and tell what a million articles cost and 100 million would.

    python benchmarks/cluster.py [--count 2000] [--each 250] [--rounds 1] [--json FILE] [--price 0.05]

*Two processes* and *two Ray workers* build a workspace of the same articles (``kg build --jobs 2``, ``--engine ray``);
start-up aside, their time counts from the first document that is done to the last. *Shards* are the same articles as
JSON Lines in, N-Quads and Parquet out (``--shards``), on local jobs and on Ray workers; their time counts whole. Each
row runs in a process of its own, in turns, and all graphs have to have the same numbers. The costs come from the
processor time of the shards on local jobs, at a price for an hour of one core.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

from measuring import in_own_process, processor_seconds, ratios, spread, table, write_json
from newsmaker import make_corpus
from newsmaker.shards import write_corpus_shards

from kg.builder import build_graph
from kg.config import Settings
from kg.report import BuildReport
from kg.shards import build_shards

PROCESSES, RAY, SHARDS, SHARDS_ON_RAY = (
    "two processes",
    "two Ray workers",
    "shards, two jobs",
    "shards, two Ray workers",
)
ROWS: dict[str, Settings] = {
    PROCESSES: Settings(jobs=2),
    RAY: Settings(engine="ray", jobs=2),
    SHARDS: Settings(jobs=2),
    SHARDS_ON_RAY: Settings(engine="ray", jobs=2),
}
# what is divided by what: builds of a workspace among themselves, start-up aside, and shards whole
BASES = {PROCESSES: PROCESSES, RAY: PROCESSES, SHARDS: SHARDS, SHARDS_ON_RAY: SHARDS}
BAR = 0.8
KINDS = ("documents", "claims", "records", "world")
STEPS = ("documents", "entities", "events")
MILLION = 1_000_000
WEEK = 7 * 24
MANY = 100

Run = dict[str, Any]


class Watch:
    """Notes when documents, or shards, are done, and the processor time of each step of building shards."""

    def __init__(self, stage: str) -> None:
        self.stage = stage
        self.started = time.perf_counter()
        self.first: float | None = None
        self.last = 0.0
        self.marks: list[float] = []

    def __call__(self, stage: str, done: int) -> None:
        if stage == self.stage:
            self.last = time.perf_counter()
            self.first = self.first or self.last
        if stage == "shards":
            self.marks[:1] = [processor_seconds()]
        elif stage == "fuse" and done == 0:
            self.marks.append(processor_seconds())

    def read(self) -> Run:
        ended = time.perf_counter()
        first = self.first or ended
        whole = ended - self.started if self.stage == "shards" else self.last - first
        return {"start-up": first - self.started, "seconds": whole, "all": ended - self.started}


def run_alone(name: str, source: Path, target: Path) -> Run:
    """Run one row, in a process that does nothing else."""
    settings = ROWS[name]
    if name in (PROCESSES, RAY):
        watch = Watch("documents")
        return numbers(build_graph(source, graph=target, settings=settings, progress=watch)) | watch.read()
    watch = Watch("shards")
    began = processor_seconds()
    found = numbers(build_shards(str(source), str(target), settings=settings, progress=watch)) | watch.read()
    marks = [began, *watch.marks, processor_seconds()]
    steps = {step: after - before for step, (before, after) in zip(STEPS, pairwise(marks), strict=True)}
    return found | {"processor": steps, "sizes": sizes_of(target)}


def numbers(report: BuildReport) -> Run:
    if report.failures:
        raise SystemExit(f"{report.failures[0].error}")
    names = ("documents", "mentions", "entities", "events", "statements", "disputes", "quads")
    return {f"number of {name}": getattr(report, name) for name in names} | {
        "number of claims": sum(report.claims.values())
    }


def sizes_of(target: Path) -> dict[str, int]:
    """Return the bytes of each kind of file."""
    files = json.loads((target / "manifest.json").read_text("utf-8"))["files"]
    return {kind: sum(f["bytes"] for f in files if f["name"].startswith(f"{kind}/")) for kind in KINDS}


def run_rounds(source: Path, rounds: int) -> dict[str, list[Run]]:
    found: dict[str, list[Run]] = {name: [] for name in ROWS}
    for _ in range(rounds):
        for name in ROWS:
            with tempfile.TemporaryDirectory() as folder:
                target = Path(folder) / "out"
                found[name].append(in_own_process(__file__, "--alone", name, "--source", source, "--target", target))
    facts = [{k: v for k, v in run.items() if k.startswith("number of")} for runs in found.values() for run in runs]
    if any(fact != facts[0] for fact in facts):
        raise SystemExit(f"the graphs differ: {facts}")
    return found


def report(figures: Run) -> str:
    """Return the figures as text."""
    found, documents = figures["runs"], figures["documents"]
    quads = found[PROCESSES][0]["number of quads"]
    rounds = len(found[PROCESSES])
    head = f"{documents:,} articles of {figures['characters'] / documents:,.0f} characters, {quads:,} quads"
    rows = {name: list(row(found, name, documents)) for name in ROWS}
    cost = costs(figures)
    return "\n".join((
        f"{head}; rounds: {rounds}",
        table(["articles/s", "speed", "with start-up s", "start-up s"], rows),
        "",
        table(["1 million", f"{MANY} million"], {name: [f"{n:,.1f}", f"{n * MANY:,.0f}"] for name, n in cost.items()}),
    ))  # fmt: skip


def row(found: dict[str, list[Run]], name: str, documents: int) -> list[object]:
    runs, base = found[name], found[BASES[name]]
    seconds = statistics.median(run["seconds"] for run in runs)
    speed = ratios([run["seconds"] for run in base], [run["seconds"] for run in runs])
    return [f"{documents / seconds:,.1f}", spread(speed), *(_middle(runs, key) for key in ("all", "start-up"))]


def _middle(runs: list[Run], key: str) -> str:
    return f"{statistics.median(run[key] for run in runs):,.0f}"


def costs(figures: Run) -> dict[str, float]:
    """Return what a million such articles cost."""
    runs, scale = figures["runs"][SHARDS], MILLION / figures["documents"]
    hours = {
        step: statistics.median(run["processor"][step] for run in runs) * scale / 3600
        for step in STEPS
    }  # fmt: skip
    return {
        "core hours, documents": hours["documents"],
        "core hours, entities (one core)": hours["entities"],
        "core hours, events and statements": hours["events"],
        f"price at {figures['price']} for a core hour": sum(hours.values()) * figures["price"],
        "cores for documents within a week": hours["documents"] / WEEK,
        "million quads": runs[0]["number of quads"] * scale / MILLION,
        "million claims": runs[0]["number of claims"] * scale / MILLION,
    } | {f"GB, {kind}": size * scale / 1e9 for kind, size in runs[0]["sizes"].items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=2000, help="generated articles (2000)")
    parser.add_argument("--each", type=int, default=250, help="articles a shard (250)")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--price", type=float, default=0.05, help="of an hour of a core (0.05)")
    parser.add_argument("--json", type=Path)
    for name in ("--alone", "--source", "--target"):
        parser.add_argument(name, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.alone:
        print(json.dumps(run_alone(arguments.alone, Path(arguments.source), Path(arguments.target))))
        return
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "news"
        write_corpus_shards(make_corpus(arguments.count, 7), source, arguments.each)
        lines = (line for path in source.iterdir() for line in path.read_text("utf-8").splitlines())
        characters = sum(len(json.loads(line)["text"]) for line in lines)
        found = run_rounds(source, arguments.rounds)
    figures = {"documents": arguments.count, "characters": characters, "price": arguments.price, "runs": found}
    print(report(figures))
    speed, *_ = ratios([run["seconds"] for run in found[PROCESSES]], [run["seconds"] for run in found[RAY]])
    print(f"two Ray workers have {speed:.2f} of the speed of two processes, start-up aside (bar {BAR})")
    write_json(arguments.json, figures)


if __name__ == "__main__":
    main()
