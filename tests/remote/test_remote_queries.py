"""All named queries give the same answers on a store of ours, Oxigraph's server and Virtuoso."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Store
from query_cases import BOUND
from triple_stores import STORES, TripleStore

import kg
from kg.query import Result, list_queries, load_query, run
from kg.remote import RemoteGraph

SEEDS = Path(__file__).parents[2] / "seeds"
NAMES = [query.name for query in list_queries()]
ONE = [(name, {param: value}) for name, param, value in BOUND]
VALUES = {(name, param): value for name, param, value in BOUND}
# All parameters of a query at once
ALL = [
    (query.name, {param.name: VALUES[query.name, param.name] for param in query.params})
    for query in list_queries()
    if len(query.params) > 1
]


@pytest.fixture(scope="module", params=STORES)
def remote(request: pytest.FixtureRequest, world: Store) -> Iterator[RemoteGraph]:
    server: TripleStore = request.getfixturevalue(f"{request.param}_server")
    server.clear()
    server.load(world)
    server.put("urn:test:foreign", "<urn:test:a> <urn:test:b> <urn:test:c> .")
    with kg.open_endpoint(server.address.query) as graph:
        yield graph


def answers(result: Result) -> tuple[object, ...]:
    return result.columns, result.terms, result.triples, result.boolean


@pytest.mark.parametrize("name", NAMES)
def test_all_rows_are_the_same(name: str, remote: RemoteGraph, world: Store) -> None:
    found = remote.query(name)
    assert answers(found) == answers(run(world, load_query(name)))
    assert len(found) > 0


@pytest.mark.parametrize(("name", "params"), ONE + ALL, ids=str)
def test_rows_are_the_same_with_parameters(
    name: str, params: dict[str, str], remote: RemoteGraph, world: Store
) -> None:
    assert answers(remote.query(name, **params)) == answers(run(world, load_query(name), params=params))


@pytest.mark.model
@pytest.mark.parametrize("name", STORES)
def test_the_graph_of_the_seeds_answers_the_same(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    server: TripleStore = request.getfixturevalue(f"{name}_server")
    with kg.build(SEEDS, graph=tmp_path / "kg-graph") as graph:
        server.clear()
        server.load(graph.store)
        with kg.open_endpoint(server.address.query) as remote:
            for query in NAMES:
                assert answers(remote.query(query)) == answers(graph.query(query)), query
            for params in ({"entity": "Belarus"}, {"entity": "Vladimir Putin", "since": "2021-09"}):
                assert answers(remote.query("timeline", **params)) == answers(graph.query("timeline", **params))
    server.clear()
