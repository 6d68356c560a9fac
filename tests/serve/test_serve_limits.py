"""Time, memory, turns: what happens when there is more to do than can be done."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path

import httpx
import pytest
from serve_client import Client, problem, serving
from serve_worlds import add_generation, make_workspace

from kg.serve.http.problems import Problem
from kg.serve.workers.process import Job
from kg.store.workspace import Workspace

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
HUNGRY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i LIMIT 1"
QUICK = "ASK { ent:Norway rdfs:label 'Norway' }"


def ask(client: Client, query: str) -> httpx.Response:
    return client.get("/sparql", params={"query": query})


def at_once(client: Client, *queries: str) -> list[Future[httpx.Response]]:
    """Ask queries without waiting for their answers."""
    pool = ThreadPoolExecutor(len(queries))
    futures = [pool.submit(ask, client, query) for query in queries]
    pool.shutdown(wait=False)
    return futures


def eventually(test: Callable[[], bool], *, seconds: float = 60.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if test():
            return True
        time.sleep(0.05)
    return False


def test_a_query_over_its_time_is_ended_and_its_worker_replaced(world: Path) -> None:
    with serving(graph=world, workers=1, timeout=0.5) as client:
        found = problem(ask(client, SLOW), 504)
        assert found["limit"] == 0.5
        assert "--timeout" in found["remedy"]
        assert ask(client, QUICK).json()["boolean"] is True
        assert eventually(lambda: client.get("/health").json()["workers"]["idle"] == 1)


def test_a_query_that_needs_too_much_memory_is_ended(world: Path) -> None:
    with serving(graph=world, workers=1, memory=150_000_000) as client:
        assert "more memory" in problem(ask(client, HUNGRY), 413)["detail"]
        assert ask(client, QUICK).json()["boolean"] is True


def test_too_many_requests_of_one_client(world: Path) -> None:
    with serving(graph=world, workers=1, timeout=600, per_client=1) as client:
        (slow,) = at_once(client, SLOW)
        assert eventually(lambda: client.get("/health").json()["workers"]["busy"] == 1)
        refused = ask(client, QUICK)
        assert problem(refused, 429)["limit"] == 1
        assert refused.headers["retry-after"]
    problem(slow.result(60), 503)


def test_too_many_requests_wait(world: Path) -> None:
    with serving(graph=world, workers=1, timeout=600, waiting=1, quick=600) as client:
        slow = at_once(client, SLOW, SLOW)
        assert eventually(lambda: client.get("/health").json()["workers"]["waiting"] == 1)
        assert "waiting already" in problem(ask(client, QUICK), 503)["detail"]
    assert all("the server is ending" in problem(future.result(60), 503)["detail"] for future in slow)


def test_whoever_waits_too_long_is_told(world: Path) -> None:
    with serving(graph=world, workers=1, timeout=600, patience=0.1, quick=600) as client:
        (slow,) = at_once(client, SLOW)
        assert eventually(lambda: client.get("/health").json()["workers"]["busy"] == 1)
        assert "no worker became free" in problem(ask(client, QUICK), 503)["detail"]
    problem(slow.result(60), 503)


def test_a_client_that_goes_away_frees_its_worker(world: Path) -> None:
    with serving(graph=world, workers=1, timeout=600, quick=600) as client:
        with pytest.raises(TimeoutError):
            client.get("/sparql", params={"query": SLOW}, give_up_after=0.5)
        assert ask(client, QUICK).json()["boolean"] is True


def test_long_queries_make_room_for_those_that_wait(world: Path) -> None:
    with serving(graph=world, workers=1, timeout=600, quick=0.3) as client:
        slow = at_once(client, SLOW, f"{SLOW} # another")
        assert eventually(lambda: client.get("/health").json()["workers"]["busy"] == 2)
        assert ask(client, QUICK).json()["boolean"] is True
        # One worker for quick ones and one for long ones: one of the two had to go.
        ended, others = wait(slow, timeout=60, return_when=FIRST_COMPLETED)
        assert "ended for them" in problem(ended.pop().result(), 503)["detail"]
        # It is known to take long now, and waits for a place among the long.
        again = at_once(client, SLOW if slow[0].done() else f"{SLOW} # another")
        assert eventually(lambda: client.get("/health").json()["workers"]["waiting"] == 1)
        assert ask(client, QUICK).json()["boolean"] is True
        assert client.get("/health").json()["workers"] | {"idle": 1} == {
            "idle": 1, "busy": 1, "waiting": 1, "generations": ["store-1"],
        }  # fmt: skip
    assert "the server is ending" in problem(again[0].result(60), 503)["detail"]
    assert "the server is ending" in problem(others.pop().result(60), 503)["detail"]


def test_what_cannot_be_read_is_tried_again_by_another_worker(world: Path, tmp_path: Path) -> None:
    with serving(graph=world, workers=1) as client:
        path = str(tmp_path / "no such folder" / "graph.ttl")
        with pytest.raises(Problem, match="could not be read") as caught:
            client.run(Job(do="kg.serve.jobs.export:write", arguments={"path": path, "compress": False}))
        assert caught.value.status == 503
        assert ask(client, QUICK).json()["boolean"] is True


def test_a_new_generation_is_taken_up_and_nobody_notices(tmp_path: Path) -> None:
    workspace = Workspace(make_workspace(tmp_path / "graph"))
    news = "<urn:g> { <urn:news> <urn:is> '%d' }"
    with serving(graph=workspace.path, workers=2) as client:
        seen: list[str] = []

        def number() -> str:
            response = ask(client, "SELECT ?n { <urn:news> <urn:is> ?n }")
            assert response.status_code == 200, response.text
            seen.extend(row["n"]["value"] for row in response.json()["results"]["bindings"])
            return seen[-1] if seen else ""

        # Two builds in a row remove the generation that the workers have open.
        for build in range(1, 4):
            with workspace.locked():
                add_generation(workspace, news % build)
            assert ask(client, QUICK).json()["boolean"] is True
        assert eventually(lambda: number() == "3")
        # workers move one after the other, so an answer may still come from the build before
        assert set(seen) <= {"1", "2", "3"}
        assert eventually(lambda: client.get("/health").json()["workers"]["generations"] == ["store-4"])
        assert "urn:news" in client.get("/download/graph.nq").text
