"""GraphML keeps to the format's schema, with every attribute's type declared and every value of that type."""

import io
from pathlib import Path

import networkx as nx
import pytest
from lxml import etree
from pyoxigraph import RdfFormat, Store

from kg.iris import DEFAULT_BASE, Iris
from kg.store.graphml import write_graphml
from kg.store.network import network

DATA = Path(__file__).parents[1] / "data"
SCHEMA = etree.XMLSchema(etree.parse(DATA / "graphml" / "graphml.xsd"))
NS = {"g": "http://graphml.graphdrawing.org/xmlns"}
NAMES = [
    "ent:O'Neill (poet)_person",
    "ent:O_x27_Neill",
    "ent:O'Neill",
    "ent:São_Tomé",
    "ent:東京",
    "ent:100%_&_<b>",
    "ent:_x_x5F_",
]


@pytest.fixture(scope="module")
def world() -> nx.MultiDiGraph:
    store = Store()
    store.load(path=DATA / "queries" / "world.trig", format=RdfFormat.TRIG)
    return network(store, Iris())


def written(graph: nx.MultiDiGraph) -> etree._Element:
    out = io.BytesIO()
    write_graphml(graph, out, base=DEFAULT_BASE)
    root = etree.fromstring(out.getvalue())
    SCHEMA.assertValid(root)
    return root


def values(root: etree._Element, name: str, element: str) -> list[str]:
    (key,) = root.xpath(f"g:key[@attr.name='{name}'][@for='{element}']/@id", namespaces=NS)
    return root.xpath(f"//g:{element}/g:data[@key='{key}']/text()", namespaces=NS)


def test_the_schema_refuses_what_is_no_graphml() -> None:
    head = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for bad in (
        '<graph edgedefault="directed"><node id="a b"/></graph>',
        '<graph edgedefault="directed"><node id="a"/><edge source="a" target="b"/></graph>',
        '<graph edgedefault="directed"><node id="a"><data key="d0">x</data></node></graph>',
        '<key id="d0" for="node" attr.name="x" attr.type="integer"/>',
        "<graph/>",
    ):
        assert not SCHEMA.validate(etree.fromstring(f"{head}{bad}</graphml>"))


def test_types_of_attributes_are_declared(world: nx.MultiDiGraph) -> None:
    root = written(world)
    declared = {(k.get("for"), k.get("attr.name")): k.get("attr.type") for k in root.iterfind("g:key", NS)}
    assert declared == {
        ("node", "label"): "string", ("node", "type"): "string", ("node", "sources"): "long", ("node", "iri"): "string",
        ("edge", "property"): "string", ("edge", "label"): "string", ("edge", "sources"): "long",
        ("edge", "weight"): "double", ("edge", "modality"): "string", ("edge", "disputed"): "boolean",
        ("edge", "symmetric"): "boolean", ("edge", "first"): "string", ("edge", "last"): "string",
    }  # fmt: skip
    assert set(values(root, "disputed", "edge")) == {"true", "false"}
    assert all(float(weight) >= 1 for weight in values(root, "weight", "edge"))
    assert f"{DEFAULT_BASE}entity/Norway" in values(root, "iri", "node")


def test_networkx_reads_back_what_was_written(world: nx.MultiDiGraph, tmp_path: Path) -> None:
    path = tmp_path / "world.graphml"
    with path.open("wb") as file:
        write_graphml(world, file, base=DEFAULT_BASE)
    read = nx.read_graphml(path, force_multigraph=True)
    assert set(read.edges(keys=True)) == set(world.edges(keys=True))
    for *ends, edge in world.edges(keys=True, data=True):
        assert {name: read.edges[tuple(ends)][name] for name in edge} == edge


def test_any_name_is_an_identifier_and_none_is_lost() -> None:
    graph: nx.MultiDiGraph = nx.MultiDiGraph()
    graph.add_nodes_from(NAMES, label="<&> \"'")
    root = written(graph)
    ids = root.xpath("//g:node/@id", namespaces=NS)
    assert len(set(ids)) == len(NAMES)
    assert ids[0] == "ent:O_x27_Neill_x20__x28_poet_x29__person"
    assert ids[3:5] == NAMES[3:5]
    assert values(root, "label", "node") == ["<&> \"'"] * len(NAMES)


def test_an_empty_network_is_valid() -> None:
    assert written(nx.MultiDiGraph()).xpath("count(//g:node)", namespaces=NS) == 0
