"""Long and short forms of one name in a text: acronyms, nicknames, given names."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.annotate.names.acronyms import initials_of
from kg.model import MentionKind

pytestmark = pytest.mark.model


def entities(naming: Language, text: str, *names: str) -> list[str]:
    """Return the names of the entities that the words stand for, in text order."""
    doc = naming(text)
    named = ((doc[m.start : m.end].text, m) for m in doc._.kg_mentions if m.kind is MentionKind.NAME)
    return [doc._.kg_entities[m.entities[0]].name for word, m in named if word in names]


@pytest.mark.parametrize(
    ("text", "short", "expected"),
    [
        ("The Armed Forces of Peru (AFP) said so. The AFP denied it.", "AFP", ["Armed Forces of Peru"] * 2),
        ("The Financial Times (FT) rose. The FT fell.", "FT", ["Financial Times"] * 2),
        ("The Popular Front of Kuran, or FPK, split. FPK men left.", "FPK", ["Popular Front of Kuran"] * 2),
        ("The Utah Hawks won. The Hawks paid. The Hawks left.", "Hawks", ["Utah Hawks"] * 2),
        ("The KVD Party won. The KVD said so.", "KVD", ["KVD Party"]),
        ("Rania Osman, her aide, paid. Rania had pleaded guilty.", "Rania", ["Rania Osman"]),
        ("His son Michael met Michael Smith. Smith left.", "Michael", ["Michael"]),
        ("British Airways and Iberia merged. It is the way of British and Iberia.", "British", ["British Airways"]),
        ("General Motors Co. fell. GM's costs rose.", "GM", ["General Motors"]),
        ("Prime Minister Sheikh Hasna spoke. Hasna's cabinet met.", "Hasna", ["Hasna", "Hasna"]),
        ("Alejandro Toledo Marín left. Toledo led Peru. He met Toledo.", "Toledo", ["Alejandro Toledo Marín"] * 2),
        ("Alejandro Toledo lives in Toledo.", "Toledo", ["Toledo"]),
        (
            "Andrés Beltrán Ríos and Beltrán Ríos's aide met Tomás Lara. Lara Peña left.",
            "Beltrán Ríos",
            ["Andrés Beltrán Ríos"],
        ),
        ("The Tolima Cartel was hit in Tolima. Police in Tolima wept.", "Tolima", ["Tolima", "Tolima"]),
        ("A high school in Washington state closed.", "Washington", ["Washington"]),
        ("BRITISH Rail PLC grew. BR's fares rose. British Rail paid.", "BR", ["British Rail PLC"]),
        ("Rio Tinto Group rose. Rio shares fell. BHP bid for Rio.", "Rio", ["Rio Tinto Group"] * 2),
        ("Delegates met in the capital Abuja on Monday.", "Abuja", ["Abuja"]),
    ],
)
def test_short_form_means_the_long_one(naming: Language, text: str, short: str, expected: list[str]) -> None:
    assert entities(naming, text, short) == expected


@pytest.mark.parametrize(
    ("name", "initials"),
    [("General Motors Co", {"GM", "GMC"}), ("People's Front of Kuran", {"PFK", "PFOK"}), ("Kuran", set())],
)
def test_initials(name: str, initials: set[str]) -> None:
    assert initials_of(name) == initials
