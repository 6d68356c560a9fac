from __future__ import annotations

import inspect
from datetime import date

import pytest

from kg.model import BodyKind
from kg.read import read_text
from kg.read.article.furniture import RULES, furniture
from kg.read.article.parts import Part

DAY = date(2019, 3, 5)


def spans(text: str) -> list[tuple[str, str]]:
    document = read_text(inspect.cleandoc(text), default_published=DAY)
    return [(span.kind.value, " ".join(document.text[span.start : span.end].split())) for span in document.body]


def body(text: str) -> list[str]:
    return [words for _, words in spans(text)]


@pytest.mark.parametrize(
    ("line", "part"),
    [
        # captions and credits
        ("Photograph: Ana Lima/The Daily", Part.CAPTION),
        ("Fishermen mend nets in Dakar. Photograph: Awa Diop/Reuters", Part.CAPTION),
        ("The ministers at the table. **AWA DIOP / POOL / AFP**", Part.CAPTION),
        ("Workers leave the mine (AP Photo/Juan Paz)", Part.CAPTION),
        ("President Ruto (right) greets the crowd in Nakuru", Part.CAPTION),
        ("Kishida, left, and Marcos shake hands in Manila", Part.CAPTION),
        ("The harbour of Lomé [Image source=Togo Presse]", Part.CAPTION),
        ("(Photo by Awa Diop/Getty Images)", Part.CAPTION),
        ("A ferry off Zanzibar, Getty Images", Part.CAPTION),
        ("FILE PHOTO: A train leaves Mombasa", Part.CAPTION),
        ("Image source, Reuters", Part.CAPTION),
        ("In this photo released by the palace, the king waves", Part.CAPTION),
        ("Photo by Awa Diop on Unsplash", Part.CAPTION),
        ("Credit: Awa Diop", Part.CAPTION),
        # who wrote it
        ("By Ana Lima", Part.BYLINE),
        ("By [AFP](#)", Part.BYLINE),
        ("By Ana Lima and Juan Paz in Quito", Part.BYLINE),
        ("By our Nairobi desk", Part.BYLINE),
        ("By Ana Lima, Political Editor", Part.BYLINE),
        ("BY ANA LIMA", Part.BYLINE),
        ("in Lagos", Part.BYLINE),
        ("in Addis Ababa and Cairo", Part.BYLINE),
        ("[Business desk, Osaka]", Part.BYLINE),
        ("via Reuters", Part.BYLINE),
        ("through our partner network", Part.BYLINE),
        ("Reuters", Part.BYLINE),
        ("-With the assistance of Awa Diop.", Part.BYLINE),
        ("(Reporting by Ana Lima in Quito; Editing by Juan Paz)", Part.BYLINE),
        ("Associated Press writer Juan Paz contributed to this report.", Part.BYLINE),
        ("Ana Lima, Africa correspondent", Part.BYLINE),
        # dates
        ("September 09, 2021", Part.DATE),
        ("Thursday 9 September 2021 18.30 BST", Part.DATE),
        ("Published: 14:05, 7 July 2022 | Updated: 16:20, 8 July 2022", Part.DATE),
        ("2021-09-09T10:00:00Z", Part.DATE),
        ("Posted on March 3, 2020 by Ana Lima", Part.DATE),
        ("Quito, 3 March 2020", Part.DATE),
        ("March 3, 2020 / 3:31 PM / 2 years ago", Part.DATE),
        ("Mon, 2 Mar 2020 21:45:46 -0500", Part.DATE),
        ("LIMA, March 3 (Agency) -", Part.DATE),
        # notices, comments, links
        ("© 2020 The Daily", Part.NOTICE),
        ("Copyright notice", Part.NOTICE),
        ("Copyright 2020 The Daily. All rights reserved.", Part.NOTICE),
        ("All Rights Reserved", Part.NOTICE),
        ("Advertisement", Part.NOTICE),
        ("Subscribe to our newsletter", Part.NOTICE),
        ("Get the day's news in your inbox: sign up for our newsletter", Part.NOTICE),
        ("We use cookies to improve this site.", Part.NOTICE),
        ("Your email address will not be published.", Part.NOTICE),
        ("Required fields are marked *", Part.NOTICE),
        ("3 min read", Part.NOTICE),
        ("Tags: mining, Peru", Part.NOTICE),
        ("Privacy Policy | Terms of Use", Part.NOTICE),
        ("Leave a Reply", Part.COMMENTS),
        ("Leave a comment", Part.COMMENTS),
        ("12 Comments", Part.COMMENTS),
        ("[ad_1]", Part.BYLINE),
        ("Source link", Part.LINK),
        ("Original url:", Part.LINK),
        ("<https://news.example/2020/03/03/copper>", Part.LINK),
        ("https://news.example/a https://news.example/b", Part.LINK),
        ("[Copper mine reopens](https://news.example/copper)", Part.LINK),
        ("![](pixel.gif)", Part.LINK),
        ("Read more: Peru's copper strike", Part.LINK),
        ("RELATED: Peru's copper strike", Part.LINK),
        ("Share on Facebook", Part.LINK),
        ("Follow us on Twitter", Part.LINK),
        ("* * *", Part.MARKUP),
    ],
)
def test_furniture_is_told_by_its_form(line: str, part: Part) -> None:
    assert furniture(line) is part


