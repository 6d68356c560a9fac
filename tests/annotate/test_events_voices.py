"""Every class of the vocabulary, one sentence of each voice: ``tests/data/voices.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from spacy.tokens import Doc

from kg.annotate.layers import EntityFiller, EventDraft, Filler, TextFiller, TimeFiller
from kg.annotate.pipeline import load_pipeline
from kg.lexicon import load_lexicon
from kg.model import Polarity

VOICES = ("active", "passive", "nominal", "negated")
DATA = tomllib.loads((Path(__file__).parents[1] / "data" / "voices.toml").read_text("utf-8"))
CASES = [(name, voice) for name, entry in DATA.items() for voice in VOICES if voice in entry]


@pytest.fixture(scope="module")
def docs() -> dict[tuple[str, str], Doc]:
    nlp = load_pipeline()
    texts = [DATA[name][voice]["text"] for name, voice in CASES]
    return dict(zip(CASES, nlp.pipe(texts), strict=True))


def shown(doc: Doc, filler: Filler) -> str:
    if isinstance(filler, EntityFiller):
        return str(doc._.kg_entities[filler.entity].name)
    if isinstance(filler, TextFiller):
        return doc[filler.start : filler.end].text
    if isinstance(filler, TimeFiller):
        return str(doc._.kg_times[filler.index].lexical)
    return str(doc._.kg_quantities[filler.index].value)


def holds(doc: Doc, draft: EventDraft, role: str, wanted: str) -> bool:
    values = [(f, shown(doc, f)) for name, f in draft.roles if name == role]
    return any(wanted == text or (isinstance(f, TextFiller) and wanted in text) for f, text in values)


def fitting(doc: Doc, kind: str, roles: dict[str, list[str]]) -> list[EventDraft]:
    wanted = [(role, value) for role, values in roles.items() for value in values]
    return [d for d in doc._.kg_events if d.event_type == kind and all(holds(doc, d, r, v) for r, v in wanted)]


@pytest.mark.model
@pytest.mark.parametrize(("kind", "voice"), CASES)
def test_class_is_found_with_its_roles_in_every_voice(docs: dict[tuple[str, str], Doc], kind: str, voice: str) -> None:
    doc = docs[kind, voice]
    found = fitting(doc, kind, DATA[kind][voice]["roles"])
    told = [(d.event_type, [(r, shown(doc, f)) for r, f in d.roles]) for d in doc._.kg_events]
    assert len(found) == 1, told


def test_every_class_of_the_lexicon_has_every_voice_or_says_why_not() -> None:
    classes = set(load_lexicon().classes) - {"Act"}
    assert set(DATA) == classes
    for name, entry in DATA.items():
        assert set(VOICES) == {v for v in VOICES if v in entry} | set(entry.get("without", {})), name
    assert len(CASES) == 155


@pytest.mark.model
@pytest.mark.parametrize(("kind", "voice"), CASES)
def test_only_the_negated_voice_is_negated(docs: dict[tuple[str, str], Doc], kind: str, voice: str) -> None:
    doc = docs[kind, voice]
    expected = Polarity.NEGATED if voice == "negated" else Polarity.AFFIRMED
    assert {d.polarity for d in fitting(doc, kind, DATA[kind][voice]["roles"])} == {expected}
