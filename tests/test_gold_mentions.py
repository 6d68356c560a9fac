"""A gate on who is meant: invented articles, labelled before any run over them.

``tests/data/gold_mentions`` holds the articles and the mentions of every entity in them; claims are not labelled.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

import kg
from kg.builder import build_graph
from kg.evaluate import Report, evaluate, read_gold, read_prediction

GOLD = Path(__file__).parent / "data" / "gold_mentions"
ARTICLES = GOLD / "articles"

# What the gold is, so that nobody lowers a floor by changing the gold.
DIGEST = "102f4aab"
ENTITIES, DOCUMENTS = 803, 54

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    gold = read_gold([], [GOLD / "entities.jsonl"], ARTICLES)
    assert len(gold.entities) == ENTITIES
    folder = tmp_path_factory.mktemp("gold_mentions")
    built = build_graph(str(ARTICLES), graph=folder / "graph")
    assert (built.documents, built.failures) == (DOCUMENTS, [])
    with kg.open(folder / "graph") as graph:
        return evaluate(gold, read_prediction(graph.store, gold))


def test_gold_is_the_one_that_the_floors_were_set_on() -> None:
    assert hashlib.sha256((GOLD / "entities.jsonl").read_bytes()).hexdigest().startswith(DIGEST)


def test_every_label_stands_at_its_offsets() -> None:
    for line in (GOLD / "entities.jsonl").read_text(encoding="utf-8").splitlines():
        entity = json.loads(line)
        text = (ARTICLES / f"{entity['doc']}.txt").read_text(encoding="utf-8")
        assert all(text[begin:end] == words for begin, end, words, *_ in entity["mentions"])


def test_mentions_stay_above_their_floors(report: Report) -> None:
    entities = report.entities
    assert entities is not None
    assert entities.mentions.f1 >= 0.96
    assert entities.mentions.precision >= 0.98
    assert (entities.coreference.value or 0) >= 0.85
    assert (entities.by_kind["pronoun"].value or 0) >= 0.86
    assert (entities.by_kind["nominal"].value or 0) >= 0.81
