import subprocess
import sys
from pathlib import Path

import pytest
from pyshacl.entrypoints import meta_validate
from rdflib import RDF, XSD, Dataset, Graph, Literal, Namespace, URIRef
from validate_records import DOCUMENT, IRIS, TURTLE, TYPES, broken, sound

from kg.errors import ShapeError
from kg.iris import KG as KG_IRI
from kg.iris import Iris, expand
from kg.lexicon import load_lexicon
from kg.lexicon.compile import shapes_graph
from kg.lexicon.load import read_lexicon
from kg.validate import ValidationReport, ValidationResult, validate_document, validate_graph

KG = Namespace(KG_IRI)
FREIGHT = Path(__file__).parent.parent / "data" / "lexicon" / "freight.toml"
SHAPE = """
@prefix kg: <https://w3id.org/kg-news/ns#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
kg:TestShape a sh:NodeShape ; sh:targetClass kg:Claim ; sh:property kg:TestShape-rule .
kg:TestShape-rule a sh:PropertyShape ; sh:path kg:rule ; %s .
"""


def shapes(constraint: str) -> Graph:
    return Graph().parse(data=SHAPE % constraint, format="turtle")


def typed() -> Graph:
    """The sound graph with the types of its entities, as a whole graph has them."""
    graph = sound()
    for key, curie in TYPES.items():
        graph.add((URIRef(IRIS.entity(key)), RDF.type, URIRef(expand(curie))))
    return graph


def test_entity_types_come_as_mapping_or_graph():
    types = Graph()
    for key, curie in TYPES.items():
        types.add((URIRef(IRIS.entity(key)), RDF.type, URIRef(expand(curie))))
    for given in (TYPES, types):
        assert validate_document(sound(), given, load_lexicon()).conforms


def test_entity_without_a_type_is_a_violation():
    types = {key: curie for key, curie in TYPES.items() if key != "Peru"}
    report = validate_document(sound(), types, load_lexicon())
    assert {r.shape.removeprefix(KG_IRI) for r in report.results} == {"MentionShape-taIdentRef", "LendClaimShape-agent"}


def test_another_base_needs_its_own_minter():
    base = "https://example.org/kg/"
    graph = Graph().parse(data=TURTLE.replace("https://w3id.org/kg-news/id/", base), format="turtle")
    assert validate_document(graph, TYPES, load_lexicon(), iris=Iris(base)).conforms
    assert not validate_document(graph, TYPES, load_lexicon()).conforms


def test_the_data_are_not_modified():
    graph = sound()
    validate_document(graph, TYPES, load_lexicon())
    assert set(graph) == set(sound())


def test_result_tells_focus_path_value_message_and_severity():
    report = validate_document(broken('schema:currency "USD"', 'schema:currency "dollar"'), TYPES, load_lexicon())
    assert report.results == (
        ValidationResult(
            focus="https://w3id.org/kg-news/id/quantity/q1",
            shape=f"{KG_IRI}MoneyShape-currency",
            path="https://schema.org/currency",
            value="dollar",
            message="A sum of money has exactly one schema:currency, three capital letters (ISO 4217).",
            severity="Violation",
        ),
    )
    assert report.verdict == "does not conform"


def test_focus_nodes_are_counted_for_every_shape():
    report = validate_document(sound(), TYPES, load_lexicon())
    assert report.focus_nodes[f"{KG_IRI}ClaimShape"] == 2
    assert report.focus_nodes[f"{KG_IRI}SpanShape"] == 6
    assert report.focus_nodes[f"{KG_IRI}LendClaimShape"] == 1
    assert report.focus_nodes[f"{KG_IRI}DisputeShape"] == 0
    assert f"{KG_IRI}DisputeShape" in report.unchecked
    assert report.shapes == len(report.focus_nodes) > 50


def test_data_that_no_shape_looks_at_do_not_conform():
    graph = Graph()
    graph.add((URIRef("https://example.org/a"), RDF.type, URIRef("https://example.org/B")))
    report = validate_graph(graph, load_lexicon())
    assert not report.conforms
    assert report.verdict == "nothing was checked"
    assert not ValidationReport().conforms


@pytest.mark.parametrize("severity", ["Violation", "Warning", "Info"])
def test_declared_severity_is_kept(severity):
    report = validate_graph(sound(), load_lexicon(), shapes=shapes(f"sh:minLength 99 ; sh:severity sh:{severity}"))
    assert {result.severity for result in report.results} == {severity}
    assert len(report.results) == 2
    assert report.conforms is (severity != "Violation")


