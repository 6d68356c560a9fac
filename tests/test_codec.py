from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

import pytest
from graph_records import Article

from kg.codec import Codec
from kg.errors import StoreError
from kg.fuse.facts import Fact
from kg.model import Annotation, BodySpan, Claim, Document


def record():
    made = Article("Kenya lent Peru $2m on Monday.").name("Kenya").name("Peru")
    made.claim(
        "Lend",
        "lent",
        *made.who("agent", "Kenya"),
        *made.who("recipient", "Peru"),
        made.money("amount", "$2m", "2000000"),
        made.when("begin", "on Monday", "2023-03-13"),
        made.words("topic", "Monday"),
    )
    return made.record()


def test_records_come_back_as_they_were():
    document, annotation = record()
    fact = Fact(annotation.claims[0], date(2023, 3, 14), "outlet X", frozenset({"b", "a"}), {"Kenya": ("pronoun",)})
    for kind, given in (
        (Annotation, annotation),
        (Document, document),
        (tuple[BodySpan, ...], document.body),
        (Fact, fact),
    ):
        codec = Codec(kind)
        assert codec.decode(codec.encode(given)) == given


def test_equal_records_give_equal_bytes():
    names = [f"name {i}" for i in range(50)]
    claim = record()[1].claims[0]
    facts = [Fact(claim, date(2023, 3, 14), "x", frozenset(order)) for order in (names, names[::-1])]
    codec = Codec(Fact)
    assert codec.encode(facts[0]) == codec.encode(facts[1])


def test_lone_surrogates_and_other_odd_text_come_back():
    codec = Codec(tuple[str, ...])
    odd = ("\ud800", "\x00", "\u2028", '"', "\\")
    assert codec.decode(codec.encode(odd)) == odd


@pytest.mark.parametrize("data", [b"no zlib", b"", Codec(tuple[str, ...]).encode(("a",))])
def test_damaged_record_is_reported(data):
    with pytest.raises(StoreError, match=r"a stored record cannot be read: .*Build the workspace anew"):
        Codec(Annotation).decode(data)


def test_record_with_other_fields_is_refused():
    @dataclass(frozen=True)
    class Other:
        value: Decimal

    with pytest.raises(StoreError, match=f"Claim has {len(fields(Claim))} fields, found 1"):
        Codec(Claim).decode(Codec(Other).encode(Other(Decimal(1))))


def test_type_that_cannot_be_stored_is_named():
    with pytest.raises(TypeError, match=r"complex.* cannot be stored"):
        Codec(complex)
