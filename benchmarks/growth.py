"""Measure what a document costs while the graph grows: time, memory, store.

    python benchmarks/growth.py [--full] [--json docs/growth.json] [--plot docs/growth.svg]

Generated articles are built with annotations made from their truth, so that the time of the language pipeline, which
cannot depend on the graph, stays apart. Each size is built in a process of its own: a fresh build, then one more build
that adds a few documents to it. Times are the processor's, since the machine may be shared. --full goes to 10,000
documents and takes a quarter of an hour.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from newsmaker import Corpus, make_corpus, write_corpus
from newsmaker.oracle import oracle_annotation

from kg.builder import BuildReport, build_graph
from kg.config import Settings
from kg.errors import AnnotateError
from kg.model import Annotation, Document

SIZES = (100, 200, 400)
FULL = (100, 300, 1000, 3000, 10000)
ADDED = 10


class TruthAnnotator:
    """Annotates from ``truth.jsonl``, of which it keeps only where each article's line begins."""

    def __init__(self, folders: Sequence[Path], _settings: Settings) -> None:
        self.places: dict[str, tuple[Path, int]] = {}
        for folder in folders:
            path, place = folder / "truth.jsonl", 0
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
    """Build ``folder/first``, add ``folder/added``, in a workspace beside them; seconds and megabytes."""
    graph, first, added = folder / "graph", folder / "first", folder / "added"
    annotator = partial(TruthAnnotator, (first, added))
    fresh, fresh_seconds = _build(first, graph, annotator)
    peak = _peak()
    more, more_seconds = _build(added, graph, annotator)
    if fresh.failures or more.failures or more.new != ADDED:
        raise SystemExit(f"{folder}: {fresh.failures or more.failures or more}")
    return {
        "documents": fresh.documents,
        "claims": sum(fresh.claims.values()),
        "quads": fresh.quads,
        "build s": fresh_seconds,
        "build ms a document": 1000 * fresh_seconds / fresh.documents,
        "fuse s": fresh.seconds["fuse"],
        "fuse ms a document": 1000 * fresh.seconds["fuse"] / fresh.documents,
        "added ms a document": 1000 * more_seconds / ADDED,
        "peak MB": peak,
        "store MB": sum(path.stat().st_size for path in graph.rglob("*") if path.is_file()) / 1e6,
    }


def _build(folder: Path, graph: Path, annotator: partial[TruthAnnotator]) -> tuple[BuildReport, float]:
    begin = time.process_time()
    files = sorted(folder.glob("*.txt"))
    report = build_graph(files, graph=graph, make_annotator=annotator)
    return report, time.process_time() - begin


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
            yield json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
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
        (left, ("build ms a document", "added ms a document", "fuse ms a document"), "Milliseconds a document"),
        (right, ("peak MB", "store MB"), "Megabytes"),
    ):
        for name in names:
            axes.plot(documents, [row[name] for row in rows], marker="o", label=name.rpartition(" ms")[0] or name)
        axes.set(xscale="log", yscale="log", xlabel="documents in the graph", title=title)
        axes.grid(visible=True, alpha=0.3)
        axes.legend()
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
    slopes = {name: round(exponent(rows, name), 3) for name in ("build s", "fuse s", "added ms a document", "peak MB")}
    print("exponents:", ", ".join(f"{name} {slope}" for name, slope in slopes.items()))
    if arguments.json:
        arguments.json.write_text(json.dumps({"sizes": rows, "exponents": slopes}, indent=2) + "\n", encoding="utf-8")
    if arguments.plot:
        plot(rows, arguments.plot)


if __name__ == "__main__":
    main()
