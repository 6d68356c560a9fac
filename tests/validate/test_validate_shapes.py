"""Every shape has a conforming and a violating example, and the violating one is caught by that shape alone."""

from pathlib import Path

import pytest
from rdflib import RDF, SH, Graph, Literal, URIRef

from kg import resources
from kg.iris import KG
from kg.lexicon import Lexicon
from kg.lexicon.load import read_lexicon
from kg.validate import validate_graph

DATA = Path(__file__).parent.parent / "data"
EXAMPLES = DATA / "shapes"
GENERATED = "roles.ttl"


def lexicon() -> Lexicon:
    return read_lexicon([DATA / "lexicon" / "freight.toml"])


def written() -> Graph:
    """The shapes that are written by hand."""
    graph = Graph()
    for path in resources.shapes():
        if path.name != GENERATED:
            graph.parse(data=path.read_text("utf-8"), format="turtle")
    return graph


SHAPES = written()
NODE_SHAPES = sorted(str(shape).removeprefix(KG) for shape in SHAPES.subjects(RDF.type, SH.NodeShape))
CONSTRAINTS = {SH["class"], SH.xone}  # of node shapes themselves


def own_examples(name: str) -> dict[str, str]:
    """File name of the violating example -> the shape that catches it, for a node shape and what lies below it."""
    shape = URIRef(KG + name)
    below = sorted(str(part).removeprefix(KG) for part in SHAPES.objects(shape, SH.property))
    examples = {f"violates-{part.removeprefix(name + '-')}.ttl": part for part in below}
    if set(SHAPES.predicates(shape)) & CONSTRAINTS:
        examples["violates.ttl"] = name
    return examples


CASES = [(name, file, caught) for name in NODE_SHAPES for file, caught in own_examples(name).items()]


def test_as_many_cases_as_shapes():
    assert len(NODE_SHAPES) == 15
    assert len(CASES) == 78


@pytest.mark.parametrize("name", NODE_SHAPES)
def test_no_example_without_a_shape(name):
    files = {path.name for path in (EXAMPLES / name).iterdir()}
    assert files == {"conforms.ttl", *own_examples(name)}


def test_no_folder_without_a_shape():
    assert sorted(path.name for path in EXAMPLES.iterdir()) == NODE_SHAPES


@pytest.mark.parametrize("name", NODE_SHAPES)
def test_conforming_example_is_checked_and_conforms(name):
    report = validate_graph(EXAMPLES / name / "conforms.ttl", lexicon())
    assert report.focus_nodes[KG + name] > 0
    assert report.results == ()
    assert report.conforms


@pytest.mark.parametrize(("name", "file", "caught"), CASES, ids=[f"{n}/{f}" for n, f, _ in CASES])
def test_violating_example_is_caught_by_exactly_that_shape(name, file, caught):
    report = validate_graph(EXAMPLES / name / file, lexicon())
    assert {result.shape.removeprefix(KG) for result in report.results} == {caught}
    assert not report.conforms


def test_every_shape_has_name_message_and_severity():
    shapes = set(SHAPES.subjects(RDF.type, SH.NodeShape)) | set(SHAPES.subjects(RDF.type, SH.PropertyShape))
    assert len(shapes) == 15 + 78 - 4 + 2  # four node shapes have examples of their own, two parts of an sh:xone none
    for shape in shapes:
        assert isinstance(shape, URIRef), "a rejection must be able to name it"
        for predicate in (SH.name, SH.message, SH.severity):
            assert len(list(SHAPES.objects(shape, predicate))) == 1, (shape, predicate)
        assert isinstance(SHAPES.value(shape, SH.message), Literal)


def test_every_property_shape_hangs_below_a_node_shape():
    for shape in SHAPES.subjects(RDF.type, SH.PropertyShape):
        hangs = (None, SH.property, shape) in SHAPES or (None, RDF.first, shape) in SHAPES
        assert hangs, shape
