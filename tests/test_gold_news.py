"""A quality gate on invented news of many subjects, annotated in full before any run over it.

``tests/data/gold_news`` holds the claims and mentions, ``tests/data/judged`` the articles.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

import kg
from kg.builder import build_graph
from kg.evaluate import Report, evaluate, read_gold, read_prediction

GOLD = Path(__file__).parent / "data" / "gold_news"
ARTICLES = Path(__file__).parent / "data" / "judged"

# What the gold is, so that nobody lowers a floor by changing the gold.
DIGESTS = {"claims.jsonl": "b03b9c42", "entities.jsonl": "690a5378"}
CLAIMS, ENTITIES, DOCUMENTS = 1133, 565, 28

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    gold = read_gold([GOLD / "claims.jsonl"], [GOLD / "entities.jsonl"], ARTICLES)
    assert (len(gold.claims), len(gold.entities)) == (CLAIMS, ENTITIES)
    folder = tmp_path_factory.mktemp("gold_news")
    files = [str(ARTICLES / name) for name in sorted(gold.names)]
    built = build_graph(files, graph=folder / "graph")
    assert (built.documents, built.failures) == (DOCUMENTS, [])
    with kg.open(folder / "graph") as graph:
        return evaluate(gold, read_prediction(graph.store, gold))


def test_gold_is_the_one_that_the_floors_were_set_on() -> None:
    for name, start in DIGESTS.items():
        assert hashlib.sha256((GOLD / name).read_bytes()).hexdigest().startswith(start)


def test_every_quote_stands_at_its_offsets(report: Report) -> None:
    assert (report.documents, report.bad_offsets) == (DOCUMENTS, [])


@pytest.mark.parametrize(
    ("figure", "precision", "f1"),
    [("detection", 0.95, 0.90), ("full_match", 0.79, 0.75), ("full_match_with_attributes", 0.76, 0.72)],
)
def test_claims_stay_above_their_floors(report: Report, figure: str, precision: float, f1: float) -> None:
    scores = getattr(report, figure)
    assert scores.precision >= precision
    assert scores.f1 >= f1


@pytest.mark.parametrize(
    ("figure", "floor"),
    [
        ("polarity", 0.98),
        ("modality", 0.93),
        ("attribution", 0.95),
        ("recall on negated", 0.70),
        ("recall on not actual", 0.80),
        ("recall on attributed", 0.75),
    ],
)
def test_factuality_stays_above_its_floors(report: Report, figure: str, floor: float) -> None:
    share = report.rates()[figure].value
    assert share is not None
    assert share >= floor


def test_entities_stay_above_their_floors(report: Report) -> None:
    entities = report.entities
    assert entities is not None
    assert entities.mentions.f1 >= 0.92
    assert (entities.coreference.value or 0) >= 0.81
    assert (entities.link_precision.value or 0) >= 0.95
    assert (entities.types.value or 0) >= 0.85
