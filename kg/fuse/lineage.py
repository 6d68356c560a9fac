"""Which documents rest on the same report: copies, agency bylines and datelines, and origins that the metadata name.

Near-copies are found by MinHash over word shingles (Broder 1997) with banding for candidates, so that the cost grows
with the number of documents, not of pairs. Reports that say the same in other words (spun, translated back) have the
same names and claims in the same order, paragraph by paragraph.
"""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import blake2b

from kg.fuse.signature import PERMUTATIONS, Signature
from kg.iris import entity_key
from kg.model import Document, Family

__all__ = [
    "AGENCIES",
    "byline_parts",
    "is_agency",
    "is_copy",
    "marks",
    "names_of",
    "origin_names",
    "outlet",
    "publisher_key",
]

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
# The share of names and claims in common order, and of paragraphs that are alike in sentences and quotes, by which two
# reports are one: either may be lower where the other is higher. On 1,000 generated articles they find
# 43 of 45 spun copies and no two other reports of the same facts (benchmarks/fusion.py).
_SAME_ORDER = ((0.65, 0.9), (0.88, 0.8))
_RUN = 4
_MIN_ORDER = 10
_MIN_TOKENS = 4
_MIN_PARAGRAPHS = 6


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
        byline = _without_by(author)
        # one that is listed may hold the words that part names ("Press Trust of India")
        for part in (byline,) if byline.casefold() in _BYLINES else _BYLINE_PARTS.split(byline):
            if is_agency(part):
                return _outlet_name(part.strip())
            if known and part.strip().casefold() in known:
                return _outlet_name(known[part.strip().casefold()])
    return _outlet_name(document.publisher) if document.publisher else None


def _without_by(author: str) -> str:
    return re.sub(r"^by\s+", "", author.strip(), flags=re.IGNORECASE)


def _outlet_name(name: str) -> str:
    return _BYLINES.get(name.strip().casefold(), name)


def byline_parts(document: Document) -> list[str]:
    """Return the names in a document's bylines, case-folded: any of them may be an agency that its datelines name."""
    parts = (part for author in document.authors for part in _BYLINE_PARTS.split(_without_by(author)))
    return sorted({part.strip().casefold() for part in parts} - {""})


def names_of(document: Document) -> list[str]:
    """Return what others may call a document that they are based on: its URL, its publisher with its day."""
    found = [f"url {document.url}"] if document.url else []
    if document.publisher:
        found.append(f"report {document.published.isoformat()} {document.publisher.casefold()}")
    return found


def origin_names(document: Document) -> list[str]:
    """Return what a document's metadata call the report that it is based on, the surest first."""
    origin = document.based_on
    found = [f"url {origin.url}"] if origin and origin.url else []
    if origin and origin.publisher and origin.published:
        found.append(f"report {origin.published.isoformat()} {origin.publisher.casefold()}")
    return found


def marks(signature: Signature) -> set[int]:
    """Return 64-bit numbers of which copies share one: bands of the MinHash, and what follows each other in a report.

    Others share one seldom, and are then told apart by :func:`is_copy`.
    """
    width = 4 * _ROWS
    starts = range(0, len(signature.minhash), width)
    bands = (b"band %d " % start + signature.minhash[start : start + width] for start in starts)
    runs = (b"run " + struct.pack(f"<{_RUN}I", *run) for run in _runs(signature))
    # reports with the same paragraphs are many, those that share a name or claim, too, few
    named = signature.order if _has_order(signature.order) and len(signature.shape) >= _MIN_PARAGRAPHS else ()
    shapes = (b"shape " + signature.shape + struct.pack("<I", token) for token in named)
    found = (*bands, *runs, *shapes)
    return {int.from_bytes(blake2b(mark, digest_size=8).digest(), "big", signed=True) for mark in found}


def is_copy(first: Signature, second: Signature) -> bool:
    """Tell whether two reports say the same in the same words, or in the same order."""
    if first.minhash and second.minhash and _similarity(first.minhash, second.minhash) >= _COPY:
        return True
    return _same_order(first, second)


def _runs(signature: Signature) -> set[tuple[int, ...]]:
    """Return what follows each other in a report, where there is enough of it to tell a copy."""
    order = signature.order
    if not _has_order(order):
        return set()
    runs = (order[i : i + _RUN] for i in range(len(order) - _RUN + 1))
    return {run for run in runs if len(set(run)) > _RUN // 2}


def _has_order(order: Sequence[int]) -> bool:
    return len(order) >= _MIN_ORDER and len(set(order)) >= _MIN_TOKENS


def _same_order(first: Signature, second: Signature) -> bool:
    """Tell whether two reports have the same names and claims in the same order, and no figures against it."""
    if first.figures and second.figures and not first.figures & second.figures:
        return False
    if not (_has_order(first.order) and _has_order(second.order)):
        return False
    return any(
        _has_common(first.order, second.order, order) and _same_shape(first.shape, second.shape, shape)
        for order, shape in _SAME_ORDER
    )


def _same_shape(first: bytes, second: bytes, share: float) -> bool:
    """Tell whether two reports have like paragraphs; where there are too few to tell, what is said in them decides."""
    if min(len(first), len(second)) < _MIN_PARAGRAPHS:
        return share < max(share for _, share in _SAME_ORDER)
    return _has_common(first, second, share)


def _has_common(first: Sequence[int], second: Sequence[int], share: float) -> bool:
    """Tell whether this share of the longer sequence stands in the other one, in the same order."""
    short, long = sorted((first, second), key=len)
    least = share * len(long)
    return len(short) >= least and _in_common(short, long) >= least and _common(short, long) >= least


def _in_common(first: Sequence[int], second: Sequence[int]) -> int:
    """Return how many tokens two sequences share in any order: no common subsequence is longer, and it is cheap."""
    return (Counter(first) & Counter(second)).total()


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
