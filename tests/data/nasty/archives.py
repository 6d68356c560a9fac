"""Nasty files and archives: cut off, damaged, bombs, names that lead elsewhere, links, pipes."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import zstandard
from case import Case, Content, article

__all__ = ["cases"]

ONE = article("It rained.").encode()
NAMES = (
    "../a.txt", "../../../../etc/passwd.txt", "/etc/passwd.txt", "..\\..\\a.txt", "C:\\windows\\a.txt", "a/../../b.txt", "./././a.txt", "a//b.txt",
    "x" * 250 + ".txt", "a\nb.txt", "a\x1b[31m.txt", "a\x00b.txt", "\u202etxt.exe.txt", "😀.txt", "a!b.txt", "!.txt", " .txt", "CON.txt", "-rf.txt", "a%00.txt",
    "é.txt", "e\u0301.txt", "<script>.txt", "a'b\".txt", "http://a.example/b.txt",
)  # fmt: skip
MAGIC = {
    "PDF": b"%PDF-1.7\n", "PNG": b"\x89PNG\r\n\x1a\n", "gzip only": b"\x1f\x8b", "zip only": b"PK\x03\x04", "zip end": b"PK\x05\x06" + bytes(18),
    "zstd only": b"\x28\xb5\x2f\xfd", "tar only": bytes(257) + b"ustar\x0000", "WARC only": b"WARC/1.0\r\n", "WARC blank": b"WARC/1.0\r\n\r\n",
    "RTF": b"{\\rtf1 Kenya}", "ELF": b"\x7fELF", "xz": b"\xfd7zXZ\x00", "bzip2": b"BZh91AY&SY", "7z": b"7z\xbc\xaf'\x1c", "SQLite": b"SQLite format 3\x00",
}  # fmt: skip


def cases() -> Iterator[Case]:
    """Yield the cases of this module."""
    yield from _damaged()
    yield from _bombs()
    yield from _file_system()
    for n, name in enumerate(NAMES):
        yield Case("member name", f"zip {n}", {"a.zip": _zip({name: ONE, "last.txt": ONE + b"Last.\n"})}, True)
        yield Case("member name", f"tar {n}", {"a.tar": _tar({name: ONE, "last.txt": ONE + b"Last.\n"})}, True)
    for name, data in MAGIC.items():
        yield Case("magic", name, {"a.txt": data})
        yield Case("magic", f"{name} and text", {"a.txt": data + ONE})


def _damaged() -> Iterator[Case]:
    whole = {
        "txt.gz": gzip.compress(ONE * 9),
        "txt.zst": zstandard.compress(ONE * 9),
        "zip": _zip({"a.txt": ONE * 9}),
        "tar": _tar({"a.txt": ONE * 9}),
        "warc": _warc(),
        "warc.gz": gzip.compress(_warc()),
    }
    for ending, data in whole.items():
        for share in (0.0, 0.1, 0.5, 0.9, 0.99):
            yield Case("cut off", f"{ending} {share}", {f"a.{ending}": data[: int(len(data) * share)]})
        for share in (0.2, 0.5, 0.8):
            at = int(len(data) * share)
            yield Case(
                "damaged", f"{ending} {share}", {f"a.{ending}": data[:at] + bytes([data[at] ^ 0x5A]) + data[at + 1 :]}
            )
        yield Case("damaged", f"{ending} with more", {f"a.{ending}": data + b"more of it"})
        yield Case("damaged", f"{ending} twice", {f"a.{ending}": data + data})
    for name, header in {
        "negative": "Content-Length: -1", "huge": "Content-Length: 99999999999999999999", "none": "", "text": "Content-Length: many",
        "two": "Content-Length: 10\r\nContent-Length: 20", "long header": "X: " + "x" * 100_000, "no colon": "nothing here", "controls": "WARC-Target-URI: https://a\x00\x1b/",
        "nasty address": 'WARC-Target-URI: <https://a.example/"> <b> .>', "no HTTP": "Content-Type: application/http",
    }.items():  # fmt: skip
        yield Case("warc header", name, {"a.warc": _warc(header) + _warc()})


def _bombs() -> Iterator[Case]:
    zeros = gzip.compress(bytes(30_000_000))
    yield Case("bomb", "gzip", {"a.txt.gz": zeros})
    yield Case("bomb", "zstd", {"a.txt.zst": zstandard.compress(bytes(30_000_000))})
    yield Case("bomb", "zip", {"a.zip": _zip({"a.txt": bytes(30_000_000)})})
    yield Case("bomb", "nested", {"a.zip": _zip({"b.txt.gz": gzip.compress(zeros)})})
    deep = ONE
    for _ in range(12):
        deep = gzip.compress(deep)
    yield Case("bomb", "twelve layers", {"a.txt.gz": deep})
    yield Case("bomb", "zip in zip", {"a.zip": _in_each_other(20)})
    yield Case("bomb", "jsonl", {"a.jsonl.gz": gzip.compress(b'{"a": "' + b"x" * 30_000_000 + b'"}\n')})
    yield Case("bomb", "1 GB of gzip", {"a.txt.gz": gzip.compress(bytes(50_000_000)) * 20}, big=True)
    yield Case("bomb", "20000 members", {"a.zip": _zip({f"{n}.png": b"" for n in range(20_000)})}, big=True)


def _file_system() -> Iterator[Case]:
    def link(to: str) -> Callable[[Path], None]:
        return lambda path: path.symlink_to(to)

    def unreadable(path: Path) -> None:
        path.write_bytes(ONE)
        path.chmod(0)

    made: dict[str, dict[str, Content]] = {
        "loop of links": {"a.txt": link("b.txt"), "b.txt": link("a.txt")},
        "link to itself": {"a.txt": link("a.txt")},
        "folder in itself": {"a.txt": ONE, "loop": link(".")},
        "dangling": {"a.txt": link("nowhere.txt")},
        "link to the outside": {"a.txt": link("/etc/hostname")},
        "unreadable": {"a.txt": unreadable},
        "folder with an ending": {"a.txt": lambda path: path.mkdir()},
        "pipe": {"a.txt": os.mkfifo, "b.txt": ONE},
        "device": {"a.txt": link("/dev/zero")},
        "empty folder": {"sub": lambda path: path.mkdir()},
        "names": {name: ONE + name.encode() for name in ("a b.txt", "a\nb.txt", "é.txt", "😀.txt", "a!b.txt", "#.txt", "%41.txt", "[x].txt", "-.txt", "a?b*.txt")},
        "name that is no UTF-8": {"a\udcff.txt": ONE},
        "same name composed and not": {"é.txt": ONE, "e\u0301.txt": ONE + b"More.\n"},
    }  # fmt: skip
    for name, files in made.items():
        yield Case("file", name, files)


def _zip(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _tar(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for kind, target in ((tarfile.SYMTYPE, "/etc/passwd"), (tarfile.LNKTYPE, "a.txt"), (tarfile.CHRTYPE, "")):
            info = tarfile.TarInfo("link.txt")
            info.type, info.linkname = kind, target
            archive.addfile(info)
    return buffer.getvalue()


def _in_each_other(depth: int) -> bytes:
    data = ONE
    for n in range(depth):
        data = _zip({"a.zip" if n else "a.txt": data})
    return data


def _warc(header: str | None = None) -> bytes:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + ONE
    length = f"Content-Length: {len(page)}" if header is None or not header.startswith("Content-Length") else ""
    lines = [
        "WARC/1.0",
        "WARC-Type: response",
        "WARC-Target-URI: https://a.example/loan",
        "WARC-Date: 2019-03-05T00:00:00Z",
        length,
        header or "",
    ]
    return ("\r\n".join(line for line in lines if line) + "\r\n\r\n").encode() + page + b"\r\n\r\n"
