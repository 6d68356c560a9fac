"""Time validation: compiled checks on each document, pySHACL on each document, and the whole graph at once.

    python benchmarks/validation.py [--full] [--json FILE]

Articles are generated, and annotated from what is known of them. *Checks* is what a build does with every document,
*in doubt* what it does with one that has a fault (here the first claim has lost its polarity): checks, pySHACL on what
is in doubt, the split into graph and quarantine. *pySHACL* is what it would do with every document without checks,
*whole graph* is ``kg validate``: the union of all graphs of a built workspace. Processor time, each size in a process
of its own. --full goes to 10,000 documents; all but the checks are timed up to 1,000.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from growth import TruthAnnotator
from measuring import in_own_process, table, write_articles, write_json

import kg
from kg.builder import build_graph
from kg.config import Settings
from kg.lexicon import load_lexicon
from kg.model import Annotation, Document
from kg.rdf.document import document_graph, document_triples
from kg.rdf.nquads import LINE_TERMS, LineTriple
from kg.read import Failure, read_sources
from kg.validate import judge_document, screen_document, split, validate_document
from kg.worker import entity_types

SIZES, FULL, REFERENCE = (100, 300, 1000), (100, 1000, 10_000), 1000
WAYS = ("checks", "in doubt", "pySHACL", "whole graph")
SETTINGS, LEXICON = Settings(), load_lexicon()
OPTIONS = {"settings": SETTINGS, "lexicon": LEXICON, "run_id": "r"}
POLARITY = LINE_TERMS["kg:polarity"]


def annotated(source: Path) -> Iterator[tuple[Document, Annotation]]:
    known = TruthAnnotator((source,), SETTINGS)
    found = (document for document in read_sources([str(source)]) if not isinstance(document, Failure))
    for document, annotation in known(found):
        if not isinstance(annotation, Annotation):
            raise SystemExit(str(annotation))
        yield document, annotation


def time_documents(source: Path, way: str) -> dict[str, float]:
    seconds, count, triples = 0.0, 0, 0
    for document, annotation in annotated(source):
        check = make_check(way, document, annotation)
        begin = time.process_time()
        conforms = check()
        if count:  # the first one loads shapes
            seconds += time.process_time() - begin
        if not conforms:
            raise SystemExit(f"{document.source_path} is not judged as it should be")
        triples += len(document_triples(document, annotation, **OPTIONS))
        count += 1
    return {"documents": count - 1, "triples": triples, "seconds": seconds}


def make_check(way: str, document: Document, annotation: Annotation) -> Callable[[], bool]:
    """Return what is to be timed; it tells whether the verdict is right."""
    types = entity_types(document, annotation)
    if way == "pySHACL":
        graph = document_graph(document, annotation, **OPTIONS)
        return lambda: validate_document(graph, types, LEXICON).conforms
    triples = document_triples(document, annotation, **OPTIONS)
    if way == "checks":
        return lambda: screen_document(triples, types, LEXICON).conforms
    victim = next((triple for triple in triples if triple[1] == POLARITY), None)
    faulty = tuple(triple for triple in triples if triple != victim)
    return lambda: judge(faulty, types, document.id) == (victim is not None)


def judge(triples: tuple[LineTriple, ...], types: dict[str, str], document_id: str) -> bool:
    screening = screen_document(triples, types, LEXICON)
    if screening.conforms:
        return False
    report = judge_document(triples, screening, types, LEXICON)
    return bool(split(triples, report, iris=SETTINGS.iris, document_id=document_id).rejected)


def time_whole(source: Path) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        graph = Path(folder) / "graph"
        report = build_graph(source, graph=graph, make_annotator=lambda _settings: TruthAnnotator((source,), SETTINGS))
        with kg.open(graph) as opened:
            begin = time.process_time()
            found = opened.validate()
            seconds = time.process_time() - begin
    if not found.conforms:
        raise SystemExit(found.verdict)
    return {"documents": report.documents, "triples": report.quads, "seconds": seconds}


def measure(source: Path, way: str) -> None:
    found = time_whole(source) if way == "whole graph" else time_documents(source, way)
    print(json.dumps(found))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--full", action="store_true", help="go to 10,000 documents")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--measure", nargs=2, metavar=("FOLDER", "WAY"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        measure(Path(arguments.measure[0]), arguments.measure[1])
        return
    figures: dict[str, dict[str, dict[str, float]]] = {way: {} for way in WAYS}
    for size in FULL if arguments.full else SIZES:
        with tempfile.TemporaryDirectory() as folder:
            source = write_articles(Path(folder) / "news", size)
            for way in WAYS if size <= REFERENCE else WAYS[:1]:
                figures[way][f"{size:,}"] = in_own_process(__file__, "--measure", source, way)
    print(report(figures))
    write_json(arguments.json, figures)


def report(figures: dict[str, dict[str, dict[str, float]]]) -> str:
    rows = {}
    for way, sizes in figures.items():
        smallest = next(iter(sizes.values()))
        for size, run in sizes.items():
            rows[f"{way}, {size} documents"] = [
                1000 * run["seconds"] / run["documents"],
                1e6 * run["seconds"] / run["triples"],
                (run["seconds"] / run["documents"]) / (smallest["seconds"] / smallest["documents"]),
            ]
    return table(["ms a document", "µs a triple", "of the smallest"], rows)


if __name__ == "__main__":
    main()
