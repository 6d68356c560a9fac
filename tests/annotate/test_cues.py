"""Cues: what in the form of a sentence makes it less sure who did it to whom."""

from __future__ import annotations

import pytest

from kg.annotate.cues import CUES
from kg.annotate.pipeline import load_pipeline

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "kind", "cues"),
    [
        ("Norway accused Peru of spying.", "Accuse", ()),
        ("Peru is accused by Norway of spying.", "Accuse", ()),
        ("Chile said that Norway had accused Peru.", "Accuse", ("embedded",)),
        ("Norway praised its ally Chile for accusing Peru of spying.", "Accuse", ("borrowed", "embedded")),
        ("Norway rejected Kenyan accusations of spying.", "Accuse", ("answered",)),
        ("Norway plans to accuse Peru of spying.", "Accuse", ("borrowed",)),
        ("The talks between Norway and Peru failed.", "Negotiate", ()),
        ("Norway suspended purchases from Peru on Monday.", "Buy", ("ended",)),
        ("Norway tore up its agreement with Peru on Monday.", "Agree", ("ended",)),
        (
            "Deputies named people like attorney general pick Anna Torres and bank chief nominee Omar Haddad.",
            "Act",
            ("bare",),
        ),
        ("Norway accused the mayor of New Ravensk Harbour.", "Accuse", ()),
        ("Norway blacklisted the Harbour and Mining Union on Monday.", "Sanction", ()),
        ("Norway blacklisted the great Harbour and Mining Union on Monday.", "Sanction", ("cut",)),
    ],
)
def test_cues_name_what_is_doubtful(text: str, kind: str, cues: tuple[str, ...]) -> None:
    doc = load_pipeline()(text)
    (draft,) = (d for d in doc._.kg_events if d.event_type == kind)
    assert draft.cues == cues
    assert list(draft.cues) == sorted(set(draft.cues) & set(CUES))
