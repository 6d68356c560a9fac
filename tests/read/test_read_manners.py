"""The manners of news pages: what is left of invented articles in many forms, and what must not be taken for furniture."""

from __future__ import annotations

import inspect
from datetime import date

import pytest

from kg.model import Document
from kg.read import read_text
from kg.read.article.furniture import furniture

DAY = date(2019, 3, 5)
LED = "The council met on Monday."


def read(text: str) -> Document:
    return read_text(inspect.cleandoc(text), default_published=date(2000, 1, 1))


def body(text: str) -> list[str]:
    document = read(text)
    return [" ".join(document.text[span.start : span.end].split()) for span in document.body]


# ------------------------------------------------------------------ datelines


@pytest.mark.parametrize(
    "dateline",
    [
        "PARIS (Reuters) - ", "NAIROBI, Kenya — ", "NAIROBI, Kenya (AP) — ", "Lagos, March 5 (Xinhua) -- ", "NEW DELHI: ",
        "LONDON/PARIS (Reuters) - ", "UNITED NATIONS, March 5 (AP) — ", "Nairobi – ", "Nairobi | ", "ROME, Oct 5 — ",
        "Abuja, Nigeria | AFP | Monday 5/3/2019 | ", "(Reuters) - ", "Reuters, Nairobi - ", "MOSCOW, May 9. /TASS/. ",
        "TOKYO, Sept. 9, Kyodo - ", "BRUSSELS — 5 March 2019 — ", "St. Petersburg, Fla. (AP) -- ", "Washington DC (CNN)",
        "GENEVA (5 March 2019) – ", "Mexico City, Mar 5 (EFE).- ", "NICOSIA (Cyprus): ", "Port-au-Prince, Haiti (AFP) – ",
        "OUAGADOUGOU, Burkina Faso (AP) — ", "SEOUL, March 5 (Yonhap) -- ", "[Africa desk, Nairobi] ",
    ],
)  # fmt: skip
def test_a_dateline_is_cut_off(dateline: str) -> None:
    assert body(f"A headline about many things\n\n5 March 2019\n\n{dateline}{LED}")[1] == LED


@pytest.mark.parametrize(
    "sentence",
    [
        "Kenya – Africa's largest lender – lent Uganda money on Monday.",
        "NATO – the alliance of thirty countries – met on Monday.",
        "World Health Organization (WHO) Director Grace Mushi spoke on Monday.",
        "Britain (which has lent Niger money) and France met on Monday.",
        "On Monday, March 5, Kenya lent Uganda money.",
        "“Nairobi – that is where we met,” the minister said on Monday.",
        "President Ruto: we lent the money on Monday.",
    ],
)
def test_what_only_looks_like_a_dateline_stays(sentence: str) -> None:
    assert body(f"A headline about many things\n\n5 March 2019\n\n{sentence}\n\nIt rained.")[1] == sentence


def test_a_colon_behind_capitals_is_a_dateline_only_at_the_start() -> None:
    text = f"A headline about many things\n\n{LED}\n\nMUSHI: The loan was signed on Monday."
    assert body(text)[-1] == "MUSHI: The loan was signed on Monday."


# ------------------------------------------------------------------ bylines


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("By Ana Lima", ("Ana Lima",)),
        ("BY ANA LIMA AND JUAN PAZ", ("ANA LIMA", "JUAN PAZ")),
        ("by Ana Lima", ("Ana Lima",)),
        ("By: Ana Lima", ("Ana Lima",)),
        ("Written by Ana Lima", ("Ana Lima",)),
        ("By Ana Lima, Chief Correspondent", ("Ana Lima",)),
        ("By Ana Lima, Kampala", ("Ana Lima",)),
        ("By Ana Lima in Nairobi and Juan Paz in Kampala", ("Ana Lima",)),
        ("By Ana Lima, Juan Paz and Mary Stone", ("Ana Lima", "Juan Paz", "Mary Stone")),
        ("By Ana Lima | The Daily Post", ("Ana Lima",)),
        ("By Ana Lima for The Daily Post", ("Ana Lima",)),
        ("By Ana Lima - March 5, 2019", ("Ana Lima",)),
        ("By Ana Lima Mar 5, 2019, 3:15pm EST", ("Ana Lima",)),
        ("By Jean-Pierre d'Arc and Łukasz Müller-O’Neill", ("Jean-Pierre d'Arc", "Łukasz Müller-O’Neill")),
        ("Story by Ana Lima; photographs by Juan Paz", ("Ana Lima",)),
        ("By Our Correspondent", ()),
        ("Staff report", ()),
        ("Ana Lima, BBC News", ()),
        ("ana.lima@daily.example", ()),
        ("@analima", ()),
        ("Compiled from agency reports", ()),
    ],
)
def test_a_byline_is_no_body(byline: str, authors: tuple[str, ...]) -> None:
    document = read(f"A headline about many things\n\n{byline}\n\nMarch 5, 2019\n\n{LED}\n\nIt was a long day.")
    assert [document.text[s.start : s.end] for s in document.body][1:] == [LED, "It was a long day."]
    assert document.authors == authors
    assert document.published == DAY


