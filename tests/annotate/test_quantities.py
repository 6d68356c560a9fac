"""Sums of money, prices and counts, with their bounds and hedges."""

from __future__ import annotations

from decimal import Decimal

import pytest
from spacy.language import Language

from kg.annotate.layers import QuantityExpression
from kg.annotate.values.amounts.currencies import load_currencies
from kg.annotate.values.amounts.pieces import cut
from kg.annotate.values.quantities import quantity_expressions
from kg.annotate.values.time import time_expressions
from kg.model import QuantityKind


@pytest.fixture(scope="module")
def read(model: Language):
    model.create_pipe("kg_quantities")

    def run(sentence: str) -> list[QuantityExpression]:
        doc = model(sentence)
        doc._.kg_times = time_expressions(doc)
        return quantity_expressions(doc, load_currencies())

    return run


def shown(quantity: QuantityExpression) -> str:
    """Write a quantity the way the labelled data do: "max 640000000 USD per 1000 m3"."""
    bounds = [("min", quantity.minimum), ("max", quantity.maximum), ("", quantity.value)]
    numbers = " ".join(f"{name} {number}".strip() for name, number in bounds if number is not None)
    tail = f" {quantity.currency}" if quantity.currency else ""
    if quantity.unit:
        tail += f" per {quantity.unit}" if quantity.currency else f" {quantity.unit}"
    flags = [name for name in ("approximate", "ordinal", "converted") if getattr(quantity, name)]
    return " ".join([numbers + tail, *flags])


@pytest.mark.model
@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Kenya lent Uganda up to $640 million.", ["max 640000000 USD"]),
        ("Kenya lent Uganda another US$630 million.", ["630000000 USD"]),
        ("It costs about US$650.", ["650 USD approximate"]),
        ("Peru got $630m and €2bn.", ["630000000 USD", "2000000000 EUR"]),
        ("Peru got 740 billion KRW.", ["740000000000 KRW"]),
        ("Peru got 1.2 trillion roubles.", ["1200000000000 RUB"]),
        ("Peru got at least 630 million dollars.", ["min 630000000 USD"]),
        ("Peru got more than 500 million Canadian dollars.", ["min 500000000 CAD"]),
        ("Peru got between $1m and $2m.", ["min 1000000 max 2000000 USD"]),
        ("Peru got $5-10 million.", ["min 5000000 max 10000000 USD"]),
        ("Peru got HK$5bn.", ["5000000000 HKD"]),
        ("Peru got Rs 500 crore.", ["5000000000 INR"]),
        ("Peru got half a billion dollars.", ["500000000 USD"]),
        ("Peru got tens of millions of euros.", ["min 10000000 EUR approximate"]),
        ("Peru signed a million-dollar deal.", ["1000000 USD"]),
        ("It was worth £15,000 (€17,000).", ["15000 GBP", "17000 EUR converted"]),
        ("Gas sells at US$128.50 per thousand cubic metres.", ["128.5 USD per 1000 m3"]),
        ("Oil sells at $70 a barrel.", ["70 USD per barrel"]),
        ("Wheat sells at €210 per tonne.", ["210 EUR per t"]),
        ("Some 200,000 soldiers marched.", ["200000 soldier approximate"]),
        ("As many as 200,000 troops marched.", ["max 200000 troop"]),
        ("They settled 28 programmes.", ["28 programme"]),
        ("They settled a 28-point roadmap.", ["28 point"]),
        ("Tens of thousands of miners marched.", ["min 10000 miner approximate"]),
        ("Hundreds of aircraft took off.", ["min 100 aircraft approximate"]),
        ("A dozen tanks broke down.", ["12 tank"]),
        ("Twenty-five towns flooded.", ["25 town"]),
        ("Between 10 and 20 jets took off.", ["min 10 max 20 jet"]),
        ("The blast killed 12 and wounded at least 30.", ["12", "min 30"]),
        ("It was their sixth meeting.", ["6 meeting ordinal"]),
        ("They have met six times.", ["6 time"]),
        ("Prices rose 5 percent in 1999.", []),
        ("They sat in room 7 of 10 Downing Street.", []),
        ("Chad beat Mali 2-1 in a Boeing 737.", []),
        ("The two leaders flew an S-400 and a Su-30 home.", []),
        ("It is the second largest city.", []),
        ("He ruled for 30 years.", []),
        ("A 47-year-old man of 65 years of age waited for the first six months.", []),
        ("One of the miners and the two drivers left.", []),
        ("Togo pays 7.5 billion pounds", ["7500000000 GBP"]),
        ("Togo paid 5 million euros and 20 million pesos.", ["5000000 EUR", "20000000 peso"]),
    ],
)
def test_reads_quantities(read, sentence: str, expected: list[str]) -> None:
    assert [shown(q) for q in read(sentence)] == expected


@pytest.mark.model
def test_hangs_by_the_number_and_names_what_is_counted(read, model: Language) -> None:
    (count,) = read("As many as 300 Kenyan and Ugandan miners marched.")
    doc = model("As many as 300 Kenyan and Ugandan miners marched.")
    assert (doc[count.head].text, doc[count.counted].text) == ("300", "miners")
    assert doc[count.start : count.end].text == "As many as 300"
    assert (count.kind, count.maximum) == (QuantityKind.COUNT, Decimal(300))


@pytest.mark.model
def test_cuts_glued_sums_but_not_names(model: Language) -> None:
    assert cut(model.make_doc("€2bn for Su-30")).texts == ["€", "2", "bn", "for", "Su-30"]


def test_a_shared_name_needs_its_country() -> None:
    currencies = load_currencies()
    assert currencies.names["dollars",] == "USD"
    assert currencies.names["mexican", "pesos"] == "MXN"
    assert ("pesos",) not in currencies.names
