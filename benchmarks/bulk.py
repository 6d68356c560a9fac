"""Time bulk load and export against pyoxigraph alone, on the graph of generated articles, in one run.

    python benchmarks/bulk.py [--count 1000] [--rounds 3] [--json FILE]

A graph is built with annotations that are made from what is known of the articles. *Load*: a build's way, N-Quads lines
in chunks as documents come, against one ``Store.bulk_load`` of a file that holds all of them. *Export*: ``kg export``,
which sorts so that equal graphs give equal files, against ``Store.dump`` of what is there. Processor time; rows take
turns, a ratio is the median over the rounds.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from growth import TruthAnnotator
from measuring import ratios, spread, table, write_articles, write_json

import kg
from kg.builder import build_graph
from kg.graph import Graph
from kg.store.quads import add_lines, create, sorted_lines

FORMATS = {".nq": ox.RdfFormat.N_QUADS, ".trig": ox.RdfFormat.TRIG, ".jsonld": ox.RdfFormat.JSON_LD}


def make_graph(folder: Path, count: int) -> Path:
    source = write_articles(folder / "news", count)
    build_graph(source, graph=folder / "graph", make_annotator=partial(TruthAnnotator, (source,)))
    return folder / "graph"


def load_lines(lines: list[str], folder: Path) -> None:
    with create(folder) as store:
        add_lines(store, lines)


def load_file(path: Path, folder: Path) -> None:
    ox.Store(str(folder)).bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)


def measure(graph: Graph, folder: Path, rounds: int) -> tuple[int, dict[str, list[float]]]:
    lines = sorted_lines(graph.store)
    file = folder / "lines.nq"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    work: dict[str, Callable[[Path], object]] = {
        "load, pyoxigraph alone": partial(load_file, file),
        "load, kg": partial(load_lines, lines),
    }
    for suffix, form in FORMATS.items():
        work[f"export {suffix}, pyoxigraph alone"] = lambda target, form=form: graph.store.dump(str(target), form)
        work[f"export {suffix}, kg"] = lambda target, suffix=suffix: graph.export(target.with_suffix(suffix))
    seconds: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(rounds):
        for name, do in work.items():
            with tempfile.TemporaryDirectory(dir=folder) as place:
                begin = time.process_time()
                do(Path(place) / "made")
                seconds[name].append(time.process_time() - begin)
    return len(lines), seconds


def report(figures: dict[str, Any]) -> str:
    quads, seconds = figures["quads"], figures["seconds"]
    names = list(seconds)
    rows = {}
    for alone, ours in zip(names[::2], names[1::2], strict=True):
        for name in (alone, ours):
            rate = f"{quads / statistics.median(seconds[name]):,.0f}"
            rows[name] = [rate, spread(ratios(seconds[alone], seconds[name]))]
    return f"{quads:,} quads; in brackets lowest and highest of {len(seconds[names[0]])} rounds\n" + table(
        ["quads/s", "of pyoxigraph alone"], rows
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=1000, help="generated articles (1,000)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with kg.open(make_graph(folder, arguments.count)) as graph:
            quads, seconds = measure(graph, folder, arguments.rounds)
    figures = {"quads": quads, "seconds": seconds}
    print(report(figures))
    write_json(arguments.json, figures)


if __name__ == "__main__":
    main()
