"""Where names begin and end, and what is none: pieces of titles, sums, words before and behind the name."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.model import MentionKind

pytestmark = pytest.mark.model


def names(naming: Language, text: str) -> list[str]:
    """Return the words of the names, demonyms and metonyms, in text order."""
    doc = naming(text)
    named = {MentionKind.NAME, MentionKind.DEMONYM, MentionKind.METONYM}
    return [doc[m.start : m.end].text for m in doc._.kg_mentions if m.kind in named]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # pieces of titles
        ("They met Deputy National Security Adviser Priya Raman.", ["Priya Raman"]),
        ("A letter by Health, Youth and Sport Minister Karin Lund was read.", ["Karin Lund"]),
        ("Kenya named the National Security Advisor Joseph Otieno.", ["Kenya", "Joseph Otieno"]),
        ("The arrival of the Peruvian Head of State in Chile was late.", ["Peruvian", "Chile"]),
        ("The National Security Council met in Quito.", ["National Security Council", "Quito"]),
        # before and behind
        ("Former Harlan Optics Inc. Chief Executive Paul Greer was jailed.", ["Harlan Optics Inc.", "Paul Greer"]),
        ("Novavax said GSK COVID-19 tests were late.", ["Novavax", "GSK"]),
        ("He led the ruling All People's Congress to power.", ["All People's Congress"]),
        ("The liberal, pro-European R82 party won.", ["European", "R82"]),
        ("It is up to the Senate Committee on Rural Credit.", ["Senate Committee on Rural Credit"]),
        ("The rebel Chad People's Liberation Army was there.", ["Chad People's Liberation Army"]),
        ("Leaders met in Kansas City on Monday.", ["Kansas City"]),
        ("West Brom beat them. Leaders of the West wept.", ["West Brom", "West"]),
        (
            "Iran freed the prominent Sufi cleric Nimat Baqer al-Dinar, along with others.",
            ["Iran", "Sufi", "Nimat Baqer al-Dinar"],
        ),
        ("It was her first title since Steffi Brand in 1996.", ["Steffi Brand"]),
        (
            "The Pakistan Tehreek-e-Adl (PTA) lost. Sipah-e-Hind said so.",
            ["Pakistan Tehreek-e-Adl", "PTA", "Sipah-e-Hind"],
        ),
        ("He won the 2016 Danish Open and US Open titles.", ["2016 Danish Open", "US Open"]),
        ("Tomás 'El Gallo' Zamora was held in Peru.", ["Tomás 'El Gallo' Zamora", "Peru"]),
        ("The responsibility is the Attorney General's Office's (FGE).", ["Attorney General's Office"]),
        ("They met Mayor Twan Shing-jer on Monday.", ["Twan Shing-jer"]),
        ("A fire in Ridgefield, Wash., killed two.", ["Ridgefield", "Wash."]),
        ("It was a year of wash. He left.", []),
        ("The chairman of the African Union Omar Kanoute spoke.", ["African Union", "Omar Kanoute"]),
        ("It was told by the Sunday Telegraph.", ["Sunday Telegraph"]),
        ("He wants to dissolve Peru’s Congress.", ["Peru", "Congress"]),
        ("The talks began at 1100 GMT in Lima.", ["Lima"]),
        (
            "It went to the Historical Institute of the Former Yugoslavia.",
            ["Historical Institute of the Former Yugoslavia"],
        ),
        # passed over by spaCy
        ("He leads the opposition coalition Yarra Sende Wi.", ["Yarra Sende Wi"]),
        ("MSkyB finance director Jeremy Darnell left.", ["MSkyB", "Jeremy Darnell"]),
        ("Lawyers appeared for the KPD government.", ["KPD"]),
        # sums
        ("Nestle paid USD 31.50 a share. The bid of USD 12 billion failed.", ["Nestle"]),
        # letters of common nouns, words of offices, a virus
        ("They sell electric vehicles (EV) in Peru. EV sales rose.", ["Peru"]),
        ("Lawyers of the US Attorney's Office made Covid-19 tests.", ["US Attorney's Office"]),
        # apostrophes
        ("Farmers in Cote d’Ivoire sold cocoa.", ["Cote d’Ivoire"]),
    ],
)
def test_names_are_whole_and_nothing_else(naming: Language, text: str, expected: list[str]) -> None:
    assert names(naming, text) == expected
