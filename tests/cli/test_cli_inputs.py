"""The options of ``kg build`` about its sources: columns, limits, language; what the summary and the exit code say."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from kg.cli import main

RECORD = {"id": 1, "day": "2020-03-05", "body": "Kenya lent Uganda $20 million."}
FRENCH = {
    "id": 2,
    "day": "2020-03-05",
    "body": "Le président kenyan a rencontré jeudi son homologue ougandais à Nairobi.",
}


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    path = tmp_path / "feed.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in (RECORD, FRENCH)))
    return path


def dry_run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main(["build", *map(str, arguments), "--dry-run", "--graph", "nowhere"])
    out, err = capsys.readouterr()
    return code, out, err


def test_columns_are_mapped_and_other_languages_set_aside(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = dry_run(capsys, feed, "--columns", "published=day,text=body")
    assert code == 0
    assert "1 document" in out
    assert "1 record set aside, see the messages above." in out
    assert err == (
        f"kg: {feed}: 1 record set aside, written in French (fr); only English is read; the first is {feed}!2. "
        'Write language = "en" in sources.toml or use --assume-english to read them all the same.\n'
    )


def test_all_can_be_read_as_english(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = dry_run(capsys, feed, "--columns", "published=day,text=body", "--assume-english")
    assert (code, err) == (0, "")
    assert "2 documents" in out
    assert "set aside" not in out


def test_a_limit_is_named_and_can_be_raised(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(b"5 March 2020\n\nKenya lent Uganda money.\n" + b"\n" * 11_000_000))
    code, _, err = dry_run(capsys, path)
    assert code == 4
    assert f"{path}: unpacks to more than 200 times its size" in err
    assert "--limit ratio=NUMBER" in err
    code, out, err = dry_run(capsys, path, "--limit", "ratio=2000")
    assert (code, err) == (0, "")
    assert "1 document" in out


def test_a_flood_of_failures_is_cut_short(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_text('{"a": 1}\n' * 50 + json.dumps(RECORD) + "\n")
    code, _, err = dry_run(capsys, path, "--columns", "published=day,text=body")
    assert code == 4
    assert len(err.splitlines()) == 21
    assert err.endswith(f"kg: {path}: 30 more records failed. --verbose tells each of them.\n")
    _, _, err = dry_run(capsys, path, "--columns", "published=day,text=body", "--verbose")
    assert len(err.splitlines()) == 50


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--columns", "body"), "columns: body is ''; expected the name of a column"),
        (("--columns", "txt=body"), "Did you mean 'text'?"),
        (("--limit", "ratio=many"), "'many' is no whole number above 0"),
    ],
)
def test_mistakes_are_named(
    feed: Path, arguments: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = dry_run(capsys, feed, *arguments)
    assert code == 1
    assert message in err
