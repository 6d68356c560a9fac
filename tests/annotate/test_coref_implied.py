"""Whom verbs, nouns of kin and owners point to: "praised Ali for his work", "her husband", "his party"."""

from __future__ import annotations

import pytest
from spacy.language import Language

pytestmark = pytest.mark.model

PERSONS = [
    ("Boris Johnson praised Emmanuel Macron for his patience.", "his", "Emmanuel Macron"),
    ("Boris Johnson praised Emmanuel Macron on Monday, saying he had been patient.", "he", "Emmanuel Macron"),
    ("Boris Johnson ordered Emmanuel Macron to repay his debts.", "his", "Emmanuel Macron"),
    ("Boris Johnson, who succeeded Emmanuel Macron after he fell ill, smiled.", "he", "Emmanuel Macron"),
    ("Boris Johnson rejected Emmanuel Macron's request to stay while he recovered.", "he", "Emmanuel Macron"),
    ("Boris Johnson read Emmanuel Macron's letter to his mother.", "his", "Emmanuel Macron"),
    ("Boris Johnson named Emmanuel Macron as his deputy.", "his", "Boris Johnson"),
    ("A paper quoted Emmanuel Macron as saying that he was tired.", "he", "Emmanuel Macron"),
    ("Emmanuel Macron's cousins say he is abroad, preventing him from voting.", "him", "Emmanuel Macron"),
    ("A minister has fallen, with Emmanuel Macron saying he will not stand.", "he", "Emmanuel Macron"),
    ("A diplomat called on Emmanuel Macron to leave, criticising him for lies.", "him", "Emmanuel Macron"),
    ("Dylan Rey, Carlos Vega's daughter, left. She was late.", "She", "Dylan Rey"),
    # relatives, peers
    ("Angela Merkel met her husband, Joachim Sauer, in Bonn. Rain fell. Her husband was late.", "Her husband", "Joachim Sauer"),
    ("Grace Ito, the wife of Carlos Vega, sang. She said her husband was ill.", "her husband", "Carlos Vega"),
    ("President Carlos Vega called President Peter Obi. He asked his counterpart for help.", "his counterpart", "Peter Obi"),
    ("Carlos Vega had chosen Peter Obi, but the latter fell ill.", "the latter", "Peter Obi"),
]  # fmt: skip

BODIES = [
    ("Emmanuel Macron's Labour Party lost. Emmanuel Macron said his party would learn.", "his party", "Labour Party"),
    ("The Kenyan government said it would pay.", "it", "Kenya"),
    ("Ghana votes. Peter Obi left the former British colony.", "the former British colony", "Ghana"),
    ("Nestlé sued. Only the company may appeal.", "the company", "Nestlé"),
    ("Nestlé's director Ana Rey left. Rain fell. The Nestlé spokesperson was late.", "The Nestlé spokesperson", "Ana Rey"),
    ("Prime Minister Boris Johnson left London. The PM waved.", "The PM", "Boris Johnson"),
    ("Nestlé will appeal a fine after a lower court threw out its challenge.", "its", "Nestlé"),
    ("Oslo City Council voted to cut its police force.", "its", "Oslo City Council"),
    ("Teamsters chief Ana Rey slept. The union wrote to Nestlé executives about the company's plan.", "the company", "Nestlé"),
    ("BBC journalists left. The Telegraph newspaper called them brave. The broadcaster agreed.", "The broadcaster", "BBC"),
    ("Turkey's president, Peter Obi, slept. On Friday, Turkish president will speak.", "Turkish president", "Peter Obi"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote", "name"), PERSONS + BODIES)
def test_meant(naming: Language, text: str, quote: str, name: str) -> None:
    assert meant(naming, text, quote) == [name]


def test_the_second_owner_of_a_thing_joins_the_first(naming: Language) -> None:
    text = "Regulators approved Nestlé and its rival Unilever's bid for their joint depot."
    assert set(meant(naming, text, "their")) == {"Nestlé", "Unilever"}


def test_teams_are_many(naming: Language) -> None:
    assert meant(naming, "Cameroon have sold a player after their defeat.", "their") == ["Cameroon"]


def meant(naming: Language, text: str, quote: str) -> list[str]:
    """Return the names of those whom the last mention with these words refers to; empty if there is none."""
    doc = naming(text)
    found = [m for m in doc._.kg_mentions if doc[m.start : m.end].text.lower() == quote.lower()]
    return [doc._.kg_entities[e].name for e in found[-1].entities] if found else []
