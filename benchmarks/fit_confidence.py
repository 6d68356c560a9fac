"""Fit the confidence model on judged claims, and report how well it is calibrated and how well it ranks.

    python benchmarks/fit_confidence.py [--gold CLAIMS ENTITIES FOLDER]... [--judged FOLDER] [--unseen FOLDER]...
                                        [--write]

``benchmarks/data/confidence_examples.jsonl`` holds the judged claims as features and a verdict, no text: claims of
articles with hand-made gold (right: matched, and no filler wrong), claims of ``tests/data/judged`` that still say what
was judged, and claims as kg first made them. ``--gold``, once for each annotated set, and ``--judged`` replace the
examples of their kind by what the pipeline finds now. ``--unseen``, given a folder laid out like ``tests/data`` before
anything is mended on its articles, adds theirs, which then stand for these articles for good; ``--write`` writes the
examples and the coefficients back. Figures are cross-validated: a tenth of the documents is left out in turn. The rules
were mended on these very claims, so that few wrong ones are left: each wrong one weighs so much that the share of right
ones is that of the articles judged before any mending. Claims as kg first made them count as they are.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import zlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
from logistic import area, fit, left_out, model_text
from spacy.tokens import Doc

from kg.annotate.confidence import FEATURES, features
from kg.model import Claim, Document

EXAMPLES = Path(__file__).parent / "data" / "confidence_examples.jsonl"
MODEL = Path(__file__).parents[1] / "kg" / "annotate" / "confidence.toml"
PENALTY = 5.0
BINS = 10
FOLDS = 10
UNSEEN_RIGHT = 2804 / 3303
"""The share of right ones among the typed claims of articles that nothing had been mended on: see docs/quality.md."""


def from_gold(claims: Path, entities: Path, source: Path) -> list[dict[str, object]]:
    """Run kg on annotated articles and return an example for each typed claim that the gold decides."""
    import kg
    from kg.annotate.align import make_doc
    from kg.annotate.pipeline import load_pipeline
    from kg.evaluate import evaluate, read_gold, read_prediction
    from kg.read import read_sources

    gold = read_gold([claims], [entities], source)
    with tempfile.TemporaryDirectory() as folder:
        graph = kg.build(str(source), graph=Path(folder) / "graph")
        report = evaluate(gold, read_prediction(graph.store, gold))
    verdicts = {m.claim.iri.rsplit("/", 1)[-1]: int(m.roles[2] == 0) for m in report.matches}
    verdicts |= {c.iri.rsplit("/", 1)[-1]: 0 for c in report.spurious}
    nlp = load_pipeline()
    out = []
    for document in read_sources([str(source)]):
        doc = nlp(make_doc(nlp, document))
        for claim, values in described(doc, document):
            if claim.id in verdicts:
                out.append(example(f"gold-{document.id}", verdicts[claim.id], values))
    return out


def from_judged(folder: Path, group: str = "judged") -> list[dict[str, object]]:
    """Run kg on judged articles and return an example for each typed claim that says what was judged."""
    from kg.annotate.align import make_doc
    from kg.annotate.pipeline import load_pipeline
    from kg.read import read_sources

    sys.path.insert(0, str(folder.parents[1]))
    from test_judged import said  # the judgments' own way of writing a claim

    lines = (folder.parent / "judgments.jsonl").read_text(encoding="utf-8").splitlines()
    judged = {(j["doc"], j["begin"], j["class"]): j for j in map(json.loads, lines)}
    nlp = load_pipeline()
    out = []
    for document in read_sources([str(folder)]):
        doc = nlp(make_doc(nlp, document))
        name = document.source_path.removesuffix(".txt")
        for claim, values in described(doc, document):
            judgment = judged.get((name, claim.trigger.start, claim.event_type))
            if judgment is not None and judgment["said"] == said(claim, document):
                out.append(example(f"{group}-{name}", int(judgment["verdict"] == "right"), values))
    return out


def described(doc: Doc, document: Document) -> Iterator[tuple[Claim, dict[str, float]]]:
    """Yield the claims of an annotated document, each with the features of the draft that it was made from."""
    from kg.annotate.records import to_annotation

    mentions = {(m.start, m.end): m for m in doc._.kg_mentions}
    drafts, doc._.kg_events = doc._.kg_events, []
    for draft in drafts:
        doc._.kg_events = [draft]
        for claim in to_annotation(doc, document).claims:
            yield claim, features(doc, draft, mentions)


def example(group: str, right: int, values: dict[str, float]) -> dict[str, object]:
    kept = {name: int(v) if v == int(v) else round(v, 3) for name, v in values.items() if v}
    return {"group": group, "right": right, "features": kept}


def _name(row: dict) -> str:
    return str(row["group"].partition("-")[2])


def matrix(rows: list[dict]) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[int]]:
    """Return features, verdicts, weights and the fold of each example's document."""
    x = np.array([[1.0, *(r["features"].get(name, 0.0) for name in FEATURES)] for r in rows])
    y = np.array([float(r["right"]) for r in rows])
    mended = np.array([not r["group"].startswith("unseen") for r in rows])
    wrong = (1 - UNSEEN_RIGHT) / UNSEEN_RIGHT * y[mended].sum() / (y[mended] == 0).sum()
    return x, y, np.where((y == 0) & mended, wrong, 1.0), [zlib.crc32(r["group"].encode()) % FOLDS for r in rows]


