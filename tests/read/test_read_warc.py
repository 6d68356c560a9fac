"""Web archives: which records are pages, what comes from the record, and records that are damaged."""

from __future__ import annotations

import gzip
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from packing import MONEY, ROAD, gz, page, warc, warc_gz, warc_record, zst

from kg.model import Document
from kg.read import Failure, Limits, ReadOptions, SetAside, read_sources

Folder = Callable[[dict[str, str | bytes]], Path]
One = Callable[..., Document]

LOAN = page(
    "<h1>Kenya lends Uganda money</h1><p>Kenya lent Uganda $20 million on Monday, the finance ministry said in Nairobi.</p>"
    "<p>Uganda will build a road with the money, its president told reporters after the talks.</p>"
)
DATED = LOAN.replace("</head>", '<meta name="date" content="2019-03-05"></head>')
URL = "https://daily.example/"


def found(place: Path, content: bytes, name: str = "a.warc") -> tuple[list[str], list[str], list[str]]:
    """Return the addresses of the documents, the messages of failures, and those of what is set aside."""
    (place / name).write_bytes(content)
    items = list(read_sources([place / name]))
    prefix = f"{place}/"
    return (
        [item.source_key.removeprefix(URL) for item in items if isinstance(item, Document)],
        [str(item.error).replace(prefix, "") for item in items if isinstance(item, Failure)],
        [str(item).replace(prefix, "") for item in items if isinstance(item, SetAside)],
    )


def records(count: int, start: int = 0) -> list[bytes]:
    return [
        warc_record(DATED.replace("Monday", f"Monday the {n}th"), url=f"{URL}{n}", number=n)
        for n in range(start, start + count)
    ]


@pytest.mark.parametrize(
    "pack", [warc, warc_gz, lambda *r: gz(warc(*r)), lambda *r: zst(warc(*r)), lambda *r: b"".join(map(zst, r))]
)
def test_pages_in_the_archive_s_order(tmp_path: Path, pack: Callable[..., bytes]) -> None:
    assert found(tmp_path, pack(*records(3)), "a.warc.gz") == (["0", "1", "2"], [], [])


def test_what_comes_from_the_record_and_what_from_the_page(folder: Folder, read_one: One) -> None:
    canonical = LOAN.replace("</head>", '<link rel="canonical" href="https://other.example/x"></head>')
    document = read_one(folder({"a.warc": warc_record(canonical, number=7)}) / "a.warc")
    assert document.url == document.source_key == "https://daily.example/loan"
    assert document.source_path == "a.warc!00000007-0000-4000-8000-000000000000"
    assert document.published == date(2019, 3, 6), "the day of the capture, as the page has none"
    assert document.headline == "Kenya lends Uganda money"


def test_the_page_knows_its_day_better_than_the_capture(folder: Folder, read_one: One) -> None:
    assert read_one(folder({"a.warc": warc_record(DATED)}) / "a.warc").published == date(2019, 3, 5)


def test_a_text_is_read_as_text(folder: Folder, read_one: One) -> None:
    record = warc_record(MONEY.encode("utf-16-le"), media="text/plain; charset=utf-16-le", url=f"{URL}a.txt")
    assert read_one(folder({"a.warc": record}) / "a.warc").text == MONEY


@pytest.mark.parametrize("kind", ["resource", "conversion"])
def test_resources_and_conversions(folder: Folder, read_one: One, kind: str) -> None:
    record = warc_record(ROAD, kind=kind, media="text/plain", url="file:///road.txt")
    document = read_one(folder({"a.warc": record}) / "a.warc")
    assert document.text == ROAD
    assert document.url is None


def test_transfer_and_content_encodings_are_undone(folder: Folder, read_one: One) -> None:
    packed = gzip.compress(DATED.encode())
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    headers = "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"
    assert "Kenya lent Uganda" in read_one(folder({"a.warc": warc_record(chunked, headers=headers)}) / "a.warc").text


