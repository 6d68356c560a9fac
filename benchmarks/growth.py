"""Measure what a document costs while the graph grows: time, memory, store.

    python benchmarks/growth.py [--full] [--pipeline [--jobs 2]] [--json FILE] [--plot FILE.svg]

Generated articles are built with annotations made from their truth, so that the time of the language pipeline, which
cannot depend on the graph, stays apart; --pipeline parses the texts instead. Each size is built in a process of its
own: a fresh build, then a build for each of ten more articles, of which the median is told, then one that takes an
article out. Times are the processor's, since the machine may be shared, without loading the model (but for that of
several jobs); memory is that of all processes of the fresh build together. --full goes to 10,000 documents. Exponents
are those of growth from 100 documents on. FILE keeps the figures of each way of annotating.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from measuring import memory_of_tree, peak_megabytes, processor_seconds, table, write_json
from newsmaker import Corpus, make_corpus, write_corpus
from newsmaker.oracle import oracle_annotation

from kg.builder import BuildReport, build_graph, update_graph
from kg.config import Settings
from kg.errors import AnnotateError
from kg.model import Annotation, Document
from kg.store.ledger import Entry, Ledger
from kg.worker import Annotator, load_annotator

SIZES = (100, 200, 400)
_LABELS = {
    "build ms a document": "fresh build, a document",
    "added ms": "build that adds one document",
    "removed ms": "build that takes one out",
    "peak MB": "peak memory of the fresh build",
    "workspace MB": "workspace on disk",
}
COLUMNS = (
    "claims", "quads", "build s", "build ms a document", "added ms", "removed ms", "peak MB", "workspace MB",
)  # fmt: skip
GROWING = ("build s", "added ms", "removed ms", "peak MB")
FULL = (10, 100, 300, 1000, 3000, 10000)
ADDED = 10
LEAST = 100
"""Documents from which growth is told: below, a store's first files weigh more than what is in them."""


class TruthAnnotator:
    """Annotates from ``truth.records``, of which it keeps only where each article's line begins."""

    def __init__(self, folders: Sequence[Path], _settings: Settings) -> None:
        self.places: dict[str, tuple[Path, int]] = {}
        for folder in folders:
            path, place = folder / "truth.records", 0
            with path.open("rb") as file:
                for line in file:
                    if line.startswith(b'{"record": "article"'):
                        self.places[json.loads(line)["document"]] = path, place
                    place += len(line)

    def __call__(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Annotation | AnnotateError]]:
        for document in documents:
            path, place = self.places[document.source_path]
            with path.open("rb") as file:
                file.seek(place)
                yield document, oracle_annotation(document, json.loads(file.readline()))


class Timed:
    """Makes an annotator, and notes how long that took, if it happened in this process."""

    def __init__(self, make: Callable[[Settings], Annotator]) -> None:
        self.make = make
        self.seconds = 0.0

    def __call__(self, settings: Settings) -> Annotator:
        begin = time.process_time()
        annotator = self.make(settings)
        self.seconds = time.process_time() - begin
        return annotator


def measure(folder: Path, jobs: int) -> None:
    """Build ``folder/first``, add each article of ``folder/added`` alone, take one out; print seconds and megabytes.

    The figures of the fresh build come first, on a line of their own, so that its memory can be watched from outside.
    With no jobs the annotations are made from the truth.
    """
    graph, first, added = folder / "graph", folder / "first", folder / "added"
    settings = Settings(jobs=max(1, jobs))
    # what is loaded once (lexicon, shapes) belongs to no document
    timed_build(sorted(first.glob("*.txt"))[:1], folder / "warm-up", _annotates(jobs, first), settings)
    fresh, seconds = timed_build(sorted(first.glob("*.txt")), graph, _annotates(jobs, first), settings)
    found = {
        "documents": fresh.documents,
        "claims": sum(fresh.claims.values()),
        "quads": fresh.quads,
        "largest event": _largest(graph),
        "build s": seconds,
        "build ms a document": 1000 * seconds / fresh.documents,
        "peak MB": peak_megabytes(),
        "workspace MB": sum(path.stat().st_size for path in graph.rglob("*") if path.is_file()) / 1e6,
    }
    print(json.dumps(found), flush=True)
    steps = [timed_build([path], graph, _annotates(jobs, added), settings) for path in sorted(added.glob("*.txt"))]
    last = max(_entries(graph), key=lambda entry: entry.source_key)
    begin = time.process_time()
    removed = update_graph(graph, remove=[last.id], make_annotator=_annotates(jobs, added))
    taken_out = time.process_time() - begin
    if fresh.failures or sum(report.new for report, _ in steps) != len(steps) or removed.removed != 1:
        raise SystemExit(f"{folder}: {fresh.failures or steps or removed}")
    added_ms = 1000 * statistics.median(seconds for _, seconds in steps)
    print(json.dumps({"added ms": added_ms, "removed ms": 1000 * taken_out}))


def _annotates(jobs: int, folder: Path) -> Callable[[Settings], Annotator]:
    # the truth of an article is found by going through that of its folder
    return load_annotator if jobs else partial(TruthAnnotator, (folder,))


def timed_build(
    sources: Sequence[Path], graph: Path, make: Callable[[Settings], Annotator], settings: Settings
) -> tuple[BuildReport, float]:
    """Build a graph, and return what was done and the processor's seconds, without making the annotator."""
    # that of several processes is told in hundredths of a second
    clock = time.process_time if settings.jobs == 1 else processor_seconds
    timed, begin = Timed(make), clock()
    report = build_graph(sources, graph=graph, settings=settings, make_annotator=timed)
    return report, clock() - begin - timed.seconds


