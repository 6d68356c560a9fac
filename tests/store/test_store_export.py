from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
from graph_records import case_lines, read_case
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph

from kg.config import Settings
from kg.errors import StoreError
from kg.iris import Iris, prefixes
from kg.lexicon import load_lexicon
from kg.lexicon.compile import ontology_graph
from kg.rdf.nquads import graph_lines
from kg.store.export import export
from kg.store.quads import add_lines

CASE = Path(__file__).parent.parent / "data" / "graphs" / "rivals" / "case.toml"
REJECTED = "<https://a.example/r> <https://a.example/p> <https://a.example/o> <{}> ."


@pytest.fixture(scope="module")
def store():
    made = ox.Store()
    add_lines(made, case_lines(read_case(CASE), settings=Settings(), lexicon=load_lexicon()))
    add_lines(made, graph_lines(ontology_graph(load_lexicon()), Iris().ontology_graph))
    add_lines(made, [REJECTED.format(Iris().quarantine_graph("0"))])
    return made


def write(store, path, **options):
    return export(store, path, iris=Iris(), prefixes=prefixes(), **options)


@pytest.mark.parametrize("suffix", [".trig", ".nq", ".jsonld"])
def test_formats_with_graphs_lose_nothing(store, tmp_path, suffix):
    path = tmp_path / f"graph{suffix}"
    assert write(store, path) == len(store)
    assert set(ox.parse(path=str(path))) == set(store)


def test_turtle_holds_the_union_of_all_but_the_quarantine(store, tmp_path):
    path = tmp_path / "graph.ttl"
    count = write(store, path)
    expected = {quad.triple for quad in store if "quarantine" not in quad.graph_name.value}
    assert {quad.triple for quad in ox.parse(path=str(path))} == expected
    assert count == len(expected)
    assert len(Graph().parse(path)) == count


def test_turtle_is_grouped_sorted_and_prefixed(store, tmp_path):
    first, second = tmp_path / "a.ttl", tmp_path / "b.ttl"
    write(store, first)
    copy = ox.Store()
    copy.extend(sorted(store, key=lambda quad: str(quad)[::-1]))
    write(copy, second)
    text = first.read_text("utf-8")
    assert text == second.read_text("utf-8")
    declared = [line for line in text.splitlines() if line.startswith("@prefix")]
    assert declared == sorted(declared)
    assert text.startswith("@prefix claim:")
    assert "\nent:Chile a schema:Country ;\n" in text


def test_network_is_written_as_graphml(store, tmp_path):
    path = tmp_path / "graph.graphml"
    assert write(store, path) == 1
    read = nx.read_graphml(path, force_multigraph=True)
    assert read.nodes["ent:Northern_Wind"]["type"] == "kg:NamedEvent"
    (edge,) = read.edges(data=True)
    assert edge[2]["property"] == "kg:exercisesWith"
    assert (edge[2]["first"], edge[2]["symmetric"], edge[2]["sources"]) == ("2022-08-01", True, 2)


def test_quotes_can_be_left_out(store, tmp_path):
    texts = {}
    for quotes in ("full", "short", "none"):
        path = tmp_path / f"{quotes}.ttl"
        write(store, path, quotes=quotes)
        texts[quotes] = path.read_text("utf-8")
    sentence, name = (
        '"Peru and Chile opened Northern Wind on 2 August with 8,000 soldiers."',
        'nif:anchorOf "Northern Wind"',
    )
    assert (sentence in texts["full"], name in texts["full"]) == (True, True)
    assert (sentence in texts["short"], name in texts["short"]) == (False, True)
    assert 'nif:anchorOf "' not in texts["none"]


def test_unknown_ending_and_folder_are_reported(store, tmp_path):
    with pytest.raises(StoreError, match=r"the ending '\.doc' is no export format. Use \.ttl, \.trig"):
        write(store, tmp_path / "graph.doc")
    with pytest.raises(StoreError, match="cannot be written: No such file or directory"):
        write(store, tmp_path / "none" / "graph.ttl")
    assert list(tmp_path.iterdir()) == []


def test_empty_store_gives_an_empty_file(tmp_path):
    path = tmp_path / "graph.ttl"
    assert write(ox.Store(), path) == 0
    assert list(ox.parse(path=str(path))) == []


nodes = st.sampled_from(
    [ox.NamedNode(f"{Iris().base}{part}") for part in ("entity/A_(b)", "document/1#char=2,3", "entity/%2F.", "x")]
)
literals = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cn"], exclude_characters="\x00")).map(ox.Literal),
    st.integers().filter(lambda i: abs(i) < 2**63).map(ox.Literal),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.builds(ox.Quad, nodes, nodes, st.one_of(nodes, literals), nodes), max_size=6),
    st.sampled_from([".ttl", ".trig", ".nq", ".jsonld"]),
)
def test_any_graph_comes_back(tmp_path_factory, quads, suffix):
    made = ox.Store()
    made.extend(quads)
    path = tmp_path_factory.mktemp("export") / f"graph{suffix}"
    write(made, path)
    found = set(ox.parse(path=str(path)))
    assert (found if suffix != ".ttl" else {q.triple for q in found}) == (
        {q.triple for q in made} if suffix == ".ttl" else set(made)
    )
