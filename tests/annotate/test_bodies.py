"""Organisations among what spaCy takes for persons, places and goods; names that the text tells twice."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.annotate.align import make_doc
from kg.annotate.extract import _document
from kg.annotate.pipeline import load_pipeline
from kg.config import Settings

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline(Settings())


def classes(nlp: Language, text: str) -> dict[str, str]:
    doc = nlp(make_doc(nlp, _document("x", text)))
    return {entity.name: entity.type.partition(":")[2] for entity in doc._.kg_entities}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("QatarEnergy will supply Germany with gas.", "QatarEnergy", "Organization"),
        ("The Israeli start-up Neurala Labs sold its chips to Peru.", "Neurala Labs", "Corporation"),
        ("The story appeared in Mediapart, a news website, on Monday.", "Mediapart", "Organization"),
    ],
)
def test_bodies(nlp: Language, text: str, name: str, kind: str) -> None:
    assert classes(nlp, text)[name] == kind


def test_portfolio_is_no_name(nlp: Language) -> None:
    text = "Italian Prime Minister Giorgia Meloni met Dutch Prime Minister Mark Rutte in Rome."
    assert "Prime" not in classes(nlp, text)


def test_particles_belong_to_the_surname(nlp: Language) -> None:
    found = classes(nlp, "European Commission President Ursula von der Leyen flew to Tunis.")
    assert found["Ursula von der Leyen"] == "Person"


def test_sum_ends_a_name(nlp: Language) -> None:
    found = classes(nlp, "The European Commission on Thursday fined American chipmaker Corvex 1.2 billion euros.")
    assert "Corvex 1.2" not in found


def test_title_case_makes_no_names(nlp: Language) -> None:
    text = (
        "Soldiers Seize Power in Guinea-Bissau, Detain President\n\nSoldiers in Bissau arrested Umaro Embalo on Monday."
    )
    assert not [name for name in classes(nlp, text) if "Seize" in name]
