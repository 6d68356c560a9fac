"""Measure what a copy costs: one with the words and the date of an article, and one with a paragraph more.

    python benchmarks/copies.py [--articles 200] [--copies 3] [--rounds 3] [--json FILE]

Generated articles are built, alone and each with copies of it by other publishers, read whole or for their additions;
what the copies take more is theirs. Milliseconds of the processor, without loading the model.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

from growth import timed_build
from measuring import ratios, spread, table, write_articles, write_json

from kg.config import CopiesName, Settings
from kg.worker import load_annotator

Figures = dict[str, Any]
Change = Callable[[str, int], str]

# what outlets put below a report of others
_MORE = (
    "The editors of this newspaper have asked the people named here for a comment and will add what they say.",
    "Our reporters in the region say that streets were quiet in the evening and that shops had opened again.",
    "The ministry will hold a press conference on the matter at noon, according to a notice sent to newsrooms.",
)


def add_copies(folder: Path, copies: int, change: Change) -> None:
    """Put copies by other publishers, of the next day, beside the articles of a folder."""
    sidecar = folder / "sources.toml"
    known = tomllib.loads(sidecar.read_text("utf-8"))
    with sidecar.open("a", encoding="utf-8") as file:
        for path in sorted(folder.glob("*.txt")):
            day = known[path.name]["published"]
            for number in range(copies):
                name = f"{path.stem}-copy{number}.txt"
                (folder / name).write_text(change(path.read_text("utf-8"), number), "utf-8")
                file.write(f'["{name}"]\npublisher = "Mirror {number}"\npublished = {day}\nlanguage = "en"\n\n')


def same(text: str, _number: int) -> str:
    """Return a text as it is."""
    return text


def near(text: str, number: int) -> str:
    """Return a text under another headline, with a paragraph more."""
    headline, _, rest = text.partition("\n")
    return f"{headline}: what is known so far\n{rest.rstrip()}\n\n{_MORE[number % len(_MORE)]}\n"


def build(folder: Path, settings: Settings) -> tuple[int, float]:
    """Build a folder's graph; return its documents and milliseconds."""
    with tempfile.TemporaryDirectory() as graph:
        report, seconds = timed_build([folder], Path(graph) / "graph", load_annotator, settings)
    if report.failures:
        raise SystemExit(f"{folder}: {report.failures}")
    return report.documents, 1000 * seconds


def measure(articles: int, copies: int, rounds: int) -> Figures:
    """Return the figures of builds that took turns."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        alone = write_articles(root / "alone", articles)
        folders = {}
        for kind, change in (("copy", same), ("near-copy", near)):
            folders[kind] = write_articles(root / kind, articles)
            add_copies(folders[kind], copies, change)
        build(write_articles(root / "warm-up", 5), Settings())
        times: dict[str, list[float]] = {"article": []}
        for _ in range(rounds):
            first, spent = build(alone, Settings())
            times["article"].append(spent / first)
            for way in get_args(CopiesName):
                for kind, folder in folders.items():
                    documents, longer = build(folder, Settings(copies=way))
                    times.setdefault(f"{kind}, --copies {way}", []).append((longer - spent) / (documents - first))
    return {"articles": articles, "copies": copies, "ms": times}


def report(figures: Figures) -> str:
    """Return the table."""
    times = figures["ms"]
    cells = {
        name: (f"{statistics.median(spent):.1f}", spread(ratios(spent, times["article"])))
        for name, spent in times.items()
    }
    counts = f"{figures['articles']:,} articles, {figures['copies']} copies of each"
    rounds = f"in brackets lowest and highest of {len(times['article'])} rounds"
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
