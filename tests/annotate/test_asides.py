"""Names in captions and bylines are mentions of what the body names."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from kg.annotate.asides import mentions_aside
from kg.annotate.pipeline import annotate, load_pipeline
from kg.annotate.transfer import transfer
from kg.model import Annotation, Document, Family, LocalEntity, Mention, MentionKind
from kg.read import read_text

BODY = (
    "Peruvian president Luz Arana met Kenya's William Ruto on Monday. Arana offered Kenya a loan, and Lima signed it."
)
CAPTION = (
    "Peruvian President Luz Arana (left) greets Kenya's President Ruto in Lima. Photograph: Ana Ruto/Kenya Pictures"
)


def read(text: str) -> Document:
    return read_text(text, default_published=date(2024, 5, 6))


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def annotated(nlp: Language, document: Document) -> Annotation:
    ((_, found),) = annotate([document], nlp)
    assert isinstance(found, Annotation)
    return found


def shown(document: Document, mentions: tuple[Mention, ...]) -> list[tuple[str, str, str]]:
    return [(document.text[m.start : m.end], m.kind.value, m.entities[0]) for m in mentions]


def test_a_caption_mentions_what_the_body_names_and_claims_nothing(nlp: Language) -> None:
    document = read(f"{CAPTION}\n\n{BODY}\n\n{BODY}")
    found = annotated(nlp, document)
    assert shown(document, found.asides) == [
        ("Peruvian", "demonym", "Peru"),
        ("Luz Arana", "name", "Luz_Arana"),
        ("Kenya", "name", "Kenya"),
    ]
    plain = annotated(nlp, read(f"{BODY}\n\n{BODY}"))
    assert len(found.claims) == len(plain.claims) > 0
    assert len(found.mentions) == len(plain.mentions)
    assert found.all_mentions == found.mentions + found.asides


def test_a_byline_mentions_too(nlp: Language) -> None:
    document = read(f"By Ana Quist in Peru\n\n{BODY}\n\n{BODY} He left for Peru.")
    assert shown(document, annotated(nlp, document).asides) == [("Peru", "name", "Peru")]


def test_a_caption_may_name_a_country_by_its_adjective(nlp: Language) -> None:
    document = read(f"Photo: Kenyan farmers near the border.\n\n{BODY}\n\n{BODY}")
    assert shown(document, annotated(nlp, document).asides) == [("Kenyan", "demonym", "Kenya")]


def test_a_dateline_mentions_too(nlp: Language) -> None:
    document = read(f"Peru lends Kenya money\n\nLIMA, Peru (AP) — {BODY}\n\nLima is wet. Ruto stayed in Lima.")
    found = annotated(nlp, document)
    assert document.text[document.body[1].start :].startswith(BODY)
    assert shown(document, found.asides) == [("LIMA", "name", "Lima"), ("Peru", "name", "Peru")]


def test_a_copy_with_another_caption_gets_its_own_mentions(nlp: Language) -> None:
    first, copy = read(f"{CAPTION}\n\n{BODY}"), read(f"Photo: William Ruto on Monday.\n\n{BODY}")
    moved = transfer(annotated(nlp, first), first.body, copy)
    assert moved == annotated(nlp, copy)
    assert shown(copy, moved.asides) == [("William Ruto", "name", "William_Ruto")]


def named(document: Document, word: str, kind: MentionKind, key: str) -> Mention:
    start = document.text.index(word, document.body[0].start)
    return Mention(start=start, end=start + len(word), kind=kind, entities=(key,), score=1.0)


def test_words_that_mean_two_entities_are_left_out() -> None:
    document = read("Photo: Ruto at the port.\n\nRuto met Ruto, his brother, on Monday in the harbour of Lima.")
    one = named(document, "Ruto", MentionKind.NAME, "William_Ruto")
    other = Mention(start=one.start + 9, end=one.end + 9, kind=MentionKind.NAME, entities=("Ali_Ruto",), score=1.0)
    assert mentions_aside(document, [one, other], []) == ()
    assert shown(document, mentions_aside(document, [one], [])) == [("Ruto", "name", "William_Ruto")]


@pytest.mark.parametrize(
    ("caption", "found"),
    [
        ("Photo: Kenya Airways staff on strike", []),
        ("Photo: Ana Ruto at the harbour", []),
        ("Photo: Kenya Minister Ruto at the harbour", ["Kenya", "Ruto"]),
        ("Photo: Kenyatta at the harbour", []),
        ("Photo: William Ruto at the harbour", ["William Ruto"]),
    ],
)
def test_a_word_of_a_longer_name_is_not_taken(caption: str, found: list[str]) -> None:
    document = read(f"{caption}\n\nKenya told Ruto on Monday that it would pay the whole sum.")
    mentions = [
        named(document, "Kenya", MentionKind.NAME, "Kenya"),
        named(document, "Ruto", MentionKind.NAME, "William_Ruto"),
        named(document, "it", MentionKind.PRONOUN, "Kenya"),
    ]
    person = LocalEntity(key="William_Ruto", label="William Ruto", family=Family.PERSON, type="schema:Person")
    assert [word for word, _, _ in shown(document, mentions_aside(document, mentions, [person]))] == found
