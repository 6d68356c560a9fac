"""Which documents rest on the same report: near-copies, agency bylines, and origins that the metadata name.

Copies are found by MinHash over word shingles (Broder 1997) with banding for candidates, so that the cost grows with
the number of documents, not of pairs.
"""

from __future__ import annotations

import re
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from rensa import RMinHash

from kg.fuse.components import Components
from kg.fuse.sources import Source
from kg.iris import entity_key
from kg.model import Document, Family, Lineage

__all__ = ["AGENCIES", "find_lineages", "is_agency", "outlet", "publisher_key", "sketch"]

AGENCIES = {
    "AFP": ("afp", "agence france-presse", "agence france presse"),
    "AP": ("ap", "associated press", "the associated press"),
    "Reuters": ("reuters", "thomson reuters"),
    "dpa": ("dpa", "deutsche presse-agentur"),
    "Xinhua": ("xinhua", "xinhua news agency"),
    "TASS": ("tass", "itar-tass"),
    "RIA Novosti": ("ria novosti", "ria"),
    "Interfax": ("interfax",),
    "Yonhap": ("yonhap", "yonhap news", "yonhap news agency"),
    "Kyodo": ("kyodo", "kyodo news"),
    "ANSA": ("ansa",),
    "EFE": ("efe",),
    "PTI": ("pti", "press trust of india"),
    "UPI": ("upi", "united press international"),
    "Anadolu": ("anadolu", "anadolu agency"),
}
"""News agencies, by the name that gives their key, with the bylines under which others print their reports."""

_BYLINES = {byline: name for name, bylines in AGENCIES.items() for byline in bylines}

_PERMUTATIONS = 128
# 32 bands of 4 rows: texts that share half of their shingles are candidates with probability 0.87, of 0.7 with 0.9998
_ROWS = 4
_COPY = 0.5
_SHINGLE = 4
# Shorter texts share their few shingles by chance.
_MIN_WORDS = 40


def sketch(text: str) -> bytes:
    """Return the MinHash signature of a text, empty where it is too short to tell a copy."""
    words = re.findall(r"\w+", text.casefold())
    if len(words) < _MIN_WORDS:
        return b""
    minhash = RMinHash(num_perm=_PERMUTATIONS, seed=1)
    minhash.update([" ".join(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)])
    return struct.pack(f"<{_PERMUTATIONS}I", *minhash.digest())


def publisher_key(name: str) -> str:
    """Return the key of a publisher or agency: an entity that is known by name."""
    return entity_key(name, Family.OTHER.value)


def is_agency(name: str) -> bool:
    """Tell whether a name is a news agency's."""
    return name.strip().casefold() in _BYLINES


def outlet(document: Document) -> str | None:
    """Return the name of the outlet or agency whose report a document is, None where nobody is named.

    The origin that the metadata name counts first, then an agency's byline, then the publisher.
    """
    if document.based_on and document.based_on.publisher:
        return _outlet_name(document.based_on.publisher)
    for author in document.authors:
        byline = re.sub(r"^by\s+", "", author.strip(), flags=re.IGNORECASE)
        if is_agency(byline):
            return _outlet_name(byline)
    return _outlet_name(document.publisher) if document.publisher else None


def _outlet_name(name: str) -> str:
    return _BYLINES.get(name.strip().casefold(), name)


def find_lineages(sources: Iterable[Source], *, canonical: Mapping[str, str]) -> tuple[Lineage, ...]:
    """Return every document's lineage, by document id.

    A copy has the lineage of its original, the earliest document of its like; any other that of its :func:`outlet`.

    Args:
        sources: Every document.
        canonical: Alias to canonical key of entities, so that "Guardian" and "The Guardian" are one outlet.
    """
    order: dict[str, tuple[str, str]] = {}
    outlets: dict[str, str | None] = {}
    sketches: dict[str, bytes] = {}
    for source in sources:
        document = source.document
        order[document.id] = (document.published.isoformat(), document.id)
        name = outlet(document)
        outlets[document.id] = publisher_key(name) if name else None
        if source.sketch:
            sketches[document.id] = source.sketch
    origins = _origins(sketches, order)
    return tuple(_lineage(key, origins.get(key, key), outlets, canonical) for key in sorted(order))


def _lineage(key: str, origin: str, outlets: Mapping[str, str | None], canonical: Mapping[str, str]) -> Lineage:
    found = outlets[origin]
    return Lineage(document_id=key, origin=origin, outlet=canonical.get(found, found) if found else None)


def _origins(sketches: Mapping[str, bytes], order: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Return the first document of each group of near-copies, for the members of groups."""
    groups = Components()
    for first, second in _candidates(sketches):
        if not groups.together(first, second) and _similarity(sketches[first], sketches[second]) >= _COPY:
            groups.join(first, second)
    return {key: min(members, key=order.__getitem__) for members in groups.groups() for key in members}


def _candidates(sketches: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Yield pairs that share a band."""
    width = 4 * _ROWS
    buckets: dict[tuple[int, bytes], list[str]] = defaultdict(list)
    for key in sorted(sketches):
        for band, start in enumerate(range(0, len(sketches[key]), width)):
            bucket = buckets[band, sketches[key][start : start + width]]
            yield from ((other, key) for other in bucket)
            bucket.append(key)


def _similarity(first: bytes, second: bytes) -> float:
    pairs = zip(struct.iter_unpack("<I", first), struct.iter_unpack("<I", second), strict=True)
    return sum(a == b for a, b in pairs) / _PERMUTATIONS
