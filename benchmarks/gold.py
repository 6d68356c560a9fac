"""Score typed claims and entities against articles annotated by hand, through the whole build.

    python benchmarks/gold.py --claims CLAIMS.jsonl --entities ENTITIES.jsonl --source FOLDER [--errors] [--json FILE]

Our own: --claims tests/data/gold/claims.jsonl --entities tests/data/gold/entities.jsonl --source seeds.
The format is described in docs/evaluation.md. The graph is built in a temporary folder and scored as ``kg evaluate``
does; ``--scorer score.py`` runs another program of the same rules on the exported Turtle besides.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import kg
from kg.evaluate import Gold, evaluate, read_gold, read_prediction
from kg.evaluate.report import error_lines, figures, table


def knowledge_base(gold: Gold, folder: Path) -> Path:
    """Write the gold's linkable entities as a user would give them: names and Wikidata items."""
    entries = {
        e.wikidata: {"id": e.wikidata, "names": [e.name, *e.aliases], "type": e.type, "wikidata": e.wikidata}
        for e in gold.entities
        if e.wikidata
    }
    path = folder / "people.jsonl"
    path.write_text("".join(json.dumps(entry) + "\n" for entry in entries.values()), encoding="utf-8")
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--claims", type=Path, nargs="*", default=[], help="without: only mentions")
    parser.add_argument("--entities", type=Path, nargs="*", default=[])
    parser.add_argument("--source", type=Path, required=True, help="the folder of the annotated articles")
    parser.add_argument("--scorer", type=Path, help="another scorer, run on the Turtle export")
    parser.add_argument("--link", action="store_true", help="give the gold's people and organisations as --kb")
    parser.add_argument("--errors", action="store_true", help="list what was missed, spurious or wrong")
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    arguments = parser.parse_args()
    gold = read_gold(arguments.claims, arguments.entities, arguments.source)
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        settings = kg.Settings(knowledge_base=knowledge_base(gold, Path(folder)) if arguments.link else None)
        graph = kg.build(str(arguments.source), graph=Path(folder) / "graph", settings=settings)
        seconds = time.perf_counter() - begin
        report = evaluate(gold, read_prediction(graph.store, gold))
        print(table(report))
        print(f"built in {seconds:.1f} s")
        if arguments.errors:
            print("\n".join(error_lines(report, gold)))
        if arguments.scorer:
            turtle = Path(folder) / "graph.ttl"
            graph.export(turtle)
            files = ["--gold", *arguments.claims, "--entities", *arguments.entities, "--source", arguments.source]
            subprocess.run([sys.executable, arguments.scorer, "--graph", turtle, *files], check=True)
    if arguments.json:
        arguments.json.write_text(json.dumps(figures(report), indent=2, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
