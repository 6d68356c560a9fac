"""Score the open triples of both views on CaRB and BenchIE, and time the clause layer.

    python benchmarks/openie.py --data PATH/TO/benchmarks [--json openie.json]

The folder holds ``score.py`` and the public sets; nothing of them is kept here. The scorer is run as a program, with
its own rules. The full view is meant for CaRB, the minimal one for BenchIE; both are shown on both.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import get_args

from kg.annotate.clauses.treebank import read_sentence
from kg.annotate.openie.triples import View, extract_triples, to_json
from kg.annotate.pipeline import COMPONENTS, load_pipeline

TASKS = ("carb", "benchie")
ROUNDS = 5


def inputs(scorer: Path, task: str) -> list[tuple[str, str]]:
    out = subprocess.run([sys.executable, scorer, "inputs", task], check=True, capture_output=True, text=True).stdout
    return [(record["id"], record["text"]) for record in map(json.loads, out.splitlines())]


def score(scorer: Path, task: str, predictions: list[dict[str, object]]) -> dict[str, float]:
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in predictions)
        file.flush()
        command = [sys.executable, scorer, task, file.name, "--json"]
        out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(out)


def repeated(predictions: list[dict[str, object]]) -> int:
    """Count triples whose words, read through, say what another of the same sentence says."""
    count = 0
    for record in predictions:
        read = [" ".join([t["subject"], t["relation"], *t["objects"]]).casefold() for t in record["triples"]]
        count += len(read) - len(set(read))
    return count


def clause_cost(nlp, texts: list[str]) -> float:
    """Return the time of kg_clauses over that of the pipeline without it, the medians of some rounds."""
    bare, layer = [], []
    for _ in range(ROUNDS):
        with nlp.select_pipes(disable=["kg_clauses"]):
            begin = time.process_time()
            docs = list(nlp.pipe((read_sentence(nlp, text) for text in texts), batch_size=32))
            bare.append(time.process_time() - begin)
        component = nlp.get_pipe("kg_clauses")
        begin = time.process_time()
        for doc in docs:
            component(doc)
        layer.append(time.process_time() - begin)
    return sorted(layer)[ROUNDS // 2] / sorted(bare)[ROUNDS // 2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with score.py, carb-dev and benchie-dev")
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    arguments = parser.parse_args()
    scorer = arguments.data / "score.py"
    nlp = load_pipeline(exclude=[name for name in COMPONENTS if name != "kg_clauses"])
    figures: dict[str, object] = {}
    print(f"{'view':8} {'task':8} {'F1':>6} {'P':>6} {'R':>6} {'triples':>8} {'repeated':>8}")
    for view in get_args(View):
        for task in TASKS:
            texts = inputs(scorer, task)
            predictions = [to_json(number, found) for number, found in extract_triples(texts, nlp, view=view)]
            result = score(scorer, task, predictions) | {"repeated": repeated(predictions)}
            figures[f"{view} {task}"] = result
            print(
                f"{view:8} {task:8} {result['F1']:6.4f} {result['P']:6.4f} {result['R']:6.4f} "
                f"{result['extractions']:8} {result['repeated']:8}"
            )
    figures["kg_clauses over the pipeline"] = clause_cost(nlp, [text for _, text in inputs(scorer, "carb")])
    print(f"time of kg_clauses over the bare pipeline: {figures['kg_clauses over the pipeline']:.3f}")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
