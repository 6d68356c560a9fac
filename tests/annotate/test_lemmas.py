from __future__ import annotations

import pytest
from spacy.language import Language

from kg.annotate.clauses.tree import tree_of
from kg.annotate.lemmas import REPAIRS


@pytest.mark.model
def test_the_tree_has_repaired_lemmas(model: Language) -> None:
    tree = tree_of(model("Mali hoped to host the games and installed lights."))
    assert {"hope", "install"} <= set(tree.lemmas)


def test_leaves_right_lemmas_alone() -> None:
    assert REPAIRS["re-elected"] == "re-elect"
    assert "agreed" not in REPAIRS
