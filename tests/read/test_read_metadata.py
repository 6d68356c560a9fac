from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.model import Document, Origin
from kg.read import Failure, read_sources, read_text
from kg.read.dates import day_and_month, find_dates, parse_date

Folder = Callable[[dict[str, str | bytes]], Path]
Read = Callable[..., Document]
Fail = Callable[..., str]


def published(text: str) -> date:
    return read_text(text).published


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("September 09, 2021", date(2021, 9, 9)),
        ("Sept. 9, 2021, 5:30 p.m. ET", date(2021, 9, 9)),
        ("9th September 2021", date(2021, 9, 9)),
        ("Thursday 9 September 2021 18.30 BST", date(2021, 9, 9)),
        ("2021-09-09", date(2021, 9, 9)),
        ("2021-09-09T22:10:00+03:00", date(2021, 9, 9)),
        ("Published: 09 Sep 2021 at 10:00", date(2021, 9, 9)),
        ("25/09/2021", date(2021, 9, 25)),
        ("09/25/2021", date(2021, 9, 25)),
        ("By Ana Lima | September 9, 2021", date(2021, 9, 9)),
        ("Updated 10 September 2021, published 9 September 2021", date(2021, 9, 9)),
    ],
)
def test_date_lines(line: str, day: date) -> None:
    assert published(f"Kenya lends Uganda money\n\n{line}\n\nKenya lent Uganda money.") == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("LIMA, March 3, 2020 (Agency) - Peru will vote.", date(2020, 3, 3)),
        ("LIMA, March 3 (Agency) - Peru will vote.\n\n© 2020 The Agency", date(2020, 3, 3)),
        ("Peru will vote.\n\n3 March 2020", date(2020, 3, 3)),
        ("Peru will vote.\n\nOriginal url:\n\n<https://a.example/2020/03/03/vote>", date(2020, 3, 3)),
        ("Peru votes\n\n4 March 2020\n\nOSLO, 3 March 2020 (Agency) - Peru will vote.", date(2020, 3, 4)),
    ],
)
def test_dates_elsewhere(text: str, day: date) -> None:
    assert published(text) == day


def test_a_date_in_a_sentence_is_not_the_publication_date() -> None:
    with pytest.raises(ReadError, match="no publication date"):
        published("Peru voted on 3 March 2020 in heavy rain.")


def test_find_dates_skips_the_impossible_and_marks_the_ambiguous() -> None:
    assert find_dates("31 February 2021") == []
    assert [hit.value for hit in find_dates("03/04/2021 or 04/04/2021")] == [None, date(2021, 4, 4)]
    assert parse_date("on March 4, 2021") is None
    assert day_and_month("OSLO, Sept 9 (X) -") == (9, 9)
    assert day_and_month("OSLO") is None


def test_front_matter_in_yaml() -> None:
    text = """---
title: "Peru: copper mine reopens"
date: 2020-02-03T10:00:00-05:00
author: [Rosa Quispe, "Juan Paz"]
publisher: Andes Daily   # in Lima
lang: en-GB
tags:
  - mining
link: https://andes.example/copper
---
The copper mine reopened on Monday.
"""
    document = read_text(text)
    assert document.headline == "Peru: copper mine reopens"
    assert document.published == date(2020, 2, 3)
    assert document.authors == ("Rosa Quispe", "Juan Paz")
    assert document.publisher == "Andes Daily"
    assert document.language == "en-GB"
    assert document.url == document.source_key == "https://andes.example/copper"
    assert [text[s.start : s.end] for s in document.body] == ["The copper mine reopened on Monday."]


def test_front_matter_lists_and_folded_text() -> None:
    text = "---\ntitle: >-\n  Peru mine\n  reopens\nauthors:\n  - Rosa Quispe\n  - Juan Paz\ndate: March 3, 2020\n---\nIt did.\n"
    document = read_text(text)
    assert (document.headline, document.authors) == ("Peru mine reopens", ("Rosa Quispe", "Juan Paz"))


