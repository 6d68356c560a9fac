"""Fit the confidence model on judged claims, and report how well it is calibrated.

    python benchmarks/fit_confidence.py [--gold CLAIMS ENTITIES FOLDER]... [--write]

``benchmarks/data/confidence_examples.jsonl`` holds the judged claims as features and a verdict, no text: claims of
articles with hand-made gold (right: matched, and no filler wrong), and a random sample of claims from general English
sentences that was judged by reading (right: class and every filler are what the sentence says). ``--gold``, once for
each annotated set, replaces the examples of that kind by what the pipeline finds now; ``--write`` writes the examples
and the coefficients back. Figures are cross-validated: each document, or tenth of the sample, is left out in turn.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from pathlib import Path

import numpy as np

from kg.annotate.confidence import FEATURES, features

EXAMPLES = Path(__file__).parent / "data" / "confidence_examples.jsonl"
MODEL = Path(__file__).parents[1] / "kg" / "annotate" / "confidence.toml"
PENALTY = 2.0
BINS = 10


def from_gold(claims: Path, entities: Path, source: Path) -> list[dict[str, object]]:
    """Run kg on annotated articles and return an example for each typed claim that the gold decides."""
    import kg
    from kg.annotate.align import make_doc
    from kg.annotate.pipeline import load_pipeline
    from kg.annotate.records import to_annotation
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
        scores = {(m.start, m.end): m.score for m in doc._.kg_mentions}
        drafts, doc._.kg_events = doc._.kg_events, []
        for draft in drafts:
            doc._.kg_events = [draft]
            for claim in to_annotation(doc, document).claims:
                if claim.id in verdicts:
                    values = features(doc, draft, scores)
                    out.append(example(f"gold-{document.id}", verdicts[claim.id], values))
    return out


def example(group: str, right: int, values: dict[str, float]) -> dict[str, object]:
    kept = {name: int(v) if v == int(v) else round(v, 3) for name, v in values.items() if v}
    return {"group": group, "right": right, "features": kept}


def matrix(rows: list[dict]) -> tuple[np.ndarray, np.ndarray, list[str]]:
    x = np.array([[1.0, *(r["features"].get(name, 0.0) for name in FEATURES)] for r in rows])
    y = np.array([float(r["right"]) for r in rows])
    groups = [
        r["group"] if r["group"].startswith("gold") else f"tenth {int(r['group'].split('-')[1]) % 10}" for r in rows
    ]
    return x, y, groups


def fit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return coefficients of a logistic regression with a ridge on all but the bias, by Newton's method."""
    ridge = np.diag([1e-6, *[PENALTY] * (x.shape[1] - 1)])
    w = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + ridge, x.T @ (y - p) - ridge @ w)
        w += step
        if np.abs(step).max() < 1e-9:
            break
    return w


def left_out(x: np.ndarray, y: np.ndarray, groups: list[str]) -> np.ndarray:
    """Return each example's probability under a model that has not seen its group."""
    p = np.empty(len(y))
    for group in sorted(set(groups)):
        out = np.array([g == group for g in groups])
        p[out] = 1 / (1 + np.exp(-x[out] @ fit(x[~out], y[~out])))
    return p


def calibration_error(p: np.ndarray, y: np.ndarray) -> float:
    """Return the expected calibration error over bins of equal width, weighted by their size."""
    bins = np.minimum((p * BINS).astype(int), BINS - 1)
    return float(sum(abs(p[bins == b].mean() - y[bins == b].mean()) * (bins == b).mean() for b in set(bins)))


def area(p: np.ndarray, y: np.ndarray) -> float:
    """Return the probability that a right claim is ranked above a wrong one."""
    right, wrong = p[y == 1][:, None], p[y == 0][None, :]
    return float(((right > wrong) + 0.5 * (right == wrong)).mean())


def report(rows: list[dict]) -> None:
    x, y, groups = matrix(rows)
    p = left_out(x, y, groups)
    print("| set | claims | right | mean confidence | calibration error | Brier | area under ROC | right at >= 0.5 |")
    print("|---|---|---|---|---|---|---|---|")
    sets = {"all": np.ones(len(y), bool), "gold": np.array([g.startswith("gold") for g in groups])}
    sets["sample"] = ~sets["gold"]
    for name, inside in sets.items():
        if inside.any():
            q, z = p[inside], y[inside]
            kept = z[q >= 0.5]
            print(
                f"| {name} | {len(z)} | {z.mean():.3f} | {q.mean():.3f} | {calibration_error(q, z):.3f} "
                f"| {((q - z) ** 2).mean():.3f} | {area(q, z):.3f} | {kept.mean():.3f} of {len(kept)} |"
            )


def write_model(rows: list[dict], path: Path) -> None:
    x, y, groups = matrix(rows)
    w = fit(x, y)
    p = left_out(x, y, groups)
    digest = hashlib.sha256(EXAMPLES.read_bytes()).hexdigest()
    lines = [
        "# Coefficients of the confidence model (kg/annotate/confidence.py).",
        "",
        "[provenance]",
        'made_by = "benchmarks/fit_confidence.py --write"',
        f'examples_sha256 = "{digest}"',
        f"examples = {len(y)}",
        f"right = {int(y.sum())}",
        f"ridge = {PENALTY}",
        f"calibration_error = {calibration_error(p, y):.3f}  # cross-validated, {BINS} bins",
        "",
        "[coefficients]",
        *(f"{name} = {value:.3f}" for name, value in zip(("bias", *FEATURES), w, strict=True)),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", nargs=3, type=Path, action="append", metavar=("CLAIMS", "ENTITIES", "FOLDER"))
    parser.add_argument("--write", action="store_true", help="write the examples and the model")
    options = parser.parse_args()
    rows = [json.loads(line) for line in EXAMPLES.read_text(encoding="utf-8").splitlines()]
    if options.gold:
        rows = [r for r in rows if not r["group"].startswith("gold")]
        rows += [r for paths in options.gold for r in from_gold(*paths)]
    report(rows)
    if options.write:
        EXAMPLES.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
        write_model(rows, MODEL)


if __name__ == "__main__":
    main()