def _entries(graph: Path) -> list[Entry]:
    with Ledger(graph / "ledger.sqlite") as ledger:
        return list(ledger.entries())


def _largest(graph: Path) -> int:
    """Return the claims of the largest event."""
    with Ledger(graph / "ledger.sqlite") as ledger:
        found: int = ledger.database.execute("SELECT max(claims) FROM event").fetchone()[0]
        return found


class Watch:
    """Watches the memory of a process and its children until it is told to stop."""

    def __init__(self, process: int) -> None:
        self.peak, self._process, self._end = 0.0, process, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._end.wait(0.1):
            self.peak = max(self.peak, memory_of_tree(self._process))

    def stop(self) -> float:
        """Return the most megabytes that were seen."""
        self._end.set()
        self._thread.join()
        return self.peak


def measure_apart(folder: Path, jobs: int) -> dict[str, float]:
    """Return the figures of one size, measured in a process of its own and its children."""
    command = [sys.executable, __file__, "--jobs", str(jobs), "--measure", folder]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        watch = Watch(process.pid)
        fresh, rest = process.stdout.readline(), ""
        peak = watch.stop()
        rest = process.stdout.read()
    if process.returncode:
        raise SystemExit(f"{folder}: the measurement failed")
    found: dict[str, float] = json.loads(fresh) | json.loads(rest)
    # what is seen from outside misses a short peak, what a process knows of itself its children
    return found | {"peak MB": max(peak, found["peak MB"])}


def exponent(rows: Sequence[dict[str, float]], name: str) -> float:
    """Return the slope of a figure over the number of documents, both as logarithms (least squares); 0 for one size."""
    points = [(math.log(row["documents"]), math.log(row[name])) for row in rows if row["documents"] >= LEAST]
    x, y = (sum(point[axis] for point in points) / max(1, len(points)) for axis in (0, 1))
    spread = sum((a - x) ** 2 for a, _ in points)
    return sum((a - x) * (b - y) for a, b in points) / spread if spread else 0.0


def run(sizes: Sequence[int], seed: int, jobs: int) -> Iterator[dict[str, float]]:
    """Yield the figures of each size, measured in a process of its own."""
    corpus = make_corpus(max(sizes) + ADDED, seed)
    for size in sizes:
        folder = Path(tempfile.mkdtemp(prefix="kg-growth-"))
        try:
            write_corpus(Corpus(corpus.articles[:size], ()), folder / "first")
            write_corpus(Corpus(corpus.articles[size : size + ADDED], ()), folder / "added")
            yield measure_apart(folder, jobs)
        finally:
            shutil.rmtree(folder)


def plot(rows: Sequence[dict[str, float]], path: Path) -> None:
    """Draw time a document, and memory and store."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt

    mpl.rcParams["svg.hashsalt"] = "growth"
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    documents = [row["documents"] for row in rows]
    for axes, names, title in (
        (left, ("build ms a document", "added ms", "removed ms"), "Milliseconds a document"),
        (right, ("peak MB", "workspace MB"), "Megabytes"),
    ):
        for name in names:
            axes.plot(documents, [row[name] for row in rows], marker="o", label=_LABELS[name])
        axes.set(xscale="log", xlabel="documents in the graph", title=title)
        axes.set_xticks(documents, [f"{number:,.0f}" for number in documents])
        axes.minorticks_off()
        axes.grid(visible=True, alpha=0.3)
        axes.legend(loc="upper left")
    # room for the legend above the curves
    left.set_ylim(0, 1.5 * left.get_ylim()[1])
    right.set_yscale("log")
    right.yaxis.set_major_formatter("{x:,.0f}")
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None})


def report(figures: dict[str, Any]) -> str:
    return "\n\n".join(f"{way}\n{_report(found['sizes'])}" for way, found in figures.items())


def _report(rows: Sequence[dict[str, float]]) -> str:
    cells = {f"{row['documents']:,.0f} documents": [_cell(row[name]) for name in COLUMNS] for row in rows}
    slopes = ", ".join(f"{name} {exponent(rows, name):.2f}" for name in GROWING)
    return f"{table(COLUMNS, cells)}\nexponents from {LEAST} documents: {slopes}"


def _cell(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.1f}"


def show(rows: Iterator[dict[str, float]]) -> list[dict[str, float]]:
    """Tell each row as it comes, and return them all."""
    found = []
    for row in rows:
        print(f"{row['documents']:,.0f} documents: {row['build s']:,.1f} s", file=sys.stderr, flush=True)
        found.append(row)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--full", action="store_true", help=f"up to {FULL[-1]:,} documents")
    parser.add_argument("--sizes", type=int, nargs="+", help="other numbers of documents")
    parser.add_argument(
        "--pipeline", action="store_true", help="parse the texts instead of annotating from their truth"
    )
    parser.add_argument("--jobs", type=int, default=1, help="processes that parse (1)")
    parser.add_argument("--seed", type=int, default=7, help="of the articles (7)")
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    parser.add_argument("--plot", type=Path, help="draw them into this SVG file")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        measure(arguments.measure, arguments.jobs)
        return
    jobs = arguments.jobs if arguments.pipeline else 0
    rows = show(run(arguments.sizes or (FULL if arguments.full else SIZES), arguments.seed, jobs))
    way = f"texts parsed, jobs: {jobs}" if jobs else "annotations from the truth"
    print(report({way: {"sizes": rows}}))
    if arguments.json:
        others = json.loads(arguments.json.read_text("utf-8")) if arguments.json.exists() else {}
        write_json(arguments.json, others | {way: {"sizes": rows}})
    if arguments.plot:
        plot(rows, arguments.plot)


if __name__ == "__main__":
    main()
