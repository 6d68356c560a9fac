"""Measure merging, lineage and dispute detection on generated articles.

    python benchmarks/fusion.py [--count 1000] [--extract] [--errors] [--json fusion.json]

By default fusing is measured alone, on records made straight from the truth. ``--extract`` measures the whole way,
too: the same articles annotated by the pipeline, with what extraction misses told apart.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from newsmaker import make_corpus, write_corpus
from newsmaker.oracle import oracle_records
from newsmaker.score import Counts, Truth, extraction, load_truth, match_claims, score_world
from newsmaker.strays import strays

from kg.config import Settings
from kg.errors import KGError
from kg.fuse import fuse
from kg.fuse.signature import sign
from kg.fuse.sources import Record
from kg.lexicon import load_lexicon
from kg.model import Document
from kg.read import Failure, read_sources
from kg.worker import load_annotator


def read(folder: Path, truth: Truth) -> list[Document]:
    """Read the articles as a build does; all of them must be readable."""
    found = list(read_sources([folder]))
    failed = [item for item in found if isinstance(item, Failure) and item.path.endswith(".txt")]
    if failed:
        raise SystemExit(f"{len(failed)} articles cannot be read, first {failed[0].path}: {failed[0].error}")
    return [item for item in found if isinstance(item, Document) and item.source_path in truth.articles]


def annotated(documents: Sequence[Document]) -> list[Record]:
    """Annotate the articles by the pipeline."""
    out = []
    for document, found in load_annotator(Settings())(documents):
        if isinstance(found, KGError):
            raise SystemExit(f"{document.source_path} cannot be annotated: {found}")
        out.append(Record(document, found, sign(document, found)))
    return out


def measure(records: Sequence[Record], truth: Truth) -> dict[str, Counts]:
    """Fuse and compare."""
    begin = time.perf_counter()
    world = fuse(records, lexicon=load_lexicon(), settings=Settings())
    print(f"{len(records)} documents fused in {time.perf_counter() - begin:.1f} s: {len(world.events)} events")
    canonical = {e.key: e.same_as_key for e in world.entities if e.same_as_key}
    claims = match_claims(records, truth, canonical)
    counts = score_world(world, records, truth, claims)
    faults, examples = strays(world, records, truth, claims, canonical)
    print(f"\n{faults.total()} claims stand apart from most claims of their fact, of {len(claims)}; why:")
    for fault, number in faults.most_common(20):
        print(f"{number:6} {fault:32} {examples[fault][0][:90]}")
    return counts | {f"extraction of {k}": c for k, c in sorted(extraction(records, truth, claims).items())}


def show(title: str, counts: dict[str, Counts], *, errors: bool) -> None:
    print(f"\n{title:32} {'P':>7} {'R':>7} {'right':>8} {'found':>8} {'gold':>8}")
    for name, c in counts.items():
        print(f"{name:32} {c.precision:7.3f} {c.recall:7.3f} {c.right:8} {c.found:8} {c.gold:8}")
        for mark, examples in (("-", c.missed[:8]), ("+", c.wrong[:8])) if errors else ():
            for example in examples:
                print(f"    {mark} {example}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=200, help="how many articles (200)")
    parser.add_argument("--seed", type=int, default=7, help="of the articles (7)")
    parser.add_argument("--extract", action="store_true", help="measure extraction and fusing together, too")
    parser.add_argument("--errors", action="store_true", help="print examples of what is missed (-) and wrong (+)")
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_corpus(make_corpus(arguments.count, arguments.seed), folder)
        truth = load_truth(folder)
        documents = read(folder, truth)
    figures: dict[str, object] = {"articles": arguments.count, "seed": arguments.seed}
    fused = measure(list(oracle_records(documents, truth.articles)), truth)
    alone = {name: counts for name, counts in fused.items() if not name.startswith("extraction")}
    show("fusing alone", alone, errors=arguments.errors)
    figures["fusing"] = {name: counts.figures() for name, counts in alone.items()}
    if arguments.extract:
        whole = measure(annotated(documents), truth)
        show("extraction and fusing", whole, errors=arguments.errors)
        figures["extraction and fusing"] = {name: counts.figures() for name, counts in whole.items()}
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
