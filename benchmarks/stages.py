"""Tell where the time of a ``kg build`` goes: processor time of every stage, in one run.

    python benchmarks/stages.py [--count 300] [--source FOLDER] [--json FILE]

Articles are read; each component of the language pipeline runs by itself, on batches of 16 articles as in a build;
then each step of what happens to a document; then the build with annotations that are known already, which leaves what
it does with them: before the last document is done ledger and store, behind it fusing and the world graph. Start-up
(loading code, model, lexicon, shapes) is left out.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from measuring import documents, table, write_articles, write_json

from kg.annotate.align import make_doc
from kg.annotate.pipeline import COMPONENTS, load_pipeline
from kg.annotate.records import to_annotation
from kg.builder import build_graph
from kg.config import Settings
from kg.fuse.signature import sign
from kg.lexicon import load_lexicon
from kg.model import Annotation, Document
from kg.rdf.document import document_triples
from kg.rdf.nquads import lines
from kg.validate import screen_document
from kg.worker import entity_types

SETTINGS = Settings()
BATCH = 16


class Known:
    """Gives annotations that were made before."""

    def __init__(self, annotations: dict[str, Annotation]) -> None:
        self.annotations = annotations

    def __call__(self, found: Iterable[Document]) -> Iterator[tuple[Document, Annotation]]:
        return ((document, self.annotations[document.id]) for document in found)


class Stages:
    """Adds up processor time by stage, in the order in which stages were first seen."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        begin = time.process_time()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.process_time() - begin


def annotate(stage: Stages, articles: list[Document]) -> dict[str, Annotation]:
    nlp = load_pipeline(SETTINGS)
    annotations = {}
    for first in range(0, len(articles), BATCH):
        batch = articles[first : first + BATCH]
        with stage("tokens"):
            docs = [make_doc(nlp, article) for article in batch]
        for name, pipe in nlp.pipeline:
            with stage(f"{'kg' if name in COMPONENTS else 'model'}: {name.removeprefix('kg_')}"):
                docs = list(pipe.pipe(docs, batch_size=BATCH)) if hasattr(pipe, "pipe") else [pipe(doc) for doc in docs]
        with stage("records"):
            for doc, article in zip(docs, batch, strict=True):
                annotations[article.id] = to_annotation(doc, article)
    return annotations


def process(stage: Stages, articles: list[Document], annotations: dict[str, Annotation]) -> int:
    lexicon, iris = load_lexicon(), SETTINGS.iris
    total = 0
    for article in articles:
        annotation = annotations[article.id]
        with stage("document graph"):
            triples = document_triples(article, annotation, settings=SETTINGS, lexicon=lexicon, run_id="r")
        with stage("validation"):
            screening = screen_document(triples, entity_types(article, annotation), lexicon, iris=iris)
        with stage("lines"):
            written = sorted(lines(triples, iris.document(article.id)))
        with stage("sketch"):
            sign(article, annotation)
        if not screening.conforms:
            raise SystemExit(f"{article.source_path} is in doubt: {screening.doubts[0]}")
        total += len(written)
    return total


def build(stage: Stages, source: Path, annotations: dict[str, Annotation]) -> None:
    marks = {}

    def progress(name: str, _done: int) -> None:
        marks[name] = time.process_time()

    with tempfile.TemporaryDirectory() as folder:
        begin = time.process_time()
        build_graph(
            source,
            graph=Path(folder) / "graph",
            settings=SETTINGS,
            make_annotator=lambda _settings: Known(annotations),
            progress=progress,
        )
        end = time.process_time()
    before = ("read", "document graph", "validation", "lines", "sketch")
    stage.seconds["ledger and store"] = marks["documents"] - begin - sum(stage.seconds[name] for name in before)
    stage.seconds["fusing and world"] = end - marks["documents"]


def warm(work: Callable[[], object]) -> None:
    """Do something once beforehand, so that what it loads is not timed."""
    work()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=300, help="generated articles (300)")
    parser.add_argument("--source", type=Path, help="a folder of articles, instead of generated ones")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = arguments.source or write_articles(Path(folder) / "news", arguments.count)
        stage = Stages()
        warm(lambda: documents(source))
        with stage("read"):
            articles = documents(source)
        warm(lambda: process(Stages(), articles[:3], annotate(Stages(), articles[:3])))
        annotations = annotate(stage, articles)
        triples = process(stage, articles, annotations)
        build(stage, source, annotations)
    figures = {"articles": len(articles), "triples": triples, "seconds": stage.seconds}
    print(report(figures))
    write_json(arguments.json, figures)


def report(figures: dict[str, Any]) -> str:
    articles, seconds = figures["articles"], figures["seconds"]
    total = sum(seconds.values())
    rows = {name: [1000 * each / articles, f"{each / total:.1%}"] for name, each in seconds.items()}
    rows["all"] = [1000 * total / articles, ""]
    head = f"{articles:,} articles, {figures['triples'] / articles:,.0f} triples each"
    return f"{head}\n{table(['ms an article', 'share'], rows)}"


if __name__ == "__main__":
    main()
