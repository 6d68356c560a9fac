"""Tokens as the parser's treebank has them, shown as the text has them."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from kg.annotate.clauses.treebank import read_sentence, surface


@pytest.fixture(scope="module")
def english() -> Language:
    return spacy.blank("en")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He was re-elected by non-members", ["He", "was", "re-elected", "by", "non-members"]),
        ("a trade-off", ["a", "trade", "-", "off"]),
        ("re - elected", ["re", "-", "elected"]),
        ("He -LRB- 40 -RRB- sang", ["He", "(", "40", ")", "sang"]),
        ("`` Aida '' opened", ['"', "Aida", '"', "opened"]),
        ("a ` single ' one", ["a", "`", "single", "'", "one"]),
        ("", []),
    ],
)
def test_tokens(english: Language, text: str, words: list[str]) -> None:
    assert [t.text for t in read_sentence(english, text)] == words


@pytest.mark.parametrize(
    "text", ["He -LRB- 40 -RRB- sang `` Aida '' , twice", "It's the co-founder's 2nd e-mail, isn't it?", "plain words"]
)
def test_surface_is_the_text(english: Language, text: str) -> None:
    doc = read_sentence(english, text)
    assert surface(doc, range(len(doc))) == text


def test_surface_sets_distant_pieces_apart(english: Language) -> None:
    doc = read_sentence(english, "She (then) left, quickly")
    assert surface(doc, [0, 4, 6]) == "She left quickly"


def test_surface_of_any_doc(english: Language) -> None:
    assert surface(english("It's on."), [0, 1]) == "It's"
