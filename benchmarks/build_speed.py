"""Time a whole ``kg build`` against stock ``nlp.pipe`` of the same model on the same text, in one run.

    python benchmarks/build_speed.py [--count 400] [--source FOLDER] [--rounds 3] [--json FILE]

*Stock* is the model as it ships, with spaCy's defaults, over plain texts in one process: it tags, parses and finds
names, and keeps nothing. *kg build* reads the files, annotates, writes and validates graphs, fuses, and stores
everything, with one job and with two. Each is run in a process of its own, in turns; a ratio is the median over the
rounds, with the smallest and the largest. Without start-up, time counts from when the model is loaded (stock), or the
first document is done (kg build). Wall time tells of other work on the machine too, processor time does not. Texts are
generated, or those of a folder.
"""

from __future__ import annotations

import argparse
import importlib
import json
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from measuring import (
    body,
    documents,
    in_own_process,
    processor_seconds,
    ratios,
    seconds_since_start,
    spread,
    table,
    write_articles,
    write_json,
)

from kg.builder import build_graph
from kg.config import DEFAULT_MODEL, Settings

STOCK, ONE, TWO = "stock nlp.pipe", "kg build", "kg build --jobs 2"
ROWS = {STOCK: 0, ONE: 1, TWO: 2}


class Clock:
    """Tells wall and processor time from the start of the process, and from when it was ready to work."""

    def ready(self) -> None:
        self.start_up = seconds_since_start()
        self._processor = processor_seconds()

    def read(self) -> dict[str, float]:
        wall, processor = seconds_since_start(), processor_seconds()
        return {
            "start-up": self.start_up,
            "wall": wall - self.start_up,
            "processor": processor - self._processor,
            "wall with start-up": wall,
            "processor with start-up": processor,
        }


def run_stock(source: Path) -> dict[str, float]:
    clock, texts = Clock(), [body(document) for document in documents(source)]
    nlp = importlib.import_module(DEFAULT_MODEL).load()
    clock.ready()
    tokens = sum(len(doc) for doc in nlp.pipe(texts))
    return clock.read() | {"tokens": tokens, "articles": len(texts)}


def run_build(source: Path, jobs: int) -> dict[str, float]:
    clock = Clock()

    def progress(stage: str, done: int) -> None:
        if stage == "documents" and done == 1:
            clock.ready()

    with tempfile.TemporaryDirectory() as folder:
        report = build_graph(source, graph=Path(folder) / "graph", settings=Settings(jobs=jobs), progress=progress)
        found = clock.read()
    if report.failures:
        raise SystemExit(f"{report.failures[0].error}")
    return found | {"articles": report.documents}


def run_alone(source: Path, jobs: int) -> None:
    """Run one row, in a process that does nothing else."""
    print(json.dumps(run_build(source, jobs) if jobs else run_stock(source)))


def run_rounds(source: Path, rounds: int) -> dict[str, list[dict[str, float]]]:
    found: dict[str, list[dict[str, float]]] = {name: [] for name in ROWS}
    for _ in range(rounds):
        for name, jobs in ROWS.items():
            found[name].append(in_own_process(__file__, "--alone", jobs, "--source", source))
    return found


def report(figures: dict[str, Any]) -> str:
    runs, tokens = figures["runs"], figures["tokens"]
    rounds = len(runs[STOCK])
    head = f"{figures['articles']:,} articles, {tokens:,} tokens; in brackets lowest and highest of {rounds} rounds"
    columns = ["tokens/s", "of stock", "with start-up", "processor time", "with start-up", "start-up s"]
    return f"{head}\n{table(columns, {name: list(cells(runs, name, tokens)) for name in runs})}"


def cells(found: dict[str, list[dict[str, float]]], name: str, tokens: float) -> Iterator[str]:
    yield f"{tokens / statistics.median(run['wall'] for run in found[name]):,.0f}"
    for kind in ("wall", "wall with start-up", "processor", "processor with start-up"):
        yield spread(ratios([run[kind] for run in found[STOCK]], [run[kind] for run in found[name]]))
    yield f"{statistics.median(run['start-up'] for run in found[name]):.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=400, help="generated articles (400)")
    parser.add_argument("--source", type=Path, help="a folder of articles, instead of generated ones")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--alone", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.alone is not None:
        run_alone(arguments.source, arguments.alone)
        return
    with tempfile.TemporaryDirectory() as folder:
        source = arguments.source or write_articles(Path(folder) / "news", arguments.count)
        runs = run_rounds(source, arguments.rounds)
    figures = {"articles": runs[STOCK][0]["articles"], "tokens": runs[STOCK][0]["tokens"], "runs": runs}
    print(report(figures))
    write_json(arguments.json, figures)


if __name__ == "__main__":
    main()
