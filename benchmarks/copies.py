"""Measure what a copy costs: an article with the words and the date of another one is not parsed again.

    python benchmarks/copies.py [--articles 200] [--copies 3] [--rounds 3] [--json FILE]

Generated articles are built, alone and each with copies of it by other publishers; what the copies take more is theirs:
graph, validation, fusing and store. Milliseconds of the processor, without loading the model.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from growth import timed_build
from measuring import ratios, spread, table, write_articles, write_json

from kg.config import Settings
from kg.worker import load_annotator

Figures = dict[str, Any]


def add_copies(folder: Path, copies: int) -> None:
    """Put copies by other publishers beside the articles of a folder."""
    sidecar = folder / "sources.toml"
    known = tomllib.loads(sidecar.read_text("utf-8"))
    with sidecar.open("a", encoding="utf-8") as file:
        for path in sorted(folder.glob("*.txt")):
            for number in range(copies):
                name = f"{path.stem}-copy{number}.txt"
                (folder / name).write_bytes(path.read_bytes())
                day = known[path.name]["published"]
                file.write(f'["{name}"]\npublisher = "Mirror {number}"\npublished = {day}\nlanguage = "en"\n\n')


def build(folder: Path) -> tuple[int, int, float]:
    """Build a folder's graph, and return its documents, how many were not parsed, and milliseconds."""
    with tempfile.TemporaryDirectory() as graph:
        report, seconds = timed_build([folder], Path(graph) / "graph", load_annotator, Settings())
    if report.failures:
        raise SystemExit(f"{folder}: {report.failures}")
    return report.documents, report.copies, 1000 * seconds


def measure(articles: int, copies: int, rounds: int) -> Figures:
    """Return the figures of builds that took turns."""
    with tempfile.TemporaryDirectory() as root:
        alone = write_articles(Path(root) / "alone", articles)
        together = write_articles(Path(root) / "together", articles)
        add_copies(together, copies)
        build(write_articles(Path(root) / "warm-up", 5))
        times: dict[str, list[float]] = {"article": [], "copy": []}
        for _ in range(rounds):
            first, _, spent = build(alone)
            documents, taken, longer = build(together)
            times["article"].append(spent / first)
            times["copy"].append((longer - spent) / (documents - first))
    return {"articles": articles, "documents": documents, "not parsed": taken, "ms": times}


def report(figures: Figures) -> str:
    """Return the table."""
    times = figures["ms"]
    cells = {
        name: (f"{statistics.median(spent):.1f}", spread(ratios(spent, times["article"])))
        for name, spent in times.items()
    }
    counts = (
        f"{figures['articles']:,} articles, {figures['documents']:,} documents, {figures['not parsed']:,} not parsed"
    )
    rounds = f"in brackets lowest and highest of {len(times['copy'])} rounds"
    return f"{counts}; {rounds}\n{table(('ms', 'of an article'), cells)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=200, help="articles (200)")
    parser.add_argument("--copies", type=int, default=3, help="copies of each (3)")
    parser.add_argument("--rounds", type=int, default=3, help="builds of each kind (3)")
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    arguments = parser.parse_args()
    figures = measure(arguments.articles, arguments.copies, arguments.rounds)
    print(report(figures))
    write_json(arguments.json, figures)


if __name__ == "__main__":
    main()
