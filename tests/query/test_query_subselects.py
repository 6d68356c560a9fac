"""Parameters reach the sub-selects of named queries."""

import re

import pytest
from pyoxigraph import Literal, NamedNode, Store
from query_cases import BOUND

from kg.iris import DEFAULT_BASE
from kg.query import list_queries, load_query
from kg.query.bind import bind
from kg.query.subselects import place_terms

TERM = NamedNode("urn:x")


@pytest.mark.parametrize(
    ("text", "placed"),
    [
        ("SELECT ?s ?x { ?s ?p ?x }", None),
        ("SELECT ?s ?x { { SELECT ?s { ?s ?p ?x } } }", "SELECT ?s ?x { { SELECT ?s { ?s ?p <urn:x> } } }"),
        ("SELECT ?s ?x { { SELECT ?s ?x { ?s ?p ?x } } }", None),
        ("SELECT ?s ?x { { SELECT * { ?s ?p ?x } } }", None),
        ("SELECT ?s ?x { { SELECT ?s (COUNT(*) AS ?x) { ?s ?p ?o } GROUP BY ?s } }", None),
        ("SELECT ?s ?x { { SELECT ?s { VALUES ?x { 1 } ?s ?p ?x } } }", None),
        ("SELECT ?s ?x { { SELECT ?s { VALUES (?y ?x) { (1 2) } ?s ?y ?x } } }", None),
        ("SELECT ?s ?x { { SELECT ?s { BIND(1 AS ?x) ?s ?p ?x } } }", None),
        ("SELECT ?s ?x { { SELECT ?s { { SELECT ?s ?x { ?s ?p ?x } } } } }", None),
        ("SELECT ?s ?x { { SELECT ?s { ?s ?p ?x } GROUP BY ?s ?x } }", None),
        ("SELECT ?s ?x { { SELECT ?s { ?s ?p ?o } GROUP BY (STR(?s)) ?x } }", None),
        (
            "SELECT ?s ?x { { SELECT ?s { FILTER(?s != ?o) ?x ?p ?s } } }",
            "SELECT ?s ?x { { SELECT ?s { FILTER(?s != ?o) <urn:x> ?p ?s } } }",
        ),
        (
            'SELECT ?x { { SELECT ?s { # ?x {\n ?s ?p "?x }", $x } } }',
            'SELECT ?x { { SELECT ?s { # ?x {\n ?s ?p "?x }", <urn:x> } } }',
        ),
        (
            "SELECT ?x { { SELECT ?s ?x { ?s ?p ?x { SELECT ?s { ?s ?q ?x } } } } }",
            "SELECT ?x { { SELECT ?s ?x { ?s ?p ?x { SELECT ?s { ?s ?q <urn:x> } } } } }",
        ),
    ],
)
def test_a_term_stands_where_a_sub_select_does_not_project_the_variable(text: str, placed: str | None) -> None:
    assert place_terms(text, {"x": TERM}) == (placed or text)


def test_a_string_stays_one() -> None:
    text = place_terms("SELECT ?x { { SELECT ?s { ?s ?p ?x } } }", {"x": Literal('a" } #\n')})
    assert text == r'SELECT ?x { { SELECT ?s { ?s ?p "a\" } #\n" } } }'


@pytest.mark.parametrize("name", ["timeline", "corroborated", "plover-events", "statements-by-speaker"])
def test_named_queries_narrow_what_they_read(name: str, world: Store) -> None:
    query = load_query(name)
    values = {param: value for (of, param, value) in BOUND if of == name}
    bound = bind(world, query, values, base=DEFAULT_BASE)
    entities = [param.name for param in query.params if param.type == "entity"]
    placed = place_terms(query.text, bound)
    assert all(placed.count(str(bound[entity])) for entity in entities)


def test_no_sub_select_projects_a_parameter_that_it_does_not_bind() -> None:
    """Virtuoso and rdflib take an unbound column for a value, and lose rows."""
    for query in list_queries():
        for lists in re.findall(r"\n +SELECT (.*?)(?:WHERE|\{)", query.text, re.DOTALL):
            assert not {param.name for param in query.params if param.type == "entity"} & set(
                re.findall(r"\?(\w+)", lists)
            ), query.name
