"""Bounded fuzzing of query parameters and headers: any text is bound as one term, or refused with what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Store

from kg.errors import QueryError
from kg.iris import DEFAULT_BASE
from kg.query import parse_query
from kg.query.bind import bind
from kg.query.engine import solutions
from kg.query.files import PARAMETER_TYPES

T = TypeVar("T")

HEADER = "\n".join(f"#+ param: a{kind} ({kind}) x" for kind in PARAMETER_TYPES)
QUERY = parse_query(HEADER + "\nASK {}", name="fuzzed")
FREE = parse_query("SELECT ?found WHERE { ?found ?p ?o }", name="free")

PIECES = st.sampled_from([
    "Norway", "Meet", "meets", "2021", "-09", "-31", "0000", "ent:", "kg:", "<", ">", "urn:x:", "http://", "'", '"', '"""',
    "\\", "}", "{", "DROP ALL", "#", "?x", "\n", "\x00", "\ud800", "\u202e", "९", "1e400", "-", "+", ".", "9" * 30, "9" * 5000,
    "NaN", "SERVICE <http://a.example>", "%s", "$1", "é", "e\u0301", "😀",
])  # fmt: skip
VALUES = st.one_of(st.lists(PIECES, max_size=5).map("".join), st.text(st.characters(codec=None), max_size=30))
BOUNDED = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def attempt(call: Callable[[], T]) -> tuple[str, T | None]:
    """Return why a call was refused, and what it gave otherwise; any other error is one of ours."""
    try:
        return "", call()
    except QueryError as error:
        return str(error), None


@given(st.sampled_from(PARAMETER_TYPES), VALUES)
@BOUNDED
def test_a_value_is_a_term_or_refused(world: Store, kind: str, value: str) -> None:
    problem, bound = attempt(lambda: bind(world, QUERY, {f"a{kind}": value}, base=DEFAULT_BASE))
    if bound is None:
        assert f"parameter a{kind}" in problem
        assert problem.encode()
    else:
        assert isinstance(bound[f"a{kind}"], NamedNode | Literal)


@given(VALUES)
@BOUNDED
def test_an_undeclared_value_binds_one_term_and_changes_no_query(world: Store, value: str) -> None:
    try:
        bound = bind(world, FREE, {"found": value}, base=DEFAULT_BASE)
    except QueryError:
        return
    found = {row["found"] for row in solutions(world, FREE.text, **bound)}
    assert found <= {bound["found"]}


@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                ["#+ ", "title: x", "param: a", " (entity)", " (date; default ", ")", "\n", "SELECT ?x {}"]
            ),
            st.text(max_size=8),
        ),
        max_size=12,
    ).map("".join)
)
@BOUNDED
def test_a_header_is_read_or_refused(text: str) -> None:
    problem, query = attempt(lambda: parse_query(text, name="fuzzed"))
    assert "fuzzed" in problem if query is None else query.text == text
