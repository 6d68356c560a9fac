"""Score coded events on human-coded news sentences (PLOVER gold standard records).

    python benchmarks/plover.py --data PATH/TO/benchmarks [--limit 2] [--errors] [--json plover.json]

The folder holds ``score.py`` and the sentences; nothing of them is kept here. The scorer is run as a program.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from kg.annotate.events.plover import events_json, plover_events
from kg.annotate.pipeline import load_pipeline
from kg.lexicon import load_lexicon


def inputs(scorer: Path) -> list[tuple[str, str]]:
    out = subprocess.run(
        [sys.executable, scorer, "inputs", "plover"], check=True, capture_output=True, text=True
    ).stdout
    return [(record["id"], record["text"]) for record in map(json.loads, out.splitlines())]


def score(scorer: Path, predictions: list[dict[str, object]]) -> dict[str, float]:
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in predictions)
        file.flush()
        command = [sys.executable, scorer, "plover", file.name, "--json"]
        out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with score.py and plover-dev")
    parser.add_argument("--limit", type=int, nargs="+", default=[1, 2, 3], help="events a sentence, at most")
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    arguments = parser.parse_args()
    scorer = arguments.data / "score.py"
    nlp, lexicon = load_pipeline(), load_lexicon()
    texts = inputs(scorer)
    docs = list(nlp.pipe((text for _, text in texts), batch_size=64))
    figures: dict[str, object] = {}
    print(f"{'at most':>8} {'a sentence':>10} {'class R':>8} {'+source':>8} {'+both':>8} {'class P':>8}")
    for limit in arguments.limit:
        coded = [plover_events(doc, lexicon, limit=limit) for doc in docs]
        result = score(scorer, [events_json(i, events) for (i, _), events in zip(texts, coded, strict=True)])
        rate = result["predicted"] / result["sentences"]
        classes = Counter(event.plover for events in coded for event in events)
        figures[str(limit)] = result | {"events a sentence": rate, "classes": dict(sorted(classes.items()))}
        print(
            f"{limit:8} {rate:10.2f} {result['class R']:8.3f} {result['class+source R']:8.3f} "
            f"{result['class+both R']:8.3f} {result['class P']:8.3f}"
        )
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
