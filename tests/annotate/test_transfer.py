"""Annotations that are moved to a copy are those that the pipeline makes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from spacy.language import Language

from kg.annotate.pipeline import annotate, load_pipeline
from kg.annotate.transfer import reading_key, transfer
from kg.model import Annotation, BodySpan, Document
from kg.read import read_text

SEEDS = Path(__file__).parents[2] / "seeds"
DAY = date(2021, 9, 10)
CUT = (
    "Kenya's [central bank](https://bank.example) lent **Peru** $5 million on Monday,\n\nPresident William Ruto said. "
    "He will visit Lima next week. “We trust [Peru](https://peru.example),” he added."
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def read(text: str, day: date = DAY) -> Document:
    return read_text(text, default_published=day)


def elsewhere(document: Document) -> Document:
    """Return a document with the same body in another file: other words before it, wider gaps within it."""
    text, body = "Printed in Lagos.\n\n", []
    ended = document.body[0].start
    for span in document.body:
        gap = document.text[ended : span.start]
        text += gap if span.continues or not gap else f"{gap}[advertisement] "
        start = len(text)
        text += document.text[span.start : span.end]
        body.append(replace(span, start=start, end=len(text)))
        ended = span.end
    return replace(document, id="f" * 16, source_key="copy", source_path="copy", text=text, body=tuple(body))


def annotated(nlp: Language, document: Document) -> Annotation:
    ((_, found),) = annotate([document], nlp)
    assert isinstance(found, Annotation)
    return found


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem)
def test_a_copy_of_an_article_gets_what_the_pipeline_would_find(nlp: Language, path: Path) -> None:
    first = read(path.read_text("utf-8"))
    copy = elsewhere(first)
    found = annotated(nlp, first)
    assert len(found.claims) > 5
    assert reading_key(copy) == reading_key(first)
    assert transfer(found, first.body, copy) == annotated(nlp, copy)


def test_quotes_of_a_copy_are_its_own_words(nlp: Language) -> None:
    first = read(CUT)
    assert any(span.continues for span in first.body)
    copy = elsewhere(first)
    found = annotated(nlp, first)
    moved = transfer(found, first.body, copy)
    assert moved == annotated(nlp, copy)
    assert {claim.id for claim in moved.claims}.isdisjoint(claim.id for claim in found.claims)
    assert [copy.quote(claim.trigger) for claim in moved.claims] == [first.quote(c.trigger) for c in found.claims]


def test_the_key_tells_apart_whatever_the_pipeline_would() -> None:
    first = read("Kenya lent Peru $5m.\n\nNorway met Chile.")
    (one, two) = first.body
    joined = replace(first, body=(BodySpan(one.start, two.end, one.kind),))
    goes_on = replace(first, body=(one, replace(two, continues=True)))
    glued = replace(goes_on, text="Kenya lent Peru $5m.**Norway met Chile.")
    shifted = replace(first, body=(replace(one, end=one.end - 1), replace(two, start=two.start)))
    others = [read("Kenya lent Peru $6m.\n\nNorway met Chile."), read(first.text, date(2021, 9, 11))]
    keys = {reading_key(document) for document in (first, joined, goes_on, glued, shifted, *others)}
    assert len(keys) == 7
    assert reading_key(replace(first, id="0", publisher="Other", url="https://a.example")) in keys
