"""What is compiled, what is left to pySHACL, and that nothing passes for conforming that nobody looked at."""

from pathlib import Path

import pytest
from graph_records import Article, stub_annotator
from rdflib import Graph
from validate_records import IRIS, TYPES, broken, sound

from kg.builder import build_graph
from kg.errors import ShapeError
from kg.iris import KG, Iris
from kg.lexicon import load_lexicon
from kg.lexicon.compile import ontology_graph, shapes_graph
from kg.lexicon.load import read_lexicon
from kg.rdf.nquads import term
from kg.validate import judge_document, screen_document, validate_document, validate_graph
from kg.validate.literals import lexical, order_key
from kg.validate.screen import Doubt, Screen, screen_of

FREIGHT = Path(__file__).parent.parent / "data" / "lexicon" / "freight.toml"
PREFIXES = """
@prefix kg: <https://w3id.org/kg-news/ns#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
CLAIM, RULE = f"<{IRIS.claim('lend')}>", f"<{KG}rule>"
TYPED = (CLAIM, "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", f"<{KG}Claim>")


def triples(graph):
    return [tuple(map(term, triple)) for triple in graph]


def screen(shape):
    graph = Graph().parse(data=f"{PREFIXES} kg:S a sh:NodeShape ; sh:targetClass kg:Claim {shape}", format="turtle")
    return Screen(graph, Graph())


def on_rule(constraint):
    return screen(f"; sh:property kg:P . kg:P a sh:PropertyShape ; sh:path kg:rule ; {constraint} .")


def doubts(found, *values):
    screening = found.screen([TYPED, *((CLAIM, RULE, value) for value in values)], [])
    return [(doubt.shape.removeprefix(KG), doubt.focus) for doubt in screening.doubts]


@pytest.mark.parametrize("lexicon", [load_lexicon(), read_lexicon([FREIGHT])], ids=["shipped", "with a pack"])
def test_every_shape_that_a_build_uses_is_compiled(lexicon):
    assert screen_of(lexicon).complete
    assert not any(screen_of(lexicon).left_out.values())


def test_a_pack_s_own_role_shapes_are_screened():
    lexicon = read_lexicon([FREIGHT])
    article = Article("The Aurora tied up in Tema.").name("Aurora_other", "Aurora", kind="kg:Product")
    claim = article.claim("Berth", "tied up", article.words("agent", "The Aurora"))
    from kg.config import Settings
    from kg.rdf.document import document_triples

    found = document_triples(*article.record(), settings=Settings(), lexicon=lexicon, run_id="r")
    outlet = {"Harbour_Post": "schema:NewsMediaOrganization"}
    shapes = {doubt.shape for doubt in screen_document(found, {"Aurora_other": "kg:Product"} | outlet, lexicon).doubts}
    assert shapes == {"https://freight.example/ns#BerthClaimShape-agent"}
    assert claim.event_type == "Berth"


def test_sound_document_is_in_no_doubt_and_focus_nodes_are_counted():
    screening = screen_document(triples(sound()), TYPES, load_lexicon())
    assert screening.conforms
    assert screening.focus_nodes == validate_document(sound(), TYPES, load_lexicon()).focus_nodes
    assert screening.checked == 14


def test_only_doubted_shapes_need_pyshacl_and_give_the_whole_report():
    graph = broken('schema:currency "USD"', 'schema:currency "dollar"')
    screening = screen_document(triples(graph), TYPES, load_lexicon())
    assert screening.doubts == (Doubt(f"{KG}MoneyShape-currency", IRIS.quantity("q1")),)
    assert not screening.conforms
    judged = judge_document(triples(graph), screening, TYPES, load_lexicon())
    assert judged == validate_document(graph, TYPES, load_lexicon())


def test_class_of_an_entity_may_be_a_full_iri():
    types = TYPES | {"Quito": "https://a.example/ns#Port"}
    screening = screen_document(triples(sound()), types, load_lexicon())
    assert {doubt.shape for doubt in screening.doubts} == {
        result.shape for result in validate_document(sound(), types, load_lexicon()).results
    }


def test_entities_are_typed_under_the_base_of_their_minter():
    base = "https://example.org/kg/"
    moved = [tuple(part.replace("https://w3id.org/kg-news/id/", base) for part in t) for t in triples(sound())]
    assert screen_document(moved, TYPES, load_lexicon(), iris=Iris(base)).conforms
    assert not screen_document(moved, TYPES, load_lexicon()).conforms


def test_property_shape_without_an_iri_is_judged_with_the_shape_above():
    text = (
        f"{PREFIXES} kg:S a sh:NodeShape ; sh:targetClass kg:Claim ; sh:property [ sh:path kg:rule ; sh:maxLength 5 ] ."
    )
    shapes = Graph().parse(data=text, format="turtle")
    doubted = Screen(shapes, Graph()).screen(triples(sound()), []).doubts
    found = validate_graph(sound(), load_lexicon(), shapes=shapes).results
    assert {doubt.shape for doubt in doubted} == {f"{KG}S"}
    assert {doubt.focus for doubt in doubted} == {result.focus for result in found} != set()


@pytest.mark.parametrize(
    ("constraint", "right", "wrong"),
    [
        ("sh:minCount 1", ['"a"'], []),
        ("sh:maxCount 1", [], ['"a"', '"b"']),
        ("sh:minLength 3", ['"abc"'], ['"ab"']),
        ("sh:maxLength 3", [r'"\"\n\u0001"'], ['"abcd"']),
        ('sh:pattern "^a\\\\.b$"', ['"a.b"'], ['"axb"']),
        ("sh:nodeKind sh:IRI", ["<https://a.example/>"], ['"a"']),
        ("sh:nodeKind sh:Literal", ['"a"'], ["<https://a.example/>"]),
        ("sh:in ( kg:a kg:b )", [f"<{KG}a>"], [f"<{KG}c>"]),
        ("sh:hasValue kg:a", [f"<{KG}a>", '"b"'], ['"b"']),
        ("sh:class kg:Claim", [CLAIM], ["<https://a.example/>"]),
        ("sh:minInclusive 0 ; sh:maxExclusive 2", ['"0"^^<http://www.w3.org/2001/XMLSchema#integer>'], ['"2.0"^^<http://www.w3.org/2001/XMLSchema#decimal>']),
        ("sh:minExclusive 0", ['"0.1"^^<http://www.w3.org/2001/XMLSchema#decimal>'], ['"0"^^<http://www.w3.org/2001/XMLSchema#integer>']),
        ("sh:datatype xsd:string", ['"a"'], ['"a"@en']),
        ("sh:or ( [ sh:minLength 3 ] [ sh:nodeKind sh:IRI ] )", ['"abc"'], ['"a"']),
        ("sh:and ( [ sh:minLength 3 ] [ sh:nodeKind sh:IRI ] )", ["<a:b>"], ['"abc"']),
        ("sh:node [ sh:nodeKind sh:IRI ]", ["<a:b>"], ['"abc"']),
        ("sh:not [ sh:nodeKind sh:IRI ]", ['"abc"'], ["<a:b>"]),
        ("sh:xone ( [ sh:nodeKind sh:IRI ] [ sh:hasValue kg:a ] )", ["<a:b>"], [f"<{KG}a>"]),
    ],
)  # fmt: skip
def test_constraint_is_compiled(constraint, right, wrong):
    found = on_rule(constraint)
    assert found.complete
    assert doubts(found, *right) == []
    assert doubts(found, *wrong) == [("P", IRIS.claim("lend"))]


@pytest.mark.parametrize(
    "constraint",
    [
        'sh:minCount "many"',
        "sh:path kg:other",
        "sh:in ()",
        'sh:pattern "("',
        'sh:pattern "a" ; sh:flags "i"',
        "sh:closed true",
        "sh:deactivated true",
        "sh:uniqueLang true",
        "sh:equals kg:other",
        "sh:qualifiedValueShape [ sh:nodeKind sh:IRI ] ; sh:qualifiedMinCount 1",
        "sh:datatype xsd:hexBinary",
        "sh:minInclusive 1.0e0",
        "sh:hasValue 5.0",
        "sh:not [ sh:datatype xsd:date ]",
        "sh:xone ( [ sh:datatype xsd:date ] [ sh:nodeKind sh:IRI ] )",
        "sh:property [ sh:path kg:other ; sh:minCount 1 ]",
        "sh:node [ sh:path kg:other ; sh:node [ sh:path kg:other ; sh:minCount 1 ] ]",
        'sh:sparql [ sh:select "SELECT $this WHERE { $this ?p ?o }" ]',
        "kg:ownParameter 1",
        "a kg:Own",
    ],
)
def test_what_is_not_known_is_left_to_pyshacl(constraint):
    found = on_rule(constraint)
    assert not found.complete
    assert doubts(found, '"a"') == [("P", None)]
    assert found.screen([(RULE, RULE, RULE)], []).doubts == ()  # nothing to look at


def test_unusual_paths_are_left_to_pyshacl():
    found = screen("; sh:property kg:P . kg:P sh:path [ sh:inversePath kg:rule ] ; sh:minCount 1 .")
    assert doubts(found) == [("P", None)]


def test_node_shape_checks_its_focus_node_itself():
    found = screen("; sh:targetObjectsOf kg:rule ; sh:targetNode kg:node ; sh:class kg:Claim .")
    assert doubts(found, "<https://a.example/>", CLAIM) == [
        ("S", "https://a.example/"), ("S", f"{KG}node")
    ]  # fmt: skip


def test_shape_that_no_target_reaches_is_for_pyshacl_to_see():
    assert not screen(". kg:Lost a sh:PropertyShape ; sh:path kg:rule .").complete


@pytest.fixture
def news(tmp_path):
    (tmp_path / "a.txt").write_text("Kenya lent Peru $5m on Tuesday. The two sides praised the deal.\n", "utf-8")
    (tmp_path / "sources.toml").write_text('["a.txt"]\npublished = 2023-03-14\nlanguage = "en"\n', "utf-8")
    return tmp_path


@pytest.fixture
def shapes(monkeypatch):
    """Puts other shapes in place of all that a build uses."""

    def put(text):
        graph = Graph().parse(data=PREFIXES + text, format="turtle")
        monkeypatch.setattr("kg.validate.screen.shapes_graph", lambda _lexicon: graph)
        monkeypatch.setattr("kg.validate.shapes.shapes_graph", lambda _lexicon: graph)
        for cached in (screen_of, prepare):
            cached.cache_clear()

    from kg.validate.shapes import prepare

    yield put
    monkeypatch.undo()
    for cached in (screen_of, prepare):
        cached.cache_clear()


def build(news):
    return build_graph(news, graph=news / "kg-graph", make_annotator=stub_annotator)


def test_build_without_shapes_is_refused(news, shapes):
    shapes("kg:P a sh:PropertyShape ; sh:path kg:rule ; sh:minCount 1 .")
    with pytest.raises(ShapeError, match="shapes: no shape has a target, so nothing would be checked"):
        build(news)


def test_build_with_broken_shapes_is_refused(news, shapes):
    shapes('kg:S a sh:NodeShape ; sh:targetClass kg:Claim ; sh:property [ sh:path kg:rule ; sh:pattern "(" ] .')
    with pytest.raises(ShapeError, match="a shape is not well formed"):
        build(news)


def test_document_that_no_shape_looks_at_is_set_aside(news, shapes):
    shapes("kg:S a sh:NodeShape ; sh:targetClass kg:Ship ; sh:class kg:Claim .")
    report = build(news)
    assert [failure.stage for failure in report.failures] == ["validate"]
    assert "no shape looks at anything in its graph" in str(report.failures[0].error)
    assert report.documents == 0


def test_constraint_that_is_not_compiled_is_judged_in_a_build(news, shapes):
    shapes("kg:S a sh:NodeShape ; sh:targetClass kg:Claim ; sh:closed true .")
    report = build(news)
    assert report.failures == []
    assert report.quarantined > 0


def test_shapes_of_a_build_are_those_of_the_lexicon():
    lexicon = load_lexicon()
    assert Screen(shapes_graph(lexicon), ontology_graph(lexicon)).complete


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('"a"', "a"),
        (r'"\"\\\t\u0001\U0001F600"', '"\\\t\x01😀'),
        ('"a"@en', "a"),
        ('"1"^^<a:b>', "1"),
        ("<a:b>", "a:b"),
    ],
)
def test_text_of_a_term(written, text):
    assert lexical(written) == text


def test_what_does_not_order_surely_has_no_key():
    assert order_key('"1"^^<http://www.w3.org/2001/XMLSchema#double>') is None
    assert order_key('"2021-02-30"^^<http://www.w3.org/2001/XMLSchema#date>') is None
    assert order_key("<a:b>") is None