def test_the_charset_of_the_response(folder: Folder, read_one: One) -> None:
    html = LOAN.replace("Nairobi", "Yaoundé").replace('<meta charset="utf-8">', "").encode("cp1252")
    assert (
        "Yaoundé"
        in read_one(folder({"a.warc": warc_record(html, media="text/html; charset=ISO-8859-1")}) / "a.warc").text
    )


def test_what_is_no_page_is_passed_over_and_counted(tmp_path: Path) -> None:
    archive = warc(
        warc_record("software: x", kind="warcinfo", media="application/warc-fields"),
        warc_record("GET / HTTP/1.1", kind="request"),
        *records(1),
        warc_record("", kind="revisit", number=2),
        warc_record("", kind="revisit", number=3),
        warc_record("gone", status="404 Not Found", number=4),
        warc_record("moved", status="301 Moved", number=5),
        warc_record(b"\x89PNG", media="image/png", number=6),
        warc_record("User-agent: *", media="text/plain", url=f"{URL}robots.txt", number=7),
        warc_record("x: y", kind="metadata", media="application/warc-fields"),
        warc_record(page("<div>Menu</div>"), url=f"{URL}home", number=8),
        warc_record(DATED.replace("$20", "$25"), url=f"{URL}0", number=9),
        *records(1),
    )
    urls, failures, aside = found(tmp_path, archive)
    assert (urls, failures) == (["0"], [])
    assert aside == [
        "a.warc: 2 records set aside, revisits of pages that were captured before; the first is a.warc!00000002-0000-4000-8000-000000000000.",
        "a.warc: 1 record set aside, files for robots; the first is a.warc!00000007-0000-4000-8000-000000000000.",
        "a.warc: 1 record set aside, of type image/png; the first is a.warc!00000006-0000-4000-8000-000000000000.",
        "a.warc: 1 record set aside, other captures of pages that were read before; the first is a.warc!00000009-0000-4000-8000-000000000000.",
        "a.warc: 1 record set aside, pages without an article; the first is a.warc!00000008-0000-4000-8000-000000000000.",
        "a.warc: 1 record set aside, status 301; the first is a.warc!00000005-0000-4000-8000-000000000000.",
        "a.warc: 1 record set aside, status 404; the first is a.warc!00000004-0000-4000-8000-000000000000.",
    ]  # fmt: skip


# ------------------------------------------------------------------ damage

HELP = "The other records were read; get the archive again for this one."


def flipped(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 0xFF]) * 8 + data[middle + 8 :]


def test_bytes_between_records(tmp_path: Path) -> None:
    first, second = records(2)
    urls, failures, _ = found(tmp_path, first + b"rubbish\r\nmore\r\n\r\n" + second)
    assert urls == ["0", "1"]
    assert failures == [f"a.warc!1: 15 bytes that belong to no record. {HELP}"]


@pytest.mark.parametrize("change", [5, 500, -5, -50])
def test_a_wrong_length_costs_only_its_record(tmp_path: Path, change: int) -> None:
    first, second, third = records(3)
    length = int(second.split(b"Content-Length: ")[1].split(b"\r\n")[0])
    broken = second.replace(b"Content-Length: %d" % length, b"Content-Length: %d" % (length + change))
    urls, failures, _ = found(tmp_path, first + broken + third)
    assert urls == ["0", "2"]
    assert f"a.warc!00000001-0000-4000-8000-000000000000: a record whose length is wrong. {HELP}" in failures


@pytest.mark.parametrize("length", ["", "abc", "-5", "9" * 30])
def test_a_length_that_is_no_number(tmp_path: Path, length: str) -> None:
    first, second = records(2)
    start = first.index(b"Content-Length: ")
    end = first.index(b"\r\n", start)
    urls, failures, _ = found(tmp_path, first[:start] + f"Content-Length: {length}".encode() + first[end:] + second)
    assert urls == ["1"]
    assert failures[0] == f"a.warc!00000000-0000-4000-8000-000000000000: a record whose length is {length!r}. {HELP}"


