"""Time validation: compiled checks on each document, pySHACL on each document, and the whole graph at once.

    python benchmarks/validation.py [--full] [--json FILE]

Articles are generated, and annotated from what is known of them. *Checks* is what a build does with every document,
*pySHACL* what it would do without them (with them, only for documents in doubt), *whole graph* is ``kg validate``: the
union of all graphs of a built workspace. Processor time, each size in a process of its own. --full goes to 10,000
documents; pySHACL and the whole graph are timed up to 1,000.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from growth import TruthAnnotator
from measuring import in_own_process, peak_megabytes, table, write_articles, write_json

import kg
from kg.builder import build_graph
from kg.config import Settings
from kg.lexicon import load_lexicon
from kg.model import Annotation, Document
from kg.rdf.document import document_graph, document_triples
from kg.read import Failure, read_sources
from kg.validate import screen_document, validate_document
from kg.worker import entity_types

SIZES, FULL, REFERENCE = (100, 300, 1000), (100, 1000, 10_000), 1000
WAYS = ("checks", "pySHACL", "whole graph")
SETTINGS, LEXICON = Settings(), load_lexicon()


def annotated(source: Path) -> Iterator[tuple[Document, Annotation]]:
    known = TruthAnnotator((source,), SETTINGS)
    found = (document for document in read_sources([str(source)]) if not isinstance(document, Failure))
    for document, annotation in known(found):
        if not isinstance(annotation, Annotation):
            raise SystemExit(str(annotation))
        yield document, annotation


def time_documents(source: Path, way: str) -> dict[str, float]:
    options = {"settings": SETTINGS, "lexicon": LEXICON, "run_id": "r"}
    seconds, count, triples = 0.0, 0, 0
    for document, annotation in annotated(source):
        types = entity_types(document, annotation)
        if way == "checks":
            lines = document_triples(document, annotation, **options)
            begin = time.process_time()
            conforms = screen_document(lines, types, LEXICON).conforms
            triples += len(lines)
        else:
            graph = document_graph(document, annotation, **options)
            begin = time.process_time()
            conforms = validate_document(graph, types, LEXICON).conforms
            triples += len(graph)
        if count:  # the first one loads shapes
            seconds += time.process_time() - begin
        if not conforms:
            raise SystemExit(f"{document.source_path} does not conform")
        count += 1
    return {"documents": count - 1, "triples": triples, "seconds": seconds}


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
    print(json.dumps(found | {"peak MB": peak_megabytes()}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--full", action="store_true", help="go to 10,000 documents")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--measure", nargs=2, metavar=("FOLDER", "WAY"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        measure(Path(arguments.measure[0]), arguments.measure[1])
        return
    found: dict[str, dict[int, dict[str, float]]] = {way: {} for way in WAYS}
    for size in FULL if arguments.full else SIZES:
        with tempfile.TemporaryDirectory() as folder:
            source = write_articles(Path(folder) / "news", size)
            for way in WAYS if size <= REFERENCE else WAYS[:1]:
                found[way][size] = in_own_process(__file__, "--measure", source, way)
    show(found)
    write_json(arguments.json, found)


def show(found: dict[str, dict[int, dict[str, float]]]) -> None:
    rows = {}
    for way, sizes in found.items():
        for size, run in sizes.items():
            milliseconds = 1000 * run["seconds"] / run["documents"]
            rows[f"{way}, {size:,} documents"] = [
                milliseconds,
                1e6 * run["seconds"] / run["triples"],
                milliseconds / (1000 * sizes[min(sizes)]["seconds"] / sizes[min(sizes)]["documents"]),
                f"{run['peak MB']:,.0f}",
            ]
    print(table(["ms a document", "µs a triple", "of the smallest", "peak MB"], rows))


if __name__ == "__main__":
    main()
