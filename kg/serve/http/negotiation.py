"""Content negotiation (RFC 9110, section 12.5): which of the formats on offer a client likes best."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["accepts_gzip", "choose"]

_QUALITY = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")


@dataclass(frozen=True, slots=True)
class _Range:
    """One media range; the more exact one decides on a media type, so ranges compare by how exact they are."""

    kind: str
    subtype: str
    parameters: frozenset[str]
    quality: float

    @property
    def exactness(self) -> tuple[bool, bool, int]:
        return self.kind != "*", self.subtype != "*", len(self.parameters)

    def matches(self, media_type: str) -> bool:
        name, *parameters = (part.strip().lower() for part in media_type.split(";"))
        kind, _, subtype = name.partition("/")
        same = self.kind in {"*", kind} and self.subtype in {"*", subtype}
        return same and self.parameters <= set(parameters)


def choose(accept: str, offers: Sequence[str]) -> str | None:
    """Return the media type on offer that the client likes best, the first of several; None if it takes none.

    Args:
        accept: The Accept header; empty takes anything.
        offers: Media types, the server's favourite first.

    >>> choose("text/html, text/*;q=0.5", ["application/json", "text/csv", "text/plain"])
    'text/csv'
    >>> choose("text/turtle", ["application/json"]) is None
    True
    """
    ranges = [_range(part) for part in accept.split(",") if part.strip()]
    if not ranges:
        return offers[0]
    rated = [(_quality(offer, ranges), -at, offer) for at, offer in enumerate(offers)]
    quality, _, best = max(rated)
    return best if quality > 0 else None


def accepts_gzip(header: str) -> bool:
    """Tell whether an Accept-Encoding header takes gzip; without one nothing is compressed.

    >>> accepts_gzip("gzip, deflate"), accepts_gzip("gzip;q=0, *"), accepts_gzip("")
    (True, False, False)
    """
    codings = {}
    for part in header.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        codings[name] = _value(parameters)
    return codings.get("gzip", codings.get("*", 0.0)) > 0


def _range(text: str) -> _Range:
    name, *parameters = (part.strip().lower() for part in text.split(";"))
    kind, _, subtype = name.partition("/")
    own = frozenset(p for p in parameters if p and not p.startswith("q="))
    return _Range(kind, subtype or ("*" if kind == "*" else ""), own, _value(parameters))


def _value(parameters: Sequence[str]) -> float:
    """Return the quality among parameters: 1 where none is given, 0 where it is no number from 0 to 1."""
    given = next((p.removeprefix("q=") for p in parameters if p.startswith("q=")), "1")
    return float(given) if _QUALITY.fullmatch(given) else 0.0


def _quality(offer: str, ranges: Sequence[_Range]) -> float:
    fitting = [r for r in ranges if r.matches(offer)]
    return max(fitting, key=lambda r: r.exactness).quality if fitting else 0.0