def calibration_error(p: np.ndarray, y: np.ndarray, weights: np.ndarray) -> float:
    """Return the expected calibration error over bins of equal width, weighted."""
    bins = np.minimum((p * BINS).astype(int), BINS - 1)
    total = weights.sum()
    return float(sum(abs((weights * (p - y))[bins == b].sum()) for b in set(bins)) / total)


def report(rows: list[dict]) -> None:
    x, y, weights, folds = matrix(rows)
    p = left_out(x, y, weights, folds, PENALTY)
    print("| set | claims | wrong | mean confidence | calibration error | area under ROC |")
    print("|---|---|---|---|---|---|")
    kinds = np.array([r["group"].partition("-")[0] for r in rows])
    for name in ("all", *sorted(set(kinds))):
        inside = np.ones(len(y), bool) if name == "all" else kinds == name
        q, z, v = p[inside], y[inside], weights[inside]
        error = calibration_error(q, z, v)
        mean = (v * q).sum() / v.sum()
        print(f"| {name} | {len(z)} | {int((z == 0).sum())} | {mean:.3f} | {error:.3f} | {area(q, z):.3f} |")
    print("\n| confidence | claims | right, weighted as unseen |\n|---|---|---|")
    edges = (0.0, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)
    for low, high in pairwise(edges):
        inside = (p >= low) & (p < high)
        if inside.any():
            right = (weights * y)[inside].sum() / weights[inside].sum()
            print(f"| {low:.2f} to {high:.2f} | {int(inside.sum())} | {right:.3f} |")


def write_model(rows: list[dict], path: Path) -> None:
    x, y, weights, folds = matrix(rows)
    w = fit(x, y, weights, PENALTY)
    p = left_out(x, y, weights, folds, PENALTY)
    head = ("# Coefficients of the confidence model (kg/annotate/confidence.py).",)
    facts = [
        f"examples = {len(y)}",
        f"right = {int(y.sum())}",
        f"right_when_unseen = {UNSEEN_RIGHT:.3f}  # wrong ones are weighted to this share",
        f"ridge = {PENALTY}",
        f"calibration_error = {calibration_error(p, y, weights):.3f}  # cross-validated by document, {BINS} bins",
        f"area_under_roc = {area(p, y):.3f}  # the same",
    ]
    coefficients = dict(zip(("bias", *FEATURES), w, strict=True))
    path.write_text(model_text(head, "fit_confidence.py", EXAMPLES, facts, coefficients), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", nargs=3, type=Path, action="append", metavar=("CLAIMS", "ENTITIES", "FOLDER"))
    parser.add_argument("--judged", type=Path, help="tests/data/judged")
    parser.add_argument("--unseen", type=Path, action="append", default=[], help="new articles, as tests/data/judged")
    parser.add_argument("--write", action="store_true", help="write the examples and the model")
    options = parser.parse_args()
    rows = [json.loads(line) for line in EXAMPLES.read_text(encoding="utf-8").splitlines()]
    if options.gold:
        rows = [r for r in rows if not r["group"].startswith("gold")]
        rows += [r for paths in options.gold for r in from_gold(*paths)]
    if options.judged:
        rows = [r for r in rows if not r["group"].startswith("judged")] + from_judged(options.judged)
    for folder in options.unseen:
        rows += from_judged(folder, "unseen")
    first = {_name(r) for r in rows if r["group"].startswith("unseen")}
    rows = [r for r in rows if r["group"].startswith("unseen") or _name(r) not in first]
    report(rows)
    if options.write:
        EXAMPLES.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
        write_model(rows, MODEL)


if __name__ == "__main__":
    main()
