"""Which documents rest on the same report: copies, agency bylines and datelines, and origins that the metadata name.

Near-copies are found by MinHash over word shingles (Broder 1997) with banding for candidates, so that the cost grows
with the number of documents, not of pairs. Reports that say the same in other words (spun, translated back) have the
same names and claims in the same order.
"""

from __future__ import annotations

import re
import struct
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.fuse.components import Components
from kg.fuse.signature import PERMUTATIONS, Signature, sketch
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

_AGENCY = re.compile(
    r"(?:news\s?wire|(?:news|press|wire) (?:agency|service|association)|presse?-?agentur|agence de presse"
    r"|agencia de noticias|\w{3,}press|\w{2,}wire)$"
)
"""Names that no list need hold: they say that they are agencies."""

# "Jane Doe, AP", "Jane Doe for Reuters", "AFP/Jane Doe", "Post staff with dpa"
_BYLINE_PARTS = re.compile(r"\s*(?:[,;/|&]|\b(?:for|with|and|by|at|of)\b)\s*", re.IGNORECASE)

# 32 bands of 4 rows: texts that share half of their shingles are candidates with probability 0.87, of 0.7 with 0.9998
_ROWS = 4
_COPY = 0.5
# On generated articles 8 of 11 spun copies have this share of names and claims in common order, and no other report of
# the same facts.
_SAME_ORDER = 0.88
_RUN = 4
_MIN_ORDER = 10
_MIN_TOKENS = 4


def publisher_key(name: str) -> str:
    """Return the key of a publisher or agency: an entity that is known by name."""
    return entity_key(name, Family.OTHER.value)


def is_agency(name: str) -> bool:
    """Tell whether a name is a news agency's."""
    folded = " ".join(name.casefold().split())
    return folded in _BYLINES or bool(_AGENCY.search(folded))


def outlet(document: Document, agency: str = "", known: Mapping[str, str] | None = None) -> str | None:
    """Return the name of the outlet or agency whose report a document is, None where nobody is named.

    The origin that the metadata name counts first, then an agency's dateline or byline, then the publisher.

    Args:
        document: Its text need not be there.
        agency: What its dateline names in brackets.
        known: Case-folded to full names that are agencies' by other datelines, for bylines that do not say so.
    """
    if document.based_on and document.based_on.publisher:
        return _outlet_name(document.based_on.publisher)
    if agency and not any(map(str.isdigit, agency)):
        return _outlet_name(agency)
    for author in document.authors:
        byline = re.sub(r"^by\s+", "", author.strip(), flags=re.IGNORECASE)
        # one that is listed may hold the words that part names ("Press Trust of India")
        for part in (byline,) if byline.casefold() in _BYLINES else _BYLINE_PARTS.split(byline):
            if is_agency(part):
                return _outlet_name(part.strip())
            if known and part.strip().casefold() in known:
                return _outlet_name(known[part.strip().casefold()])
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
    documents: dict[str, Document] = {}
    signatures: dict[str, Signature] = {}
    origin_of = _Origins()
    for source in sources:
        document = source.document
        documents[document.id] = replace(document, text="", body=())
        signatures[document.id] = Signature.unpack(source.sketch)
        origin_of.add(document)
    order = {key: (document.published.isoformat(), key) for key, document in documents.items()}
    agencies = sorted({signature.agency for signature in signatures.values()} - {""}, reverse=True)
    known = {agency.casefold(): agency for agency in agencies}
    outlets: dict[str, str | None] = {}
    for key, document in documents.items():
        name = outlet(document, signatures[key].agency, known)
        outlets[key] = publisher_key(name) if name else None
    origins = _origins(signatures, order)
    for key, origin in origin_of.resolved():
        outlets[key] = outlets[origins.get(origin, origin)]
    return tuple(_lineage(key, origins.get(key, key), outlets, canonical) for key in sorted(order))