def test_front_matter_in_toml() -> None:
    document = read_text('+++\ntitle = "Peru mine reopens"\ndate = 2020-03-03\n+++\nIt did so on Monday.\n')
    assert (document.headline, document.published) == ("Peru mine reopens", date(2020, 3, 3))


@pytest.mark.parametrize(
    ("front", "message"),
    [
        ("---\ndate: 03/04/2020\n---\n", "the front matter's date '03/04/2020' cannot be read; expected YYYY-MM-DD"),
        ("+++\ndate = \n+++\n", "front matter is not valid TOML"),
    ],
)
def test_wrong_front_matter_is_refused(front: str, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read_text(f"{front}Peru will vote.")


def test_a_thematic_break_is_no_front_matter() -> None:
    assert (
        len(read_text("---\n\nPeru will vote.\n\n---\n\nSo will Chile.", default_published=date(2020, 1, 1)).body) == 2
    )


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Ana Lima", ("Ana Lima",)),
        ("By [AFP](#)", ("AFP",)),
        ("By Ana Lima and Juan Paz in Quito", ("Ana Lima", "Juan Paz")),
        ("By Ana Lima, Political Editor", ("Ana Lima",)),
        ("By our Nairobi desk", ()),
        ("By Ana Lima | 5 March 2019", ("Ana Lima",)),
        ("[Asia Post Reporter Lee Min]", ("Lee Min",)),
    ],
)
def test_bylines(line: str, authors: tuple[str, ...]) -> None:
    text = f"Kenya lends Uganda money\n\n{line}\n\n5 March 2019\n\nKenya lent Uganda money."
    assert read_text(text).authors == authors


def test_an_inline_byline_names_the_author() -> None:
    text = "[Asia Post Reporter Lee Min] Japan and Korea met in Osaka."
    assert read_text(text, published=date(2019, 3, 5)).authors == ("Lee Min",)


@pytest.mark.parametrize(
    "lines",
    [
        "Original url:\n\n<https://a.example/vote>",
        "Original URL: https://a.example/vote",
        "Source: <https://a.example/vote>",
        "**Source:** https://a.example/vote",
    ],
)
def test_the_address_behind_its_label(lines: str) -> None:
    document = read_text(f"Peru will vote.\n\n{lines}", published=date(2020, 3, 3))
    assert document.url == document.source_key == "https://a.example/vote"


def test_sources_toml_wins_over_the_text(folder: Folder, read_one: Read, article: str) -> None:
    place = folder(
        {
            "a.txt": article,
            "sources.toml": """
["a.txt"]
publisher = "Nairobi Post"
published = 2019-03-06
url = "https://post.example/a"
language = "en"
author = "Ana Lima"
headline = "A loan"
based_on = { publisher = "Wire", published = 2019-03-04, url = "https://wire.example/1" }
""",
        }
    )
    document = read_one(place)
    assert document.published == date(2019, 3, 6)
    assert (document.publisher, document.headline, document.authors) == ("Nairobi Post", "A loan", ("Ana Lima",))
    assert document.source_key == "https://post.example/a"
    assert document.source_path == "a.txt"
    assert document.based_on == Origin(publisher="Wire", published=date(2019, 3, 4), url="https://wire.example/1")


def test_sources_toml_is_used_for_a_file_named_alone(folder: Folder, read_one: Read) -> None:
    place = folder({"a.txt": "Peru will vote.", "sources.toml": '["a.txt"]\npublished = "2020-03-03"\n'})
    assert read_one(place / "a.txt").published == date(2020, 3, 3)
    assert read_one(place / "a.txt") == read_one(place)


