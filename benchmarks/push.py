"""How fast kg push is, and whether graphs of hundreds of megabytes arrive: Oxigraph's server and Virtuoso.

    python benchmarks/push.py [--world 500000] [--documents 500] [--json FILE] [--stores oxigraph virtuoso]

A made-up workspace of one world graph and many document graphs is pushed into an empty store, pushed again unchanged,
and pushed after one document changed. Every push counts all graphs in the end, so a row means that all arrived.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "remote"))
import triple_stores

from kg.config import Settings
from kg.iris import KG, Iris
from kg.remote import push
from kg.store.draft import next_generation
from kg.store.quads import add_lines
from kg.store.workspace import Workspace

IRIS = Iris()
TRIPLES_A_DOCUMENT = 120


def triples(count: int, seed: str) -> Iterator[str]:
    """Yield half links, half texts, as long as those of real graphs are on average."""
    for number in range(count):
        subject = f"<{IRIS.event(f'{seed}{number // 8:012x}')}>"
        value = f"<{IRIS.claim(f'{number:016x}')}>" if number % 2 else f'"the words of number {number} in {seed}"'
        yield f"{subject} <{KG}p{number % 8}> {value}"


def write(workspace: Workspace, world: int, documents: int, version: str) -> int:
    """Make a generation; return the bytes of its world graph as N-Triples."""
    size = 0

    def lines() -> Iterator[str]:
        nonlocal size
        for line in triples(world, "world"):
            size += len(line) + 3
            yield f"{line} <{IRIS.world_graph}> ."
        for number in range(documents):
            name = f"{number:016x}"
            seed = f"{name}{version if number == 0 else ''}"
            yield from (f"{line} <{IRIS.document(name)}> ." for line in triples(TRIPLES_A_DOCUMENT, seed))

    with workspace.locked(), next_generation(workspace) as draft:
        with draft.open_store() as store:
            add_lines(store, lines())
        draft.publish(Settings())
    return size


def measure(name: str, world: int, documents: int) -> dict[str, object]:
    folder = Path(tempfile.mkdtemp())
    try:
        workspace = Workspace(folder / "kg-graph")
        size = write(workspace, world, documents, "")
        with getattr(triple_stores, name)(folder) as server:
            seconds = {}
            for step, version in (("first", None), ("unchanged", None), ("one document changed", "x")):
                if version:
                    write(workspace, world, documents, version)
                start = time.perf_counter()
                report = push(workspace, server.remote)
                seconds[step] = round(time.perf_counter() - start, 1)
                print(f"{name:<9} {step:<21} {len(report.plan.sent):>6} graphs {seconds[step]:>7.1f} s", flush=True)
        return {"store": name, "world_megabytes": round(size / 1e6), "world": world, "documents": documents, **seconds}
    finally:
        shutil.rmtree(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--world", type=int, default=500_000, help="triples of the world graph")
    parser.add_argument("--documents", type=int, default=500)
    parser.add_argument("--stores", nargs="+", default=["oxigraph", "virtuoso"])
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    rows = [measure(name, arguments.world, arguments.documents) for name in arguments.stores]
    print(f"the world graph has {rows[0]['world_megabytes']} MB")
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