def test_quarantine_is_left_out_of_a_whole_graph():
    dataset = Dataset()
    for triple in typed():
        dataset.graph(URIRef(IRIS.document(DOCUMENT))).add(triple)
    bad = URIRef(IRIS.claim("bad"))
    dataset.graph(URIRef(IRIS.quarantine_graph(DOCUMENT))).add((bad, RDF.type, KG.Claim))
    assert validate_graph(dataset, load_lexicon()).conforms
    dataset.graph(URIRef(IRIS.world_graph)).add((bad, RDF.type, KG.Claim))
    assert not validate_graph(dataset, load_lexicon()).conforms


@pytest.mark.parametrize("suffix", ["ttl", "nt", "trig", "nq", "jsonld", "rdf"])
def test_any_rdf_file_is_read(tmp_path, suffix):
    formats = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}
    path = tmp_path / f"graph.{suffix}"
    text = typed().serialize(format=formats.get(suffix, "nt"))
    if suffix == "trig":
        text = f"<{IRIS.document(DOCUMENT)}> {{ {text} }}"
    if suffix == "nq":
        text = text.replace(" .\n", f" <{IRIS.document(DOCUMENT)}> .\n")
    path.write_text(text, "utf-8")
    report = validate_graph(path, load_lexicon())
    assert report.results == ()
    assert report.focus_nodes[f"{KG_IRI}ClaimShape"] == 2


def test_classes_of_the_data_themselves_are_heeded():
    graph = typed()
    graph.parse(data="@prefix kg: <https://w3id.org/kg-news/ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . kg:Ship rdfs:subClassOf kg:Product . <https://w3id.org/kg-news/id/entity/Yavari> a kg:Ship .", format="turtle")  # fmt: skip
    graph.set((URIRef(IRIS.claim("lend")), KG.recipient, URIRef(IRIS.entity("Yavari"))))
    assert validate_graph(graph, load_lexicon()).conforms


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("graph.docx", "", "ending '.docx' is no RDF format"),
        ("graph.ttl", "kg:a kg:b", "is no RDF of the format .ttl"),
        ("graph.nq", "<a> <b> .", "is no RDF of the format .nq"),
    ],
)
def test_file_that_is_no_rdf_is_refused(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(ShapeError, match=said) as caught:
        validate_graph(path, load_lexicon())
    assert str(path) in str(caught.value)


def test_missing_file_is_refused(tmp_path):
    with pytest.raises(ShapeError, match="cannot be read"):
        validate_graph(tmp_path / "none.ttl", load_lexicon())


@pytest.mark.parametrize("constraint", ['sh:minCount "many"', "sh:path kg:other", "sh:in ()", 'sh:pattern "("'])
def test_broken_shapes_are_an_error_not_a_verdict(constraint):
    with pytest.raises(ShapeError):
        validate_graph(sound(), load_lexicon(), shapes=shapes(constraint))


def test_the_shapes_conform_to_the_shapes_of_shapes():
    everything = shapes_graph(read_lexicon([FREIGHT]))
    conforms, _, text = meta_validate(everything, max_validation_depth=60)  # a path of 18 roles is a deep list
    assert conforms, text


def test_ill_typed_literal_makes_no_noise(tmp_path, caplog, capfd):
    path = tmp_path / "graph.ttl"
    path.write_text(TURTLE.replace('"2025-05"^^xsd:gYearMonth', '"2025-02-30"^^xsd:date'))
    report = validate_graph(path, load_lexicon())
    assert f"{KG_IRI}ClaimShape-deadline" in {result.shape for result in report.results}
    assert not caplog.records
    assert capfd.readouterr().err == ""


def test_ill_typed_literal_that_has_to_be_compared_is_named():
    graph = typed()
    claim = URIRef(IRIS.claim("lend"))
    graph.add((claim, KG.earliest, Literal("2021-9-9", datatype=XSD.date)))
    graph.add((claim, KG.latest, Literal("2021-12-31", datatype=XSD.date)))
    said = r"lend: '2021-9-9' is no date and cannot be compared with other values of .*ns#earliest>\. Correct it"
    with pytest.raises(ShapeError, match=said):
        validate_graph(graph, load_lexicon())


def test_report_orders_its_results():
    graph = sound()
    for claim in ("lend", "meet"):
        graph.add((URIRef(IRIS.claim(claim)), KG.via, Literal("someone")))
    report = validate_document(graph, TYPES, load_lexicon())
    assert [result.focus.rpartition("/")[2] for result in report.results] == ["lend", "meet"]


def test_importing_does_not_load_pyshacl():
    code = "import sys, kg.validate; print('pyshacl' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
