"""Real triple stores for tests: started on a loopback port in a folder of their own, stopped with SIGTERM."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from kg.remote.connection import Connection
from kg.remote.profiles import PROFILES, Address, address
from kg.remote.store import RemoteStore

# As Debian sets it up, but for ports, folder and pages kept in memory. With most of this left out it lost rows and hung.
VIRTUOSO_INI = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
MaxCheckpointRemap = 2000
TempStorage = TempDatabase

[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
MaxCheckpointRemap = 2000

[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
MaxClientConnections = 10
CheckpointInterval = 60
CaseMode = 2
SchedulerInterval = 10
DirsAllowed = .
ThreadThreshold = 10
IndexTreeMaps = 64
MaxMemPoolSize = 200000000
MaxQueryMem = 2G
VectorSize = 1000
MaxVectorSize = 1000000
AdjustVectorSize = 0
ThreadsPerQuery = 4
AsyncQueueMaxThreads = 10
NumberOfBuffers = 5000
MaxDirtyBuffers = 3000

[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = .
MaxClientConnections = 10
ServerThreads = 10
MaxKeepAlives = 10
KeepAliveTimeout = 10
Charset = UTF-8
EnabledGzipContent = 1

[SPARQL]
ResultSetMaxRows = {most_rows}
MaxQueryCostEstimationTime = 400
MaxQueryExecutionTime = 60
"""
HOW_TO_INSTALL = (
    "Virtuoso is not installed: these tests need its server. As root: apt-get install --no-install-recommends "
    "virtuoso-opensource-7 (.ci/run does so); or leave them out with -m 'not virtuoso', as make test does."
)
# What Debian's virtuoso.ini has
MOST_ROWS = 10_000


STORES = ["oxigraph", pytest.param("virtuoso", marks=pytest.mark.virtuoso)]


class TripleStore:
    """A running server, and a way in with all rights."""

    def __init__(self, name: str, url: str, login: tuple[str, str] | None = None) -> None:
        self.name = name
        self.url = url
        self.login = login
        self.address: Address = address(url, PROFILES[name])
        auth = httpx.DigestAuth(*login) if login else None
        self.remote = RemoteStore(Connection(auth=auth, timeout=120), self.address)

    def put(self, graph: str, turtle: str) -> None:
        store = ox.Store()
        store.load(turtle, format=ox.RdfFormat.TURTLE)
        lines = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
        self.remote.replace(graph, lambda _: (lines,))

    def load(self, store: ox.Store) -> None:
        for graph in store.named_graphs():
            lines = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph)
            self.remote.replace(graph.value, lambda _, lines=lines: (lines,))

    def graphs(self) -> dict[str, int]:
        """Return every named graph with its triples, but for those that the server brings along."""
        found = self.remote.client.select("SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
        counts = {row["g"].value: int(row["n"].value) for row in found}
        return {name: count for name, count in counts.items() if "w3id.org" in name or name.startswith("urn:test:")}

    def lines(self, graph: str) -> list[str]:
        """Return a graph's triples, sorted, with truth values as kg writes them."""
        found = self.remote.client.graph(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
        boolean = "^^<http://www.w3.org/2001/XMLSchema#boolean>"
        plain = (str(t).replace(f'"1"{boolean}', f'"true"{boolean}') for t in found)
        return sorted(line.replace(f'"0"{boolean}', f'"false"{boolean}') for line in plain)

    def clear(self) -> None:
        for graph in self.graphs():
            self.remote.delete(graph)


@contextmanager
def oxigraph(folder: Path, *options: str, reading: Path | None = None) -> Iterator[TripleStore]:
    """Run Oxigraph's server on an empty store of its own, or on one that others read, too."""
    port = _free_port()
    program = Path(sys.executable).with_name("oxigraph")
    what = ["serve", "-l", folder / "oxigraph"] if reading is None else ["serve-read-only", "-l", reading]
    with _serving([program, *what, "-b", f"127.0.0.1:{port}", *options], folder, f"http://127.0.0.1:{port}", "/"):
        yield from _open("oxigraph", f"http://127.0.0.1:{port}")


@contextmanager
def virtuoso(folder: Path, *, most_rows: int = MOST_ROWS) -> Iterator[TripleStore]:
    program = shutil.which("virtuoso-t")
    assert program, HOW_TO_INSTALL
    port, sql_port = _free_port(), _free_port()
    home = folder / "virtuoso"
    home.mkdir()
    settings = VIRTUOSO_INI.format(port=port, sql_port=sql_port, most_rows=most_rows)
    (home / "virtuoso.ini").write_text(settings, "utf-8")
    command = [program, "+foreground", "+configfile", "virtuoso.ini"]
    with _serving(command, home, f"http://127.0.0.1:{port}", "/sparql?query=ASK%7B%7D"):
        yield from _open("virtuoso", f"http://127.0.0.1:{port}", ("dba", "dba"))


def _open(name: str, url: str, login: tuple[str, str] | None = None) -> Iterator[TripleStore]:
    store = TripleStore(name, url, login)
    try:
        yield store
    finally:
        store.remote.close()


@contextmanager
def _serving(command: list[object], folder: Path, url: str, path: str) -> Iterator[None]:
    """Run a server until the block ends."""
    with (folder / "server.out").open("wb") as out:
        process = subprocess.Popen([str(part) for part in command], cwd=folder, stdout=out, stderr=out)
    try:
        _wait_until_ready(process, url + path, folder)
        yield
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(20)


def _wait_until_ready(process: subprocess.Popen[bytes], url: str, folder: Path) -> None:
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            if httpx.get(url, trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"{process.args} does not answer: {(folder / 'server.out').read_text('utf-8', 'replace')}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
