"""Kill builds at random moments, and see that nothing is lost.

    python benchmarks/kills.py [--kills 100] [--articles 40] [--seed 7] [--json kills.json]

A folder of generated articles changes at random: some come, some go, some are edited. A workspace follows it, and each
of its builds is killed (SIGKILL) at a random moment, then run again to the end; now and then that one is killed, too.
Meanwhile readers must see the last good graph. Afterwards the graph must be that of a workspace whose builds nobody
killed, quad by quad, and no file may be left over; in the end it must be that of one build of the articles that are
left, and no IRI in it may lack a description. Annotations are made from the articles' truth.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import resource
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from growth import TruthAnnotator
from measuring import write_json
from newsmaker import Corpus, make_corpus, write_corpus

from kg.builder import build_graph
from kg.config import Settings
from kg.errors import KGError
from kg.query.engine import solutions
from kg.store.ledger import Ledger
from kg.store.quads import sorted_lines
from kg.store.workspace import Generation, Workspace

SLOWEST = 120
"""Seconds after which a build hangs."""


# ------------------------------------------------------------------ a process that builds in children of its own


class Builder:
    """A process that has loaded everything and opened nothing, and forks for each build: so starting one is quick."""

    def __init__(self) -> None:
        command = [sys.executable, __file__, "--serve"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def start(self, **order: Any) -> int:
        """Begin a build of ``news`` into ``graph``, its annotations from ``truth``; return the process's number.

        ``fsize`` limits the bytes of any file that it writes; ``dies_at`` names a function
        (``kg.store.ledger:Ledger.put``) instead of which it kills itself.
        """
        self._stdin.write(json.dumps({name: str(value) for name, value in order.items()}) + "\n")
        self._stdin.flush()
        return int(self._answer())

    def end(self) -> tuple[int, str]:
        """Wait until the build has ended; return its exit status, negative for a signal, and its error."""
        status, _, error = self._answer().partition(" ")
        return int(status), json.loads(error)

    def build(self, **order: Any) -> None:
        """Build to the end; it must succeed."""
        self.start(**order)
        status, error = self.end()
        if status:
            raise SystemExit(f"the build of {order} ended with {status}: {error}")

    @property
    def _stdin(self) -> Any:
        return self.process.stdin

    def _answer(self) -> str:
        if not select.select([self.process.stdout], [], [], SLOWEST)[0]:
            self.process.kill()
            raise SystemExit(f"a build did not end within {SLOWEST} s")
        return str(self.process.stdout.readline())

    def __enter__(self) -> Builder:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate()


def serve() -> None:
    """Fork a build for each order on standard input."""
    for line in sys.stdin:
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            os._exit(_build(json.loads(line), writer))
        os.close(writer)
        print(child, flush=True)
        with os.fdopen(reader, encoding="utf-8") as pipe:
            error = pipe.read()
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), json.dumps(error), flush=True)


def _build(order: dict[str, str], errors: int) -> int:
    if "fsize" in order:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(order["fsize"]), int(order["fsize"])))
    if "dies_at" in order:
        _die_at(order["dies_at"])
    annotator = partial(TruthAnnotator, (Path(order["truth"]),))
    try:
        report = build_graph(order["news"], graph=order["graph"], sync=True, make_annotator=annotator)
    except KGError as error:
        os.write(errors, f"{type(error).__name__}: {error}".encode())
        return 1
    except BaseException as error:
        os.write(errors, repr(error).encode())
        return 2
    return report.exit_code


def _die_at(place: str) -> None:
    module, _, name = place.partition(":")
    *owners, last = name.split(".")
    holder: Any = importlib.import_module(module)
    for owner in owners:
        holder = getattr(holder, owner)
    if not callable(getattr(holder, last)):
        raise TypeError(f"{place} is no function")
    setattr(holder, last, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))


# ------------------------------------------------------------------ a folder that changes


class Newsroom:
    """A folder of articles that changes at random.

    Args:
        folder: Gets ``all``, with every article and its truth, and ``news``, with those of the moment.
        articles: How many there are in all.
        rng: Chooses.
    """

    def __init__(self, folder: Path, articles: int, rng: Random) -> None:
        self.rng = rng
        self.truth, self.news = folder / "all", folder / "news"
        corpus = make_corpus(articles, rng.randrange(10_000))
        write_corpus(Corpus(corpus.articles, ()), self.truth)
        self.news.mkdir()
        self.names = [article.name for article in corpus.articles]
        for name in rng.sample(self.names, articles // 2):
            self._put(name)
        self._list()

    def change(self) -> None:
        """Add, remove or edit a few articles; one at least stays."""
        for name in self.rng.sample(self.names, self.rng.randrange(1, max(2, len(self.names) // 4))):
            path = self.news / name
            if not path.exists():
                self._put(name)
            elif self.rng.random() < 0.5 and len(list(self.news.glob("*.txt"))) > 1:
                path.unlink()
            else:
                path.write_text(f"{path.read_text('utf-8')}\nUpdated {self.rng.randrange(9)} times.\n", "utf-8")
        self._list()

    def _put(self, name: str) -> None:
        (self.news / name).write_text((self.truth / name).read_text("utf-8"), "utf-8")

    def _list(self) -> None:
        """Write the metadata of the articles that are there."""
        tables = (self.truth / "sources.toml").read_text("utf-8").split("\n\n")
        told = [table for table in tables if (self.news / table.split('"')[1]).exists()]
        (self.news / "sources.toml").write_text("\n\n".join(told), "utf-8")


def graph_lines(graph: Path) -> list[str]:
    """Return the quads of a graph but for the run's, which tells times."""
    settings, generation = _opened(graph)
    run = f" <{settings.iris.run('')}"
    return [line for line in sorted_lines(generation.open_store()) if run not in line[line.rindex(" <") :]]


