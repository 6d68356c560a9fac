import pytest

from kg.store.wording import duration_words, number_words, plural


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"value": "200000", "about": True, "unit": "troop"}, "about 200,000 troops"),
        ({"low": "10000", "about": True, "unit": "troop"}, "tens of thousands of troops"),
        ({"low": "12", "about": True}, "dozens"),
        ({"low": "40", "about": True, "unit": "people"}, "at least about 40 people"),
        ({"low": "40", "unit": "people"}, "at least 40 people"),
        ({"low": "30", "high": "40", "unit": "person"}, "30 to 40 persons"),
        ({"high": "640000000", "currency": "USD"}, "at most 640,000,000 USD"),
        ({"low": "1000000", "about": True, "currency": "USD"}, "at least about 1,000,000 USD"),
        ({"value": "128.50", "currency": "USD", "unit": "1000 m3"}, "128.50 USD per 1000 m3"),
        ({"value": "1", "unit": "meeting"}, "1 meeting"),
        ({"value": "6", "unit": "meeting"}, "6 meetings"),
        ({"value": "many"}, "many"),
    ],
)
def test_numbers_in_words(given, words):
    assert number_words(**given) == words


def test_plurals():
    given = ["troop", "country", "day", "people", "aircraft", "serviceman", "servicemen", "class", "ships", "1000 m3"]
    expected = [
        "troops",
        "countries",
        "days",
        "people",
        "aircraft",
        "servicemen",
        "servicemen",
        "classes",
        "ships",
        "1000 m3",
    ]
    assert [plural(unit) for unit in given] == expected


@pytest.mark.parametrize(
    ("lexical", "how_long", "how_often"),
    [
        ("P4Y", "4 years", "every 4 years"),
        ("P1Y", "1 year", "every year"),
        ("PT3H", "3 hours", "every 3 hours"),
        ("P1Y6M", "1 year 6 months", "every 1 year 6 months"),
        ("P", "P", "P"),
        ("soon", "soon", "soon"),
    ],
)
def test_durations_in_words(lexical, how_long, how_often):
    assert duration_words(lexical) == how_long
    assert duration_words(lexical, frequency=True) == how_often
