"""Time the named queries at 1 and 10 million quads: embedded store, rdflib's memory store, Oxigraph's server.

    python benchmarks/queries.py [--full] [--keep FOLDER] [--rounds 3] [--only NAME …] [--json FILE]

Graphs of generated articles are built from annotations made of what is known of them. Every query is asked for all
rows, then for those of whatever has most: the entity most mentioned, the publisher with most articles, the speaker most
cited. Engines take turns; each time is a median of processor seconds, the server's among them, since the machine may be
shared. rdflib holds the union of all graphs as one graph and is asked once; what it has not answered after --limit
times the embedded store's time, and five seconds, is given up, and its ratio is then a lower bound. --full adds 10
million quads, without rdflib. --keep holds the graphs for another run.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import rdflib
from growth import TruthAnnotator
from measuring import processor_seconds, table, write_articles, write_json

import kg
from kg.builder import build_graph
from kg.graph import Graph
from kg.query import NamedQuery, Result, list_queries
from kg.query.engine import solutions
from kg.remote import RemoteGraph

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "remote"))
import triple_stores

ARTICLES = {"1 million": 3_000, "10 million": 30_000}
SOMEBODY = {
    "publisher": "SELECT ?x { ?document schema:publisher ?x } GROUP BY ?x ORDER BY DESC(COUNT(*)) ?x LIMIT 1",
    "speaker": "SELECT ?x { ?claim kg:attributedTo ?x ; kg:event ?e } GROUP BY ?x ORDER BY DESC(COUNT(*)) ?x LIMIT 1",
    "entity": "SELECT ?x { ?x kg:mentionCount ?count } ORDER BY DESC(?count) ?x LIMIT 1",
}
EMBEDDED, MEMORY, SERVER = "embedded", "rdflib", "server"

Figures = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """A query with a parameter or none."""

    query: NamedQuery
    bound: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return " ".join((self.query.name, *self.bound))


class TimeUp(BaseException):
    """Passes through whatever a library catches."""


def cases(graph: Graph, only: Sequence[str]) -> Iterator[Case]:
    """Yield every query without parameters, and with its first parameter that is an entity."""
    for query in list_queries():
        if only and query.name not in only:
            continue
        yield Case(query)
        names = [param.name for param in query.params if param.type == "entity"]
        if names:
            name = "entity" if "entity" in names else names[0]
            (row,) = solutions(graph.store, SOMEBODY.get(name, SOMEBODY["entity"]))
            yield Case(query, {name: row["x"].value})


def make_graph(folder: Path, articles: int) -> Path:
    """Return the workspace of so many articles, built unless it is there from another run."""
    graph = folder / "graph"
    if not (graph / "current").exists():
        source = write_articles(folder / "news", articles)
        build_graph(source, graph=graph, make_annotator=partial(TruthAnnotator, (source,)))
    return graph


def in_memory(graph: Graph) -> rdflib.Graph:
    """Return the union of all graphs as rdflib holds it."""
    union = rdflib.Graph()
    with tempfile.NamedTemporaryFile(suffix=".nt") as file:
        lines = {str(quad.triple) for quad in graph.store}
        file.write("".join(f"{line} .\n" for line in lines).encode())
        file.flush()
        union.parse(file.name, format="nt")
    return union


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Give up what takes more processor time, if it is Python that takes it."""

    def give_up(_number: int, _frame: FrameType | None) -> None:
        raise TimeUp

    signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def timed(ask: Callable[[], Any], clock: Callable[[], float] = time.process_time) -> tuple[float, Any]:
    """Return the seconds of an answer; only the clock that counts a server's, too, ticks in hundredths."""
    begin = clock()
    found = ask()
    return clock() - begin, found


def digest(result: Result) -> str:
    rows = result.triples if result.triples is not None else result.terms
    return hashlib.sha256(repr((result.columns, rows)).encode()).hexdigest()


