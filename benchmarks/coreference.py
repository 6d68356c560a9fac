"""Tell precision and recall of event coreference on the pairs of claims in tests/data/coreference, and what is missed.

python benchmarks/coreference.py [--json coreference.json]
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1] / "tests"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    arguments = parser.parse_args()
    # the gate of the suite judges the pairs; it is the one place that knows how
    sys.path[:0] = [str(TESTS), str(TESTS / "fuse")]
    from test_fuse_coreference import PAIRS, together

    missed = [pair for pair in PAIRS["same"] if not together(pair)]
    wrong = [pair for pair in PAIRS["different"] if together(pair)]
    right = len(PAIRS["same"]) - len(missed)
    figures = {
        "pairs of one event": len(PAIRS["same"]),
        "pairs of two events": len(PAIRS["different"]),
        "precision": round(right / (right + len(wrong)), 3),
        "recall": round(right / len(PAIRS["same"]), 3),
    }
    for name, figure in figures.items():
        print(f"{name:22} {figure}")
    for title, pairs in (("missed", missed), ("wrong", wrong)):
        for first, second in pairs:
            print(f"\n{title}:\n  {first}\n  {second}")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
