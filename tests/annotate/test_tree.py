"""The tree gives what spaCy's tokens give where nothing is to be mended, and holds for any forest."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.annotate.clauses.tree import tree_of

TEXT = (
    "After the storm, which sank two ferries off Madeira, Portugal's government - tired and divided - asked Spain "
    "for help. HELP came on Monday. Nobody, least of all the harbour master, had hoped for it. It didn't last."
)


@pytest.mark.model
def test_it_equals_the_tokens(model: Language) -> None:
    doc = model(TEXT)
    tree = tree_of(doc)
    assert [t.text for t in doc] == tree.texts
    assert [t.lower_ for t in doc] == tree.words
    assert [t.tag_ for t in doc] == tree.tags
    assert [t.pos_ for t in doc] == tree.pos
    assert [t.dep_ for t in doc] == tree.deps
    assert [t.ent_type_ for t in doc] == tree.ents
    assert [t.head.i for t in doc] == tree.heads
    assert [[c.i for c in t.children] for t in doc] == tree.children
    assert [t.left_edge.i for t in doc] == tree.left
    assert [t.right_edge.i + 1 for t in doc] == tree.right
    assert [n for n, sent in enumerate(doc.sents) for _ in sent] == tree.sents
    assert "hope" in tree.lemmas  # spaCy: "hop"
    assert tree_of(doc) is tree


@st.composite
def forests(draw: st.DrawFn) -> list[int]:
    """Draw heads of trees that may cross; each token hangs on one drawn before it, or is a root."""
    order = draw(st.permutations(range(draw(st.integers(1, 12)))))
    heads = [0] * len(order)
    for rank, i in enumerate(order):
        heads[i] = order[draw(st.integers(0, rank))]
    return heads


@settings(max_examples=150, deadline=None)
@given(forests())
def test_extents_hold_for_any_forest(heads: list[int]) -> None:
    names = [f"w{i}" for i in range(len(heads))]
    doc = Doc(Vocab(), words=names, heads=heads, deps=["dep"] * len(heads))
    tree = tree_of(doc)
    below = [[i for i in range(len(heads)) if h == i or h in tree.ancestors(i)] for h in range(len(heads))]
    assert tree.heads == heads
    assert tree.left == [min(b) for b in below]
    assert tree.right == [max(b) + 1 for b in below]
    roots = [i for i, h in enumerate(heads) if i == h]
    assert tree.sents == [next(n for n, root in enumerate(roots) if i in below[root]) for i in range(len(heads))]
