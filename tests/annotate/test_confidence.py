"""The confidence of claims: features, the model, its file."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from kg.annotate.clauses.component import extract_clauses
from kg.annotate.confidence import FEATURES, ConfidenceModel, features, load_coefficients
from kg.annotate.layers import DocEntity, EntityFiller, EntityMention, EventDraft, declare_extensions
from kg.errors import AnnotateError
from kg.model import Family, MentionKind


@pytest.fixture
def doc() -> Doc:
    """Chad sold Mali rice; both are entities."""
    declare_extensions()
    words = ["Chad", "sold", "Mali", "rice"]
    doc = Doc(
        spacy.blank("en").vocab,
        words=words,
        tags=["NNP", "VBD", "NNP", "NN"],
        deps=["nsubj", "ROOT", "dative", "dobj"],
        heads=[1, 1, 1, 1],
    )
    doc._.kg_entities = [
        DocEntity(id=i, name=n, family=Family.PLACE, type="schema:Country") for i, n in enumerate(words)
    ]
    doc._.kg_mentions = [EntityMention(i, i + 1, i, MentionKind.NAME, (i,), score) for i, score in ((0, 1.0), (2, 0.6))]
    doc._.kg_clauses = extract_clauses(doc)
    return doc


def draft(doc: Doc, *roles: tuple[str, EntityFiller], heads: tuple[tuple[str, int], ...] = ()) -> EventDraft:
    return EventDraft("Sell", "Sell/sell", "sell", 1, 1, 2, doc._.kg_clauses[0], list(roles), heads=list(heads))


def test_features_say_what_is_shaky(doc: Doc) -> None:
    full = draft(
        doc, ("agent", EntityFiller(0, 0, 1)), ("recipient", EntityFiller(2, 2, 3)), heads=(("agent", 0), ("theme", 3))
    )
    values = features(doc, full, {(m.start, m.end): m for m in doc._.kg_mentions})
    assert tuple(values) == FEATURES
    assert values["coreference"] == pytest.approx(0.4)
    assert (values["unnamed"], values["one_party"], values["context"], values["reflexive"]) == (1, 0, 0, 0)
    odd = draft(doc, ("agent", EntityFiller(0, 0, 0)), ("recipient", EntityFiller(0, 0, 1)))
    values = features(doc, odd, {})
    assert (values["one_party"], values["context"], values["reflexive"]) == (1, 1, 1)
    assert features(doc, draft(doc), {})["no_party"] == 1


def test_component_gives_two_decimals_within_bounds(doc: Doc) -> None:
    doc._.kg_events = [draft(doc, ("agent", EntityFiller(0, 0, 1)))]
    ConfidenceModel(load_coefficients())(doc)
    confidence = doc._.kg_events[0].confidence
    assert 0 < confidence < 1
    assert confidence == confidence.quantize(Decimal("0.01"))


@pytest.mark.parametrize(("bias", "expected"), [(0.0, "0.5"), (50.0, "0.99"), (-50.0, "0.01")])
def test_probability_is_logistic_and_never_certain(bias: float, expected: str) -> None:
    model = ConfidenceModel({"bias": bias, **dict.fromkeys(FEATURES, 0.0)})
    assert model.probability(dict.fromkeys(FEATURES, 1.0)) == Decimal(expected)


def test_a_broken_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.toml"
    path.write_text("[coefficients]\nbias = 1.0\n", encoding="utf-8")
    with pytest.raises(AnnotateError, match=r"model.toml: the confidence model cannot be read: KeyError\('noun'\)"):
        load_coefficients(path)
