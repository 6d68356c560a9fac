"""Titles and offices: before the name, in apposition, with "is"; and of what."""

from __future__ import annotations

import pytest
from spacy.language import Language

pytestmark = pytest.mark.model

CASES = [
    ("French President Emmanuel Macron left.", ("Emmanuel Macron", "French President", "president", "France", "title", False)),
    ("NATO Secretary General Mark Rutte spoke.", ("Mark Rutte", "NATO Secretary General", "general", "NATO", "title", False)),
    ("Ghana's finance minister Ken Ofori-Atta left.",
     ("Ken Ofori-Atta", "Ghana's finance minister", "minister", "Ghana", "title", False)),
    ("He met U.S. Secretary of State Antony Blinken.",
     ("Antony Blinken", "U.S. Secretary of State", "secretary", "United States", "title", False)),
    ("Kremlin spokesman Dmitry Peskov coughed.", ("Dmitry Peskov", "Kremlin spokesman", "spokesman", "Russia", "title", False)),
    ("The Greek prime minister, Kyriakos Mitsotakis, called.",
     ("Kyriakos Mitsotakis", "The Greek prime minister", "minister", "Greece", "appositive", False)),
    ("Angela Merkel, the former German chancellor, came.",
     ("Angela Merkel", "the former German chancellor", "chancellor", "Germany", "appositive", True)),
    ("Gustavo Petro is the president of Colombia.",
     ("Gustavo Petro", "the president of Colombia", "president", "Colombia", "copula", False)),
    ("Angela Merkel, the US envoy for Syria, came.",
     ("Angela Merkel", "the US envoy", "envoy", "United States", "appositive", False)),
    ("Malian External Affairs Minister Emmanuel Macron left.",
     ("Emmanuel Macron", "Malian External Affairs Minister", "minister", "Mali", "title", False)),
    ("He thanked U.S. District Judge Antony Blinken.",
     ("Antony Blinken", "U.S. District Judge", "judge", "United States", "title", False)),
    ("Greek Foreign Ministry Special Envoy Mark Rutte left.",
     ("Mark Rutte", "Greek Foreign Ministry Special Envoy", "envoy", "Greek Foreign Ministry", "title", False)),
    ("Water and Road Development Minister Mark Rutte left.",
     ("Mark Rutte", "Development Minister", "minister", None, "title", False)),
    ("AFN National Chief Mark Rutte left.", ("Mark Rutte", "AFN National Chief", "chief", "AFN", "title", False)),
    ("Natural Resources Minister Mark Rutte left.",
     ("Mark Rutte", "Natural Resources Minister", "minister", None, "title", False)),
    ("He thanked Supreme Leader Mark Rutte.", ("Mark Rutte", "Supreme Leader", "leader", None, "title", False)),
    ("Peru dismissed the Greek coach Mario Draghi.", ("Mario Draghi", "Greek coach", "coach", None, "title", False)),
    ("Kenyan group's leader Mario Draghi left.", ("Mario Draghi", "Kenyan group's leader", "leader", None, "title", False)),
    ("He met aspiring Kenyan governor Mark Rutte.",
     ("Mark Rutte", "Kenyan governor", "governor", "Kenya", "title", True)),
    ("She hid the family of ousted Malian president Mark Rutte.",
     ("Mark Rutte", "Malian president", "president", "Mali", "title", True)),
    ("Government Chief Whip Mark Rutte left.",
     ("Mark Rutte", "Government Chief Whip", "whip", None, "title", False)),
    ("Opposition leader Raila Odinga was fined.", ("Raila Odinga", "Opposition leader", "leader", None, "title", False)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_title(naming: Language, text: str, expected: tuple[object, ...]) -> None:
    doc = naming(text)
    entities = doc._.kg_entities
    found = [
        (
            entities[t.person].name,
            doc[t.start : t.end].text,
            t.lemma,
            None if t.of is None else entities[t.of].name,
            t.form,
            t.former,
        )
        for t in doc._.kg_titles
    ]
    assert found == [expected]


def test_a_title_is_not_shared_with_the_object(naming: Language) -> None:
    doc = naming("Secretary of State Antony Blinken thanked Ruto.")
    assert [doc._.kg_entities[title.person].name for title in doc._.kg_titles] == ["Antony Blinken"]


def test_words_of_an_office_are_no_body(naming: Language) -> None:
    doc = naming("White House National Security Adviser Ken Ofori-Atta called Manhattan District Attorney Mark Rutte.")
    names = [doc[m.start : m.end].text for m in doc._.kg_mentions]
    assert names == ["White House", "Ken Ofori-Atta", "Manhattan", "Mark Rutte"]


def test_an_office_with_its_owner_is_that(naming: Language) -> None:
    doc = naming("The United Nations Special Envoy to Mali Mark Rutte left.")
    assert [doc[m.start : m.end].text for m in doc._.kg_mentions] == ["United Nations", "Mali", "Mark Rutte"]


def test_a_body_is_parted_from_who_heads_it(naming: Language) -> None:
    doc = naming(
        "She met the head of the Kenyan High Council for Public Water Abdullah Abdullah. Abdullah Abdullah left."
    )
    names = [doc[m.start : m.end].text for m in doc._.kg_mentions]
    assert names == ["Kenyan High Council for Public Water", "Abdullah Abdullah", "Abdullah Abdullah"]


def test_a_rank_behind_an_office_is_no_person(naming: Language) -> None:
    doc = naming("Ghana military spokesperson Maj. Gen. Kofi Mensah left.")
    assert [e.name for e in doc._.kg_entities if e.type == "schema:Person"] == ["Kofi Mensah"]


def test_denied_office_is_none(naming: Language) -> None:
    assert not naming("Juan Guaido is not the president of Venezuela.")._.kg_titles


def test_wife_is_no_office(naming: Language) -> None:
    assert not naming("Olena Zelenska, the president's wife, spoke.")._.kg_titles


def test_title_gives_the_person_a_country(naming: Language) -> None:
    entities = naming("His Thai counterpart Srettha Thavisin agreed with Singapore.")._.kg_entities
    person = next(e for e in entities if e.type == "schema:Person")
    assert entities[person.country].name == "Thailand"


def test_former_title_gives_no_country(naming: Language) -> None:
    entities = naming("Former Italian prime minister Mario Draghi advised Brussels.")._.kg_entities
    assert next(e for e in entities if e.type == "schema:Person").country is None