def test_sources_toml_of_the_named_folder_reaches_into_sub_folders(folder: Folder, read_one: Read) -> None:
    place = folder(
        {
            "sub/a.txt": "Peru will vote.",
            "sources.toml": '["sub/a.txt"]\npublished = 2020-03-03\npublisher = "Far"\n',
            "sub/sources.toml": '["a.txt"]\npublisher = "Near"\n',
        }
    )
    document = read_one(place)
    assert (document.published, document.publisher, document.source_path) == (date(2020, 3, 3), "Near", "sub/a.txt")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('publishr = "X"', "key 'publishr' is not known; known: headline, published, publisher, authors, url, language"),
        ('publishr = "X"', "Did you mean 'publisher'? Correct or remove it; the document was not read."),
        ('published = "soon"', "published is 'soon'; expected a date as YYYY-MM-DD"),
        ('published = "03/04/2020"', "published is '03/04/2020'; expected a date"),
        ("published = 2020", "published is 2020; expected a date"),
        ("publisher = 3", "publisher is 3; expected a text in quotes"),
        ('url = "a.example/x"', "url is 'a.example/x'; expected an address beginning with https:// or http://"),
        ("authors = []", "authors is []; expected a name or a list of names"),
        ('author = "A"\nauthors = ["B"]', "both 'author' and 'authors' are given"),
        ('based_on = "Wire"', "based_on is 'Wire'; expected a table with publisher, published, url"),
        ("based_on = { publishd = 2020-01-01 }", "based_on: key 'publishd' is not known; known: publisher, published, url"),
        ('based_on = { published = "x" }', "based_on.published is 'x'; expected a date"),
    ],
)  # fmt: skip
def test_wrong_tables_are_refused(folder: Folder, fail_one: Fail, article: str, line: str, message: str) -> None:
    place = folder({"a.txt": article, "sources.toml": f'["a.txt"]\n{line}\n'})
    said = fail_one(place)
    assert message in said
    assert f'{place / "sources.toml"} ["a.txt"]' in said


def test_a_wrong_table_spares_the_other_documents(
    folder: Folder, names: Callable[..., list[str]], article: str
) -> None:
    place = folder({"a.txt": article, "b.txt": f"{article}Again.", "sources.toml": '["a.txt"]\nx = 1\n'})
    assert names([place]) == ["!a.txt", "b.txt"]


def test_a_table_without_its_file_is_a_failure(folder: Folder, names: Callable[..., list[str]], article: str) -> None:
    place = folder({"a.txt": article, "sources.toml": '["aa.txt"]\nlanguage = "en"\n'})
    assert names([place]) == ["a.txt", "!aa.txt"]


def test_the_message_of_a_table_without_its_file(folder: Folder, fail_one: Fail) -> None:
    place = folder({"a.csv": "1", "sources.toml": '["b.csv"]\nlanguage = "en"\n'})
    assert fail_one(place) == (
        f"{place / 'b.csv'}: no such file, but sources.toml has a table for it. Did you mean 'a.csv'? "
        f"Correct the name in {place / 'sources.toml'}, or remove the table."
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"[a.txt\n", "not valid TOML: Expected ']'"),
        (b'["a.txt"]\npublisher = "\xff"\n', "not valid TOML: 'utf-8' codec can't decode"),
        (b'["../b.txt"]\n', "names a file outside the folder"),
    ],
)
def test_a_broken_sources_toml_fails_the_files_beside_it(
    folder: Folder, fail_one: Fail, article: str, content: bytes, message: str
) -> None:
    place = folder({"a.txt": article, "sources.toml": content})
    said = fail_one(place)
    assert said.startswith(str(place / "sources.toml"))
    assert message in said


def test_a_value_outside_a_table_is_a_failure(folder: Folder, names: Callable[..., list[str]], article: str) -> None:
    place = folder({"a.txt": article, "sources.toml": 'publisher = "X"\n'})
    assert names([place]) == ["a.txt", "!publisher"]
    failure = list(read_sources([place]))[1]
    assert isinstance(failure, Failure)
    assert "publisher = 'X' stands outside a table" in str(failure.error)