@pytest.mark.parametrize(
    "line",
    [
        "By Friday, the river had flooded three districts.",
        "By the end of the year Ghana wants to export gas.",
        "By law, Parliament must vote within thirty days",
        "In Lagos, shops stayed closed.",
        "Share prices fell in Tokyo on Monday.",
        "Photos of the president hung on every wall.",
        "Copyright law was amended by parliament on Tuesday.",
        "With the help of Norway, Malawi built a new port.",
        "With assistance from Japan, Palau bought a patrol boat.",
        "Terms of the deal were not disclosed.",
        "By continuing to supply gas, Algeria won friends.",
        "Produced by Chilean firms, the cables were sold to Peru.",
        "Register of voters to be updated before the poll, commission says.",
        "Privacy policy changes drew criticism from the regulator.",
        "Related firms in Panama paid the fine.",
        "Comments by the minister angered farmers.",
        "Reproduction of sea turtles has fallen by half.",
        "The party of the left, right and centre voted together.",
        "Source code was stolen from the ministry, police said.",
        "The photographer sued Getty Images.",
        "Talks held on 9 September 2021 in Oslo failed",
        "Live music returned to Bamako.",
        "Follow the money, the prosecutor told jurors.",
        "More on than off, the truce held.",
        "May 2019 was the warmest month on record.",
    ],
)
def test_prose_that_begins_alike_stays(line: str) -> None:
    assert furniture(line) is None


def test_every_rule_compiles_and_is_tried() -> None:
    assert len(RULES) >= 15
    assert not any(rule.fits("Kenya lent Uganda $20 million on Monday.") for rule in RULES)


def test_headline_summary_and_paragraphs_are_told_apart() -> None:
    assert spans("""
        Chile raises lithium tax

        Mining firms call the plan a mistake that will cost jobs

        Chile will raise its tax on lithium.

        It will rise to 6 percent.
        """) == [
        ("headline", "Chile raises lithium tax"),
        ("summary", "Mining firms call the plan a mistake that will cost jobs"),
        ("paragraph", "Chile will raise its tax on lithium."),
        ("paragraph", "It will rise to 6 percent."),
    ]


def test_a_full_sentence_before_the_byline_is_the_summary() -> None:
    kinds = [
        kind for kind, _ in spans("Fiji votes\n\nPolls opened at dawn on both islands.\n\nBy Ana Lima\n\nFiji voted.")
    ]
    assert kinds == ["headline", "summary", "paragraph"]


def test_a_text_that_begins_with_a_sentence_has_no_headline() -> None:
    document = read_text("Kenya lent Uganda $20 million.\n\nIt was the third loan.", default_published=DAY)
    assert document.headline is None
    assert [span.kind for span in document.body] == [BodyKind.PARAGRAPH] * 2


def test_a_kicker_above_the_headline_is_left_out() -> None:
    assert body("BREAKING NEWS\nChile raises lithium tax\nChile will raise its tax.")[0] == "Chile raises lithium tax"


def test_one_paragraph_a_line_needs_no_blank_lines() -> None:
    assert body("""
        Chile raises lithium tax
        By Ana Lima
        Chile will raise its tax on lithium next year, the finance ministry said.
        Companies called the plan a mistake. They said that they would go to court over it.
        The tax will rise from 3 to 6 percent.
        """) == [
        "Chile raises lithium tax",
        "Chile will raise its tax on lithium next year, the finance ministry said.",
        "Companies called the plan a mistake. They said that they would go to court over it.",
        "The tax will rise from 3 to 6 percent.",
    ]


def test_wrapped_lines_are_one_paragraph() -> None:
    assert body("""
        Ghana and Togo open joint border post

        Ghana and Togo opened a joint border post at Aflao on Tuesday, which
        officials said would halve the waiting time for lorries. President
        Akufo-Addo and his counterpart, Faure Gnassingbe, cut a ribbon
        in Aflao
        together.

        Togo sells cement to Ghana. Ghana sells Togo electricity from the dam
        at Akosombo.
        """)[1:] == [
        "Ghana and Togo opened a joint border post at Aflao on Tuesday, which officials said would halve the waiting time for lorries. President Akufo-Addo and his counterpart, Faure Gnassingbe, cut a ribbon in Aflao together.",
        "Togo sells cement to Ghana. Ghana sells Togo electricity from the dam at Akosombo.",
    ]


def test_header_lines_of_a_wrapped_file_stay_apart() -> None:
    assert (
        body("""
        Ghana and Togo open joint border post
        By Ama Boateng
        5 March 2019

        Ghana and Togo opened a joint border post at Aflao on Tuesday, which
        officials said would halve the waiting time for lorries.
        """)[0]
        == "Ghana and Togo open joint border post"
    )


