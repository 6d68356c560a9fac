from datetime import date
from decimal import Decimal

import pytest
from pyoxigraph import Literal, NamedNode, Store

from kg.errors import QueryError
from kg.iris import DEFAULT_BASE, expand
from kg.query import parse_query
from kg.query.bind import Value, bind

HEADER = "\n".join([
    "#+ param: who (entity) x", "#+ param: kind (class) x", "#+ param: link (property) x", "#+ param: node (iri) x",
    "#+ param: since (date) x", "#+ param: until (date, last day) x", "#+ param: n (integer; default 3) x",
    "#+ param: share (decimal) x", "#+ param: words (string) x",
])  # fmt: skip
QUERY = parse_query(HEADER + "\nASK {}", name="ferries")
XSD = "http://www.w3.org/2001/XMLSchema#"


def term(store: Store, name: str, value: Value) -> NamedNode | Literal:
    return bind(store, QUERY, {name: value}, base=DEFAULT_BASE)[name]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("who", "Norway", NamedNode(expand("ent:Norway"))),
        ("kind", "Meet", NamedNode(expand("kg:Meet"))),
        ("link", "meets", NamedNode(expand("kg:meets"))),
        ("node", "evt:lend", NamedNode(expand("evt:lend"))),
        ("node", "<urn:isbn:1>", NamedNode("urn:isbn:1")),
        ("since", "2021", Literal("2021-01-01", datatype=NamedNode(XSD + "date"))),
        ("since", date(2021, 9, 9), Literal("2021-09-09", datatype=NamedNode(XSD + "date"))),
        ("until", "2024-02", Literal("2024-02-29", datatype=NamedNode(XSD + "date"))),
        ("until", "2024", Literal("2024-12-31", datatype=NamedNode(XSD + "date"))),
        ("n", 7, Literal(7)),
        ("share", "0.50", Literal("0.50", datatype=NamedNode(XSD + "decimal"))),
        ("share", Decimal("1E+2"), Literal("100", datatype=NamedNode(XSD + "decimal"))),
        ("words", 'a "quoted" } DROP ALL #', Literal('a "quoted" } DROP ALL #')),
        ("who", NamedNode("urn:x"), NamedNode("urn:x")),
    ],
)  # fmt: skip
def test_values_become_terms(name: str, value: Value, expected: NamedNode | Literal, world: Store) -> None:
    assert term(world, name, value) == expected


def test_a_default_is_bound_and_the_rest_stays_free(world: Store) -> None:
    assert bind(world, QUERY, {}, base=DEFAULT_BASE) == {"n": Literal(3)}


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        (
            "since",
            "9 September",
            "ferries, parameter since: '9 September' is no date. Write 2021-09-09, 2021-09 or 2021",
        ),
        ("since", "2021-13", "'2021-13' is no date"),
        ("until", "2021-02-30", "'2021-02-30' is no date"),
        ("until", "0000", "'0000' is no date"),
        ("n", "many", "'many' is no whole number"),
        ("share", "NaN", "'NaN' is no decimal number"),
        ("node", "no iri", "'no iri' is no IRI or CURIE; known prefixes: kg, rel,"),
        ("who", "Atlantis", "ferries, parameter who: no entity is named 'Atlantis'"),
        ("sinse", "2021", "the query has no parameter 'sinse' (did you mean 'since'?); known: who, kind, link,"),
    ],
)
def test_wrong_values_are_refused(name: str, value: str, message: str, world: Store) -> None:
    with pytest.raises(QueryError) as caught:
        bind(world, QUERY, {name: value}, base=DEFAULT_BASE)
    assert message in str(caught.value)


def test_without_a_header_projected_variables_may_be_bound(world: Store) -> None:
    query = parse_query("# SELECT ?no\nSELECT ?s (COUNT(?o) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?s", name="q")
    assert bind(world, query, {"s": "ent:Oslo"}, base=DEFAULT_BASE) == {"s": NamedNode(expand("ent:Oslo"))}
    assert bind(world, query, {"n": "3"}, base=DEFAULT_BASE) == {"n": Literal(3)}
    assert bind(world, query, {"o": "Oslo"}, base=DEFAULT_BASE) == {"o": Literal("Oslo")}
    with pytest.raises(QueryError, match="no parameter 'q'; known: s, o, n"):
        bind(world, query, {"q": "x"}, base=DEFAULT_BASE)
