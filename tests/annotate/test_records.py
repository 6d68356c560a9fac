"""Drafts become records with offsets of the user's file."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.annotate.layers import (
    Clause,
    ClauseKind,
    DocEntity,
    DurationExpression,
    EntityFiller,
    EntityMention,
    EventDraft,
    QuantityExpression,
    QuantityFiller,
    TextFiller,
    TimeExpression,
    TimeFiller,
    declare_extensions,
)
from kg.annotate.records import claims_json, local_key, to_annotation
from kg.model import (
    BodyKind,
    BodySpan,
    Document,
    DurationValue,
    EntityValue,
    Family,
    MentionKind,
    Modality,
    Polarity,
    Quantity,
    QuantityKind,
    TextValue,
    TimeValue,
)

TEXT = "»»  Oslo lent  Mali $5 in May for wells"
WORDS = ["Oslo", "lent", "Mali", "$", "5", "in", "May", "for", "wells"]


def document(text: str = TEXT) -> Document:
    return Document(
        id="0123456789abcdef",
        source_key="a.txt",
        source_path="a.txt",
        text=text,
        body=(BodySpan(4, len(text), BodyKind.PARAGRAPH),),
        headline=None,
        published=date(2023, 6, 1),
        publisher=None,
        authors=(),
        url=None,
        language="en",
        sha256="0" * 64,
        text_sha256="0" * 64,
    )


def clause() -> Clause:
    return Clause(0, ClauseKind.VERBAL, 1, "lend", (1,), ())


def draft(**changes: object) -> EventDraft:
    roles = [
        ("agent", EntityFiller(0, 0, 1)),
        ("recipient", EntityFiller(1, 2, 3)),
        ("amount", QuantityFiller(0)),
        ("begin", TimeFiller(0)),
        ("duration", TimeFiller(1)),
        ("theme", TextFiller(8, 9)),
    ]
    settings: dict[str, object] = {"confidence": Decimal("0.80"), "attributed_to": (1,), "roles": roles}
    return EventDraft("Lend", "Lend/lend", "lend", 1, 1, 2, clause(), **{**settings, **changes})


@pytest.fixture
def doc() -> Doc:
    declare_extensions()
    made = Doc(Vocab(), words=WORDS, sent_starts=[True] + [False] * 8)
    made.user_data["kg_starts"] = [TEXT.index(w) for w in WORDS]
    made._.kg_entities = [
        DocEntity(0, "Norway", Family.PLACE, "schema:Country", names=["Oslo", "Norway"], wikidata="Q20"),
        DocEntity(1, "Mali", Family.PLACE, "schema:Country", names=["Mali"]),
        DocEntity(2, "Nobody", Family.PERSON, "schema:Person"),
    ]
    made._.kg_mentions = [
        EntityMention(0, 1, 0, MentionKind.METONYM, (0,)),
        EntityMention(2, 3, 2, MentionKind.NAME, (1,)),
    ]
    made._.kg_times = [
        TimeExpression(6, 7, 6, "2023-05", date(2023, 5, 1), date(2023, 5, 31)),
        DurationExpression(6, 7, 6, "P1M"),
    ]
    made._.kg_quantities = [QuantityExpression(3, 5, 3, QuantityKind.MONEY, value=Decimal(5), currency="USD")]
    made._.kg_events = [draft()]
    return made


def test_every_offset_quotes_the_users_file(doc: Doc) -> None:
    found = to_annotation(doc, document())
    (claim,) = found.claims
    assert document().quote(claim.evidence) == TEXT[4:]
    assert document().quote(claim.trigger) == "lent"
    assert [TEXT[m.start : m.end] for m in found.mentions] == ["Oslo", "Mali"]
    (theme,) = claim.values("theme")
    assert isinstance(theme, TextValue)
    assert document().quote(theme.span) == theme.text == "wells"


def test_roles_keep_their_kind_of_value(doc: Doc) -> None:
    (claim,) = to_annotation(doc, document()).claims
    assert claim.entities("agent") == ("Norway",)
    kinds = {r.name: type(r.value) for r in claim.roles}
    assert kinds == {
        "agent": EntityValue,
        "recipient": EntityValue,
        "amount": Quantity,
        "begin": TimeValue,
        "duration": DurationValue,
        "theme": TextValue,
    }
    assert claim.attributed_to == ("Mali_place",)


def test_only_entities_that_are_mentioned_or_used_are_kept(doc: Doc) -> None:
    entities = to_annotation(doc, document()).entities
    assert [e.key for e in entities] == ["Mali_place", "Norway"]
    assert entities[1].same_as == ("http://www.wikidata.org/entity/Q20",)
    assert entities[1].names == ("Oslo",)


def test_entities_that_share_a_key_are_one(doc: Doc) -> None:
    doc._.kg_entities[1] = DocEntity(1, "Norway", Family.PLACE, "schema:Country", names=["Noreg"], wikidata="Q20")
    (entity,) = to_annotation(doc, document()).entities
    assert entity.names == ("Noreg", "Oslo")


def test_claim_id_depends_on_what_the_claim_says(doc: Doc) -> None:
    first = to_annotation(doc, document()).claims[0].id
    assert to_annotation(doc, document()).claims[0].id == first
    others = []
    for change in (
        {"polarity": Polarity.NEGATED},
        {"modality": Modality.DESIRED},
        {"attributed_to": ()},
        {"roles": [("agent", EntityFiller(0, 0, 1))]},
    ):
        doc._.kg_events = [draft(**change)]
        others.append(to_annotation(doc, document()).claims[0].id)
    assert len({first, *others}) == 5


def test_confidence_is_no_part_of_the_id(doc: Doc) -> None:
    first = to_annotation(doc, document()).claims[0].id
    doc._.kg_events = [draft(confidence=Decimal("0.10"))]
    assert to_annotation(doc, document()).claims[0].id == first


def test_a_claim_made_twice_or_without_roles_is_left_out(doc: Doc) -> None:
    doc._.kg_events = [draft(), draft(), draft(roles=[])]
    assert len(to_annotation(doc, document()).claims) == 1


def test_inherited_filler_has_no_span(doc: Doc) -> None:
    doc._.kg_events = [draft(roles=[("agent", EntityFiller(0, 1, 1))])]
    (value,) = to_annotation(doc, document()).claims[0].values("agent")
    assert value == EntityValue("Norway", None)


def test_fuzzy_time_is_no_date(doc: Doc) -> None:
    doc._.kg_times = [TimeExpression(6, 7, 6, "", None, None)]
    doc._.kg_events = [draft(roles=[("agent", EntityFiller(0, 0, 1)), ("begin", TimeFiller(0))])]
    assert to_annotation(doc, document()).claims[0].values("begin") == ()


def test_local_key_prefers_the_entity_own() -> None:
    assert local_key(DocEntity(0, "Moscow", Family.PLACE, "schema:City", key="Moscow_US")) == "Moscow_US"
    assert local_key(DocEntity(0, "Sri Lanka", Family.PLACE, "schema:Country", wikidata="Q854")) == "Sri_Lanka"
    assert local_key(DocEntity(0, "Ada", Family.PERSON, "schema:Person")) == "Ada_person"


def test_claims_as_json(doc: Doc) -> None:
    found = claims_json(to_annotation(doc, document()), TEXT)
    (claim,) = found["claims"]
    assert found["id"] == "0123456789abcdef"
    assert claim["trigger"] == [TEXT.index("lent"), TEXT.index("lent") + 4, "lent"]
    assert claim["roles"]["amount"] == ["5 USD"]
    assert claim["roles"]["agent"] == ["Norway"]
    assert claim["attributedTo"] == ["Mali"]
    assert claim["confidence"] == 0.8
