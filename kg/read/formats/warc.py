"""Web archives (WARC 1.0 and 1.1, ISO 28500): the pages and texts among their records.

The file is cut into records here, so that one that is damaged costs no other; fastwarc reads what is in a record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from kg.errors import ReadError
from kg.read.extras import need
from kg.read.failures import Failure
from kg.read.formats.json_values import too_large
from kg.read.formats.warc_frames import Frame, frames
from kg.read.item import Item, PassedOver
from kg.read.metadata import Metadata, is_url

__all__ = ["WarcReader"]

_PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "text/markdown"})
# What the other records hold belongs to a page (request, metadata, continuation) or to the archive (warcinfo).
_WANTED = frozenset({"response", "resource", "conversion"})
_REVISIT = "revisits of pages that were captured before"
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_FOR_ROBOTS = re.compile(r"/(?:robots|ads|app-ads|humans|security|llms)\.txt(?:\?|$)")
_HEADERS = 1 << 16


class WarcReader:
    """Reads the responses with a page or a text, and such resources and conversions."""

    def fits(self, item: Item, head: bytes) -> bool:
        """Tell by the version line."""
        return head.startswith(b"WARC/")

    def read(self, item: Item) -> Iterator[Item | PassedOver | Failure]:
        """Yield the pages in the archive's order; records that are none are passed over, damaged ones are failures."""
        fastwarc = need("fastwarc.warc", extra="archives", to="read web archives", where=item.where)
        limit = item.budget.limits.article + _HEADERS
        for frame in frames(item.stream, where=item.where, limit=limit, wanted=_WANTED, resume=item.resume):
            if isinstance(frame, ReadError):
                yield Failure(str(frame.where), "read", frame)
            elif frame.type == "revisit":
                yield PassedOver(frame.where, _REVISIT)
            elif frame.type in _WANTED:
                try:
                    yield _page(item, frame, fastwarc)
                except ReadError as error:
                    yield Failure(frame.where, "read", error)


def _page(item: Item, frame: Frame, fastwarc: Any) -> Item | PassedOver:
    captured = _opened(frame, fastwarc, item.budget.limits.article)
    url = frame.header("WARC-Target-URI").strip("<>")
    if captured.status not in (None, 200):
        return PassedOver(frame.where, f"status {captured.status}")
    if captured.type not in _PAGES:
        return PassedOver(frame.where, f"of type {captured.type or 'unknown'}")
    if _FOR_ROBOTS.search(url):
        return PassedOver(frame.where, "files for robots")
    return item.record(
        frame.id,
        captured.payload,
        told=Metadata(url=url if is_url(url) else None),
        fallback=Metadata(published=_day(frame.header("WARC-Date"))),
        charset=captured.charset,
        is_capture=True,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Captured:
    """What a record holds: the decoded payload, its type without parameters, HTTP status and declared encoding."""

    payload: bytes
    type: str
    status: int | None
    charset: str | None


def _opened(frame: Frame, fastwarc: Any, limit: int) -> _Captured:
    """Return a record's payload with HTTP's chunks and compression undone."""
    if not frame.content.startswith(b"HTTP/"):
        media = frame.header("Content-Type")
        return _Captured(payload=frame.content, type=_media_type(media), status=None, charset=_charset(media))
    try:
        record = fastwarc.WarcRecord.from_bytes(frame.head + b"\r\n" + frame.content)
        record.is_http = True  # whatever the record's own type says
        record.parse_http(auto_decode="all")
        headers = record.http_headers
        media = (headers.get("Content-Type") if headers else None) or ""
        payload = record.reader.read(limit + 1)
    except (OSError, ValueError) as error:
        raise ReadError(
            f"its HTTP response cannot be read ({error})", where=frame.where, remedy="Capture the page again"
        ) from error
    if len(payload) > limit:
        raise too_large(frame.where, limit)
    return _Captured(
        payload=payload,
        type=_media_type(media),
        status=headers.status_code if headers else None,
        charset=_charset(media),
    )


def _media_type(value: str) -> str:
    return value.partition(";")[0].strip().lower()


def _charset(value: str) -> str | None:
    found = _CHARSET.search(value)
    return found[1] if found else None


def _day(stamp: str) -> date | None:
    try:
        return date.fromisoformat(stamp[:10])
    except ValueError:
        return None
