"""Two walls against SERVICE: the check of the query, whatever it looks like, and a process without a network."""

from __future__ import annotations

import contextlib
import subprocess
import sys

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from serve_bait import Bait

from kg.serve.http.problems import Problem
from kg.serve.jobs.refusal import normalised, refuse_service
from kg.serve.workers.sandbox import can_block_network

# What two parsers may read differently: quotes, comments, line ends, escapes, angle brackets, names glued to keywords.
PIECES = [
    "'", "'''", '"', '"""', "#", "\n", "\r", "\\u0022", "\\u0027", "\\u0023", "\\'", '\\"', "\\\\", "<", ">", "<urn:x>", "<'x>", "<urn:#>",
    "{", "}", "(", ")", " ", ".", ";", "?s ?p ?o .", "SERVICE", "service ", "SERVICESILENT", "\\u0053ERVICE", "<BAIT>", "SERVICE<BAIT>{?s ?p ?o}",
    "SERVICE <BAIT> { ?s ?p ?o }", "SERVICE:b{?s ?p ?o}", "FILTER(?o<", "FILTER(?o>'", "VALUES ?x {", "OPTIONAL {", "FILTER EXISTS {", "BIND(", "AS ?z)", "x:",
    "@en", "^^", "?x", "1", "-", "!", "|", "/", "a", "_:b", "[", "]", "\x0b", "\x0c", "\x85", "\u2028", "\ufeff",
]  # fmt: skip
HEADS = [
    "SELECT * {",
    "PREFIX :<BAIT> PREFIX b:<BAIT> SELECT * {",
    "ASK {",
    "CONSTRUCT { ?s ?p ?o } WHERE {",
    "SELECT ('",
]


@pytest.fixture(scope="module")
def store() -> ox.Store:
    made = ox.Store()
    made.add(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal("o")))
    return made


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    head=st.sampled_from(HEADS),
    pieces=st.lists(st.sampled_from(PIECES), max_size=14),
    tail=st.sampled_from(["}", "}}", "'", ""]),
)
def test_no_spelling_gets_past_the_check(bait: Bait, store: ox.Store, head: str, pieces: list[str], tail: str) -> None:
    text = normalised((head + "".join(pieces) + tail).replace("BAIT", bait.url))
    try:
        refuse_service(text)
    except Problem:
        return
    with contextlib.suppress(SyntaxError, RuntimeError, TypeError):  # not SPARQL, or ASK, which has no rows
        list(store.query(text))
    assert bait.asked == []


def test_the_bait_works(bait: Bait, store: ox.Store) -> None:
    with pytest.raises(OSError, match="404"):
        list(store.query(f"SELECT * {{ SERVICE <{bait.url}> {{ ?s ?p ?o }} }}"))
    assert bait.asked
    bait.asked.clear()


CONFINED = """
import socket, subprocess, sys
import pyoxigraph as ox
from kg.serve.workers.sandbox import confine
confine(memory=200_000_000)
def outcome(function):
    try:
        return function() and 'done'
    except Exception as error:
        return type(error).__name__
print(outcome(lambda: list(ox.Store().query("SELECT * { SERVICE <%s> { ?s ?p ?o } }"))))
print(outcome(lambda: list(ox.Store().query("SELECT * { SERVICE SILENT <%s> { ?s ?p ?o } }"))))
print(outcome(lambda: socket.create_connection(("127.0.0.1", 9), timeout=5)))
print(outcome(lambda: subprocess.run(["true"])))
print(outcome(lambda: bytearray(400_000_000)))
print(outcome(lambda: open(sys.executable, "rb").read(4)))
"""


@pytest.mark.skipif(not can_block_network(), reason="the second wall is Linux's")
def test_a_worker_has_no_network(bait: Bait) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", CONFINED.replace("%s", bait.url)], capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == [
        "PermissionError",
        "done",
        "PermissionError",
        "PermissionError",
        "MemoryError",
        "done",
    ]
    assert bait.asked == []