def test_a_broken_paragraph_stays_two_spans_of_one_sentence() -> None:
    document = read_text(
        "The agreement means that Mali will have\n\na new port. It is in Guinea.", default_published=DAY
    )
    assert [span.continues for span in document.body] == [False, True]


def test_words_in_mid_sentence_are_no_byline() -> None:
    assert body("Fiji votes\n\nFiji voted.\n\nThe two presidents then met\n\nin Suva") == [
        "Fiji votes",
        "Fiji voted.",
        "The two presidents then met",
        "in Suva",
    ]


def test_headings_stay_only_if_they_say_something() -> None:
    assert spans("""
        Chile raises lithium tax

        Chile will raise its tax.

        Regional reactions

        Peru welcomed the plan.

        Bolivian union leader arrested in La Paz

        Argentina was silent.
        """)[2:] == [
        ("paragraph", "Peru welcomed the plan."),
        ("headline", "Bolivian union leader arrested in La Paz"),
        ("paragraph", "Argentina was silent."),
    ]


@pytest.mark.parametrize(
    ("start", "left"),
    [
        ("LIMA (Reuters) - Peru will vote.", "Peru will vote."),
        ("SUVA, Fiji (AP) — Fiji voted.", "Fiji voted."),
        ("PUERTO MONTT, Chile/SAN JUAN (Agency) - A boat sank.", "A boat sank."),
        ("OSLO, March 5 (Agency) - Norway sold gas.", "Norway sold gas."),
        ("OSLO, 5 March, 2019 /PRNewswire/ -- Norway sold gas.", "Norway sold gas."),
        ("NAIROBI – Kenya lent money.", "Kenya lent money."),
        ("Nairobi, 5 March – Kenya lent money.", "Kenya lent money."),
        ("(AFP) - Kenya lent money.", "Kenya lent money."),
        ("[Asia Post Reporter Lee Min] Japan and Korea met.", "Japan and Korea met."),
        ("NATO – the western alliance – met.", "NATO – the western alliance – met."),
        ("[They] had no choice, he said.", "[They] had no choice, he said."),
        ("Ruto – who won in August – spoke.", "Ruto – who won in August – spoke."),
    ],
)
def test_datelines_and_inline_bylines_are_cut_off(start: str, left: str) -> None:
    assert body(start) == [left]


def test_credits_at_the_end_of_a_paragraph_are_cut_off() -> None:
    assert body("Kenya lent money. (Reporting by Ana Lima; editing by Juan Paz)") == ["Kenya lent money."]
    assert body("Kenya lent money to its neighbour. © 2019 The Daily") == ["Kenya lent money to its neighbour."]


def test_markdown_marks_are_cut_out_of_sentences() -> None:
    text = (
        "The **Antamina** mine in [Peru](https://x.example/Peru_(land)), run by *BHP*, reopened.[^1]\n\n[^1]: A note."
    )
    document = read_text(text, default_published=DAY)
    assert [text[s.start : s.end] for s in document.body] == [
        "The", "Antamina", "mine in", "Peru", ", run by", "BHP", ", reopened.",
    ]  # fmt: skip
    assert [s.continues for s in document.body] == [False] + [True] * 6


def test_underscores_and_stars_inside_words_stay() -> None:
    assert body("The file a_b_c grew 5 * 3 * 2 times.") == ["The file a_b_c grew 5 * 3 * 2 times."]


def test_markdown_blocks() -> None:
    assert spans("""
        # Peru: copper mine reopens

        ![The mine](mine.jpg)

        The mine reopened on Monday.

        > "We shall hire 500 people,"
        > the manager said.

        ## Background to the long strike

        - The union wants higher wages.
        - Home

        ```
        make copper
        ```

        | year | tonnes |
        |------|--------|
        | 2019 | 400    |
        """) == [
        ("headline", "Peru: copper mine reopens"),
        ("paragraph", "The mine reopened on Monday."),
        ("paragraph", '"We shall hire 500 people,"'),
        ("paragraph", "the manager said."),
        ("headline", "Background to the long strike"),
        ("paragraph", "The union wants higher wages."),
    ]


def test_a_caption_given_twice_is_left_out_twice() -> None:
    assert body("""
        Fiji votes

        Voters queue at a school in Suva on Wednesday

        Voters queue at a school in Suva on Wednesday. Photograph: Ana Lima/Reuters

        Fiji voted.
        """) == ["Fiji votes", "Fiji voted."]


def test_a_paragraph_given_twice_is_kept_once() -> None:
    assert body(
        "Fiji voted on Wednesday in heavy rain.\n\nTurnout was low.\n\nFiji voted on Wednesday in heavy rain."
    ) == [
        "Fiji voted on Wednesday in heavy rain.",
        "Turnout was low.",
    ]


def test_nothing_below_the_comment_heading_is_body() -> None:
    assert body("Fiji voted.\n\nComments (2)\n\nJoe: I voted twice.\n\nAnn: Me too.") == ["Fiji voted."]
    assert body("Leave a comment\n\nFiji voted.") == ["Fiji voted."]
