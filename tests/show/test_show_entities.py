import pyoxigraph as ox
import pytest
from graph_records import ORGANIZATION, PERSON, Article, world_lines
from pyoxigraph import Store

from kg.config import Settings
from kg.corrections import NameRule
from kg.errors import QueryError
from kg.fuse import fuse
from kg.fuse.sources import Record
from kg.fuse.why import is_near
from kg.lexicon import load_lexicon
from kg.show.entities import list_entities, read_entities, why_text
from kg.store.quads import add_lines

NAMES = {
    "Ada Ferry": PERSON,
    "Ferry_person": PERSON,
    "Bo Mills": PERSON,
    "Cy Mills": PERSON,
    "Mills_person": PERSON,
    "Sergei Orlov": PERSON,
    "Sergey Orlov": PERSON,
    "Anna Petrova": PERSON,
    "Anna Petrov": PERSON,
    "World Fishing Union": ORGANIZATION,
    "WFU_other": ORGANIZATION,
}


def graph(rules=(), **links):
    made = Article(" and ".join(name.removesuffix("_person").removesuffix("_other") for name in NAMES))
    for name, kind in NAMES.items():
        made.name(name.replace(" ", "_"), kind=kind, same_as=links.get(name.replace(" ", "_"), ()))
    settings, lexicon = Settings(), load_lexicon()
    world = fuse([Record(*made.record())], lexicon=lexicon, settings=settings, rules=rules)
    store = ox.Store()
    add_lines(store, world_lines(world, settings, lexicon))
    return store


def reasons(store, name, rules=()):
    [view] = read_entities(store, name, rules=rules)
    return {label: why for label, _, why in view.merged}, {label: why for label, _, why in view.apart}


def test_merges_are_told_with_their_reasons():
    merged, _ = reasons(graph(), "Ada Ferry")
    assert merged == {"Ferry": "Ada Ferry is the only full name with this surname in the corpus"}
    merged, _ = reasons(graph(), "World Fishing Union")
    assert merged == {"WFU": "World Fishing Union is the only name with these initials in the corpus"}


def test_an_alias_leads_to_what_it_is_part_of():
    [view] = read_entities(graph(), "ent:Ferry_person")
    assert (view.iri, [label for label, _, _ in view.merged]) == ("ent:Ada_Ferry", ["Ferry"])


def test_a_surname_of_two_persons_is_kept_apart_from_both():
    _, apart = reasons(graph(), "Mills")
    assert apart == {"Bo Mills": "Mills may also be Cy Mills", "Cy Mills": "Mills may also be Bo Mills"}


def test_full_names_that_are_no_spellings_of_one_are_kept_apart():
    _, apart = reasons(graph(), "Anna Petrov")
    assert apart == {"Anna Petrova": "the full names are not spellings of one name"}


def test_different_items_keep_apart():
    links = {"Bo_Mills": ("http://www.wikidata.org/entity/Q1",), "Cy_Mills": ("http://www.wikidata.org/entity/Q2",)}
    _, apart = reasons(graph(**links), "Bo Mills")
    assert apart["Cy Mills"].startswith("they are linked to different items: http://www.wikidata.org/entity/Q1 and")


def test_the_users_file_joins_what_rules_would_not():
    rule = NameRule(same=True, names=("Anna Petrov", "Anna Petrova"), note="A misprint")
    merged, _ = reasons(graph([rule]), "Anna Petrov", [rule])
    assert merged == {"Anna Petrova": "entities.toml says so: A misprint"}


def test_the_users_file_keeps_apart_what_rules_would_join():
    rule = NameRule(same=False, names=("Sergei Orlov", "Sergey Orlov"), note="Father and son")
    merged, apart = reasons(graph([rule]), "Sergei Orlov", [rule])
    assert (merged, apart) == ({}, {"Sergey Orlov": "entities.toml says so: Father and son"})


def test_what_is_kept_apart_is_not_joined_by_way_of_a_third():
    rules = [
        NameRule(same=False, names=("Ferry", "Bo Mills")),
        NameRule(same=True, names=("Ada Ferry", "Bo Mills"), note="One person"),
    ]
    merged, apart = reasons(graph(rules), "Bo Mills", rules)
    assert merged == {"Bo Mills": "entities.toml says so: One person"}
    assert apart["Ferry"] == "entities.toml says so"


def test_entities_are_listed_by_mentions(world: Store) -> None:
    found = list_entities(world)
    mentions = [row[2] for row in found.rows]
    assert found.header == ("label", "type", "mentions", "sources", "names", "entity")
    assert mentions == sorted(mentions, reverse=True)
    assert "Tanaka" not in [row[0] for row in found.rows]  # an alias of Aiko Tanaka


def test_lists_are_cut_to_a_class_or_a_name():
    store = graph()
    assert {row[1] for row in list_entities(store, kind="organi").rows} == {
        "schema:Organization", "schema:NewsMediaOrganization",
    }  # fmt: skip
    assert [row[0] for row in list_entities(store, name="FERRY").rows] == ["Ada Ferry"]
    assert len(list_entities(store, kind="person", name="mills").rows) == 3


def test_the_reasons_are_printed(world: Store) -> None:
    assert why_text(read_entities(world, "Aiko Tanaka")).splitlines()[-2:] == [
        "  Taken as one:",
        "    Tanaka (ent:Tanaka_person): the only person with this surname",
    ]
    assert "  No other entity was taken as this one." in why_text(read_entities(graph(), "Anna Petrov"))


def test_unknown_names_are_refused():
    with pytest.raises(QueryError, match=r"no entity is named 'Ada Fery' \(did you mean 'Ada Ferry'\?\)"):
        read_entities(graph(), "Ada Fery")


@pytest.mark.parametrize(
    ("first", "second", "near"),
    [
        ("Orlov", "Sergei Orlov", True),
        ("Sergei", "Sergei Orlov", True),
        ("WFU", "World Fishing Union", True),
        ("Kiev", "Kyiv", False),
        ("Alexander Novak", "Alexandra Novak", True),
        ("Bo Mills", "Cy Mills", True),
        ("Peru", "Chile", False),
    ],
)
def test_near_names(first, second, near):
    assert is_near(first, second) is near
    assert is_near(second, first) is near