class _Origins:
    """Finds the reports that documents are based on, where these are among the documents."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._based: dict[str, list[tuple[str, str]]] = {}

    def add(self, document: Document) -> None:
        """Take in a document."""
        if document.publisher:
            self._known[document.publisher.casefold(), document.published.isoformat()].add(document.id)
        if document.url:
            self._known["url", document.url].add(document.id)
        origin = document.based_on
        if origin:
            day = origin.published.isoformat() if origin.published else ""
            self._based[document.id] = [("url", origin.url or ""), ((origin.publisher or "").casefold(), day)]

    def resolved(self) -> Iterator[tuple[str, str]]:
        """Yield each document that is based on exactly one other, with the first one of that line."""
        nearest = {key: found for key in sorted(self._based) if (found := self._find(key))}
        for key, nearer in nearest.items():
            line = [key, nearer]
            while line[-1] in nearest and line[-1] not in line[:-1]:
                line.append(nearest[line[-1]])
            if line[-1] not in line[:-1]:
                yield key, line[-1]

    def _find(self, key: str) -> str | None:
        for named in self._based[key]:
            found = self._known.get(named, set()) - {key}
            if len(found) == 1:
                return next(iter(found))
        return None


def _lineage(key: str, origin: str, outlets: Mapping[str, str | None], canonical: Mapping[str, str]) -> Lineage:
    found = outlets[origin]
    return Lineage(document_id=key, origin=origin, outlet=canonical.get(found, found) if found else None)


def _origins(signatures: Mapping[str, Signature], order: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Return the first document of each group of copies, for the members of groups."""
    groups = Components()
    for first, second in _candidates(signatures, _bands):
        a, b = signatures[first].minhash, signatures[second].minhash
        if not groups.together(first, second) and _similarity(a, b) >= _COPY:
            groups.join(first, second)
    for first, second in _candidates(signatures, _runs):
        if not groups.together(first, second) and _same_order(signatures[first], signatures[second]):
            groups.join(first, second)
    return {key: min(members, key=order.__getitem__) for members in groups.groups() for key in members}


def _candidates(
    signatures: Mapping[str, Signature], features: Callable[[Signature], Iterable[Hashable]]
) -> Iterator[tuple[str, str]]:
    """Yield pairs that share a feature."""
    buckets: dict[Hashable, list[str]] = defaultdict(list)
    for key in sorted(signatures):
        for feature in features(signatures[key]):
            yield from ((other, key) for other in buckets[feature])
            buckets[feature].append(key)


def _bands(signature: Signature) -> Iterator[Hashable]:
    width = 4 * _ROWS
    for band, start in enumerate(range(0, len(signature.minhash), width)):
        yield band, signature.minhash[start : start + width]


def _runs(signature: Signature) -> set[Hashable]:
    """Return what follows each other in a report, where there is enough of it to tell a copy."""
    order = signature.order
    if len(order) < _MIN_ORDER or len(set(order)) < _MIN_TOKENS:
        return set()
    runs = (order[i : i + _RUN] for i in range(len(order) - _RUN + 1))
    return {run for run in runs if len(set(run)) > _RUN // 2}


def _same_order(first: Signature, second: Signature) -> bool:
    """Tell whether two reports have the same names and claims in the same order, and no figures against it."""
    if first.figures and second.figures and not first.figures & second.figures:
        return False
    short, long = sorted((first.order, second.order), key=len)
    return len(short) >= _SAME_ORDER * len(long) and _common(short, long) >= _SAME_ORDER * len(long)


def _common(first: Sequence[int], second: Sequence[int]) -> int:
    """Return the length of the longest common subsequence."""
    row = [0] * (len(second) + 1)
    for token in first:
        diagonal = 0
        for j, other in enumerate(second, 1):
            diagonal, row[j] = row[j], diagonal + 1 if token == other else max(row[j], row[j - 1])
    return row[-1]


def _similarity(first: bytes, second: bytes) -> float:
    pairs = zip(struct.iter_unpack("<I", first), struct.iter_unpack("<I", second), strict=True)
    return sum(a == b for a, b in pairs) / PERMUTATIONS