def dangling(graph: Path) -> list[str]:
    """Return the IRIs of a graph's own that something points to and nothing describes."""
    settings, generation = _opened(graph)
    query = 'SELECT DISTINCT ?o { ?s ?p ?o FILTER(STRSTARTS(STR(?o), "BASE")) FILTER NOT EXISTS { ?o ?q ?x } }'
    found = solutions(generation.open_store(), query.replace("BASE", settings.base))
    return [str(row["o"]) for row in found]


def _opened(graph: Path) -> tuple[Settings, Generation]:
    workspace = Workspace.open(graph)
    settings, generation = workspace.settings(), workspace.current()
    if settings is None or generation is None:
        raise SystemExit(f"{graph} has no settings")
    return settings, generation


def left_over(graph: Path, news: Path) -> list[str]:
    """Return the files of a workspace that should not be there."""
    stores = sorted(int(path.name.removeprefix("store-")) for path in graph.glob("store-*") if path.suffix != ".part")
    expected = {"current", "format", "kg.toml", "ledger.sqlite", "lock", "texts"} | {f"store-{n}" for n in stores[-2:]}
    found = [path.name for path in graph.iterdir() if path.name not in expected]
    with Ledger(graph / "ledger.sqlite") as ledger:
        texts = {entry.id for entry in ledger.entries()} | set(ledger.departed())
        if len(ledger) != len(list(news.glob("*.txt"))):
            found.append(f"{len(ledger)} documents in the ledger")
    found += [path.name for path in (graph / "texts").iterdir() if path.name.removesuffix(".txt") not in texts]
    missing = texts - {path.stem for path in (graph / "texts").iterdir()}
    return found + [f"the text of {document} is missing" for document in sorted(missing)]


# ------------------------------------------------------------------ killing


def run(kills: int, articles: int, seed: int) -> Iterator[dict[str, Any]]:
    """Yield what came of each kill: how far the build was, and whether it had happened."""
    rng = Random(seed)  # noqa: S311 (repeatable)
    with tempfile.TemporaryDirectory(prefix="kg-kills-") as name, Builder() as builder:
        folder = Path(name)
        room = Newsroom(folder, articles, rng)
        calm, victim = folder / "calm", folder / "victim"
        before: list[str] = []
        done = 0
        while done < kills:
            begin = time.perf_counter()
            builder.build(news=room.news, truth=room.truth, graph=calm)
            usual = time.perf_counter() - begin
            after = graph_lines(calm)
            for _ in range(min(rng.choice((1, 1, 2)), kills - done)):
                yield kill(builder, room, victim, delay=rng.uniform(0, 1.1 * usual)) | _seen(victim, before, after)
                done += 1
            builder.build(news=room.news, truth=room.truth, graph=victim)
            _compare(graph_lines(victim), after, f"after {done} kills")
            if found := left_over(victim, room.news):
                raise SystemExit(f"left over after {done} kills: {', '.join(found)}")
            before = after
            if done < kills:
                room.change()
        builder.build(news=room.news, truth=room.truth, graph=folder / "fresh")
        _compare(before, graph_lines(folder / "fresh"), "against a fresh build")
        if found := dangling(victim):
            raise SystemExit(f"nothing describes {', '.join(found)}")


def kill(builder: Builder, room: Newsroom, graph: Path, *, delay: float) -> dict[str, Any]:
    """Begin a build and kill it after a while; tell whether it was still at work."""
    process = builder.start(news=room.news, truth=room.truth, graph=graph)
    time.sleep(delay)
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
    status, error = builder.end()
    if status not in (0, -signal.SIGKILL):
        raise SystemExit(f"the build ended with {status}: {error}")
    return {"seconds": round(delay, 4), "killed": status != 0}


def _seen(graph: Path, before: list[str], after: list[str]) -> dict[str, Any]:
    """Look at a workspace as a reader does, after a kill: it is the graph before or after the build."""
    if Workspace(graph).current() is None if graph.exists() else True:
        if before:
            raise SystemExit("the graph has gone")
        return {"graph": "none yet"}
    found = graph_lines(graph)
    if found == after:
        return {"graph": "the new one"}
    _compare(found, before, "for readers")
    return {"graph": "the old one"}


def _compare(found: list[str], expected: list[str], when: str) -> None:
    if found != expected:
        lost, new = sorted(set(expected) - set(found)), sorted(set(found) - set(expected))
        raise SystemExit(f"{when} {len(lost)} quads are lost and {len(new)} are new: {(lost + new)[:3]}")


def report(figures: dict[str, Any]) -> str:
    saw = ", ".join(f"{graph} {count} times" for graph, count in sorted(figures["saw"].items()))
    survived, early = f"{figures['survived']} of {figures['kills']} kills survived", figures["at work"]
    return f"{survived}, of which {early} came before the build had ended\nreaders saw meanwhile: {saw}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=100, help="how many (100)")
    parser.add_argument("--articles", type=int, default=40, help="of which half are there at first (40)")
    parser.add_argument("--seed", type=int, default=7, help="of the random numbers (7)")
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.serve:
        serve()
        return
    rows = list(run(arguments.kills, arguments.articles, arguments.seed))
    seen = Counter(row["graph"] for row in rows)
    # run() ends at the first kill that is not survived
    figures = {"kills": len(rows), "survived": len(rows), "at work": sum(row["killed"] for row in rows), "saw": seen}
    print(report(figures))
    write_json(arguments.json, figures)


if __name__ == "__main__":
    main()
