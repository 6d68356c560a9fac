"""Coded events: class, mood and polarity decide the code; few are kept, each with its actors."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.annotate.events.plover import PloverEvent, events_json, plover_events
from kg.annotate.pipeline import load_pipeline
from kg.lexicon import load_lexicon

pytestmark = pytest.mark.model

MOODS = [
    ("Sweden helped Kosovo.", "07"),
    ("Sweden will help Kosovo.", "03"),
    ("Sweden must help Kosovo.", "10"),
    ("Sweden did not help Kosovo.", "12"),
    ("Syria bombed Jordan.", "ASSAULT"),
    ("Syria will bomb Jordan.", "13"),
    ("Syria met Jordan.", "04"),
    ("Syria and Jordan signed a pact.", "05"),
    ("Zambia lifted the curfew in Lusaka.", "08"),
    ("Zambia accused Malawi of theft.", "11"),
    ("Zambia is investigating Malawi.", "09"),
    ("Zambia expelled two diplomats from Malawi.", "16"),
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def coded(nlp: Language, text: str, **options: int) -> list[PloverEvent]:
    return plover_events(nlp(text), load_lexicon(), **options)


@pytest.mark.parametrize(("text", "code"), MOODS)
def test_mood_and_polarity_decide_the_code(nlp: Language, text: str, code: str) -> None:
    assert coded(nlp, text)[0].code == code


def test_actors_are_words_of_the_text(nlp: Language) -> None:
    (event,) = coded(nlp, "Rebel commanders attacked a Chadian convoy.")
    assert (event.source, event.target) == ("Rebel commanders", "a Chadian convoy")


def test_speaker_of_a_must_demands_it(nlp: Language) -> None:
    events = coded(nlp, "Denmark said that Iceland must cut its quotas.")
    assert ("Denmark", "10", "Iceland") in [(e.source, e.code, e.target) for e in events]


def test_what_is_urged_is_no_event_of_its_own(nlp: Language) -> None:
    assert [e.code for e in coded(nlp, "Ghana urged Togo to release the sailors.")] == ["10"]


def test_a_protest_takes_the_target_of_its_demand(nlp: Language) -> None:
    (event,) = coded(nlp, "Students demonstrated in Tunis to demand the resignation of Kais Saied.")
    assert event.plover == "PROTEST"
    assert "Kais Saied" in event.target


def test_plural_party_stands_for_both_sides(nlp: Language) -> None:
    (event,) = coded(nlp, "The Kenyan and Ugandan ministers met.")
    assert event.source == event.target == "The Kenyan and Ugandan ministers"


def test_country_stands_for_who_arrested(nlp: Language) -> None:
    (event,) = coded(nlp, "Three journalists were arrested in Eritrea.")
    assert event.source == "Eritrea"


def test_speech_and_offices_have_no_code(nlp: Language) -> None:
    assert coded(nlp, "Peruvian President Dina Boluarte said that the road was open.") == []


def test_one_event_a_class_and_few_a_sentence(nlp: Language) -> None:
    text = "Syria bombed Jordan, shelled Lebanon, praised Iran, sold oil to Cuba and met Malta."
    assert len(coded(nlp, text)) == 2
    assert len(coded(nlp, text, limit=1)) == 1
    classes = [e.plover for e in coded(nlp, text, limit=9)]
    assert len(classes) == len(set(classes))


def test_rows_have_the_format_of_event_coders(nlp: Language) -> None:
    rows = events_json("7", coded(nlp, "Sweden helped Kosovo."))
    assert rows == {"id": "7", "events": [{"source": "Sweden", "code": "07", "target": "Kosovo"}]}
    assert events_json("8", []) == {"id": "8", "events": []}