@pytest.mark.parametrize(
    "note",
    [
        "Ana Lima is the Africa editor of the Daily.",
        "Ana Lima covers trade for The Daily from Nairobi. She joined in 2012.",
        "Maria da Silva Lima writes about ports.",
    ],
)
def test_a_note_on_the_author_at_the_end_is_left_out(note: str) -> None:
    text = f"A headline about many things\n\n{LED}\n\nIt was a long day.\n\n{note}"
    assert body(text)[1:] == [LED, "It was a long day."]
    assert body(text.replace(LED, "Lima lent Kenya money."))[-1] == note, "the article speaks of that person"
    assert body(f"A headline about many things\n\n{note}\n\n{LED}\n\nIt was a long day.")[1] == note, (
        "it is not the end"
    )


# ------------------------------------------------------------------ whole articles


def test_a_wire_story() -> None:
    text = """
        UPDATE 2-Kenya lends Uganda $20 million
        By Ana Lima and Juan Paz
        Updated March 6, 2019
        (Adds quote, background)
        March 5, 2019
        NAIROBI, March 5 (Reuters) - Kenya lent Uganda $20 million on Tuesday.
        * Loan runs for ten years
        * Tanzania protests against loan
        Uganda will build a road, Reuters reported.
        ($1 = 100.10 Kenyan shillings)
        This is a developing story and will be updated.
        (Reporting by Ana Lima in Nairobi and Juan Paz in Kampala; Editing by Mary Stone)
        Our Standards: The Trust Principles.
    """
    assert body(text) == [
        "Kenya lends Uganda $20 million",
        "Kenya lent Uganda $20 million on Tuesday.",
        "Loan runs for ten years",
        "Tanzania protests against loan",
        "Uganda will build a road, Reuters reported.",
    ]
    document = read(text)
    assert (document.headline, document.published) == ("Kenya lends Uganda $20 million", DAY)


def test_corrections_and_updates() -> None:
    text = """
        Kenya lends Uganda money

        Correction: An earlier version of this article misstated the sum. It is $20 million, not $25 million.

        March 5, 2019

        Kenya lent Uganda $20 million on Monday.

        Editor's note: This story first ran in The Post.

        This story has been updated to include a comment from Tanzania.

        Last updated: 6 March 2019 at 10:02
    """
    assert body(text) == ["Kenya lends Uganda money", "Kenya lent Uganda $20 million on Monday."]
    assert read(text).published == DAY


def test_a_live_blog() -> None:
    text = """
        Kenya loan: live updates

        Follow all of the day's developments here

        14:32 GMT

        Uganda signs the loan

        Uganda's finance minister signed the loan in Kampala. She said that the money would build a road.

        Share

        14.05 EAT
        Key event
        Tanzania protested against the loan, its foreign minister told parliament.

        1h ago 13.58
        Hello and welcome to our live coverage of the loan talks.

        That's all from us today. Thanks for reading.
    """
    assert body(text) == [
        "Kenya loan: live updates",
        "Uganda's finance minister signed the loan in Kampala. She said that the money would build a road.",
        "Tanzania protested against the loan, its foreign minister told parliament.",
    ]


def test_questions_and_answers() -> None:
    text = """
        'We shall pay it back': an interview with Uganda's minister

        The Daily: Why did Uganda borrow from Kenya?

        Grace Mushi: Kenya offered four percent. No bank did.

        Q: Will you pay it back?

        A: We shall pay it back before 2030.

        This interview has been edited for length and clarity.
    """
    assert body(text)[1:] == [
        "The Daily: Why did Uganda borrow from Kenya?",
        "Grace Mushi: Kenya offered four percent. No bank did.",
        "Will you pay it back?",
        "We shall pay it back before 2030.",
    ]


