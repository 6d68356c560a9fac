"""Body spans that continue a sentence (markup cut out of it, a paragraph broken in two), and what words become."""

from __future__ import annotations

from datetime import date

import spacy

from kg.annotate.align import char_span, make_doc
from kg.read import read_text


def test_cut_markup_leaves_one_sentence_with_true_offsets() -> None:
    text = "The **Antamina** mine in [Peru](https://x.example), run by *BHP*, reopened. It was shut.\n\nChile watched."
    document = read_text(text, default_published=date(2020, 1, 1))
    doc = make_doc(spacy.blank("en"), document)
    assert doc.text == "The Antamina mine in Peru, run by BHP, reopened. It was shut. Chile watched. "
    assert [token.text for token in doc if token.is_sent_start] == ["The", "Chile"]
    for token in doc:
        span = char_span(doc, token.i, token.i + 1)
        assert document.quote(span) == token.text


def test_a_broken_paragraph_goes_on() -> None:
    document = read_text(
        "The deal means that Mali will get,\n\nby ship, new trains.", default_published=date(2020, 1, 1)
    )
    doc = make_doc(spacy.blank("en"), document)
    assert [token.text for token in doc if token.is_sent_start] == ["The"]


def test_contractions_have_a_straight_apostrophe_and_names_their_own() -> None:
    document = read_text("Chad didn’t pay O’Hara’s fee.", default_published=date(2020, 1, 1))
    doc = make_doc(spacy.blank("en"), document)
    assert [token.text for token in doc] == ["Chad", "did", "n't", "pay", "O’Hara", "’s", "fee", "."]
    assert document.quote(char_span(doc, 2, 3)) == "n’t"
