"""Parameters are put into queries as terms, whatever they hold and wherever the group is."""

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from kg.errors import QueryError
from kg.remote.binding import ask_as_select, bind_terms, query_form, with_prefixes

TERM = NamedNode("urn:x")
BOUND = " BIND(<urn:x> AS ?s)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT ?s WHERE {~ ?s ?p ?o }", None),
        ("SELECT ?s {~ ?s ?p ?o }", None),
        ("ASK {~ ?s ?p ?o }", None),
        ("# SELECT { }\nask\n{~ ?s ?p ?o }", None),
        ("CONSTRUCT { ?s ?p ?o } WHERE {~ ?s ?p ?o }", None),
        ("DESCRIBE ?s WHERE {~ ?s ?p ?o }", None),
        ("SELECT (EXISTS { ?s ?p ?o } AS ?x) ?s WHERE {~ ?s ?p ?o }", None),
        ('PREFIX a: <urn:x#> SELECT ?s WHERE {~ ?s a:b "{", \'}\', """{"{""" }', None),
        ("PREFIX select: <urn:a#> SELECT ?s WHERE {~ ?s select:b ?o }", None),
        ("SELECT ?s WHERE { SELECT ?s WHERE { ?s ?p ?o } } LIMIT 1", "SELECT ?s WHERE {" + BOUND + " { SELECT ?s WHERE { ?s ?p ?o } } } LIMIT 1"),
    ],
)  # fmt: skip
def test_the_outermost_group_begins_with_the_term(text: str, expected: str | None) -> None:
    found = bind_terms(text.replace("~", ""), {"s": TERM})
    assert found == (expected or text.replace("~", BOUND))
    Store().query(found)  # it is SPARQL


@pytest.mark.parametrize("words", ['"', '" . } DROP ALL #', "'''", "\\", "\n\r\t", "?s", "}", "<urn:a>", "é\u2028\x7f"])
def test_words_stay_words(words: str) -> None:
    text = bind_terms("SELECT ?w WHERE { ?s ?p ?o }", {"w": Literal(words)})
    store = Store()
    store.load("<urn:a> <urn:b> <urn:c> .", format=RdfFormat.TURTLE)
    assert [row["w"] for row in store.query(text)] == [Literal(words)]


@pytest.mark.parametrize("text", ["CONSTRUCT WHERE { ?s ?p ?o }", "DESCRIBE <urn:a>", "nothing"])
def test_where_nothing_can_be_bound_it_is_said(text: str) -> None:
    with pytest.raises(QueryError, match=r"no group in which 's' could be bound\. Write its WHERE out"):
        bind_terms(text, {"s": TERM})
    assert bind_terms(text, {}) == text


def test_prefixes_that_are_used_and_not_declared_are_declared() -> None:
    known = {"kg": "urn:kg#", "ent": "urn:ent/", "doc": "urn:doc/"}
    text = 'PREFIX ent: <urn:mine/> SELECT ?s WHERE { ?s kg:agent ent:a . FILTER(?s != "doc:x") } # doc:y'
    assert with_prefixes(text, known) == f"PREFIX kg: <urn:kg#> {text}"


@pytest.mark.parametrize(
    ("text", "form"),
    [("select * {}", "SELECT"), ("#ASK\nDESCRIBE <urn:a>", "DESCRIBE"), ("DROP ALL", ""), ("", ""), ("BASE <urn:ASK> ASK {}", "ASK")],
)  # fmt: skip
def test_the_form_of_a_query(text: str, form: str) -> None:
    assert query_form(text) == form


def test_an_ask_is_parsed_as_a_select() -> None:
    assert ask_as_select("# ASK\nask { ?s ?p ?o }") == "# ASK\nSELECT (1 AS ?asked)  { ?s ?p ?o }"
    assert ask_as_select("SELECT ?ask {}") == "SELECT ?ask {}"
