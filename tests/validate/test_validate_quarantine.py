from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import RDF, SH, BNode, Graph, Namespace, URIRef
from validate_records import DOCUMENT, IRIS, TYPES, broken, sound

from kg.iris import KG as KG_IRI
from kg.lexicon import load_lexicon
from kg.rdf.nquads import LineTriple, term
from kg.validate import Split, split, validate_document, validate_graph

KG = Namespace(KG_IRI)
LEND, MEET = URIRef(IRIS.claim("lend")), URIRef(IRIS.claim("meet"))
QUANTITY = URIRef(IRIS.quantity("q1"))


def triples(graph: Graph) -> list[LineTriple]:
    return [(term(s), term(p), term(o)) for s, p, o in graph]


@dataclass
class Divided:
    """A split whose parts are rdflib graphs."""

    kept: Graph
    quarantine: Graph
    rejected_claims: frozenset[str]


def divided(graph: Graph) -> Divided:
    report = validate_document(graph, TYPES, load_lexicon())
    found = split(triples(graph), report, iris=IRIS, document_id=DOCUMENT)
    return Divided(graph_of(found.kept), graph_of(found.quarantine), found.rejected_claims)


def graph_of(parts: Iterable[LineTriple]) -> Graph:
    return Graph().parse(data="".join(f"{s} {p} {o} .\n" for s, p, o in parts), format="nt")


def span(start: int, end: int) -> URIRef:
    return URIRef(IRIS.span(DOCUMENT, start, end))


def rejected(found: Divided) -> set[URIRef]:
    return set(found.quarantine.objects(None, KG.focus))


def assert_nothing_lost(graph: Graph, found: Divided) -> None:
    """Every triple stands in one of the two parts, none in both, and what stays conforms and dangles nowhere."""
    reasons = {t for node in found.quarantine.subjects(RDF.type, KG.Rejection) for t in found.quarantine.triples((node, None, None))}  # fmt: skip
    assert set(found.kept) | (set(found.quarantine) - reasons) == set(graph)
    assert not set(found.kept) & set(found.quarantine)
    subjects = set(found.kept.subjects())
    for node in found.kept.objects():
        if isinstance(node, URIRef) and any(part in node for part in ("#char=", "/claim/", "/quantity/")):
            assert node in subjects
    if found.kept:
        assert validate_document(found.kept, TYPES, load_lexicon()).conforms


def test_conforming_graph_stays_whole():
    given = triples(sound())
    report = validate_document(sound(), TYPES, load_lexicon())
    assert split(given, report, iris=IRIS, document_id=DOCUMENT) == Split(kept=tuple(given))


def test_violating_claim_leaves_with_its_quantities():
    graph = broken('0.9 ;\n    kg:rule "Lend', '7.0 ;\n    kg:rule "Lend')
    found = divided(graph)
    assert found.rejected_claims == {"lend"}
    assert rejected(found) == {LEND, QUANTITY}
    assert (QUANTITY, None, None) not in found.kept
    assert (span(5, 10), None, None) in found.kept
    assert_nothing_lost(graph, found)


def test_violating_quantity_takes_its_claim():
    graph = broken('schema:currency "USD"', 'schema:currency "usd"')
    found = divided(graph)
    assert found.rejected_claims == {"lend"}
    assert_nothing_lost(graph, found)


def test_violating_mention_takes_the_claims_that_use_it():
    graph = broken("nif:beginIndex 50", "nif:beginIndex 95")
    found = divided(graph)
    assert found.rejected_claims == {"meet"}
    assert rejected(found) == {span(50, 59), MEET}
    assert_nothing_lost(graph, found)


def test_violating_sentence_takes_its_claims():
    graph = broken("nif:beginIndex 0 ; nif:endIndex 40", "nif:endIndex 40")
    found = divided(graph)
    assert found.rejected_claims == {"lend"}
    assert_nothing_lost(graph, found)


def test_violating_document_node_takes_the_whole_document():
    graph = broken('"2024-02-29"^^xsd:date', '"last Thursday"')
    found = divided(graph)
    assert len(found.kept) == 0
    assert found.rejected_claims == {"lend", "meet"}
    assert rejected(found) >= {URIRef(IRIS.document(DOCUMENT))}
    assert_nothing_lost(graph, found)


def test_rejection_names_focus_message_shape_and_severity():
    graph = broken('0.9 ;\n    kg:rule "Lend', '7.0 ;\n    kg:rule "Lend')
    quarantine = divided(graph).quarantine
    rejection = quarantine.value(None, KG.focus, LEND)
    assert isinstance(rejection, URIRef)
    assert str(rejection).startswith(IRIS.quarantine_graph(DOCUMENT) + "#")
    assert str(quarantine.value(rejection, SH.resultMessage)) == (
        "A claim has exactly one kg:confidence, an xsd:decimal from 0 to 1."
    )
    assert quarantine.value(rejection, SH.sourceShape) == KG["ClaimShape-confidence"]
    assert quarantine.value(rejection, SH.resultSeverity) == SH.Violation
    assert not any(isinstance(node, BNode) for node in quarantine.all_nodes())


def test_what_is_taken_along_names_what_took_it():
    quarantine = divided(broken("nif:beginIndex 50", "nif:beginIndex 95")).quarantine
    rejection = quarantine.value(None, KG.focus, MEET)
    message = str(quarantine.value(rejection, SH.resultMessage))
    assert message.startswith(f"Rejected with <{span(50, 59)}>: A span has exactly one nif:beginIndex")


def test_a_mention_of_an_unknown_entity_leaves_without_harm_to_others():
    graph = broken("taIdentRef ent:Peru", "taIdentRef ent:Perru")
    found = divided(graph)
    assert found.rejected_claims == frozenset()
    assert rejected(found) == {span(0, 4)}
    assert_nothing_lost(graph, found)


def test_quarantine_itself_conforms():
    quarantine = divided(broken("nif:beginIndex 50", "nif:beginIndex 95")).quarantine
    rejections = Graph()
    for node in quarantine.subjects(RDF.type, KG.Rejection):
        for triple in quarantine.triples((node, None, None)):
            rejections.add(triple)
    report = validate_graph(rejections, load_lexicon())
    assert report.conforms
    assert report.focus_nodes[f"{KG_IRI}RejectionShape"] == 2


def test_warnings_reject_nothing():
    graph = sound()
    shapes = Graph().parse(
        data="""@prefix kg: <https://w3id.org/kg-news/ns#> . @prefix sh: <http://www.w3.org/ns/shacl#> .
        kg:S a sh:NodeShape ; sh:targetClass kg:Claim ; sh:property kg:P .
        kg:P a sh:PropertyShape ; sh:path kg:rule ; sh:minLength 99 ; sh:severity sh:Warning .""",
        format="turtle",
    )
    report = validate_graph(graph, load_lexicon(), shapes=shapes)
    assert len(report.results) == 2
    given = triples(graph)
    assert split(given, report, iris=IRIS, document_id=DOCUMENT) == Split(kept=tuple(given))


def test_splitting_twice_gives_the_same():
    graph = broken('schema:currency "USD"', 'schema:currency "usd"')
    assert set(divided(graph).quarantine) == set(divided(graph).quarantine)
