"""A graph broken on purpose in ten ways is caught ten times."""

import pytest
from rdflib import Graph
from validate_records import TURTLE, TYPES, broken, sound

from kg.iris import KG
from kg.lexicon import load_lexicon
from kg.validate import validate_document

BREAKAGES = [
    # what is wrong, old, new, the shape that says so
    ("a span ends before it begins", "nif:beginIndex 46", "nif:beginIndex 64", "SpanShape-beginIndex"),
    ("a span ends twice", "nif:endIndex 4 ;", "nif:endIndex 4, 5 ;", "SpanShape-endIndex"),
    ("a mention names an unknown entity", "taIdentRef ent:Peru", "taIdentRef ent:Perru", "MentionShape-taIdentRef"),
    ("a claim has no evidence", "kg:evidence s:41\\,70 ;", "", "ClaimShape-evidence"),
    ("a claim is both affirmed and negated", 'kg:affirmed ; kg:modality kg:actual ; kg:confidence 0.9 ;\n    kg:rule "Meet', 'kg:affirmed, kg:negated ; kg:modality kg:actual ; kg:confidence 0.9 ;\n    kg:rule "Meet', "ClaimShape-polarity"),
    ("a confidence is a percentage", '0.9 ;\n    kg:rule "Lend', '90.0 ;\n    kg:rule "Lend', "ClaimShape-confidence"),
    ("a currency is a word", 'schema:currency "USD"', 'schema:currency "dollar"', "MoneyShape-currency"),
    ("an amount has a value and a bound", "schema:value 5000000.0", "schema:value 5000000.0 ; schema:maxValue 6000000.0", "QuantityShape"),
    ("a claim's class and event type differ", "kg:eventType kg:Meet", "kg:eventType kg:Lend", "MeetClaimShape-eventType"),
    ("an entity's role is filled by a literal", "kg:agent ent:Peru", 'kg:agent "Peru"', "LendClaimShape-agent"),
    ("a date does not exist", '"2025-05"^^xsd:gYearMonth', '"2025-02-30"^^xsd:date', "ClaimShape-deadline"),
    ("a document's hash is cut", '"1111111111111111111111111111111111111111111111111111111111111111"', '"1111"', "DocumentShape-sha256"),
]  # fmt: skip


def test_the_sound_graph_conforms():
    report = validate_document(sound(), TYPES, load_lexicon())
    assert report.results == ()
    assert report.conforms


def test_at_least_ten_breakages_by_different_shapes():
    assert len({shape for *_, shape in BREAKAGES}) == len(BREAKAGES) >= 10


@pytest.mark.parametrize(("what", "old", "new", "shape"), BREAKAGES, ids=[b[0] for b in BREAKAGES])
def test_breakage_is_caught_once_by_the_right_shape(what, old, new, shape):
    report = validate_document(broken(old, new), TYPES, load_lexicon())
    assert [result.shape for result in report.results] == [KG + shape]


def test_all_breakages_at_once_are_all_caught():
    text = TURTLE
    for _, old, new, _ in BREAKAGES:
        text = text.replace(old, new)
    report = validate_document(Graph().parse(data=text, format="turtle"), TYPES, load_lexicon())
    assert {result.shape.removeprefix(KG) for result in report.results} >= {shape for *_, shape in BREAKAGES}
