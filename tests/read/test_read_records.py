"""JSON Lines and JSON: records become articles, their columns metadata, their places source paths."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from packing import gz, lines, zipped

from kg.errors import ConfigError
from kg.model import Document
from kg.read import Failure, Limits, ReadOptions, parse_columns, read_sources

Folder = Callable[[dict[str, str | bytes]], Path]
Names = Callable[..., list[str]]
Fail = Callable[..., str]
One = Callable[..., Document]

TEXT = "Kenya lent Uganda $20 million on Monday.\n\nUganda will build a road."
OTHER = "Uganda opened a road to Rwanda on Wednesday."
FULL = {
    "id": "k-1",
    "title": "Kenya lends Uganda money",
    "date": "2019-03-05T08:00:00+03:00",
    "source": "Nairobi Post",
    "authors": ["Ana Lima", "Juan Paz"],
    "url": "https://post.example/loan",
    "lang": "en-KE",
    "text": TEXT,
}
DATED = {"text": TEXT, "date": "2019-03-05"}


def test_columns_with_usual_names_are_found(folder: Folder, read_one: One) -> None:
    document = read_one(folder({"a.jsonl": lines([FULL])}) / "a.jsonl")
    assert document.text == TEXT
    assert document.headline == "Kenya lends Uganda money"
    assert document.published == date(2019, 3, 5)
    assert document.publisher == "Nairobi Post"
    assert document.authors == ("Ana Lima", "Juan Paz")
    assert document.url == document.source_key == "https://post.example/loan"
    assert document.language == "en-KE"
    assert document.source_path == "a.jsonl!k-1"


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.jsonl", lines([DATED, {**DATED, "text": OTHER}]), ["a.jsonl!1", "a.jsonl!2"]),
        ("a.ndjson", "\n" + lines([DATED]) + "\n\n" + lines([{**DATED, "text": OTHER}]), ["a.ndjson!2", "a.ndjson!5"]),
        ("a.json", json.dumps([DATED, {**DATED, "text": OTHER}]), ["a.json!1", "a.json!2"]),
        ("a.json", json.dumps(DATED), ["a.json!1"]),
        ("a.json", json.dumps(DATED, indent=2), ["a.json!1"]),
        ("a.json", lines([DATED, {**DATED, "text": OTHER}]), ["a.json!1", "a.json!2"]),
        ("a.json", json.dumps({"status": "ok", "articles": [DATED, {**DATED, "text": OTHER}]}), ["a.json!1", "a.json!2"]),
        ("a.json", json.dumps({"count": 1, "results": [DATED]}, indent=1), ["a.json!1"]),
        ("a.txt", lines([DATED]), ["a.txt!1"]),
        ("a.txt", json.dumps([DATED]), ["a.txt!1"]),
        ("a.jsonl.gz", gz(lines([DATED, {**DATED, "id": 12}])), ["a.jsonl.gz!1", "a.jsonl.gz!12"]),
        ("a.zip", zipped({"b.jsonl": lines([DATED])}), ["a.zip!b.jsonl!1"]),
        ("a.jsonl", "\ufeff" + lines([DATED]), ["a.jsonl!1"]),
        ("a.jsonl", lines([DATED, DATED]).encode("utf-16"), ["a.jsonl!1", "a.jsonl!2"]),
        ("a.json", json.dumps([DATED], indent=1).encode("utf-16"), ["a.json!1"]),
        ("a.jsonl", lines([DATED]).replace("\n", "\r\n"), ["a.jsonl!1"]),
        ("a.md", "[{not JSON}](https://x.example)\n\n5 March 2019\n\nKenya lent Uganda money.", ["a.md"]),
        ("a.txt", "{This line is prose.}\n\n5 March 2019\n\nKenya lent Uganda money.", ["a.txt"]),
    ],
)  # fmt: skip
def test_forms_of_json(folder: Folder, names: Names, name: str, content: str | bytes, found: list[str]) -> None:
    assert names([folder({name: content}) / name]) == found


def test_json_lines_on_standard_input(folder: Folder) -> None:
    first, second = read_sources("-", stdin=io.BytesIO(lines([DATED, FULL]).encode()))
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.source_path.startswith("stdin:")
    assert second.source_path == "stdin!k-1"


def test_columns_can_be_mapped(folder: Folder, read_one: One) -> None:
    record = {
        "h": "Kenya lends money",
        "when": "5 March 2019",
        "content": "no article",
        "doc": {"body": TEXT},
        "date": "2001-01-01",
    }
    columns = parse_columns("text=doc.body,headline=h,published=when")
    document = read_one(folder({"a.jsonl": lines([record])}) / "a.jsonl", options=ReadOptions(columns=columns))
    assert (document.text, document.headline, document.published) == (TEXT, "Kenya lends money", date(2019, 3, 5))


def test_sources_toml_maps_columns_and_wins(folder: Folder, read_one: One) -> None:
    toml = '["a.jsonl"]\npublisher = "Daily"\ncolumns = { text = "b", published = "day" }\n'
    place = folder({"a.jsonl": lines([{"b": TEXT, "day": "2019-03-05", "publisher": "Post"}]), "sources.toml": toml})
    document = read_one(place, options=ReadOptions(columns=parse_columns("text=wrong")))
    assert (document.text, document.published, document.publisher) == (TEXT, date(2019, 3, 5), "Daily")


def test_a_text_can_be_joined_from_columns(folder: Folder, read_one: One) -> None:
    record = {"title": "Kenya lends Uganda money", "lead": None, **DATED}
    columns = parse_columns(["text=title+lead+text"])
    document = read_one(folder({"a.jsonl": lines([record])}) / "a.jsonl", options=ReadOptions(columns=columns))
    assert document.text == f"Kenya lends Uganda money\n\n{TEXT}"
    assert [span.kind.value for span in document.body] == ["headline", "paragraph", "paragraph"]


@pytest.mark.parametrize(
    ("record", "fact", "value"),
    [
        ({"text": ["Kenya lent money.", "", "It did."], "date": "2019-03-05"}, "text", "Kenya lent money.\n\nIt did."),
        ({"Article_Text": TEXT, "Publish-Date": "2019-03-05"}, "text", TEXT),
        ({"text": "", "body": TEXT, "date": "2019-03-05"}, "text", TEXT),
        ({"text": 7, "body": TEXT, "date": "2019-03-05"}, "text", TEXT),
        ({**DATED, "date": 1551772800}, "published", date(2019, 3, 5)),
        ({**DATED, "date": 1551772800000}, "published", date(2019, 3, 5)),
        ({**DATED, "date": {"$date": "2019-03-05T00:00:00Z"}}, "published", date(2019, 3, 5)),
        ({**DATED, "published": "soon"}, "published", date(2019, 3, 5)),
        ({**DATED, "source": {"id": None, "name": "The Daily"}}, "publisher", "The Daily"),
        ({**DATED, "author": {"name": "Ana Lima"}}, "authors", ("Ana Lima",)),
        ({**DATED, "author": [{"name": "Ana Lima"}, "Juan Paz"]}, "authors", ("Ana Lima", "Juan Paz")),
        ({**DATED, "author": [3]}, "authors", ()),
        ({**DATED, "title": "A\nloan \x07"}, "headline", "A loan"),
        ({**DATED, "title": "half \ud800"}, "headline", None),
        ({**DATED, "url": "no address"}, "url", None),
        ({**DATED, "url": "https://a.example/<script>"}, "url", None),
        ({**DATED, "_id": {"$oid": "5c7e"}}, "source_path", "a.jsonl!5c7e"),
        ({**DATED, "id": True}, "source_path", "a.jsonl!1"),
        ({**DATED, "date": 10**60}, "published", date(2021, 1, 2)),
    ],
)  # fmt: skip
def test_values_of_many_kinds(folder: Folder, read_one: One, record: object, fact: str, value: object) -> None:
    options = ReadOptions(published=date(2021, 1, 2))
    assert getattr(read_one(folder({"a.jsonl": lines([record])}) / "a.jsonl", options=options), fact) == value


def test_a_text_in_html_is_converted(folder: Folder, read_one: One) -> None:
    html = f"<p>{OTHER} The minister said so.</p><p>It is <b>long</b> and cost $5 million, he told reporters.</p>"
    document = read_one(folder({"a.jsonl": lines([{**DATED, "text": html}])}) / "a.jsonl")
    assert document.text == f"{OTHER} The minister said so.\n\nIt is long and cost $5 million, he told reporters.\n"


@pytest.mark.parametrize(
    ("name", "content", "where", "message"),
    [
        ("a.jsonl", '{"text": "x"', "!1", "not valid JSON: Expecting ',' delimiter at its end. Correct it."),
        ("a.jsonl", "[1, 2]\n", "!1", "expected a JSON object with the columns of an article, found [1, 2]. Write one"),
        ("a.jsonl", "null\n", "!1", "expected a JSON object with the columns of an article, found None"),
        ("a.jsonl", "{}\n", "!1", "no column for the text of an article was found; the record has no columns. Name the"),
        ("a.jsonl", lines([{"a": 1, "b": 2}]), "!1", "was found; the record has 'a', 'b'. Name the column with --columns text=NAME"),
        ("a.jsonl", lines([{"text": {"a": 1}}]), "!1", "no column for the text of an article was found"),
        ("a.jsonl", b'{"text": "caf\xe9"}\n', "!1", "byte 0xE9 at offset 13 (line 1) is not valid UTF-8"),
        ("a.jsonl", '{"text": "Kenya \\ud800 lent."}\n', "!1", "character 6 of the text is half a surrogate pair"),
        ("a.jsonl", "[" * 5000 + "\n", "!1", "not valid JSON: nested too deep"),
        ("a.jsonl", '{"text": ' + "9" * 5000 + "}\n", "!1", "not valid JSON: Exceeds the limit"),
        ("a.jsonl", lines([{"text": TEXT}]), "!1", "no publication date"),
        ("a.json", "", "", "not valid JSON: Expecting value at its end"),
        ("a.json", "{", "", "not valid JSON: Expecting property name enclosed in double quotes at its end"),
        ("a.json", "[1, 2]", "!1", "expected a JSON object with the columns of an article, found 1"),
        ("a.json", '[{"text": "a"}', "!1", "no publication date"),
    ],
)  # fmt: skip
def test_bad_json(folder: Folder, name: str, content: str | bytes, where: str, message: str) -> None:
    path = folder({name: content}) / name
    found = list(read_sources([path]))
    assert isinstance(found[0], Failure)
    assert str(found[0].error).startswith(f"{path}{where}: ")
    assert message in str(found[0].error)


def test_bad_records_do_not_stop_the_others(folder: Folder, names: Names) -> None:
    content = '{"broken\n' + lines([DATED]) + '{"text": 3}\n' + lines([{**DATED, "text": OTHER}])
    assert names([folder({"a.jsonl": content}) / "a.jsonl"]) == ["!a.jsonl!1", "a.jsonl!2", "!a.jsonl!3", "a.jsonl!4"]


def test_what_stands_before_an_error_in_an_array_is_kept(folder: Folder, names: Names, fail_one: Fail) -> None:
    content = f"[{json.dumps(DATED)}, 7, {json.dumps({**DATED, 'text': OTHER})}, {{broken]"
    path = folder({"a.json": content}) / "a.json"
    assert names([path]) == ["a.json!1", "!a.json!2", "a.json!3", "!a.json"]
    failures = [str(item.error) for item in read_sources([path]) if isinstance(item, Failure)]
    assert failures[1] == (
        f"{path}!4: not valid JSON: Expecting property name enclosed in double quotes at 'broken]'; what follows in the "
        "array was not read. Correct it."
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (f"[{json.dumps(DATED)}", "the array does not end; what came before was read. Get the whole file again."),
        (f"[{json.dumps(DATED)}]]", "more follows behind the end of the array, and was not read. Write one array"),
    ],
)
def test_arrays_without_a_proper_end(folder: Folder, content: str, message: str) -> None:
    document, failure = read_sources([folder({"a.json": content}) / "a.json"])
    assert isinstance(document, Document)
    assert isinstance(failure, Failure)
    assert message in str(failure.error)


def test_records_above_the_limit(folder: Folder) -> None:
    options = ReadOptions(limits=Limits(article=200))
    content = lines([{**DATED, "more": "x" * 500}, DATED])
    failure, document = read_sources([folder({"a.jsonl": content}) / "a.jsonl"], options=options)
    assert isinstance(failure, Failure)
    assert "a.jsonl!1: a record of more than 200 bytes, which is no article. Look whether it is whole" in str(
        failure.error
    )
    assert isinstance(document, Document)


def test_a_mapped_column_must_hold_what_it_should(folder: Folder, fail_one: Fail) -> None:
    place = folder({"a.jsonl": lines([{**DATED, "when": "soon", "link": 3, "n": 4}])})

    def said(columns: str) -> str:
        return fail_one(place / "a.jsonl", options=ReadOptions(columns=parse_columns(columns)))

    assert "column 'when' holds 'soon'; expected a date. Correct it, or map another column" in said("published=when")
    assert "column 'link' holds 3; expected an address beginning with https:// or http://" in said("url=link")
    assert "column 'n' holds 4; expected a text; the record has 'text', 'date'" in said("text=n")
    assert "'nothing': no text in this column; the record has 'text', 'date', 'when', 'link', 'n'" in said(
        "text=nothing"
    )


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("txt=a", "columns: 'txt' is nothing that a column can hold; known: text, headline, published, publisher, authors, url, language, id. Did you mean 'text'? "),
        ("text", "columns: text is ''; expected the name of a column, or several as a+b. Write for example --columns"),
        ("text=a+", "columns: text is 'a+'; expected the name of a column"),
        ("url=a+b", "columns: url has 2 columns; only text is joined from several. Name one of them"),
    ],
)  # fmt: skip
def test_wrong_mappings(given: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_columns(given)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("columns = 3", 'columns is 3; expected a table such as { text = "body" }'),
        ('columns = { txt = "a" }', "columns: 'txt' is nothing that a column can hold"),
        ("columns = { text = 4 }", "columns: text is 4; expected the name of a column"),
    ],
)  # fmt: skip
def test_wrong_mappings_in_sources_toml(folder: Folder, fail_one: Fail, toml: str, message: str) -> None:
    place = folder({"a.jsonl": lines([DATED]), "sources.toml": f'["a.jsonl"]\n{toml}\n'})
    assert message in fail_one(place)


def test_two_records_of_one_address(folder: Folder, fail_one: Fail) -> None:
    path = folder({"a.jsonl": lines([FULL, FULL, {**FULL, "text": OTHER}])}) / "a.jsonl"
    first, second = read_sources([path])
    assert isinstance(first, Document)
    assert isinstance(second, Failure)
    assert "a.jsonl!3: has the same address 'https://post.example/loan' as " in str(second.error)
