"""Claims judged by hand on news of other subjects: what was right stays, what was wrong and mended stays away.

``tests/data/judged`` holds the articles, ``judgments.jsonl`` beside it one judgment a claim: document, trigger, class,
verdict, for wrong ones the cause and whether it is mended, and under ``said`` what the claim said when it was judged.
Of later articles only some claims were judged, drawn at random (``sample``), and every direct triple, in
``triple_judgments.jsonl``.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kg.annotate.pipeline import annotate, load_pipeline
from kg.config import Settings
from kg.model import (
    Annotation,
    Claim,
    Document,
    DurationValue,
    EntityValue,
    Modality,
    Polarity,
    Role,
    TextValue,
    TimeValue,
)
from kg.read import read_sources

pytestmark = pytest.mark.model

FOLDER = Path(__file__).parent / "data" / "judged"
JUDGED = 3602
RIGHT_KEPT = 0.97
"""Floor of the share of claims judged right that are still made, by document, trigger and class."""

Made = dict[tuple[str, int, str], str]


@pytest.fixture(scope="module")
def judgments() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER.parent / "judgments.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def made() -> Made:
    """What the pipeline makes of the articles now: what each typed claim says, by document, trigger and class."""
    documents = [d for d in read_sources([FOLDER]) if isinstance(d, Document)]
    found: Made = {}
    for document, annotation in annotate(documents, load_pipeline(Settings()), batch_size=8):
        assert isinstance(annotation, Annotation)
        for claim in annotation.claims:
            if claim.event_type != "Act":
                key = (document.source_path.removesuffix(".txt"), claim.trigger.start, claim.event_type)
                found[key] = said(claim, document)
    return found


def said(claim: Claim, document: Document) -> str:
    """Return what a claim says, written as in the judgments."""
    state = f"{claim.polarity.value[:3]} {claim.modality.value} {','.join(claim.attributed_to)}".rstrip()
    return "; ".join(_role(role, document) for role in claim.roles) + " | " + state


def _role(role: Role, document: Document) -> str:
    value = role.value
    if isinstance(value, EntityValue):
        quote = document.quote(value.span) if value.span else ""
        return f"{role.name}={value.key}" + (f"[{quote}]" if quote and quote != value.key.replace("_", " ") else "")
    if isinstance(value, TextValue):
        return f"{role.name}='{value.text}'"
    if isinstance(value, TimeValue | DurationValue):
        return f"{role.name}:{value.lexical}"
    bounds = (f">={value.minimum}" if value.minimum else "") + (f"<={value.maximum}" if value.maximum else "")
    number = f"{value.value or ''}{bounds}{value.currency or ''}"
    return f"{role.name}#{number} {value.unit or ''}" + ("~" if value.approximate else "")


def key_of(judgment: dict[str, Any]) -> tuple[str, int, str]:
    return judgment["doc"], judgment["begin"], judgment["class"]


def test_judgments_are_of_these_texts(judgments: list[dict[str, Any]]) -> None:
    assert len(judgments) == JUDGED
    assert Counter(j["verdict"] for j in judgments) == {"right": 3068, "wrong": 534}
    texts = {path.stem: path.read_text("utf-8") for path in FOLDER.glob("*.txt")}
    for judgment in judgments:
        assert texts[judgment["doc"]][judgment["begin"] : judgment["end"]] == judgment["trigger"]


def test_right_claims_are_kept(judgments: list[dict[str, Any]], made: Made) -> None:
    right = [key_of(j) for j in judgments if j["verdict"] == "right"]
    lost = [key for key in right if key not in made]
    assert 1 - len(lost) / len(right) >= RIGHT_KEPT, lost


def test_mended_claims_stay_away(judgments: list[dict[str, Any]], made: Made) -> None:
    mended = [j for j in judgments if j.get("fixed")]
    assert len(mended) > 140
    back = [j for j in mended if made.get(key_of(j)) == j["said"]]
    assert not back, back


def test_few_claims_are_made_that_nobody_judged(judgments: list[dict[str, Any]], made: Made) -> None:
    known = {key_of(j) for j in judgments}
    whole = {j["doc"] for j in judgments if not j.get("sample")}
    assert len({key for key in made if key[0] in whole} - known) <= 60


def test_states_are_judged_too(judgments: list[dict[str, Any]]) -> None:
    states = Counter(j["said"].rpartition(" | ")[2].split()[0] for j in judgments)
    assert set(states) == {Polarity.AFFIRMED.value[:3], Polarity.NEGATED.value[:3]}
    modalities = {j["said"].rpartition(" | ")[2].split()[1] for j in judgments}
    assert modalities == {m.value for m in Modality}