class Bench:
    """One graph, and the engines that hold it.

    Args:
        graph: In the embedded store.
        server: Oxigraph's server, on the same files.
        union: The union of all graphs in rdflib's memory, None to leave that out.
        limit: How many times the embedded store's time rdflib may take.
    """

    def __init__(self, graph: Graph, server: RemoteGraph, union: rdflib.Graph | None, limit: float) -> None:
        self.graph = graph
        self.server = server
        self.union = union
        self.limit = limit

    def measure(self, case: Case, rounds: int) -> Figures:
        """Return rows and median seconds of one question; the engines must agree on the rows.

        Raises:
            SystemExit: The server answers something else than the embedded store.
        """
        seconds: dict[str, list[float]] = {EMBEDDED: [], SERVER: []}
        for _ in range(rounds):
            spent, found = timed(lambda: self.graph.query(case.query.name, **case.bound))
            seconds[EMBEDDED].append(spent)
            spent, theirs = timed(lambda: self.server.query(case.query.name, **case.bound), processor_seconds)
            seconds[SERVER].append(spent)
            if digest(theirs) != digest(found):
                raise SystemExit(f"{case.title}: the server answers something else")
        figures: Figures = {"query": case.title, "rows": len(found)}
        figures |= {name: statistics.median(times) for name, times in seconds.items()}
        if self.union is not None:
            figures |= self._ask_memory(self.union, case, len(found), 5 + self.limit * figures[EMBEDDED])
        return figures

    def _ask_memory(self, union: rdflib.Graph, case: Case, rows: int, allowed: float) -> Figures:
        """Return rdflib's seconds, and whether it was given up after those that it was allowed; none where it fails."""
        bound = {name: rdflib.URIRef(iri) for name, iri in case.bound.items()}
        try:
            with at_most(allowed):
                # not list(found): it asks for the length first, and takes a TypeError in there for the end of the rows
                spent, found = timed(lambda: [*iter(union.query(case.query.text, initBindings=bound))])
        except TimeUp:
            return {MEMORY: allowed, "given up": True}
        except Exception as error:
            print(f"  rdflib cannot answer {case.title}: {error}", flush=True)
            return {}
        if case.query.columns and len(found) != rows:
            print(f"  rdflib gives {len(found):,} rows of {case.title}, the others {rows:,}", flush=True)
        return {MEMORY: spent, "given up": False}


def bench(path: Path, *, memory: bool, only: Sequence[str], rounds: int, limit: float) -> Figures:
    """Return the figures of one graph."""
    with ExitStack() as stack:
        graph = stack.enter_context(kg.open(path))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        store = stack.enter_context(triple_stores.oxigraph(folder, reading=graph.generation.store))
        server = stack.enter_context(kg.open_endpoint(store.address.query, timeout=3_600))
        union = in_memory(graph) if memory else None
        gc.freeze()  # rdflib's millions of objects would slow down every collection during the others' turns
        quads = len(graph.store)
        print(f"{quads:,} quads", flush=True)
        run, found = Bench(graph, server, union, limit), []
        for case in cases(graph, only):
            found.append(run.measure(case, rounds))
            print(f"  {case.title}: {found[-1][EMBEDDED]:.2f} s", flush=True)
    return {"quads": quads, "queries": found}


def report(figures: Figures) -> str:
    """Return a table for each graph, and how many times faster the embedded store is than rdflib."""
    return "\n\n".join(_report(name, found["quads"], found["queries"]) for name, found in figures.items())


def _report(name: str, quads: int, queries: Sequence[Figures]) -> str:
    memory = [row for row in queries if MEMORY in row]
    columns = ["rows", EMBEDDED, SERVER, *([MEMORY, "rdflib / embedded"] if memory else [])]
    text = f"{name}: {quads:,} quads, processor seconds\n"
    text += table(columns, {row["query"]: _cells(row, memory=bool(memory)) for row in queries})
    if memory:
        factors = sorted(map(factor, memory))
        given_up = sum(row["given up"] for row in memory)
        text += f"\nrdflib over embedded: median {statistics.median(factors):,.0f}, least {factors[0]:,.1f}"
        text += f"; {given_up} of {len(memory)} given up (>)"
    return text


def _cells(row: Figures, *, memory: bool) -> list[str]:
    cells = [f"{row['rows']:,}", f"{row[EMBEDDED]:.3f}", f"{row[SERVER]:.2f}"]
    if not memory:
        return cells
    if MEMORY not in row:
        return [*cells, "fails", "-"]
    more = "> " if row["given up"] else ""
    return [*cells, f"{more}{row[MEMORY]:,.2f}", f"{more}{factor(row):,.0f}"]


def factor(row: Figures) -> float:
    """Return how many times longer rdflib takes than the embedded store."""
    return float(row[MEMORY] / max(row[EMBEDDED], 0.001))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--full", action="store_true", help="10 million quads, too")
    parser.add_argument("--articles", type=int, help="only a graph of so many articles")
    parser.add_argument("--keep", type=Path, help="folder for the graphs, which are made once")
    parser.add_argument("--only", nargs="+", default=(), metavar="NAME", help="only these queries")
    parser.add_argument("--no-rdflib", action="store_true")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=float, default=20.0, help="times the embedded store's time for rdflib (20)")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    sizes = dict(ARTICLES) if arguments.full else {"1 million": ARTICLES["1 million"]}
    if arguments.articles:
        sizes = {f"{arguments.articles:,} articles": arguments.articles}
    figures = {}
    with tempfile.TemporaryDirectory() as name:
        for size, articles in sizes.items():
            path = make_graph((arguments.keep or Path(name)) / str(articles), articles)
            memory = size != "10 million" and not arguments.no_rdflib
            options = {"only": arguments.only, "rounds": arguments.rounds, "limit": arguments.limit}
            figures[size] = bench(path, memory=memory, **options)
    print(report(figures))
    write_json(arguments.json, figures)


if __name__ == "__main__":
    main()
