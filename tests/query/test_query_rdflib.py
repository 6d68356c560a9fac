"""The named queries are SPARQL 1.1 and rest on no engine: rdflib gives the same rows in the same order."""

from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, Store, serialize
from query_cases import BOUND
from rdflib.util import from_n3

import kg
from kg.iris import DEFAULT_BASE
from kg.query import list_queries, load_query, run
from kg.query.bind import bind

SEEDS = Path(__file__).parents[2] / "seeds"
Rows = list[tuple[str | None, ...]]
NAMES = [query.name for query in list_queries()]


def in_rdflib(store: Store) -> rdflib.Graph:
    """Return the union of all graphs."""
    union = rdflib.Graph()
    union.parse(data=serialize({quad.triple for quad in store}, format=RdfFormat.N_TRIPLES), format="nt")
    return union


def rows_of_ours(store: Store, name: str, params: dict[str, str]) -> Rows:
    found = run(store, load_query(name), params=params)
    if found.triples is not None:
        return sorted((str(s), str(p), str(o)) for s, p, o in found.triples)
    return [tuple(None if term is None else str(term) for term in row) for row in found.terms]


def rows_of_rdflib(union: rdflib.Graph, store: Store, name: str, params: dict[str, str]) -> Rows:
    query = load_query(name)
    bound = bind(store, query, params, base=DEFAULT_BASE)
    # not list(found): it asks for the length first, and takes a TypeError in there for the end of the rows
    found = union.query(query.text, initBindings={name: from_n3(str(term)) for name, term in bound.items()})
    if not query.columns:
        return sorted((s.n3(), p.n3(), o.n3()) for s, p, o in found)
    return [tuple(as_ours(row[column.name]) for column in query.columns) for row in found]


def as_ours(term: rdflib.term.Identifier | None) -> str | None:
    return None if term is None else term.n3().replace(f"^^<{rdflib.XSD.string}>", "")


@pytest.fixture(scope="module")
def union(world: Store) -> rdflib.Graph:
    return in_rdflib(world)


@pytest.mark.parametrize("name", NAMES)
def test_all_rows_are_the_same(name: str, world: Store, union: rdflib.Graph) -> None:
    found = rows_of_rdflib(union, world, name, {})
    assert found == rows_of_ours(world, name, {})
    assert found


@pytest.mark.parametrize(("name", "param", "value"), BOUND)
def test_rows_are_the_same_with_a_parameter(
    name: str, param: str, value: str, world: Store, union: rdflib.Graph
) -> None:
    assert rows_of_rdflib(union, world, name, {param: value}) == rows_of_ours(world, name, {param: value})


@pytest.mark.model
def test_rows_of_the_graph_of_the_seeds_are_the_same(tmp_path: Path) -> None:
    with kg.build(SEEDS, graph=tmp_path / "kg-graph") as graph:
        union = in_rdflib(graph.store)
        for name in NAMES:
            assert rows_of_rdflib(union, graph.store, name, {}) == rows_of_ours(graph.store, name, {}), name
