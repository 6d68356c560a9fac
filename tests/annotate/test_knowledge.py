"""The user's knowledge base links people and organisations, and is refused where it is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.annotate.layers import DocEntity
from kg.annotate.names.knowledge import entities_from_sparql, link_entities, read_knowledge_base
from kg.errors import LinkError
from kg.model import Family

ROWS = [
    {"id": "Q9960", "names": ["Ronald Reagan", "Reagan"], "type": "schema:Person", "wikidata": "Q9960"},
    {"id": "Q7186", "names": ["Marie Curie"], "type": "Person"},
    {"id": "x1", "names": ["Ada Smith"], "type": "schema:Person"},
    {"id": "x2", "names": ["Ada Smith"], "type": "schema:Person"},
    {"id": "Q95", "names": ["Google", "Google LLC"], "type": "schema:Corporation", "wikidata": "Q95"},
]


@pytest.fixture
def base_path(tmp_path: Path) -> Path:
    path = tmp_path / "people.jsonl"
    path.write_text("\n".join(map(json.dumps, ROWS)), encoding="utf-8")
    return path


def person(name: str, *names: str) -> DocEntity:
    return DocEntity(id=0, name=name, family=Family.PERSON, type="schema:Person", names=list(names))


def test_full_name_links(base_path: Path) -> None:
    entity = person("ronald  reagan", "Reagan")
    link_entities([entity], read_knowledge_base(base_path))
    assert (entity.wikidata, entity.name, entity.key) == ("Q9960", "Ronald Reagan", "Ronald_Reagan")


def test_item_may_be_the_id(base_path: Path) -> None:
    entity = person("Marie Curie")
    link_entities([entity], read_knowledge_base(base_path))
    assert entity.wikidata == "Q7186"


def test_two_of_a_name_link_to_neither(base_path: Path) -> None:
    entity = person("Ada Smith")
    link_entities([entity], read_knowledge_base(base_path))
    assert entity.wikidata is None


def test_family_must_agree(base_path: Path) -> None:
    entity = person("Google")
    link_entities([entity], read_knowledge_base(base_path))
    assert entity.wikidata is None


def test_what_is_linked_stays(base_path: Path) -> None:
    entity = person("Marie Curie")
    entity.wikidata = "Q1"
    link_entities([entity], read_knowledge_base(base_path))
    assert entity.wikidata == "Q1"


@pytest.mark.parametrize(
    ("known", "told", "kind"),
    [
        ("João Lourenço", "Joao Lourenco", "Person"),
        ("Nguyễn Phú Trọng", "Nguyen Phu Trong", "Person"),
        ("Kim Jong-un", "Kim Jong Un", "Person"),
        ("Bashar al-Assad", "Bashar Assad", "Person"),
        ("Sheikh Omar Bello", "Omar Bello", "Person"),
        ("Conor O'Hara", "Conor O’Hara", "Person"),
        ("Tamsa Motor Co., Ltd.", "Tamsa Motor Co.", "Corporation"),
        ("The Tamsa Motor", "Tamsa Motor Co", "Corporation"),
        ("Tamsa Tinto", "Tamsa Tinto Group", "Corporation"),
    ],
)
def test_other_spelling_links(tmp_path: Path, known: str, told: str, kind: str) -> None:
    path = tmp_path / "people.jsonl"
    path.write_text(json.dumps({"id": "Q9", "names": [known], "type": kind}), encoding="utf-8")
    family = Family.PERSON if kind == "Person" else Family.OTHER
    entity = DocEntity(id=0, name=told, family=family, type=f"schema:{kind}", names=[told])
    link_entities([entity], read_knowledge_base(path))
    assert entity.wikidata == "Q9"


def test_spelling_of_the_file_goes_before_others(tmp_path: Path) -> None:
    rows = [
        {"id": "Q1", "names": ["Ana Núñez"], "type": "Person"},
        {"id": "Q2", "names": ["Ana Nunez"], "type": "Person"},
    ]
    path = tmp_path / "people.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    found = [person("Ana Nunez"), person("Ana Nuñez")]
    link_entities(found, read_knowledge_base(path))
    assert [e.wikidata for e in found] == ["Q2", None]


@pytest.mark.parametrize(("key", "item"), [("Perth", "Q3183"), ("Perth_GB", None)])
def test_city_of_the_gazetteer_gets_an_item(tmp_path: Path, key: str, item: str | None) -> None:
    path = tmp_path / "places.jsonl"
    path.write_text(json.dumps({"id": "Q3183", "names": ["Perth"], "type": "City"}), encoding="utf-8")
    city = DocEntity(
        id=0, name="Perth", family=Family.PLACE, type="schema:City", names=["Perth"], geonames=2063523, key=key
    )
    link_entities([city], read_knowledge_base(path))
    assert (city.wikidata, city.geonames, city.key) == (item, 2063523, key)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "not JSON"),
        ('{"names": [], "type": "Person"}', "'names' must be a list"),
        ('{"names": ["A B"], "type": "Dragon"}', "unknown type 'Dragon'"),
        ('{"names": ["A B"], "type": "Person", "wikidata": "B7"}', "must be an item such as Q42"),
        ("[]", "'names' must be a list"),
    ],
)
def test_wrong_line_is_named(tmp_path: Path, line: str, problem: str) -> None:
    path = tmp_path / "people.jsonl"
    path.write_text(json.dumps(ROWS[0]) + "\n\n" + line, encoding="utf-8")
    with pytest.raises(LinkError, match=problem) as caught:
        read_knowledge_base(path)
    assert "line 3" in str(caught.value)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LinkError, match=r"none\.jsonl"):
        read_knowledge_base(tmp_path / "none.jsonl")


def test_sparql_json_becomes_rows() -> None:
    binding = {"item": {"value": "http://www.wikidata.org/entity/Q7186"}, "itemLabel": {"value": "Marie Curie"}}
    second = binding | {"altLabel": {"value": "Maria Sklodowska"}}
    text = json.dumps({"results": {"bindings": [binding, second]}})
    assert list(entities_from_sparql(text)) == [
        {"id": "Q7186", "names": ["Marie Curie", "Maria Sklodowska"], "type": "schema:Person", "wikidata": "Q7186"}
    ]


def test_sparql_csv_becomes_rows() -> None:
    text = "item,itemLabel,altLabel\nhttp://www.wikidata.org/entity/Q95,Google,Google LLC | Google Inc\n"
    (row,) = entities_from_sparql(text, kind="schema:Corporation")
    assert row["names"] == ["Google", "Google LLC", "Google Inc"]


def test_sparql_without_item_is_refused() -> None:
    with pytest.raises(LinkError, match="no Wikidata item"):
        list(entities_from_sparql("person\nMarie Curie\n"))
