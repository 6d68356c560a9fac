from decimal import Decimal

import pytest
from graph_records import bounds

from kg.fuse.compare import Relation, compare_quantities, compare_times, far_apart, normal_text, similar
from kg.model import Quantity, QuantityKind, Span, TimeValue


def number(value=None, *, low=None, high=None, about=False, currency=None, unit=None):
    as_decimal = [None if v is None else Decimal(v) for v in (value, low, high)]
    kind = QuantityKind.MONEY if currency else QuantityKind.COUNT
    return Quantity(
        kind=kind,
        span=Span(0, 1),
        value=as_decimal[0],
        minimum=as_decimal[1],
        maximum=as_decimal[2],
        approximate=about,
        currency=currency,
        unit=unit,
    )


SAME, RIVAL, BOUNDS, UNRELATED = Relation


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        (number(630), number("630.0"), SAME),
        (number(630), number(640), RIVAL),
        (number(630), number(high=640), BOUNDS),
        (number(high=200_000), number(200_000, about=True), SAME),
        (number(high=200_000), number(200_000), SAME),
        (number(198_000), number(200_000, about=True), SAME),
        (number(150_000), number(200_000, about=True), RIVAL),
        (number(low=10, high=20), number(15), SAME),
        (number(low=10, high=20), number(25), BOUNDS),
        (number(low=10), number(high=20), SAME),
        (number(low=30), number(high=20), BOUNDS),
        (number(high=300), number(high=200), BOUNDS),
        (number(high=200), number(high=200), SAME),
        (number(630, currency="USD"), number(740, currency="KRW"), UNRELATED),
        (number(28, unit="programme"), number(28, unit="programmes"), SAME),
        (number(28, unit="programme"), number(30, unit="ship"), UNRELATED),
        (number(200, unit="troops"), number(200, unit="soldiers"), SAME),
        (number(200, unit="troop"), number(900, unit="soldier"), RIVAL),
        (number(12, unit="people"), number(14, unit="persons"), RIVAL),
        (number(17, unit="programmes"), number(17, unit="road maps"), SAME),
        (number(300, unit="soldier"), number(300, unit="aircraft"), UNRELATED),
        (number(630, about=True), number(700), RIVAL),
        # words that give no number: dozens, tens of thousands
        (number(low=12, about=True), number(71, unit="people"), SAME),
        (number(low=12, about=True), number(low=40), SAME),
        (number(low=12, about=True), number(900), BOUNDS),
        (number(low=10_000, about=True, unit="troop"), number(200_000, about=True, unit="troop"), BOUNDS),
        (number(low=10_000, about=True, unit="troop"), number(high=200_000, unit="troop"), SAME),
        (number(low=40), number(low=60), BOUNDS),
        (number(low=30, high=40), number(low=35, high=50), SAME),
        (number(low=30, high=40), number(low=45, high=50), BOUNDS),
        # units
        (number(40, unit="tonnes"), number(40, unit="tons"), SAME),
        (number(40, unit="tonnes"), number(60, unit="tons"), RIVAL),
        (number(10, unit="km"), number("6.2", unit="miles"), SAME),
        (number(10, unit="kilometres"), number(10, unit="miles"), RIVAL),
        (number(12, unit="per cent"), number(12, unit="percent"), SAME),
        (number(12, unit="%"), number(13, unit="per cent"), RIVAL),
        (number(12, unit="per cent"), number(12, unit="tonnes"), UNRELATED),
        (number(12), number(14, unit="people"), RIVAL),
    ],
)
def test_numbers(first, second, relation):
    assert compare_quantities(first, second) is relation
    assert compare_quantities(second, first) is relation


def test_amounts_far_apart_are_two_amounts():
    assert far_apart(number(630, currency="USD"), number(1500, currency="USD"))
    assert not far_apart(number(630, currency="USD"), number(high=640, currency="USD"))
    assert not far_apart(number(1, currency="USD"), number(1500, currency="KRW"))


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        ("2021", "2021-09-09", SAME),
        ("2021-09", "2021-09-30", SAME),
        ("2021-09-09", "2021-09-10", RIVAL),
        ("2020", "2021", RIVAL),
    ],
)
def test_dates(first, second, relation):
    values = []
    for lexical in (first, second):
        earliest, latest = bounds(lexical)
        values.append(TimeValue(lexical=lexical, earliest=earliest, latest=latest, span=Span(0, 1)))
    assert compare_times(*values) is compare_times(*reversed(values)) is relation


def test_texts():
    assert normal_text("The “single”  market.") == normal_text("single market")
    assert similar("a single currency", "creation of the single currency")
    assert similar("28 programmes", "28 programmes unifying their economies")
    assert not similar("a single currency", "28 programmes")
    assert not similar("political integration", "economic integration of ports")
