"""Make archives, pages and web archives out of invented articles, for the tests of reading."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Iterable, Mapping

import zstandard

__all__ = ["MONEY", "ROAD", "gz", "lines", "page", "tar", "warc", "warc_gz", "warc_record", "zipped", "zst"]

MONEY = "Kenya lends Uganda money\n\n5 March 2019\n\nKenya lent Uganda $20 million on Monday.\n"
ROAD = "Uganda opens a road\n\n7 March 2019\n\nUganda opened a road to Rwanda on Wednesday.\n"


def gz(data: bytes | str) -> bytes:
    return gzip.compress(data if isinstance(data, bytes) else data.encode(), mtime=0)


def zst(data: bytes | str) -> bytes:
    return zstandard.ZstdCompressor().compress(data if isinstance(data, bytes) else data.encode())


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def tar(files: Mapping[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, content in files.items():
            data = content if isinstance(content, bytes) else content.encode()
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def lines(records: Iterable[object]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def page(body: str, head: str = "", *, lang: str = "en") -> str:
    """Return a page with the furniture that pages have around their articles."""
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>'
        '<nav><a href="/">Home</a> <a href="/world">World</a> <a href="/sport">Sport</a></nav>'
        f"<article>{body}</article>"
        '<aside><h3>Most read</h3><a href="/x">Ten lakes to see this summer</a></aside>'
        "<footer>© 2019 The Daily. All rights reserved.</footer></body></html>"
    )


def warc_record(
    payload: bytes | str,
    *,
    url: str = "https://daily.example/loan",
    kind: str = "response",
    number: int = 1,
    status: str = "200 OK",
    media: str = "text/html; charset=utf-8",
    day: str = "2019-03-06",
    headers: str = "",
) -> bytes:
    data = payload if isinstance(payload, bytes) else payload.encode()
    if kind in ("response", "revisit"):
        data = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{headers}\r\n".encode() + data
        media = f"application/http; msgtype={kind}"
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: {day}T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{number:08d}-0000-4000-8000-000000000000>\r\n"
        f"Content-Type: {media}\r\nContent-Length: {len(data)}\r\n\r\n"
    )
    return head.encode() + data + b"\r\n\r\n"


def warc(*records: bytes) -> bytes:
    return b"".join(records)


def warc_gz(*records: bytes) -> bytes:
    """Return a web archive of which each record is compressed by itself, as crawlers write them."""
    return b"".join(map(gz, records))
