"""Each generated role shape catches a wrong value, and lets a right one pass. The examples are made from the lexicon."""

import pytest
from rdflib import RDF, SH, Graph, Literal, Namespace, URIRef
from validate_records import IRIS, TYPES, sound

from kg.iris import KG as KG_IRI
from kg.iris import PREFIXES
from kg.lexicon import EventClass, load_lexicon
from kg.lexicon.compile import shapes_graph
from kg.lexicon.model import COMMON_ROLES
from kg.validate import ValidationReport, validate_document

KG, SCHEMA = Namespace(KG_IRI), Namespace(PREFIXES["schema"])
LEND, MEET = URIRef(IRIS.claim("lend")), URIRef(IRIS.claim("meet"))
ENTITY, OTHER = URIRef(IRIS.entity("Peru")), URIRef(IRIS.entity("Ana_Ruiz"))
MENTION = URIRef(IRIS.span("00aa11bb22cc33dd", 50, 59))
MONEY = URIRef(IRIS.quantity("q1"))
LEXICON = load_lexicon()
SHAPES = shapes_graph(LEXICON)

RIGHT = {"entity": [ENTITY, OTHER], "text": [MENTION], "money": [MONEY]}
WRONG = {("entity",): MENTION, ("text",): ENTITY, ("entity", "text"): MONEY, ("money",): ENTITY}
ROLES = [
    (event_class.name, role)
    for event_class in LEXICON.classes.values()
    for role in event_class.main_roles
    if role not in COMMON_ROLES
]


def claim_of(event_class: EventClass) -> Graph:
    """The sound graph with its meeting turned into a claim of this class, every main role filled rightly."""
    graph = sound()
    for predicate in (KG.participant, KG.topic, KG.place, KG.eventType):
        graph.remove((MEET, predicate, None))
    graph.remove((MEET, RDF.type, KG.MeetClaim))
    graph.add((MEET, RDF.type, URIRef(event_class.claim_iri)))
    graph.add((MEET, KG.eventType, URIRef(event_class.iri)))
    for role in event_class.main_roles:
        for kind in event_class.roles[role].values:
            for value in RIGHT.get(kind, ()):
                graph.add((MEET, KG[role], value))
    graph.add((MEET, KG.predicate, Literal("do")))
    return graph


def judged(graph: Graph) -> ValidationReport:
    return validate_document(graph, TYPES, LEXICON)


@pytest.mark.parametrize("name", sorted(LEXICON.classes))
def test_right_roles_pass(name):
    event_class = LEXICON.classes[name]
    report = judged(claim_of(event_class))
    assert report.results == ()
    assert report.focus_nodes[f"{event_class.claim_iri}Shape"] > 0


@pytest.mark.parametrize(("name", "role"), ROLES)
def test_wrong_kind_of_value_is_caught_by_the_role_s_own_shape(name, role):
    event_class = LEXICON.classes[name]
    graph = claim_of(event_class)
    graph.add((MEET, KG[role], WRONG[event_class.roles[role].values]))
    report = judged(graph)
    assert [result.shape for result in report.results] == [f"{event_class.claim_iri}Shape-{role}"]


def test_required_roles_must_be_there():
    required = [(c, r) for c in LEXICON.classes.values() for r in c.main_roles if c.roles[r].required]
    for event_class, role in required:
        graph = claim_of(event_class)
        graph.remove((MEET, KG[role], None))
        assert f"{event_class.claim_iri}Shape-{role}" in {result.shape for result in judged(graph).results}


def test_every_generated_shape_has_iri_name_message_and_severity():
    generated = {shape for shape in SHAPES.subjects(SH.severity) if "ClaimShape" in shape and shape != KG.ClaimShape}
    assert len(generated) > len(ROLES)
    for shape in generated:
        assert isinstance(shape, URIRef)
        for predicate in (SH.name, SH.message, SH.severity):
            assert len(list(SHAPES.objects(shape, predicate))) == 1
