import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve.http.negotiation import accepts_gzip, choose

OFFERS = ("text/turtle; charset=utf-8", "application/n-triples", "application/ld+json")


@pytest.mark.parametrize(
    ("accept", "best"),
    [
        ("", 0),
        ("*/*", 0),
        ("*", 0),
        ("application/*", 1),
        ("application/ld+json", 2),
        ("APPLICATION/LD+JSON", 2),
        ("text/turtle;q=0.3, application/n-triples;q=0.4", 1),
        ("text/turtle;q=0.000, */*;q=0.001", 1),
        ("*/*, text/turtle;q=0.1", 1),
        ("text/turtle; charset=utf-8;q=0.1, text/turtle;q=1, application/ld+json;q=0.5", 2),
        ("image/png, application/ld+json ; q=1.000 , */*;q=0", 2),
        ("text/turtle;q=2, application/ld+json;q=0.1", 2),
        (",, ,application/ld+json", 2),
    ],
)
def test_the_best_offer(accept: str, best: int) -> None:
    assert choose(accept, OFFERS) == OFFERS[best]


@pytest.mark.parametrize("accept", ["image/png", "text/turtle;q=0", "*/*;q=0", "text", "application/ld+json;profile=x"])
def test_nothing_fits(accept: str) -> None:
    assert choose(accept, OFFERS) is None


@given(st.text())
def test_any_header_can_be_read(text: str) -> None:
    assert choose(text, OFFERS) in {*OFFERS, None}
    assert accepts_gzip(text) in {True, False}


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("*", True),
        ("gzip;q=0", False),
        ("*;q=0", False),
        ("br", False),
        ("", False),
    ],
)
def test_gzip(header: str, accepted: bool) -> None:
    assert accepts_gzip(header) is accepted