def test_an_archive_that_is_cut_off(tmp_path: Path) -> None:
    urls, failures, _ = found(tmp_path, warc(*records(2))[:-104])
    assert urls == ["0"]
    assert failures == [
        f"a.warc!00000001-0000-4000-8000-000000000000: the archive ends 100 bytes before the end of this record. {HELP}"
    ]


def test_a_compressed_archive_that_is_cut_off(tmp_path: Path) -> None:
    urls, failures, _ = found(tmp_path, warc_gz(*records(2))[:-100], "a.warc.gz")
    assert urls == ["0"]
    assert failures == ["a.warc.gz!2: the gzip data end in the middle. Get the whole file again."]


def test_a_damaged_member_costs_only_its_record(tmp_path: Path) -> None:
    first, second, third, fourth = records(4)
    urls, failures, _ = found(tmp_path, gz(first) + flipped(gz(second)) + gz(third) + gz(fourth), "a.warc.gz")
    assert urls == ["0", "2", "3"]
    assert len(failures) == 1
    assert failures[0].startswith("a.warc.gz!2: the gzip data are damaged (")


def test_a_wrong_checksum_behind_a_long_record_costs_only_that(tmp_path: Path) -> None:
    noise = "".join(f"<!-- {n * 7919 % 104729} -->" for n in range(40_000))
    first, _, third = records(3)
    long = gz(warc_record(DATED.replace("</article>", f"{noise}</article>"), url=f"{URL}long", number=1))
    urls, failures, _ = found(tmp_path, gz(first) + long[:-8] + bytes(4) + long[-4:] + gz(third), "a.warc.gz")
    assert urls == ["0", "2"]
    assert len(failures) == 1
    assert "incorrect data check" in failures[0]


def test_a_response_that_is_none(tmp_path: Path) -> None:
    bad = warc_record(b"not brotli", headers="Content-Encoding: br\r\n")
    urls, failures, _ = found(tmp_path, bad + records(1, 3)[0])
    assert urls == ["3"]
    assert failures[0].startswith("a.warc!00000001-0000-4000-8000-000000000000: its HTTP response cannot be read (")
    assert failures[0].endswith("). Capture the page again.")


def test_a_large_record_is_skipped(folder: Folder) -> None:
    large = warc_record("x" * 300_000, number=1)
    bomb = warc_record(gzip.compress(bytes(300_000)), headers="Content-Encoding: gzip\r\n", number=2)
    video = warc_record(bytes(300_000), media="video/mp4", number=3)
    place = folder({"a.warc": large + bomb + video + records(1, 4)[0]})
    items = list(read_sources([place / "a.warc"], options=ReadOptions(limits=Limits(article=100_000))))
    failures = [str(item.error) for item in items if isinstance(item, Failure)]
    assert [isinstance(item, Document) for item in items].count(True) == 1
    assert re.search(r"a record of 300,0\d\d bytes, which is no article\.", failures[0])
    assert "a record of more than 100,000 bytes, which is no article" in failures[1]


def test_without_the_extra_the_message_names_it(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fastwarc.warc", None)
    monkeypatch.setitem(sys.modules, "zstandard", None)
    place = folder({"a.warc": records(1)[0], "b.txt.zst": zst(MONEY), "c.txt": MONEY})
    first, second, document = read_sources([place])
    assert isinstance(first, Failure)
    assert isinstance(second, Failure)
    assert str(first.error) == (
        f"{place}/a.warc: to read web archives, kg needs fastwarc, which is not installed. Run: pip install 'kg-news[archives]'."
    )
    assert (
        "to read Zstandard, kg needs zstandard, which is not installed. Run: pip install 'kg-news[archives]'."
        in str(second.error)
    )
    assert isinstance(document, Document)
