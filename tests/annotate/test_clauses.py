"""The clause layer, one construction a test, on hand-made parses that need no model."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.annotate.clauses import extract_clauses
from kg.annotate.layers import Slot


def parse(rows: str) -> Doc:
    """Make a Doc of lines "word tag dep head"."""
    table = [line.split() for line in rows.strip().splitlines()]
    words, tags, deps, heads = zip(*table, strict=True)
    return Doc(Vocab(), words=list(words), tags=list(tags), deps=list(deps), heads=[int(h) for h in heads])


@pytest.fixture
def shared_subject() -> Doc:
    return parse(
        """
        Peru NNP nsubj 1
        bought VBD ROOT 1
        buses NNS dobj 1
        and CC cc 1
        sold VBD conj 1
        trams NNS dobj 4
        """
    )


def test_coordinated_verbs_share_their_subject(shared_subject: Doc) -> None:
    first, second = extract_clauses(shared_subject)
    assert first.first(Slot.SUBJECT).head == 0
    assert (second.first(Slot.SUBJECT).head, second.first(Slot.SUBJECT).inherited) == (0, "conj")
    assert (second.parent, second.relation) == (first.id, "conj")
