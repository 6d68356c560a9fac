"""Measure what ``kg serve`` costs, and what a client notices of others that ask slow queries.

    python benchmarks/serving.py [--graph kg-graph] [--seconds 5] [--json FILE]

Each line is the same pair of quick requests about the entity with most mentions, a SPARQL and a named query, asked
over and over: in process, by one client of a server, by four at a time, and by one while others send queries that never
end. All in one run, with a server on this machine.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx

import kg

ENTITY = "SELECT ?entity { ?entity kg:mentionCount ?mentions } ORDER BY DESC(?mentions) ?entity LIMIT 1"
QUICK = "SELECT ?property ?value {{ {} ?property ?value }} LIMIT 20"
NAMED = "entity-profile"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
TIMEOUT = 5


@dataclass(frozen=True)
class Line:
    """One line of the table; times in milliseconds for a pair of requests."""

    what: str
    pairs_per_second: float
    median: float
    p95: float
    slowest: float
    wrong: int


@contextmanager
def serving(graph: Path) -> Iterator[tuple[str, float]]:
    """Run a server; give its address and the seconds until it was ready."""
    begin = time.perf_counter()
    words = ["serve", "--graph", str(graph), "--port", "0", "--timeout", str(TIMEOUT)]
    with subprocess.Popen([sys.executable, "-m", "kg", *words], stdout=subprocess.PIPE, text=True) as process:
        told = process.stdout.readline() if process.stdout else ""
        match = re.search(r"http://[\d.:]+", told)
        if not match:
            sys.exit(f"kg serve did not start: {told}")
        yield match[0], time.perf_counter() - begin
        process.terminate()


def measure(what: str, pair: Callable[[], bool], seconds: float, *, clients: int = 1) -> Line:
    """Ask pairs for some seconds, by several clients at a time."""
    times: list[float] = []
    wrong = 0
    end = time.perf_counter() + seconds

    def ask() -> None:
        nonlocal wrong
        while (begin := time.perf_counter()) < end:
            right = pair()
            times.append(1000 * (time.perf_counter() - begin))
            wrong += not right

    threads = [threading.Thread(target=ask) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    return Line(what, len(times) / seconds, statistics.median(times), p95, max(times), wrong)


@contextmanager
def flood(url: str, clients: int, *, alike: bool) -> Iterator[None]:
    """Keep clients busy with slow queries as long as the block lasts: with one again and again, or ever new ones."""
    stop, numbers = threading.Event(), itertools.count()

    def ask() -> None:
        while not stop.is_set():
            query = SLOW if alike else f"{SLOW} # {next(numbers)}"
            httpx.get(f"{url}/sparql", params={"query": query}, timeout=60)

    threads = [threading.Thread(target=ask) for _ in range(clients)]
    for thread in threads:
        thread.start()
    time.sleep(2)
    yield
    stop.set()
    for thread in threads:
        thread.join()


def lines(graph: Path, seconds: float) -> Iterator[Line]:
    with kg.open(graph) as opened:
        entity = str(opened.query(ENTITY).rows[0][0])
        quick = QUICK.format(entity)

        def rows() -> tuple[int, int]:
            return len(opened.query(quick)), len(opened.query(NAMED, entity=entity))

        expected = rows()
        yield measure("in process", lambda: rows() == expected, seconds)
    with serving(graph) as (url, ready), httpx.Client(base_url=url, timeout=60) as client:

        def pair() -> bool:
            answers = (
                client.get("/sparql", params={"query": quick}),
                client.get(f"/queries/{NAMED}", params={"entity": entity}),
            )
            right = all(answer.status_code == 200 for answer in answers)
            return right and expected == tuple(len(answer.json()["results"]["bindings"]) for answer in answers)

        pair()
        yield measure(f"served (ready after {ready:.1f} s)", pair, seconds)
        yield measure("served, four clients", pair, seconds, clients=4)
        for attackers in (2, 8, 24):
            for alike in (True, False):
                with flood(url, attackers, alike=alike):
                    kind = "one slow query" if alike else "ever new slow queries"
                    yield measure(f"served, beside {attackers} clients with {kind}", pair, 2 * seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--graph", type=Path, default=Path("kg-graph"))
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    print(f"{'':52} {'pairs/s':>8} {'median ms':>10} {'95 % ms':>9} {'slowest':>9} {'wrong':>6}")
    found = []
    for line in lines(arguments.graph, arguments.seconds):
        found.append(line)
        times = f"{line.median:10.1f} {line.p95:9.1f} {line.slowest:9.0f}"
        print(f"{line.what:52} {line.pairs_per_second:8.1f} {times} {line.wrong:6}", flush=True)
    if arguments.json:
        arguments.json.write_text(json.dumps([asdict(line) for line in found], indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
