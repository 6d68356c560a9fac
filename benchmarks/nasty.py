"""Nasty inputs through read, annotate, graph and validate, each in a process of its own with a time limit.

    python benchmarks/nasty.py            # the small ones, a line a kind
    python benchmarks/nasty.py --all      # with what takes more time or memory, each of these on a line
    python benchmarks/nasty.py --all --json nasty.json

A row tells how many inputs gave documents, messages or both, the longest time and the largest memory of one of them.
Exit code 1 where one crashed, ran out of time, said nothing or had to be quarantined.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import sys
import tempfile
import time
from collections import defaultdict
from multiprocessing.connection import Connection
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "data" / "nasty")]

from case import Case
from corpus import every, small

LIMIT = 300.0


def process(place: Path) -> dict[str, object]:
    """Return what becomes of the sources in a folder."""
    from kg.config import Settings
    from kg.lexicon import load_lexicon
    from kg.model import Document
    from kg.rdf.provenance import run_identity
    from kg.read import Failure, read_sources
    from kg.worker import Recipe, Task, load_annotator, run_tasks

    settings, lexicon = Settings(), load_lexicon(())
    recipe = Recipe(settings, lexicon, run_identity(settings, lexicon).run_id, load_annotator)
    started = time.perf_counter()
    found = list(read_sources([place]))
    documents = [item for item in found if isinstance(item, Document)]
    outcomes = list(run_tasks((Task(document) for document in documents), recipe))
    failed = [item for item in (*found, *outcomes) if isinstance(item, Failure)]
    return {
        "seconds": time.perf_counter() - started,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000,
        "documents": sum(not isinstance(outcome, Failure) for outcome in outcomes),
        "messages": len(found) - len(documents) + sum(isinstance(outcome, Failure) for outcome in outcomes),
        "quarantined": sum(outcome.quarantined for outcome in outcomes if not isinstance(outcome, Failure)),
        "said": str(failed[0].error).replace(str(place), "…")[:160] if failed else "",
    }


def _child(place: Path, pipe: Connection) -> None:
    pipe.send(process(place))


def run(case: Case, folder: Path) -> dict[str, object]:
    """Run one case in a forked process; ``problem`` tells what went wrong."""
    place = case.write(folder)
    receiver, sender = multiprocessing.get_context("fork").Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(target=_child, args=(place, sender))
    child.start()
    sender.close()
    result: dict[str, object] = {"problem": "ran out of time"}
    if receiver.poll(LIMIT):
        try:
            result = receiver.recv()
            silent = not result["documents"] and not result["messages"]
            result["problem"] = "said nothing" if silent else "quarantined" if result["quarantined"] else ""
        except EOFError:
            result = {"problem": "crashed"}
    if child.is_alive() and result["problem"] == "ran out of time":
        child.kill()
    child.join()
    return {"kind": case.kind, "name": case.name, "big": case.big, **result}


def table(rows: list[dict[str, object]]) -> list[str]:
    """Return a line a kind for the small ones, and a line for each of the big ones."""
    groups: dict[str, list[dict[str, object]]] = defaultdict(list)
    for row in rows:
        groups[f"{row['kind']}: {row['name']}" if row["big"] else str(row["kind"])].append(row)
    lines = [f"{'input':50} {'cases':>5} {'documents':>9} {'messages':>8} {'seconds':>8} {'MB':>6}  problem"]
    for name, group in groups.items():
        numbers = [max((row.get(key, 0) for row in group), default=0) for key in ("seconds", "megabytes")]
        sums = [sum(row.get(key, 0) for row in group) for key in ("documents", "messages")]
        problems = ", ".join(sorted({f"{row['name']} {row['problem']}" for row in group if row["problem"]}))
        lines.append(f"{name:50} {len(group):5} {sums[0]:9} {sums[1]:8} {numbers[0]:8.1f} {numbers[1]:6}  {problems}")
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="also what takes more time or memory")
    parser.add_argument("--only", default="", help="kinds that begin so")
    parser.add_argument("--big", action="store_true", help="only what takes more time or memory")
    parser.add_argument("--json", type=Path, help="write the rows here")
    options = parser.parse_args()
    cases = [
        case for case in (every() if options.all or options.big else small()) if case.kind.startswith(options.only)
    ]
    cases = [case for case in cases if case.big or not options.big]
    with tempfile.TemporaryDirectory() as folder:
        rows = []
        for case in cases:
            rows.append(run(case, Path(folder)))
            print(".", end="", flush=True, file=sys.stderr)
    print(file=sys.stderr)
    print("\n".join(table(rows)))
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return 1 if any(row["problem"] for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
