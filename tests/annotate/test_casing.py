"""Headlines in title case: common words are read in lower case, names keep their capitals, offsets stay."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from kg.annotate.align import char_span, make_doc
from kg.annotate.casing import Casing, is_title_cased
from kg.annotate.extract import _document
from kg.annotate.pipeline import load_pipeline


@pytest.fixture(scope="module")
def model() -> Language:
    return load_pipeline()


@pytest.mark.parametrize(
    ("headline", "title"),
    [
        ("Opposition Wins Vote in Malawi After Long Count", True),
        ("Opposition wins vote in Malawi after long count", False),
        ("OPPOSITION WINS VOTE IN MALAWI", False),
        ("Talks Fail", False),
    ],
)
def test_title_case_is_told_from_other_headlines(headline: str, title: bool) -> None:
    assert is_title_cased(headline.split()) is title


def test_words_that_the_text_has_in_lower_case_are_lowered_without_any_table() -> None:
    body = ["The", "harbour", "strikes", "of", "Port", "Harbour", "ended", ";", "Mr", "Strikes", "was", "glad", "."]
    headline = ["Long", "Harbour", "Strikes", "Grow", "Noisily"]
    casing = Casing(spacy.blank("en"), [headline, body])
    assert casing.lowered(headline) == ["Long", "harbour", "strikes", "Grow", "Noisily"]


@pytest.mark.model
@pytest.mark.parametrize(
    ("headline", "read"),
    [
        ("Opposition Wins Vote in Malawi After Recount", "Opposition wins vote in Malawi after recount"),
        ("Court Orders Release of Anna Petrova From Prison", "Court orders release of Anna Petrova from prison"),
        ("Minister Visits South Korea to Sign Defence Pact", "Minister visits South Korea to sign defence pact"),
        ("Lender Buys Rival as Tokyo Shares Slide Further", "Lender buys rival as Tokyo shares slide further"),
    ],
)
def test_common_words_are_lowered_and_names_kept(model: Language, headline: str, read: str) -> None:
    document = _document("x", f"{headline}\n\nNothing else is known.")
    doc = make_doc(model, document)
    size = len(headline.split())
    assert " ".join(t.text for t in doc[:size]) == read
    span = char_span(doc, 0, size)
    assert document.text[span.start : span.end] == headline
