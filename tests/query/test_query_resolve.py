import pytest
from pyoxigraph import Store

from kg.errors import QueryError
from kg.iris import expand
from kg.query import resolve_class, resolve_entity, resolve_property


@pytest.mark.parametrize(
    ("text", "curie"),
    [
        ("Norway", "ent:Norway"),
        ("  lars   HOLM ", "ent:Lars_Holm"),
        ("Kingdom of Norway", "ent:Norway"),
        ("Tanaka", "ent:Aiko_Tanaka"),
        ("ent:Tanaka_person", "ent:Aiko_Tanaka"),
        ("wd:Q114", "ent:Kenya"),
        ("https://w3id.org/kg-news/id/entity/Oslo", "ent:Oslo"),
        ("<https://w3id.org/kg-news/id/entity/Oslo>", "ent:Oslo"),
    ],
)
def test_entities_are_found_by_name_curie_and_iri(text: str, curie: str, world: Store) -> None:
    assert resolve_entity(world, text).value == expand(curie)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Holm", "'Holm' may mean 2 entities: ent:Lars_Holm (5 mentions), ent:Kari_Holm (0 mentions). Give the CURIE"),
        ("Nroway", "no entity is named 'Nroway' (did you mean 'Norway'?). 'kg entities' lists them"),
        ("ent:Norwy", "the graph holds no entity ent:Norwy (did you mean 'ent:Norway'?)."),
        ("wd:Q1", "no entity of this graph is linked with wd:Q1."),
    ],
)
def test_what_is_not_found_or_ambiguous_is_said(text: str, message: str, world: Store) -> None:
    with pytest.raises(QueryError) as caught:
        resolve_entity(world, text)
    assert message in str(caught.value)


def test_a_name_with_a_colon_is_no_curie(world: Store) -> None:
    with pytest.raises(QueryError, match="no entity is named 'Lamu: the port'"):
        resolve_entity(world, "Lamu: the port")


@pytest.mark.parametrize("text", ["Lend", "lend", "LEND", "kg:Lend", "https://w3id.org/kg-news/ns#Lend"])
def test_classes_are_found(text: str, world: Store) -> None:
    assert resolve_class(world, text).value == expand("kg:Lend")


@pytest.mark.parametrize(
    ("text", "curie"),
    [
        ("lendsTo", "kg:lendsTo"),
        ("lends to", "kg:lendsTo"),
        ("kg:lendsTo", "kg:lendsTo"),
        ("renovate", "rel:renovate"),
        ("buysFrom", "kg:buysFrom"),
    ],
)
def test_properties_are_found_whether_or_not_a_triple_has_them(text: str, curie: str, world: Store) -> None:
    assert resolve_property(world, text).value == expand(curie)


def test_an_unknown_class_or_property_lists_those_in_use(world: Store) -> None:
    with pytest.raises(
        QueryError, match=r"'Lends' is no event class of this graph \(did you mean 'Lend'\?\); used: Acc"
    ):
        resolve_class(world, "Lends")
    with pytest.raises(QueryError, match=r"'owes' is no property of this graph; used: accuses, agreesWith"):
        resolve_property(world, "owes")
