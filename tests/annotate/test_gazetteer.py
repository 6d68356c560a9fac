"""Reference data are complete, small, and vouched for."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.annotate.names import gazetteer
from kg.annotate.names.gazetteer import cities_named, city_reference, load_gazetteer, territory_code
from kg.annotate.names.nouns import (
    gender_of_name,
    gender_of_person,
    gender_of_title,
    is_human_noun,
    is_monarchy,
    noun_classes,
    words,
)
from kg.annotate.tables import get_territory, read_table

DATA = Path(gazetteer.__file__).parents[1] / "data"
COLUMNS = {
    "cities.tsv.gz": 6,
    "countries.tsv": 6,
    "given_names.tsv": 2,
    "name_words.tsv": 3,
    "nouns.tsv": 2,
    "organizations.tsv": 5,
    "regions.tsv": 6,
    "wordnet_nouns.tsv": 2,
    "words.tsv": 2,
}


def test_every_table_is_listed() -> None:
    ours = {p.name for p in DATA.iterdir() if p.name in COLUMNS}
    assert ours == set(COLUMNS)


@pytest.mark.parametrize(("name", "columns"), COLUMNS.items())
def test_every_line_has_its_columns(name: str, columns: int) -> None:
    rows = list(read_table(name))
    assert rows
    assert {len(row) for row in rows} == {columns}


def test_all_states_are_known() -> None:
    codes = {row[0] for row in read_table("countries.tsv")}
    assert len(codes) >= 200
    assert all(get_territory(code) is not None for code in codes)
    # members of the United Nations that have an adjective of their own
    assert sum(bool(row[1]) for row in read_table("countries.tsv")) >= 180


def test_wikidata_items_are_those_of_the_compiled_table() -> None:
    known = load_gazetteer()
    linked = [r for table in (known.names, known.adjectives) for r in table.values() if r.wikidata]
    assert len(linked) > 500
    for reference in linked:
        territory = get_territory(reference.code)
        assert territory is not None
        assert territory.qid == reference.wikidata


@pytest.mark.parametrize(
    ("surface", "table", "name"),
    [
        ("Ivory Coast", "names", "Côte d'Ivoire"),
        ("Burma", "names", "Myanmar"),
        ("U.K.", "names", "United Kingdom"),
        ("Danish", "adjectives", "Denmark"),
        ("Congolese", "adjectives", "DR Congo"),
        ("Spaniards", "people", "Spaniards"),
        ("Dane", "people", "Danes"),
        ("Nairobi", "capitals", "Kenya"),
        ("Élysée", "seats", "France"),
        ("Brussels", "seats", "European Union"),
        ("ASEAN", "names", "Association of Southeast Asian Nations"),
        ("Bavarian", "adjectives", "Bavaria"),
    ],
)
def test_surface_forms(surface: str, table: str, name: str) -> None:
    assert getattr(load_gazetteer(), table)[surface].name == name


def test_cities_are_compact_and_read_once() -> None:
    assert (DATA / "cities.tsv.gz").stat().st_size < 1_000_000
    assert cities_named("Lima")
    assert cities_named("Lima")[0] is cities_named("Lima")[0]


def test_the_largest_city_bears_the_plain_name() -> None:
    first, *others = cities_named("Paris")
    assert city_reference(first, "Paris").key == "Paris"
    assert city_reference(first, "Paris").geonames == 2988507
    texan = next(c for c in others if c.division == "TX")
    assert city_reference(texan, "Paris").key == "Paris_US"


def test_city_states_have_a_wikidata_item_where_the_table_has_one() -> None:
    (vienna,) = cities_named("Vienna")[:1]
    (berlin,) = cities_named("Berlin")[:1]
    assert city_reference(berlin, "Berlin").wikidata == "Q64"
    assert city_reference(vienna, "Vienna").wikidata is None


def test_territory_codes() -> None:
    assert territory_code("Texas") == "us-tx"
    assert territory_code("Georgia") == "ge"
    assert territory_code("Atlantis") == ""


@pytest.mark.parametrize(("code", "item"), [("nl", "Q55"), ("dk", "Q35"), ("gb", "Q145"), ("eh", "Q6250")])
def test_the_country_is_linked_and_not_its_realm(code: str, item: str) -> None:
    territory = get_territory(code)
    assert territory is not None
    assert territory.qid == item


def test_nouns_and_names() -> None:
    assert "leader" in noun_classes("vice-president")
    assert noun_classes("xylophone") == frozenset()
    assert is_human_noun("xylophonist")
    assert not is_human_noun("xylophone")
    assert not is_human_noun("developer")  # most often a firm in news
    assert gender_of_name("Kateryna Bondareva") == "f"
    assert gender_of_name("Tarmo") == ""
    assert (gender_of_name("Astrid Dahl"), gender_of_person("Astrid Dahl")) == ("", "f")
    assert (gender_of_person("Kozlov"), gender_of_person("Kim Jong Un")) == ("m", "")
    assert gender_of_title("spokeswoman") == "f"
    assert gender_of_title("king") == "m"
    assert is_monarchy("no")
    assert not is_monarchy("fr")
    assert "say" in words("say_verbs")
