from __future__ import annotations

import io
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kg.iris import digest
from kg.model import Document
from kg.read import Failure, read_sources, read_text

Folder = Callable[[dict[str, str | bytes]], Path]
Read = Callable[..., Document]
Names = Callable[..., list[str]]


def numbered(article: str, *names: str) -> dict[str, str | bytes]:
    return {name: f"{article}\nIt was loan number {i}.\n" for i, name in enumerate(names)}


def test_a_folder_is_read_with_its_sub_folders_sorted(folder: Folder, names: Names, article: str) -> None:
    place = folder(numbered(article, "b.txt", "a/z.md", "a/b.markdown", "C.TXT") | {"x.pdf": b"%PDF-1.4", "n.csv": "1"})
    assert names([place]) == ["C.TXT", "a/b.markdown", "a/z.md", "b.txt"]


def test_hidden_files_and_workspaces_are_passed_over(folder: Folder, names: Names, article: str) -> None:
    files = numbered(article, "a.txt", ".b.txt", ".git/c.txt", "kg-graph/texts/d.txt")
    assert names([folder(files | {"kg-graph/kg.toml": ""})]) == ["a.txt"]


def test_a_file_is_read_once_however_often_it_is_named(folder: Folder, names: Names, article: str) -> None:
    place = folder(numbered(article, "sub/a.txt", "sub/b.txt"))
    (place / "link.txt").symlink_to(place / "sub/a.txt")
    assert names([place / "sub/a.txt", place, place / "sub" / ".." / "sub" / "a.txt"]) == ["sub/a.txt", "sub/b.txt"]


def test_the_order_of_names_changes_no_document(folder: Folder, article: str) -> None:
    place = folder(numbered(article, "sub/a.txt", "sub/b.txt", "c.txt"))
    forth = list(read_sources([place / "sub", place, str(place / "*.txt")]))
    back = list(read_sources([str(place / "*.txt"), place, place / "sub"]))
    assert sorted(map(repr, forth)) == sorted(map(repr, back))
    assert len(forth) == 3


def test_a_file_named_alone_has_its_folder_as_root(folder: Folder, read_one: Read, article: str) -> None:
    assert read_one(folder({"sub/a.txt": article}) / "sub/a.txt").source_path == "a.txt"


def test_a_single_string_is_one_source(folder: Folder, article: str) -> None:
    place = folder({"a.txt": article})
    assert [d.source_path for d in read_sources(str(place)) if isinstance(d, Document)] == ["a.txt"]


def test_globs(folder: Folder, names: Names, article: str) -> None:
    place = folder(numbered(article, "a.txt", "b.md", "sub/c.txt", "n.csv", "[d].txt"))
    assert names([f"{place}/*.txt"]) == ["[d].txt", "a.txt"]
    assert names([f"{place}/**/*"]) == ["[d].txt", "a.txt", "b.md", "sub/c.txt"]
    assert names([f"{place}/s*"]) == ["sub/c.txt"]
    assert names([place / "[d].txt"]) == ["[d].txt"]


def test_a_relative_glob_needs_no_folder(
    folder: Folder, names: Names, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder(numbered(article, "a.txt", "sub/b.txt")))
    assert names(["*.txt"]) == ["a.txt"]
    assert names(["sub/*.txt", "."]) == ["sub/b.txt", "a.txt"]


def test_sources_toml_named_by_a_shell_pattern_is_no_source(folder: Folder, names: Names, article: str) -> None:
    place = folder({"a.txt": article, "sources.toml": ""})
    assert names([place / "a.txt", place / "sources.toml"]) == ["a.txt"]


def test_a_file_of_another_ending_is_read_when_sources_toml_or_the_user_names_it(
    folder: Folder, names: Names, article: str
) -> None:
    place = folder(numbered(article, "a.news", "b.news") | {"sources.toml": '["a.news"]\nlanguage = "en"\n'})
    assert names([place]) == ["a.news"]
    assert names([place / "b.news"]) == ["b.news"]


def test_different_files_of_one_relative_path_are_refused(folder: Folder, article: str) -> None:
    place = folder(numbered(article, "x/a.txt", "y/a.txt"))
    failures = list(read_sources([place / "x", place / "y"]))
    assert [type(item) for item in failures] == [Failure, Failure]
    assert str(failures[0].error) == (
        f"{place / 'x/a.txt'}: has the same relative path 'a.txt' as {place / 'y/a.txt'}, and documents are told apart "
        "by it. Name the folder that holds both, or give them different names."
    )


def test_two_contents_of_one_address_are_refused(folder: Folder, article: str) -> None:
    url = "\nOriginal url: https://a.example/1\n"
    place = folder({"a.txt": article + url, "b.txt": f"{article}More.\n{url}", "c.txt": article + url})
    first, second = read_sources([place])
    assert isinstance(first, Document)
    assert isinstance(second, Failure)
    assert str(second.error) == (
        f"{place / 'b.txt'}: has the same address 'https://a.example/1' as {place / 'a.txt'}, but another content. "
        "Keep one of them, or correct the url in sources.toml."
    )


def test_standard_input(read_one: Read, article: str) -> None:
    document = read_one("-", stdin=io.BytesIO(article.encode()))
    assert document.source_path == document.source_key == f"stdin:{document.text_sha256[:16]}"
    assert document.id == read_text(article).id


def test_file_names_that_are_not_utf8_or_nfc(folder: Folder, names: Names, article: str) -> None:
    place = folder(numbered(article, "Mu\u0308nchen.txt"))
    Path(os.fsdecode(os.fsencode(place) + b"/\xff.txt")).write_text(article)
    assert names([place]) == ["M\u00fcnchen.txt", "\\xff.txt"]


def test_identity_follows_key_text_publisher_date_and_url(article: str) -> None:
    base = read_text(article, name="a.txt")
    assert base.id == digest("a.txt", base.text_sha256, "", "2019-03-05", "")
    others = [
        read_text(article, name="b.txt"),
        read_text(f"{article} ", name="a.txt"),
        read_text(article, name="a.txt", publisher="X"),
        read_text(article, name="a.txt", published=date(2019, 3, 6)),
        read_text(article, name="a.txt", url="https://a.example/1"),
    ]
    assert len({base.id, *(other.id for other in others)}) == 6


def test_the_text_is_stored_as_it_is(folder: Folder, read_one: Read) -> None:
    raw = "\ufeffIraq buys wheat\r\n\r\n2021-05-06\r\n\r\nIraq bought wheat\r\nfrom Australia.\r\n".encode()
    document = read_one(folder({"a.txt": raw}) / "a.txt")
    assert document.text == raw.decode("utf-8-sig")
    assert [document.text[s.start : s.end] for s in document.body] == [
        "Iraq buys wheat",
        "Iraq bought wheat\r\nfrom Australia.",
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks(folder: Folder, read_one: Read, article: str, encoding: str) -> None:
    document = read_one(folder({"a.txt": article.encode(encoding)}) / "a.txt")
    assert document.text == article
    assert document.text_sha256 == read_text(article).text_sha256
    assert document.sha256 != document.text_sha256


def test_a_declared_encoding(folder: Folder, read_one: Read) -> None:
    text = "5 March 2019\n\nThe café in São Tomé sold “everything”."
    place = folder({"a.txt": text.encode("cp1252"), "sources.toml": '["a.txt"]\nencoding = "cp1252"\n'})
    assert read_one(place).text == text
