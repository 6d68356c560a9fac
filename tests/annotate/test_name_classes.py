"""Classes of names that no table knows: what the text says of them outweighs what spaCy takes them for."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.annotate.align import make_doc
from kg.annotate.extract import _document
from kg.annotate.names.signs import BODY, FIRM, MEDIA, PARTY, PERSON, PLACE, PRODUCT
from kg.annotate.names.weighing import _chosen
from kg.annotate.pipeline import load_pipeline
from kg.annotate.tables import read_table
from kg.config import Settings


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline(Settings())


def named(nlp: Language, text: str) -> list[tuple[str, str]]:
    """Return each name in the text, in text order, with the class of its entity."""
    doc = nlp(make_doc(nlp, _document("x", text)))
    spans = [(doc[m.start : m.end].text, doc._.kg_entities[m.entities[0]].type) for m in doc._.kg_mentions]
    return [(name, kind) for name, kind in spans if name[0].isupper()]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "name", "kind", "times"),
    [
        # taken for persons
        ("Orsk Vantaal, a Dutch shipbuilder, won a contract. Vantaal was founded in 1921.", "Vantaal", BODY, 1),
        ("Rosmar agreed to buy rival Delphan. The deal values Delphan at 11 times its earnings.", "Delphan", BODY, 2),
        ("Thousands fled from Amsholo to Chad. Aid groups in Amsholo said food was short.", "Amsholo", PLACE, 2),
        ("The ferry sank off Pulau Serinja on Wednesday.", "Pulau Serinja", PLACE, 1),
        ("Defender Marchetti broke his leg. Marchetti's wife said he would be back.", "Marchetti", PERSON, 2),
        ("She opened the Sir Emeka Brandt International Airport.", "Emeka Brandt International Airport", PLACE, 1),
        # taken for peoples
        ("The Sochi summit hosted by Ana Ruiz ended.", "Sochi", "schema:City", 1),
        # taken for bodies
        ("Ndaruwe, who led the rebels for a decade, surrendered. Ndaruwe's lawyer was there.", "Ndaruwe", PERSON, 2),
        ("Activist Wanjiku was released on bail. Wanjiku's supporters cheered.", "Wanjiku", PERSON, 2),
        ("Coffee growers near Huancaro lost a third of it. Huancaro lies south of Lima.", "Huancaro", PLACE, 2),
        ("The minister visited Bassari and Lomande on Friday. In Lomande he opened a hospital.", "Lomande", PLACE, 2),
        ("Companies such as Kelvan, Mortimer and Brightlane signed.", "Mortimer", FIRM, 1),
        ("It sells brands including Norvale and Camellot.", "Norvale", PRODUCT, 1),
        ("He follows fellow backs Ezra Konda, Tyrell Mingo and Cortney Hale.", "Tyrell Mingo", PERSON, 1),
        ("The Bulls acquired Tariq Gibbs and Doug McGrath.", "Doug McGrath", PERSON, 1),
        ("Her former coach, Jana Novak, the 1994 world champion, died.", "Jana Novak", PERSON, 1),
        ("The Utah Thunderbolt beat the Texas Hawks. The Thunderbolt lost again.", "Thunderbolt", BODY, 1),
        ("R82 leader Ana Brandt spoke. The R82 party won. R82 has four seats.", "R82", "kg:PoliticalParty", 3),
        ("The club acquired centre DaVon Mackie. The 32-year-old Mackie signed.", "Mackie", PERSON, 1),
        ("Rocca accounted for both Hale and Dawid Mallan.", "Dawid Mallan", PERSON, 1),
        ("Shareholders of Vantaal met. Vantaal's revenue rose.", "Vantaal", FIRM, 2),
        ("Ireland's opposition party Sinn Féin said so.", "Sinn Féin", PARTY, 1),
        ("El Farol, a Salvadoran newspaper, said so.", "El Farol", MEDIA, 1),
        ("Granada beat Getafe 2-1 on Sunday. Granada lead the table.", "Granada", BODY, 2),
        ("Granada lost 3-0 to Leeds on Sunday.", "Leeds", BODY, 1),
        ("Granada have drawn nine matches. Fans left Granada angry.", "Granada", BODY, 2),
        ("A Granada striker broke his toe.", "Granada", BODY, 1),
        ("The law passed 51-49 in Granada.", "Granada", "schema:City", 1),
        ("Goran Mitrovic missed a penalty.", "Goran Mitrovic", PERSON, 1),
        ("The ferrochrome producer ZAMCO signed.", "ZAMCO", BODY, 1),
        (
            "Harvey Wellstein left. He got it from Mirax, the company Wellstein was running. Wellstein wept.",
            "Wellstein",
            PERSON,
            2,
        ),
        # passed over, or found once
        ("The drug maker Palvion won approval. Palvion's vaccine costs $4. Palvion stock rose.", "Palvion", FIRM, 3),
        ("Jorvane hired 300 engineers. Investors have put $90 million into Jorvane.", "Jorvane", BODY, 2),
        ("Ekotrans, which runs buses, went bankrupt in June. Ekotrans owed its drivers wages.", "Ekotrans", BODY, 2),
        ("Arvendal and Baltic Forge agreed to merge. Arvendal shareholders own 60 percent.", "Arvendal", FIRM, 2),
        ("Doctors in Ouagdir treated 80 children. Ouagdir's hospital has two beds.", "Ouagdir", PLACE, 2),
    ],
)
def test_text_tells_the_class(nlp: Language, text: str, name: str, kind: str, times: int) -> None:
    assert [found for found in named(nlp, text) if found[0] == name] == [(name, kind)] * times


@pytest.mark.model
def test_short_name_tells_of_the_long_one(nlp: Language) -> None:
    found = named(nlp, "India's Gukesh Dommaraju beat him. Gukesh, 18, broke down in tears.")
    assert found[1:] == [("Gukesh Dommaraju", PERSON), ("Gukesh", PERSON)]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Ferrero, the Italian rival, had held talks with the firm.", "Ferrero", BODY),
        ("Lieutenant Colonel Pascal Tigri, the two governments said, has fled to Togo.", "Pascal Tigri", PERSON),
        ("Ethiopia inaugurates giant Nile dam as Egypt protests to the UN.", "Nile", PLACE),
        ("Shares in Brindal rose after it raised its forecast. Interest in Brindal is high.", "Brindal", FIRM),
    ],
)
def test_weak_or_doubtful_signs_change_nothing(nlp: Language, text: str, name: str, kind: str) -> None:
    assert (name, kind) in named(nlp, text)


@pytest.mark.model
def test_part_behind_a_hyphen_is_no_name(nlp: Language) -> None:
    found = named(nlp, "Under the deal, Samruk-Kazyna, the sovereign wealth fund, bought back a stake.")
    assert "Kazyna" not in dict(found)


@pytest.mark.model
def test_firm_of_a_long_name_is_a_firm_where_it_is_short(nlp: Language) -> None:
    found = named(nlp, "Brandt Holdings sued the state. Brandt said it would win. Shares in Brandt rose.")
    assert set(found) == {("Brandt Holdings", "schema:Corporation"), ("Brandt", "schema:Corporation")}


@pytest.mark.parametrize(
    ("signs", "classes", "expected"),
    [
        ({BODY: 2.0}, {PERSON: 3}, BODY),
        ({BODY: 1.5}, {PERSON: 1}, ""),
        ({BODY: 2.0}, {}, BODY),
        ({BODY: 2.5, PERSON: 1.0}, {PERSON: 1}, ""),
        ({BODY: 3.0, PERSON: 1.0}, {PERSON: 1}, BODY),
        ({PLACE: 2.0, PERSON: 1.5}, {}, ""),
        ({}, {PERSON: 1}, ""),
    ],
)
def test_signs_must_be_clear(signs: dict[str, float], classes: dict[str, int], expected: str) -> None:
    assert _chosen("Zorvanta", signs, classes) == expected


def test_given_name_speaks_for_a_person() -> None:
    assert _chosen("Anna Zorvanta", {BODY: 2.5}, {PERSON: 1}) == ""
    assert _chosen("Zorvanta Lum", {BODY: 2.5}, {PERSON: 1}) == BODY


def test_table_has_known_classes_and_no_word_twice() -> None:
    table = read_table("name_signs.tsv")
    rows = [(where, word, kind, float(weight)) for where, kind, weight, listed in table for word in listed.split()]
    assert {kind for _, _, kind, _ in rows} == {PERSON, BODY, FIRM, PLACE}
    assert all(0 < weight <= 2.5 for *_, weight in rows)
    places = [(where, word) for where, word, *_ in rows]
    assert len(places) == len(set(places)), sorted({p for p in places if places.count(p) > 1})