def test_lists_of_links_and_pull_quotes() -> None:
    text = """
        What we know about the loan

        Kenya lent Uganda $20 million on Monday.

        * Kenya and Uganda signed the loan in Nairobi.
        * Tanzania opposes the loan to Uganda

        READ ALSO

        Rwanda's president visits Kampala for talks on water

        Tanzania expels a diplomat from its northern neighbour

        Uganda's president visits Nairobi on Friday.

        RELATED: Tanzania expels a diplomat

        "We shall pay it back before 2030"

        "We shall pay it back before 2030," the president said in Kampala. He did not say how.

        > He did not say how.

        You may also like:
        - Ten lakes to see this summer
        - How to fix a bike in an hour

        More stories from The Daily
        Goats block a motorway for three hours
    """
    assert body(text) == [
        "What we know about the loan",
        "Kenya lent Uganda $20 million on Monday.",
        "Kenya and Uganda signed the loan in Nairobi.",
        "Tanzania opposes the loan to Uganda",
        "Uganda's president visits Nairobi on Friday.",
        '"We shall pay it back before 2030," the president said in Kampala. He did not say how.',
    ]


def test_a_newsletter() -> None:
    text = """
        The Daily Brief: Kenya lends, Tanzania protests

        Good morning.
        You're reading The Daily Brief, our morning newsletter. Was this forwarded to you? Sign up here.
        View in browser

        THE BIG STORY
        Kenya lent Uganda $20 million on Monday. The money will build a road to Rwanda.

        WHAT ELSE
        Tanzania protested against the loan on Tuesday. [Reuters]

        Thanks for reading. See you tomorrow.

        Unsubscribe | Manage preferences | Privacy policy
        You received this email because you signed up for The Daily Brief.
        © 2019 The Daily, 12 Station Road, Nairobi
    """
    assert body(text) == [
        "The Daily Brief: Kenya lends, Tanzania protests",
        "Kenya lent Uganda $20 million on Monday. The money will build a road to Rwanda.",
        "Tanzania protested against the loan on Tuesday.",
    ]


def test_paywalls_banners_and_players() -> None:
    text = """
        Kenya lends Uganda money

        Kenya lent Uganda $20 million on Monday.

        This article is for subscribers only.

        You have 2 free articles remaining this month.

        To read the full story, subscribe or sign in

        Start your free trial

        We value your privacy

        We and our partners store and/or access information on a device, such as cookies, and process personal data.

        By clicking "Accept", you agree to our use of cookies.

        Accept all Reject all Manage options

        JavaScript is disabled in your browser. Please enable it to continue.

        Media playback is unsupported on your device

        Tap here to download our app

        Got a story? Email us at news@daily.example

        The remaining 60% of this article is for members.

        Uganda will build a road.
    """
    assert body(text) == [
        "Kenya lends Uganda money",
        "Kenya lent Uganda $20 million on Monday.",
        "Uganda will build a road.",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "By closing the border with Uganda, Kenya hopes to stop the trade in charcoal.",
        "An earlier version of the law banned all parties but one.",
        "This report was changed under pressure from the ministry, Mushi said.",
        "Flash floods required three hundred people to leave their homes.",
        "Available on the market since 2010, the drug was banned on Monday.",
        "The rest of the story is well known, Mushi said.",
        "Cookies and tea were served to the ministers after the talks.",
        "You have heard the minister: the loan was signed.",
        "Top of the list is Kenya: it lent twenty million dollars.",
        "To read the treaty takes an hour, Mushi told the members of parliament.",
        "Updates to the treaty were signed by Kenya and Uganda on Monday.",
        "Follow the money, the prosecutor told the court in Nairobi.",
        "Share prices fell in Nairobi on Monday after the loan was signed.",
        "Ana Lima is an editor whom the police arrested on Monday in Quito after a long search for her.",
    ],
)
def test_sentences_that_begin_like_furniture_stay(sentence: str) -> None:
    assert furniture(sentence) is None
    assert sentence in body(f"A headline about many things\n\n{LED}\n\n{sentence}\n\nIt was a long day in Kenya.")
