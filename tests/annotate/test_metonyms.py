"""Capitals and seats of government: who acts, and where it happens."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Token

from kg.annotate.names.metonyms import acts_for_government

pytestmark = pytest.mark.model

ACTS = [
    ("Tokyo", "Tokyo said it would lower tariffs."),
    ("Berlin", "Berlin and Ankara agreed on a deal."),
    ("Ankara", "Berlin and Ankara agreed on a deal."),
    ("Paris", "Relations with Paris soured."),
    ("Cairo", "Loans from Cairo dried up."),
    ("Tehran", "London accused Tehran of cheating."),
    ("Rome", "Rome's demand was refused."),
    ("Hanoi", "Pressure on Hanoi grew."),
    ("Oslo", "The government in Oslo fell."),
    ("Beijing", "Beijing-backed firms left."),
    ("Madrid", "She relied on Madrid for help."),
    ("Vienna", "Vienna was urged to act."),
    ("Seoul", "Tensions between Seoul and Pyongyang rose."),
    ("Kyiv", "Warsaw sent arms to Kyiv."),
    ("Riga", "Riga is widely believed to want a wall."),
]
PLACES = [
    ("Tokyo", "They met in Tokyo."),
    ("Paris", "He flew to Paris on Monday."),
    ("Paris", "The mayor of Paris resigned."),
    ("Delhi", "The minister arrived from Delhi."),
    ("Kabul", "The rebels captured Kabul."),
    ("Rome", "Rome's airport was closed."),
    ("Seoul", "Seoul is the capital of South Korea."),
    ("Baghdad", "A Baghdad court jailed him."),
    ("Lima", "He lives 30 km from Lima."),
    ("Bonn", "He returned to Bonn."),
    ("Quito", "Quito was shelled."),
    ("Kabul", "A correspondent reported from Kabul."),
]


def head(model: Language, word: str, text: str) -> Token:
    return next(t for t in model(text) if t.text == word)


@pytest.mark.parametrize(("word", "text"), ACTS)
def test_capital_acts(model: Language, word: str, text: str) -> None:
    assert acts_for_government(head(model, word, text), seat=False)


@pytest.mark.parametrize(("word", "text"), PLACES)
def test_capital_is_a_place(model: Language, word: str, text: str) -> None:
    assert not acts_for_government(head(model, word, text), seat=False)


@pytest.mark.parametrize(
    ("word", "text", "acts"),
    [
        ("House", "The White House denied the report.", True),
        ("House", "Reporters gathered at the White House.", False),
        ("House", "Talks at the White House ended.", False),
        ("Kremlin", "The Kremlin talks ended.", False),
        ("Kremlin", "A Kremlin spokesman said so.", True),
        ("Kremlin", "The terms of the Kremlin were harsh.", True),
    ],
)
def test_seat_acts_unless_something_puts_it_in_space(model: Language, word: str, text: str, acts: bool) -> None:
    assert acts_for_government(head(model, word, text), seat=True) is acts
