"""A server that does not give away sentences, however it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from serve_client import Client, serving

import kg
from kg.query import list_queries

SENTENCE = "Norway lent Kenya 200 million euros for the port of Lamu, to be repaid by June 2030."
TRIGGER = "lent"
QUOTES = "SELECT DISTINCT ?quote { ?span nif:anchorOf ?quote }"


@pytest.fixture(scope="module")
def short(world: Path) -> Iterator[Client]:
    with serving(graph=world, workers=1, quotes="short") as made:
        yield made


@pytest.fixture(scope="module")
def none(world: Path) -> Iterator[Client]:
    with serving(graph=world, workers=1, quotes="none") as made:
        yield made


def quotes(client: Client) -> set[str]:
    rows = client.get("/sparql", params={"query": QUOTES}).json()["results"]["bindings"]
    return {row["quote"]["value"] for row in rows}


def test_sparql_gives_the_quotes_that_may_be_given(client: Client, short: Client, none: Client) -> None:
    assert {SENTENCE, TRIGGER} <= quotes(client)
    assert max(map(len, quotes(short))) <= 60
    assert {TRIGGER, "…"} <= quotes(short)
    assert quotes(none) == {"…"}


def test_claims_are_explained_without_their_sentences(client: Client, short: Client) -> None:
    url = "/explain?s=Norway&p=lendsTo&o=Kenya"
    full, cut = (made.get(url).json()["supporting"] for made in (client, short))
    assert [item["claim"] for item in full] == [item["claim"] for item in cut]
    assert SENTENCE in {item["sentence"] for item in full}
    assert {item["sentence"] for item in cut} == {"…"}


@pytest.mark.parametrize("name", [query.name for query in list_queries()])
def test_no_named_query_gives_a_sentence(client: Client, none: Client, name: str) -> None:
    found, withheld = (made.get(f"/queries/{name}").text for made in (client, none))
    assert SENTENCE not in withheld
    assert withheld.count('"quote"') == found.count('"quote"')


@pytest.mark.parametrize("ending", ["nq", "ttl"])
def test_downloads_are_those_of_kg_export(short: Client, world: Path, tmp_path: Path, ending: str) -> None:
    expected = tmp_path / f"graph.{ending}"
    with kg.open(world) as graph:
        graph.export(expected, quotes="short")
    assert short.get(f"/download/graph.{ending}").content == expected.read_bytes()
    assert SENTENCE not in expected.read_text("utf-8")
