"""Who speaks in quotations, and who "they" and "we" are in what takes two."""

from __future__ import annotations

import pytest
from spacy.language import Language

pytestmark = pytest.mark.model

SPOKEN = [
    # a quotation that goes on in the next paragraph
    ('Peter Obi said: "The river rose. "The ferry sank. I saw it."', "I", ["Peter Obi"]),
    ('"Never," Boris Johnson laughed. "I like rain."', "I", ["Boris Johnson"]),
    ('"Roads flood," Luis Vega said. Peter Obi hit back in Abuja: "I know that," he wrote.', "I", ["Peter Obi"]),
    ('"Roads flood," Luis Vega said. Peter Obi hit back in Abuja: "I know that," he wrote.', "he", ["Peter Obi"]),
    ('"We will pay," a Nestlé spokeswoman said.', "We", ["Nestlé"]),
    ('"I like rain," Peter Obi\'s tailor, Luis Vega, said.', "I", ["Luis Vega"]),
    ('Peter Obi, who said rain had "spoilt my plans", left.', "my", ["Peter Obi"]),
    ('"Roads flood," Luis Vega said. "Tides rise." He added that rain fell.', "He", ["Luis Vega"]),
]

TOGETHER = [
    ("Boris Johnson pressed Emmanuel Macron on fish as they met on Sunday.", "they"),
    ("Boris Johnson lost to Emmanuel Macron. The debate was their first since May.", "their"),
    ("Emmanuel Macron welcomed Boris Johnson. In May they had argued with each other.", "they"),
    ("During their long careers, Boris Johnson and Emmanuel Macron both wrote books.", "their"),
    ('Boris Johnson hired Emmanuel Macron. "We work well together," Johnson said.', "We"),
]

MINISTERS = (
    "Norwegian Foreign Minister Espen Eide, Japanese Foreign Minister Yoko Kamikawa and British Foreign Secretary "
    "Yvette Cooper met in Oslo. "
)


@pytest.mark.parametrize(("text", "quote", "names"), SPOKEN)
def test_who_speaks(naming: Language, text: str, quote: str, names: list[str]) -> None:
    assert meant(naming, text, quote) == names


@pytest.mark.parametrize(("text", "quote"), TOGETHER)
def test_what_takes_two_is_done_by_the_two(naming: Language, text: str, quote: str) -> None:
    assert set(meant(naming, text, quote)) == {"Boris Johnson", "Emmanuel Macron"}


def test_people_without_a_name_may_be_meant(naming: Language) -> None:
    text = "Boris Johnson paid Emmanuel Macron. The climbers left before they met."
    assert meant(naming, text, "they") == []


@pytest.mark.parametrize("words", ["The trio", "The diplomats", "They"])
def test_a_list_of_three_with_titles_is_a_group(naming: Language, words: str) -> None:
    assert len(meant(naming, f"{MINISTERS}{words} agreed.", words)) == 3


def test_a_lead_tells_of_so_many_before_it_names_them(naming: Language) -> None:
    text = "The four countries agreed. Rain fell. The pact is of Peru, Chile, Bolivia and Ecuador."
    assert set(meant(naming, text, "The four countries")) == {"Peru", "Chile", "Bolivia", "Ecuador"}


def test_words_for_firms_are_words_for_several(naming: Language) -> None:
    text = "Lufthansa and Iberia will merge. The carriers want to save."
    assert set(meant(naming, text, "The carriers")) == {"Lufthansa", "Iberia"}


COUNTED = [
    ("The activists, Ana Rey, Luis Vega and Peter Obi, wept. Rain fell. The court heard the activists.", "the activists"),
    ("Senator Ana Rey left. Senator Luis Vega slept. Senator Peter Obi sang. The senators met.", "The senators"),
    ("Minister Ana Rey joins ministers Luis Vega and Peter Obi in leaving. The three ministers wept.", "The three ministers"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote"), COUNTED)
def test_several_are_those_called_so(naming: Language, text: str, quote: str) -> None:
    assert set(meant(naming, text, quote)) == {"Ana Rey", "Luis Vega", "Peter Obi"}


def test_both_presidents_are_the_two_who_hold_the_office(naming: Language) -> None:
    text = "Peru's president, Dina Boluarte, left. Chile's president, Gabriel Boric, slept. Both presidents are tired."
    assert set(meant(naming, text, "Both presidents")) == {"Dina Boluarte", "Gabriel Boric"}


def meant(naming: Language, text: str, quote: str) -> list[str]:
    """Return the names of those whom the last mention with these words refers to; empty if there is none."""
    doc = naming(text)
    found = [m for m in doc._.kg_mentions if doc[m.start : m.end].text.lower() == quote.lower()]
    return [doc._.kg_entities[e].name for e in found[-1].entities] if found else []
