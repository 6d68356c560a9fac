"""Measure what a document costs while the graph grows: time, memory, store.

    python benchmarks/growth.py [--full] [--json docs/growth.json] [--plot docs/growth.svg]

Generated articles are built with annotations made from their truth, so that the time of the language pipeline, which
cannot depend on the graph, stays apart. Each size is built in a process of its own: a fresh build, then a build for
each of ten more articles, of which the median is told, then one that takes an article out. Times are the processor's,
since the machine may be shared. --full goes to 10,000 documents.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from newsmaker import Corpus, make_corpus, write_corpus
from newsmaker.oracle import oracle_annotation

from kg.builder import BuildReport, build_graph, update_graph
from kg.config import Settings
from kg.errors import AnnotateError
from kg.model import Annotation, Document
from kg.store.ledger import Entry, Ledger

SIZES = (100, 200, 400)
_LABELS = {
    "build ms a document": "fresh build, a document",
    "added ms": "build that adds one document",
    "removed ms": "build that takes one out",
    "peak MB": "peak memory of the fresh build",
    "workspace MB": "workspace on disk",
}
FULL = (100, 300, 1000, 3000, 10000)
ADDED = 10


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


def measure(folder: Path) -> dict[str, float]:
    """Build ``folder/first``, add each article of ``folder/added`` by itself, take one out; seconds and megabytes."""
    graph, first, added = folder / "graph", folder / "first", folder / "added"
    fresh, fresh_seconds = _build(sorted(first.glob("*.txt")), graph, partial(TruthAnnotator, (first,)))
    peak = _peak()
    size = sum(path.stat().st_size for path in graph.rglob("*") if path.is_file()) / 1e6
    # each finds its articles' truth by going through all of it
    annotator = partial(TruthAnnotator, (added,))
    steps = [_build([path], graph, annotator) for path in sorted(added.glob("*.txt"))]
    last = max(_entries(graph), key=lambda entry: entry.source_key)
    begin = time.process_time()
    removed = update_graph(graph, remove=[last.id], make_annotator=annotator)
    taken_out = time.process_time() - begin
    if fresh.failures or sum(report.new for report, _ in steps) != len(steps) or removed.removed != 1:
        raise SystemExit(f"{folder}: {fresh.failures or steps or removed}")
    return {
        "documents": fresh.documents,
        "claims": sum(fresh.claims.values()),
        "quads": fresh.quads,
        "largest event": _largest(graph),
        "build s": fresh_seconds,
        "build ms a document": 1000 * fresh_seconds / fresh.documents,
        "added ms": 1000 * statistics.median(seconds for _, seconds in steps),
        "removed ms": 1000 * taken_out,
        "peak MB": peak,
        "workspace MB": size,
    }


def _build(sources: Sequence[Path], graph: Path, annotator: partial[TruthAnnotator]) -> tuple[BuildReport, float]:
    begin = time.process_time()
    report = build_graph(sources, graph=graph, make_annotator=annotator)
    return report, time.process_time() - begin


def _entries(graph: Path) -> list[Entry]:
    with Ledger(graph / "ledger.sqlite") as ledger:
        return list(ledger.entries())


def _largest(graph: Path) -> int:
    """Return the claims of the largest event."""
    with Ledger(graph / "ledger.sqlite") as ledger:
        found: int = ledger.database.execute("SELECT max(claims) FROM event").fetchone()[0]
        return found


def _peak() -> float:
    """Return the most memory that the process has had; ru_maxrss would count its parent's, too (Linux keeps it)."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def exponent(rows: Sequence[dict[str, float]], name: str) -> float:
    """Return the slope of a figure over the number of documents, both as logarithms (least squares)."""
    points = [(math.log(row["documents"]), math.log(row[name])) for row in rows]
    x, y = (sum(values) / len(points) for values in zip(*points, strict=True))
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)


def run(sizes: Sequence[int], seed: int) -> Iterator[dict[str, float]]:
    """Yield the figures of each size, measured in a process of its own."""
    corpus = make_corpus(max(sizes) + ADDED, seed)
    for size in sizes:
        folder = Path(tempfile.mkdtemp(prefix="kg-growth-"))
        try:
            write_corpus(Corpus(corpus.articles[:size], ()), folder / "first")
            write_corpus(Corpus(corpus.articles[size : size + ADDED], ()), folder / "added")
            command = [sys.executable, __file__, "--measure", folder]
            yield json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
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
        axes.legend()
    left.set_ylim(bottom=0)
    right.set_yscale("log")
    right.yaxis.set_major_formatter("{x:,.0f}")
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--full", action="store_true", help=f"up to {FULL[-1]:,} documents")
    parser.add_argument("--sizes", type=int, nargs="+", help="other numbers of documents")
    parser.add_argument("--seed", type=int, default=7, help="of the articles (7)")
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    parser.add_argument("--plot", type=Path, help="draw them into this SVG file")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        print(json.dumps(measure(arguments.measure)))
        return
    rows: list[dict[str, float]] = []
    for row in run(arguments.sizes or (FULL if arguments.full else SIZES), arguments.seed):
        if not rows:
            print(" | ".join(row))
        rows.append(row)
        print(" | ".join(f"{value:{len(name)}.{0 if value >= 100 else 1}f}" for name, value in row.items()), flush=True)
    slopes = {name: round(exponent(rows, name), 3) for name in ("build s", "added ms", "removed ms", "peak MB")}
    print("exponents:", ", ".join(f"{name} {slope}" for name, slope in slopes.items()))
    if arguments.json:
        arguments.json.write_text(json.dumps({"sizes": rows, "exponents": slopes}, indent=2) + "\n", encoding="utf-8")
    if arguments.plot:
        plot(rows, arguments.plot)


if __name__ == "__main__":
    main()
