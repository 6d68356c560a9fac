"""Quotation marks: where what somebody said begins and ends."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.annotate.clauses.tree import tree_of
from kg.annotate.quotations import find_quotes

FOUND = [
    ("“ We agree ” , she said .", ["We agree"]),
    ('" We agree " , she said . " All of us . "', ["We agree", "All of us ."]),
    ("`` We agree '' , she said", ["We agree"]),
    ("„ Wir ” and «oui»".replace("«oui»", "« oui »"), ["Wir", "oui"]),
    # each paragraph of a long quotation opens anew, only the last closes
    ("“ One . “ Two . ” She left .", ["One .", "Two ."]),
    ("“ ” said nobody", []),
    ("She said : “ No", []),
    # apostrophes are no quotation marks
    ("the miners ' pay rose ' she said", []),
]


@pytest.mark.parametrize(("text", "quotes"), FOUND)
def test_words_between_marks(text: str, quotes: list[str]) -> None:
    doc = Doc(Vocab(), words=text.split())
    assert [doc[q.start : q.end].text for q in find_quotes(tree_of(doc))] == quotes


def test_spaces_tell_whether_a_straight_mark_opens_or_closes() -> None:
    # the mark that would close "No is missing: the next one opens, whatever was open
    words = ['"', "No", ",", "she", "said", ".", '"', "Never", '"', "."]
    spaces = [False, False, True, True, False, True, False, False, False, False]
    doc = Doc(Vocab(), words=words, spaces=spaces)
    assert [doc[q.start : q.end].text for q in find_quotes(tree_of(doc))] == ["No, she said.", "Never"]


def test_a_mark_that_never_closes_holds_nothing() -> None:
    doc = Doc(Vocab(), words=["“", *["word"] * 500, "”", "said", "“", "No", "”"])
    assert [q.end - q.start for q in find_quotes(tree_of(doc))] == [1]


def test_holds() -> None:
    (quote,) = find_quotes(tree_of(Doc(Vocab(), words=["“", "No", "”"])))
    assert (quote.holds(0), quote.holds(1), quote.holds(2)) == (False, True, False)
