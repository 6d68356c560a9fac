from decimal import Decimal
from pathlib import Path

import pytest
from graph_records import PERSON, Article
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Literal, URIRef

from kg.config import Settings
from kg.errors import MappingError
from kg.iris import Iris
from kg.lexicon import load_lexicon
from kg.lexicon.load import read_lexicon
from kg.model import DurationValue, EntityValue, Role
from kg.rdf.document import document_graph
from kg.rdf.provenance import run_identity
from kg.rdf.terms import KG, NIF, SCHEMA, uri


def graph_of(article, lexicon=None):
    document, annotation = article.record()
    return document_graph(document, annotation, settings=Settings(), lexicon=lexicon or load_lexicon(), run_id="r")


def test_own_classes_have_their_own_namespace():
    lexicon = read_lexicon([Path(__file__).parent.parent / "data" / "lexicon" / "freight.toml"])
    article = Article("The Aurora tied up in Tema.").name("Aurora_other", "Aurora", kind="kg:Product")
    claim = article.claim("Berth", "tied up", *article.who("agent", "Aurora_other"))
    graph = graph_of(article, lexicon)
    node = URIRef(Iris().claim(claim.id))
    assert (node, KG.eventType, URIRef("https://freight.example/ns#Berth")) in graph
    assert (node, None, URIRef("https://freight.example/ns#BerthClaim")) in graph


def test_types_and_labels_of_entities_are_left_to_the_world():
    article = Article("Maria Lopez spoke.").name("Maria_Lopez", kind=PERSON)
    assert not list(graph_of(article).predicate_objects(URIRef(Iris().entity("Maria_Lopez"))))


def test_dates_span_all_that_a_claim_says():
    article = Article("It ran from 3 May to June 2022.")
    claim = article.claim(
        "Exercise", "ran", article.when("begin", "3 May", "2022-05-03"), article.when("end", "June 2022", "2022-06")
    )
    graph = graph_of(article)
    node = URIRef(Iris().claim(claim.id))
    assert str(graph.value(node, KG.earliest)) == "2022-05-03"
    assert str(graph.value(node, KG.latest)) == "2022-06-30"
    assert len(list(graph.objects(node, KG.timeExpression))) == 2


def test_quantities_have_bounds_unit_and_hedge():
    article = Article("Between 10 and 20 ships came.")
    article.claim(
        "Act",
        "came",
        article.number("count", "10 and 20 ships", minimum="10", maximum="20.50", unit="ship", approximate=True),
    )
    graph = graph_of(article)
    node = next(graph.subjects(None, SCHEMA.QuantitativeValue))
    found = {str(p).rpartition("/")[2].rpartition("#")[2]: str(o) for p, o in graph.predicate_objects(node)}
    assert found["minValue"] == "10"
    assert found["maxValue"] == "20.5"
    assert (found["unitText"], found["approximate"]) == ("ship", "true")


def test_durations_are_written_canonically():
    article = Article("It lasted eighteen months.")
    claim = article.claim(
        "Act", "lasted", Role("duration", DurationValue(lexical="P18M", span=article.at("eighteen months")))
    )
    assert str(graph_of(article).value(URIRef(Iris().claim(claim.id)), KG.duration)) == "P1Y6M"


def test_value_that_cannot_be_written_is_reported():
    article = Article("It lasted long.")
    article.claim("Act", "lasted", Role("duration", DurationValue(lexical="long", span=article.at("long"))))
    with pytest.raises(MappingError, match="'long' is no xsd:duration"):
        graph_of(article)


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda name: name.strip())


@given(NAMES, st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_name_and_text_give_valid_iris_and_exact_quotes(name, text):
    article = Article(f"x{text}")
    article.claim("Act", "x", Role("agent", EntityValue(name)))
    graph = graph_of(article)
    for node in (*graph.subjects(), *graph.objects()):
        if isinstance(node, URIRef):
            assert uri(str(node)) == node
    for span, quote in graph.subject_objects(NIF.anchorOf):
        begin, end = (int(graph.value(span, p)) for p in (NIF.beginIndex, NIF.endIndex))
        assert article.document.text[begin:end] == str(quote)
    assert {type(o) for o in graph.objects()} <= {URIRef, Literal}


def test_run_is_named_by_what_can_change_a_result():
    lexicon = load_lexicon()
    base = run_identity(Settings(), lexicon)
    assert run_identity(Settings(jobs=4, time_limit=9.0), lexicon).run_id == base.run_id
    assert run_identity(Settings(threshold=Decimal("0.50")), lexicon).run_id == base.run_id
    changed = [Settings(threshold=Decimal("0.6")), Settings(base="https://a.example/"), Settings(openblas=False)]
    assert len({base.run_id, *(run_identity(settings, lexicon).run_id for settings in changed)}) == 4
    assert run_identity(changed[0], lexicon).annotation == base.annotation


def test_run_knows_the_content_of_the_knowledge_base(tmp_path):
    people = tmp_path / "people.jsonl"
    found = set()
    for content in ("{}", "{ }"):
        people.write_text(content)
        found.add(run_identity(Settings(knowledge_base=people), load_lexicon()).run_id)
    assert len(found) == 2
