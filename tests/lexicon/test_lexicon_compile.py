from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SH, BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from kg import resources
from kg.errors import ShapeError
from kg.iris import KG as KG_IRI
from kg.iris import PREFIXES
from kg.lexicon import load_lexicon
from kg.lexicon.compile import compile_lexicon, ontology_graph, ontology_text, roles_text, shapes_graph
from kg.lexicon.load import read_lexicon

FREIGHT = Path(__file__).parent.parent / "data" / "lexicon" / "freight.toml"
KG = Namespace(KG_IRI)
FR = Namespace("https://freight.example/ns#")


def parse(text: str) -> Graph:
    return Graph().parse(data=text, format="turtle")


def test_committed_files_are_up_to_date():
    stale = compile_lexicon(load_lexicon(), resources.folder("shapes"), check=True)
    assert stale == [], "run `kg lexicon compile`"


def test_compiling_writes_what_is_stale_and_only_that(tmp_path):
    lexicon = read_lexicon([FREIGHT])
    files = [tmp_path / "ontology.ttl", tmp_path / "roles.ttl"]
    assert compile_lexicon(lexicon, tmp_path, check=True) == files
    assert not any(path.exists() for path in files)
    assert compile_lexicon(lexicon, tmp_path, check=False) == files
    assert compile_lexicon(lexicon, tmp_path, check=False) == []
    files[1].write_text("stale", "utf-8")
    assert compile_lexicon(lexicon, tmp_path, check=True) == [files[1]]


@pytest.mark.parametrize("paths", [[FREIGHT], list(resources.packs())], ids=["freight", "shipped"])
def test_text_and_graph_say_the_same(paths):
    lexicon = read_lexicon(paths)
    assert isomorphic(parse(ontology_text(lexicon)), ontology_graph(lexicon))
    roles = parse(roles_text(lexicon))
    assert set(roles) <= set(shapes_graph(lexicon))
    assert ontology_text(lexicon) == ontology_text(read_lexicon(reversed(paths)))
    assert roles_text(lexicon) == roles_text(read_lexicon(reversed(paths)))


def test_ontology_and_role_shapes_have_no_blank_nodes():
    for graph in (ontology_graph(load_lexicon()), parse(roles_text(load_lexicon()))):
        assert not any(isinstance(node, BNode) for node in graph.all_nodes())


def test_class_claim_class_and_property_of_a_user_s_pack():
    graph = ontology_graph(load_lexicon([FREIGHT]))
    assert (FR.Berth, RDF.type, OWL.Class) in graph
    assert (FR.Berth, RDFS.subClassOf, KG.Event) in graph
    assert (FR.Berth, RDFS.label, Literal("berth", lang="en")) in graph
    assert (FR.Berth, RDFS.comment, Literal("A ship is tied up in a port.", lang="en")) in graph
    assert (FR.Berth, KG.ploverCode, Literal("COOPERATE")) in graph
    assert (FR.Berth, KG.cameoRoot, Literal("06")) in graph
    assert (FR.BerthClaim, RDFS.subClassOf, KG.Claim) in graph
    assert (FR.BerthClaim, KG.claimOf, FR.Berth) in graph
    assert (FR.berthsIn, RDFS.range, KG.Entity) in graph
    assert (FR.berthsIn, RDF.type, OWL.SymmetricProperty) not in graph
    assert (FR.sailsWith, RDF.type, OWL.SymmetricProperty) in graph
    assert (KG.Lend, RDF.type, OWL.Class) in graph


def test_role_shapes_of_a_user_s_pack():
    graph = shapes_graph(load_lexicon([FREIGHT]))
    assert (FR.BerthClaimShape, SH.targetClass, FR.BerthClaim) in graph
    agent = FR["BerthClaimShape-agent"]
    assert (FR.BerthClaimShape, SH.property, agent) in graph
    assert graph.value(agent, SH["class"]) == KG.Entity
    assert graph.value(agent, SH.minCount) == Literal(1)
    assert str(graph.value(agent, SH.message)) == "The agent of 'berth' is an entity and is given at least once."
    theme, price = FR["BerthClaimShape-theme"], FR["BerthClaimShape-price"]
    assert graph.value(theme, SH["class"]) == KG.RoleFiller
    assert graph.value(price, SH["class"]) == URIRef(PREFIXES["schema"] + "MonetaryAmount")
    assert graph.value(theme, SH.minCount) is None
    participant = FR["ConvoyClaimShape-participant"]
    assert graph.value(participant, SH.minCount) is None, "min counts only for a required role"


def test_graphs_are_made_once():
    assert ontology_graph(load_lexicon()) is ontology_graph(load_lexicon())
    assert shapes_graph(load_lexicon()) is shapes_graph(load_lexicon())


def test_shapes_that_are_no_turtle_are_an_error(tmp_path, monkeypatch):
    broken = tmp_path / "text.ttl"
    broken.write_text("kg:Shape a", "utf-8")
    monkeypatch.setattr(resources, "shapes", lambda: (broken,))
    with pytest.raises(ShapeError, match=r"text\.ttl: is no Turtle"):
        shapes_graph.__wrapped__(read_lexicon([FREIGHT]))
