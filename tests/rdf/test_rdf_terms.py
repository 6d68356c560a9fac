from datetime import UTC, date, datetime
from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import BNode, Literal

from kg.errors import MappingError
from kg.rdf.nquads import quad_line, term
from kg.rdf.terms import KG, SCHEMA, any_uri, boolean, curie, day, duration, instant, integer, number, text, time, uri
from kg.store.quads import add_lines, sorted_lines

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize(
    ("value", "written"),
    [("630000000.00", "630000000"), ("0.80", "0.8"), ("6.3E+8", "630000000"), ("-0.0", "0"), ("128.50", "128.5")],
)
def test_decimals_are_canonical(value, written):
    assert str(number(Decimal(value))) == written


def test_number_that_is_not_finite_is_refused():
    with pytest.raises(MappingError, match="NaN is no number"):
        number(Decimal("NaN"))


@pytest.mark.parametrize(
    ("value", "written"),
    [("P12M", "P1Y"), ("PT36H", "P1DT12H"), ("P14M", "P1Y2M"), ("P0D", "PT0S"), ("P7D", "P7D"), ("-P4Y", "-P4Y")],
)
def test_durations_are_canonical(value, written):
    assert str(duration(value)) == written


@pytest.mark.parametrize("value", ["", "P", "PT", "P1W", "four years", "P1Y2"])
def test_other_durations_are_refused(value):
    with pytest.raises(MappingError, match="is no xsd:duration"):
        duration(value)


@pytest.mark.parametrize(("value", "kind"), [("2021-09-09", "date"), ("2021-09", "gYearMonth"), ("2021", "gYear")])
def test_dates_keep_their_precision(value, kind):
    assert str(time(value).datatype).endswith(f"#{kind}")


def test_other_dates_are_refused():
    with pytest.raises(MappingError, match="'last week' is no date; expected 2021-09-09, 2021-09 or 2021"):
        time("last week")


@pytest.mark.parametrize("iri", ["no scheme", "https://a.example/b c", "https://a.example/<x>", "https://a.example/\n"])
def test_what_is_no_iri_is_refused(iri):
    with pytest.raises(MappingError, match="is no absolute IRI"):
        uri(iri)


def test_curies_and_own_classes_become_terms():
    assert curie("kg:Lend") == KG.Lend
    assert curie("schema:Person") == SCHEMA.Person
    assert str(curie("https://freight.example/ns#Berth")) == "https://freight.example/ns#Berth"
    with pytest.raises(MappingError, match="the prefix 'foo' of 'foo:Bar' is not declared"):
        curie("foo:Bar")


def test_blank_nodes_are_refused():
    with pytest.raises(MappingError, match="a blank node"):
        term(BNode())


LITERALS = st.one_of(
    TEXTS.map(text),
    TEXTS.map(any_uri),
    st.integers().filter(lambda i: abs(i) < 2**63).map(integer),
    st.booleans().map(boolean),
    st.dates(min_value=date(1000, 1, 1)).map(day),
    st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12).map(number),
    st.datetimes(min_value=datetime(1970, 1, 1), timezones=st.just(UTC)).map(instant),  # noqa: DTZ001
    st.tuples(st.integers(0, 999), st.integers(0, 9999)).map(lambda p: duration(f"P{p[0]}M{p[1]}D")),
    st.sampled_from(["2021", "2021-09", "1999"]).map(time),
)


@given(LITERALS)
def test_literals_come_back_from_the_store_byte_for_byte(literal: Literal):
    line = quad_line((uri("https://a.example/s"), KG.value, literal), "https://a.example/g")
    store = ox.Store()
    add_lines(store, [line])
    assert sorted_lines(store) == [line]
