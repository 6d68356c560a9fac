"""Time kg's language pipeline against the bare model, and each of its components, in one run.

    python benchmarks/components.py [--source FOLDER] [--repeat 10] [--rounds 9] [--batch 16] [--model M] [--json FILE]

Three rows, all with OpenBLAS and the same batches, processor time of one process; the rows take turns, and a ratio is
the median over the rounds, with the smallest and the largest. *Stock* is the model with all its components,
``nlp.pipe`` over plain texts. *As kg loads it* leaves out what kg does not read and runs kg's equals of slow
components. *Whole pipeline* is what a build calls: tokens, the model, kg's components, plain records. Then the time of
each component.

Articles come ``--repeat`` times; what is cached by word is warm after the first. Time a text that does not repeat
itself with ``--repeat 1``.
"""

from __future__ import annotations

import argparse
import importlib
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from measuring import body
from measuring import documents as read_documents

from kg.annotate.align import make_doc
from kg.annotate.base.matrix import use_openblas
from kg.annotate.pipeline import COMPONENTS, annotate, load_pipeline
from kg.annotate.records import to_annotation
from kg.config import DEFAULT_MODEL, Settings
from kg.model import Document

SEEDS = Path(__file__).parents[1] / "seeds"
STOCK, LOADED, WHOLE = "stock", "as kg loads it", "whole pipeline"


def make_rows(documents: list[Document], model: str, batch: int) -> tuple[dict[str, Callable[[], object]], Any, int]:
    """Return what to time by row, the whole pipeline, and the number of tokens."""
    texts = [body(document) for document in documents]
    stock = importlib.import_module(model).load()
    use_openblas(stock)
    loaded = load_pipeline(Settings(model=model), exclude=COMPONENTS)
    whole = load_pipeline(Settings(model=model))
    rows = {
        STOCK: lambda: list(stock.pipe(texts, batch_size=batch)),
        LOADED: lambda: list(loaded.pipe((make_doc(loaded, d) for d in documents), batch_size=batch)),
        WHOLE: lambda: list(annotate(documents, whole, batch_size=batch)),
    }
    return rows, whole, sum(len(doc) for doc in stock.pipe(texts))


def timed(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def component_seconds(nlp: Any, documents: list[Document], batch: int) -> dict[str, float]:
    """Return the time of each component, and of what a build does before and behind them."""
    begin = time.process_time()
    docs = [make_doc(nlp, d) for d in documents]
    seconds = {"make_doc": time.process_time() - begin}
    for name, pipe in nlp.pipeline:
        begin = time.process_time()
        docs = list(pipe.pipe(docs, batch_size=batch)) if hasattr(pipe, "pipe") else [pipe(doc) for doc in docs]
        seconds[name] = time.process_time() - begin
    begin = time.process_time()
    for doc, document in zip(docs, documents, strict=True):
        to_annotation(doc, document)
    return seconds | {"to_annotation": time.process_time() - begin}


def spread(above: list[float], below: list[float]) -> dict[str, float]:
    """Return the median of the ratios of each round, and how far they spread."""
    ratios = [a / b for a, b in zip(above, below, strict=True)]
    return {"median": statistics.median(ratios), "min": min(ratios), "max": max(ratios)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--source", type=Path, default=SEEDS)
    parser.add_argument("--repeat", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--model", default=DEFAULT_MODEL)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()

    documents = read_documents(arguments.source, arguments.repeat)
    rows, whole, tokens = make_rows(documents, arguments.model, arguments.batch)
    seconds: dict[str, list[float]] = {name: [] for name in rows}
    parts: list[dict[str, float]] = []
    for number in range(arguments.rounds + 1):
        found = {name: timed(work) for name, work in rows.items()}
        shares = component_seconds(whole, documents, arguments.batch)
        if number:  # the first round only warms caches
            parts.append(shares)
            for name, value in found.items():
                seconds[name].append(value)

    ratios = {name: spread(seconds[WHOLE], seconds[name]) for name in (STOCK, LOADED)}
    medians = {name: statistics.median(p[name] for p in parts) for name in parts[0]}
    print(f"{len(documents)} articles, {tokens} tokens, batches of {arguments.batch}, {arguments.rounds} rounds")
    print(f"{'':<18}{'seconds':>9}{'tokens/s':>10}   whole pipeline over it (median, min to max)")
    for name, values in seconds.items():
        value = statistics.median(values)
        over = "{median:.3f} ({min:.3f} to {max:.3f})".format(**ratios[name]) if name in ratios else ""
        print(f"{name:<18}{value:>9.3f}{tokens / value:>10.0f}   {over}")
    print(f"\n{'component':<18}{'ms':>9}{'share':>10}")
    for name, value in medians.items():
        print(f"{name:<18}{value * 1000:>9.1f}{value / sum(medians.values()):>10.3f}")
    if arguments.json:
        figures = {"articles": len(documents), "tokens": tokens, "batch": arguments.batch, "seconds": seconds}
        figures |= {"ratios": ratios, "components": medians}
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
