"""Time kg against the language model alone, on the same texts, in one run.

    python benchmarks/speed.py [--source FOLDER] [--repeat 10] [--rounds 3] [--json FILE]

Four rows, processor time of one process, median of the rounds, which take turns: the stock pipeline of the model with
spaCy's defaults; the model as kg loads it (unused parts left out, OpenBLAS); that with kg's components; the whole
``kg build``. Then the share of each component. Quote the ratios: machines vary, but within one run the rows are fair.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

# numpy reads these once, when it is loaded; more threads would only burn processor time
os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

from kg.annotate.align import make_doc
from kg.annotate.pipeline import COMPONENTS, load_pipeline
from kg.builder import build_graph
from kg.config import DEFAULT_MODEL, Settings
from kg.model import Document
from kg.read import read_sources

SEEDS = Path(__file__).parents[1] / "seeds"


def documents(source: Path, repeat: int) -> list[Document]:
    """Return the articles of a folder, several times over, each time under another name."""
    found = [d for d in read_sources([str(source)]) if isinstance(d, Document)]
    return [
        dataclasses.replace(d, id=f"{n:04d}{d.id[4:]}", source_key=f"{n}/{d.source_key}")
        for n in range(repeat)
        for d in found
    ]


def timed(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def component_shares(nlp, docs: list[Document]) -> dict[str, float]:
    parsed = [make_doc(nlp, d) for d in docs]
    seconds = {}
    for name, pipe in nlp.pipeline:
        begin = time.process_time()
        parsed = list(pipe.pipe(parsed, batch_size=16)) if hasattr(pipe, "pipe") else [pipe(doc) for doc in parsed]
        seconds[name] = time.process_time() - begin
    total = sum(seconds.values())
    return {name: value / total for name, value in seconds.items()}


def build_all(source: Path, repeat: int, settings: Settings) -> None:
    with tempfile.TemporaryDirectory() as folder:
        news = Path(folder) / "news"
        for n in range(repeat):
            (news / str(n)).mkdir(parents=True)
            for file in source.iterdir():
                if file.is_file():
                    (news / str(n) / file.name).write_bytes(file.read_bytes())
        build_graph(news, graph=Path(folder) / "graph", settings=settings)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--source", type=Path, default=SEEDS)
    parser.add_argument("--repeat", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()

    docs = documents(arguments.source, arguments.repeat)
    texts = ["\n".join(d.text[b.start : b.end] for b in d.body) for d in docs]
    stock = importlib.import_module(DEFAULT_MODEL).load()
    bare, full = load_pipeline(exclude=COMPONENTS), load_pipeline()
    rows: dict[str, Callable[[], object]] = {
        "stock nlp.pipe": lambda: list(stock.pipe(texts)),
        "model as kg loads it": lambda: list(bare.pipe((make_doc(bare, d) for d in docs), batch_size=16)),
        "with kg's components": lambda: list(full.pipe((make_doc(full, d) for d in docs), batch_size=16)),
        "whole kg build": lambda: build_all(arguments.source, arguments.repeat, Settings()),
    }
    tokens = sum(len(doc) for doc in stock.pipe(texts))
    list(full.pipe((make_doc(full, d) for d in docs), batch_size=16))  # caches of all kinds are warm from here on
    seconds: dict[str, list[float]] = {name: [] for name in rows}
    for _ in range(arguments.rounds):
        for name, work in rows.items():
            seconds[name].append(timed(work))
    medians = {name: statistics.median(values) for name, values in seconds.items()}

    print(f"{len(docs)} articles, {tokens} tokens, {arguments.rounds} rounds")
    print(f"{'':<24}{'seconds':>9}{'tokens/s':>10}{'of stock':>10}{'over bare':>10}")
    for name, value in medians.items():
        share, over = medians["stock nlp.pipe"] / value, value / medians["model as kg loads it"]
        print(f"{name:<24}{value:>9.2f}{tokens / value:>10.0f}{share:>10.2f}{over:>10.2f}")
    shares = component_shares(full, docs)
    print("share of the pipeline: " + ", ".join(f"{name} {share:.3f}" for name, share in shares.items()))
    if arguments.json:
        figures = {"articles": len(docs), "tokens": tokens, "seconds": medians, "shares": shares}
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
