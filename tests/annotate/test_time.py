"""Time expressions, resolved against the day of publication."""

from __future__ import annotations

from datetime import date

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.layers import DurationExpression, TimeExpression
from kg.annotate.values.time import time_expressions
from kg.annotate.values.timex import periods
from kg.annotate.values.timex.words import spell

THURSDAY = date(2021, 9, 9)


def read(nlp: Language, sentence: str, published: date | None = THURSDAY) -> list[TimeExpression | DurationExpression]:
    doc = nlp.make_doc(sentence)
    doc.user_data["kg_published"] = published
    return time_expressions(nlp(doc))


def summary(nlp: Language, sentence: str, published: date | None = THURSDAY) -> list[tuple[str, str]]:
    return [
        (t.lexical, "frequency" if t.frequency else "duration")
        if isinstance(t, DurationExpression)
        else (t.lexical, t.role)
        for t in read(nlp, sentence, published)
    ]


@pytest.mark.model
@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Ghana's ministers met on Thursday.", [("2021-09-09", "at")]),
        ("Ghana's ministers will meet on Monday.", [("2021-09-13", "at")]),
        ("Ghana's ministers met on Monday evening.", [("2021-09-06", "at")]),
        ("The vote is scheduled for Tuesday.", [("2021-09-14", "at")]),
        ("The pact was signed on 3 May 2004 in Accra.", [("2004-05-03", "at")]),
        ("The pact was signed on December 20.", [("2020-12-20", "at")]),
        ("The drill runs from the 10th to the 16th.", [("2021-09-10", "begin"), ("2021-09-16", "end")]),
        ("The drill runs from 10-16 September.", [("2021-09-10", "begin"), ("2021-09-16", "end")]),
        ("Rain fell on 10 and 11 August.", [("2021-08-10", "at"), ("2021-08-11", "at")]),
        ("Loans were paid from last October until this June.", [("2020-10", "begin"), ("2021-06", "end")]),
        ("Chile will repay it by the end of next year.", [("2022-12-31", "deadline")]),
        ("Chile will repay it before the end of the year.", [("2021-12-31", "deadline")]),
        ("Chile will repay it by December 2023.", [("2023-12", "deadline")]),
        ("Chile will repay it within 90 days.", [("2021-12", "deadline")]),
        ("Chile will repay it within a year.", [("2022-09", "deadline")]),
        ("Chile must repay it no later than 15 November.", [("2021-11-15", "deadline")]),
        ("The army will stay until the end of 2022.", [("2022-12-31", "deadline")]),
        ("He led the bank until 2012.", [("2012", "end")]),
        ("She has led the bank since 1994.", [("1994", "since")]),
        ("The vote in August last year was close.", [("2020-08", "at")]),
        ("Talks began three years ago.", [("2018", "at")]),
        ("A 1987 treaty limits them.", [("1987", "at")]),
        ("He fled before Thursday's talks.", [("2021-09-09", "at")]),
        ("He has ruled for nearly 30 years.", [("P30Y", "duration")]),
        ("They play every four years.", [("P4Y", "frequency")]),
        ("They meet twice a year.", [("P6M", "frequency")]),
        ("The climb took half an hour.", [("PT30M", "duration")]),
        ("It has grown in recent years.", [("", "at")]),
        ("Profits rose in the first quarter of 2022.", [("2022", "at")]),
        ("A 30-year-old man bought 2000 shares for $1999.", []),
        ("The drill Zapad-2021 and Expo 2020 were watched closely.", []),
        ("Theresa May may protest.", []),
    ],
)
def test_resolves_expressions(model: Language, sentence: str, expected: list[tuple[str, str]]) -> None:
    assert summary(model, sentence) == expected


@pytest.mark.model
def test_gives_bounds_but_no_false_day(model: Language) -> None:
    (week,) = read(model, "Poland closed the border last week.", date(2021, 9, 15))
    assert (week.lexical, week.earliest, week.latest) == ("2021-09", date(2021, 9, 6), date(2021, 9, 12))
    (decade,) = read(model, "Peru prospered in the 1990s.")
    assert (decade.lexical, decade.earliest, decade.latest) == ("", date(1990, 1, 1), date(1999, 12, 31))
    (ambiguous,) = read(model, "It was dated 03/04/2021.")
    assert ambiguous.lexical == "2021"


@pytest.mark.model
@pytest.mark.parametrize("words", ["fiscal 2021", "the fiscal year 2021", "the 2021 fiscal year"])
def test_a_fiscal_year_is_no_calendar_year(model: Language, words: str) -> None:
    (found,) = read(model, f"Sales rose in {words}.")
    assert (found.end - found.start, found.lexical) == (len(words.split()), "")
    assert (found.earliest, found.latest) == (date(2020, 4, 1), date(2022, 6, 30))


@pytest.mark.model
def test_without_publication_only_absolute_dates_are_resolved(model: Language) -> None:
    found = summary(model, "They met on Thursday, last year and on 9 March 2014.", None)
    assert found == [("", "at"), ("", "at"), ("2014-03-09", "at")]


@pytest.mark.model
def test_names_the_governing_preposition(model: Language) -> None:
    (time,) = read(model, "Kenya will pay by the end of 2024.")
    doc = model("Kenya will pay by the end of 2024.")
    assert doc[time.prep].text == "by"
    assert doc[time.start : time.end].text == "the end of 2024"


@pytest.mark.model
def test_component_writes_the_layer(model: Language) -> None:
    component = model.create_pipe("kg_time")
    assert [t.lexical for t in component(model("Peru voted in 1990."))._.kg_times] == ["1990"]


def test_spells_tokens_as_letters() -> None:
    words = ["by", "the", "end", "of", "next", "year", ",", "9", "September", "2021"]
    tags = ["IN", "DT", "NN", "IN", "JJ", "NN", ",", "CD", "NNP", "CD"]
    assert spell(Doc(spacy.blank("en").vocab, words=words, tags=tags)) == ".tEoXU,DMY"


def test_periods_take_the_name_of_what_holds_them() -> None:
    assert periods.span(date(2021, 9, 6), date(2021, 9, 12)).lexical == "2021-09"
    assert periods.span(date(2021, 8, 30), date(2021, 9, 5)).lexical == "2021"
    assert periods.span(date(2021, 12, 30), date(2022, 1, 5)).lexical == ""
    assert periods.shift(date(2021, 3, 31), "month", -1) == date(2021, 2, 28)
    with pytest.raises(OverflowError):
        periods.shift(date(2021, 1, 1), "century", -30)


def test_a_date_that_no_calendar_has_is_no_time() -> None:
    words = ["on", "31", "February", "2021"]
    doc = Doc(
        spacy.blank("en").vocab,
        words=words,
        tags=["IN", "CD", "NNP", "CD"],
        heads=[0, 2, 0, 2],
        deps=["ROOT", "nummod", "pobj", "nummod"],
    )
    assert "2021-02-31" not in [t.lexical for t in time_expressions(doc)]
