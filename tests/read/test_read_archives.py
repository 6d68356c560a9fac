"""Compressed files and archives: what is in them, where it comes from, and the limits against bombs."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from packing import MONEY, ROAD, gz, tar, zipped, zst

from kg.errors import ConfigError
from kg.model import Document
from kg.read import Failure, Limits, ReadOptions, parse_limits, read_sources

Folder = Callable[[dict[str, str | bytes]], Path]
Names = Callable[..., list[str]]
Fail = Callable[..., str]


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.txt.gz", gz(MONEY), ["a.txt.gz"]),
        ("a.txt.gz", gz(MONEY[:20]) + gz(MONEY[20:]), ["a.txt.gz"]),
        ("a.txt.zst", zst(MONEY), ["a.txt.zst"]),
        ("a.txt.zst", zst(MONEY[:20]) + zst(MONEY[20:]), ["a.txt.zst"]),
        ("a.txt.gz", gz(gz(MONEY)), ["a.txt.gz"]),
        ("a.zip", zipped({"b.txt": MONEY, "c/d.md": ROAD}), ["a.zip!b.txt", "a.zip!c/d.md"]),
        ("a.tar", tar({"b.txt": MONEY, "c/d.md": ROAD}), ["a.tar!b.txt", "a.tar!c/d.md"]),
        ("a.tar.gz", gz(tar({"b.txt": MONEY})), ["a.tar.gz!b.txt"]),
        ("a.tgz", gz(tar({"b.txt": MONEY})), ["a.tgz!b.txt"]),
        ("a.tar.zst", zst(tar({"b.txt": MONEY})), ["a.tar.zst!b.txt"]),
        ("a.zip", zipped({"b.txt.gz": gz(MONEY), "c.zip": zipped({"d.txt": ROAD})}), ["a.zip!b.txt.gz", "a.zip!c.zip!d.txt"]),
        ("a.tar", tar({"c.zip": zipped({"d.txt": ROAD})}), ["a.tar!c.zip!d.txt"]),
        ("a.zip", zipped({"__MACOSX/b.txt": "x", ".b.txt": "x", "b.pdf": "x", "b.txt": MONEY}), ["a.zip!b.txt"]),
        ("a.tar", tar({"/var/b.txt": MONEY}), ["a.tar!var/b.txt"]),
        ("news.bin", gz(zipped({"b.txt": MONEY})), ["news.bin!b.txt"]),
    ],
)  # fmt: skip
def test_members_are_read_in_order_with_their_place(
    folder: Folder, names: Names, name: str, content: bytes, found: list[str]
) -> None:
    place = folder({name: content})
    assert names([place / name]) == found
    assert all(isinstance(item, Document) and item.text in (MONEY, ROAD) for item in read_sources([place / name]))


def test_archives_in_a_folder_are_found_by_their_endings(folder: Folder, names: Names) -> None:
    place = folder({"a.txt.gz": gz(MONEY), "b.zip": zipped({"c.txt": ROAD}), "d.gz": gz(MONEY), "e.exe.gz": gz("x")})
    assert names([place]) == ["a.txt.gz", "b.zip!c.txt"]
    assert names([f"{place}/*"]) == ["a.txt.gz", "b.zip!c.txt"]


def test_standard_input_may_be_an_archive(read_one: Callable[..., Document]) -> None:
    document = read_one("-", stdin=io.BytesIO(gz(tar({"b.txt": MONEY}))))
    assert document.source_path == "stdin!b.txt"
    assert document.text == MONEY


def test_a_member_has_the_hash_of_its_own_bytes(folder: Folder, read_one: Callable[..., Document]) -> None:
    place = folder({"a.zip": zipped({"b.txt": MONEY}), "b.txt": MONEY})
    assert read_one(place / "a.zip").sha256 == read_one(place / "b.txt").sha256


def test_sources_toml_speaks_of_archives_and_of_members(folder: Folder, names: Names) -> None:
    place = folder(
        {
            "a.zip": zipped({"b.txt": MONEY, "c.txt": ROAD}),
            "sources.toml": '["a.zip"]\npublisher = "Daily"\n["a.zip!c.txt"]\npublisher = "Post"\nurl = "https://p.example/c"\n',
        }
    )
    first, second = (item for item in read_sources([place]) if isinstance(item, Document))
    assert (first.publisher, first.source_key) == ("Daily", "a.zip!b.txt")
    assert (second.publisher, second.source_key) == ("Post", "https://p.example/c")


def test_a_wrong_table_of_a_member_fails_that_member_alone(folder: Folder) -> None:
    toml = '["a.zip!b.txt"]\npublished = "soon"\n'
    failure, document = read_sources([folder({"a.zip": zipped({"b.txt": MONEY, "c.txt": ROAD}), "sources.toml": toml})])
    assert isinstance(failure, Failure)
    assert "sources.toml [\"a.zip!b.txt\"]: published is 'soon'; expected a date as YYYY-MM-DD" in str(failure.error)
    assert isinstance(document, Document)


def test_a_file_may_have_an_exclamation_mark_in_its_name(folder: Folder, names: Names) -> None:
    place = folder({"Stop!.txt": MONEY, "sources.toml": '["Stop!.txt"]\npublisher = "Daily"\n'})
    assert names([place]) == ["Stop!.txt"]


def broken(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def encrypted() -> bytes:
    data = bytearray(zipped({"b.txt": MONEY}))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + offset] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "content", "where", "message"),
    [
        ("a.txt.gz", gz(MONEY)[:-12], "", "the gzip data end in the middle. Get the whole file again."),
        ("a.txt.gz", broken(gz(MONEY), 40), "", "the gzip data are damaged ("),
        ("a.txt.gz", gz(MONEY) + b"more", "", "the gzip data are damaged ("),
        ("a.txt.zst", zst(MONEY)[:-12], "", "the Zstandard data end in the middle. Get the whole file again."),
        ("a.txt.zst", broken(zst(MONEY), 12), "", "the Zstandard data are damaged ("),
        ("a.zip", zipped({"b.txt": MONEY})[:-40], "", "the ZIP archive is damaged or cut off ("),
        ("a.zip", broken(zipped({"b.txt": MONEY}), 60), "!b.txt", "the member is damaged or cut off ("),
        ("a.zip", encrypted(), "!b.txt", "the member needs a password. Unpack it, and read what was in it."),
        ("a.zip", zipped({"../../b.txt": MONEY}), "!../../b.txt", "the member's name leads out of the archive. Pack it"),
        ("a.zip", zipped({"..\\b.txt": MONEY}), "!..\\b.txt", "the member's name leads out of the archive"),
        ("a.tar", tar({"../b.txt": MONEY}), "!../b.txt", "the member's name leads out of the archive"),
        ("a.zip", zipped({"b.pdf": "x"}), "", "no article in this archive; it holds 1 other files. Expected files ending"),
        ("a.zip", zipped({"b.txt": ""}), "!b.txt", "the file is empty"),
    ],
)  # fmt: skip
def test_damaged_archives(folder: Folder, fail_one: Fail, name: str, content: bytes, where: str, message: str) -> None:
    path = folder({name: content}) / name
    assert fail_one(path).startswith(f"{path}{where}: {message}")


def test_one_bad_member_does_not_stop_the_others(folder: Folder, names: Names) -> None:
    data = zipped({"a.txt": MONEY, "b.txt": ROAD})
    place = folder({"x.zip": broken(data, 60), "y.tar": tar({"a.txt": "", "b.txt": ROAD})})
    assert names([place]) == ["!x.zip!a.txt", "x.zip!b.txt", "!a.txt", "y.tar!b.txt"] or names([place]) == [
        "!x.zip!a.txt", "x.zip!b.txt", "!y.tar!a.txt", "y.tar!b.txt",
    ]  # fmt: skip


def test_a_tar_that_is_cut_off_loses_what_follows(folder: Folder, names: Names) -> None:
    place = folder({"a.tar": tar({"a.txt": ROAD, "b.txt": MONEY * 99, "c.txt": ROAD})[:4000]})
    messages = [str(item.error) for item in read_sources([place / "a.tar"]) if isinstance(item, Failure)]
    assert names([place / "a.tar"]) == ["a.tar!a.txt", "!a.tar!b.txt", "!a.tar"]
    assert all("is damaged or cut off (unexpected end of data). Get the whole file again." in text for text in messages)


def test_links_in_a_tar_are_no_members(folder: Folder, names: Names) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        link = tarfile.TarInfo("passwords.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        info = tarfile.TarInfo("b.txt")
        info.size = len(MONEY)
        archive.addfile(info, io.BytesIO(MONEY.encode()))
    assert names([folder({"a.tar": buffer.getvalue()}) / "a.tar"]) == ["a.tar!b.txt"]


# ------------------------------------------------------------------ limits

BOMB = gz(bytes(30_000_000))
"""Thirty megabytes of zeros in thirty kilobytes."""


@pytest.mark.parametrize(
    ("name", "content", "limits", "message"),
    [
        ("a.txt.gz", BOMB, Limits(), "unpacks to more than 200 times its size; what is left of it was not read. If it is no trap, allow more with --limit ratio=NUMBER."),
        ("a.tar", tar({"b.txt": BOMB[:0] + MONEY.encode(), "c.txt.gz": BOMB}), Limits(), "unpacks to more than 200 times its size"),
        ("a.zip", zipped({"b.txt": bytes(30_000_000)}), Limits(), "unpacks to more than 200 times its size"),
        ("a.txt.zst", zst(bytes(30_000_000)), Limits(), "unpacks to more than 200 times its size"),
        ("a.txt.gz", gz(MONEY), Limits(unpacked=50), "unpacks to more than 50 bytes; what is left of it was not read. If it is no trap, allow more with --limit unpacked=NUMBER."),
        ("a.zip", zipped({f"{n}.txt": MONEY for n in range(4)}), Limits(members=3), "its archives have more than 3 members; what is left"),
        ("a.txt.gz", gz(gz(gz(gz(gz(MONEY))))), Limits(), "lies in more than 4 layers of archives and compression. Unpack it, or allow more with --limit nesting=NUMBER."),
        ("a.txt.gz", BOMB, Limits(ratio=2000), "larger than 20 MB, which is no article. Split it into one file an article, or allow more with --limit article=NUMBER."),
    ],
)  # fmt: skip
def test_limits_name_themselves_and_their_setting(
    folder: Folder, name: str, content: bytes, limits: Limits, message: str
) -> None:
    found = list(read_sources([folder({name: content}) / name], options=ReadOptions(limits=limits)))
    assert isinstance(found[-1], Failure)
    assert message in str(found[-1].error)
    assert sum(isinstance(item, Failure) for item in found) == 1


def test_what_came_before_a_limit_is_kept(folder: Folder, names: Names) -> None:
    place = folder({"a.tar": tar({"b.txt": MONEY, "c.txt.gz": BOMB, "d.txt": ROAD})})
    assert names([place / "a.tar"]) == ["a.tar!b.txt", "!a.tar"]


def test_a_bomb_on_standard_input_is_stopped(fail_one: Fail) -> None:
    assert "unpacks to more than 200 times its size" in fail_one("-", stdin=io.BytesIO(BOMB))


def test_overlapping_members_are_counted_each(folder: Folder) -> None:
    """A directory that lists one member many times unpacks to much more than the file holds."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", bytes(4_000_000))
        first = archive.infolist()[0]
        for n in range(20):
            copy = zipfile.ZipInfo(f"{n}.txt")
            for field in ("header_offset", "CRC", "compress_size", "file_size", "compress_type", "flag_bits"):
                setattr(copy, field, getattr(first, field))
            archive.filelist.append(copy)
    found = list(read_sources([folder({"a.zip": buffer.getvalue()}) / "a.zip"]))
    assert all(isinstance(item, Failure) for item in found)


@pytest.mark.parametrize(
    ("given", "limits"),
    [
        ([], Limits()),
        (["ratio=500"], Limits(ratio=500)),
        (["article=50MB", "unpacked=2 TB"], Limits(article=50_000_000, unpacked=2_000_000_000_000)),
        (["members=10k"], Limits(members=10_000)),
    ],
)
def test_limits_are_written_with_units(given: list[str], limits: Limits) -> None:
    assert parse_limits(given) == limits


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("rati=5", "--limit 'rati=5' names no limit; known: article, unpacked, ratio, members, nesting. Did you mean 'ratio'? "),
        ("ratio", "'' is no whole number above 0. Write for example --limit ratio=500"),
        ("ratio=0", "'0' is no whole number above 0"),
        ("article=1.5MB", "'1.5MB' is no whole number above 0"),
    ],
)  # fmt: skip
def test_wrong_limits(given: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_limits([given])
    assert message in str(caught.value)
