"""By what copies of a report are known: its words, the agency in its dateline, its facts in order, its paragraphs.

A signature depends on one document alone; it is stored with it, so that finding lineages parses no text again.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

from rensa import RMinHash

from kg.model import Annotation, BodyKind, Claim, Document, MentionKind, Quantity

__all__ = ["PERMUTATIONS", "Signature", "sign", "sign_words", "sketch"]

PERMUTATIONS = 128
_SHINGLE = 4
# Shorter texts share their few shingles by chance.
_MIN_WORDS = 40

_SENTENCE_END = re.compile(r"[.!?\u2026]['\"\u2019\u201d)]*(?=\s|$)")
_QUOTE = re.compile(r"[\"\u201c\u201d]")
_MOST_SENTENCES = 127

_HEADER = struct.Struct("<HHHH")
_DATELINE = re.compile(
    r"^[^\W\d_][\w.' -]{1,40}(?:,[\w.' -]{2,40}){0,3},?\s*(?:\((?P<a>[^()\n]{2,40})\)|/(?P<b>[^/\n]{2,40})/)"
    r"\s*(?:--?|[\u2013\u2014])\s",
    re.MULTILINE,
)
# A dateline stands in the first paragraph, below headline, byline and date.
_HEAD = 1000


@dataclass(frozen=True, slots=True)
class Signature:
    """What a report is known by; every part may be empty.

    ``minhash`` is of the shingles of its words, ``agency`` stands in its dateline, ``order`` are the hashes of its
    names and claims as they follow each other, ``figures`` those of its sums and counts. ``shape`` tells of each
    paragraph how many sentences it has and whether it quotes somebody: whoever rewrites or translates a report goes
    sentence by sentence.
    """

    minhash: bytes = b""
    agency: str = ""
    order: tuple[int, ...] = ()
    figures: frozenset[int] = frozenset()
    shape: bytes = b""

    def pack(self) -> bytes:
        """Return the signature as bytes."""
        agency = self.agency.encode()
        numbers = (*self.order, *sorted(self.figures))
        header = _HEADER.pack(len(self.minhash), len(agency), len(self.shape), len(self.order))
        return header + self.minhash + agency + self.shape + struct.pack(f"<{len(numbers)}I", *numbers)

    @classmethod
    def unpack(cls, data: bytes) -> Signature:
        """Return the signature that :meth:`pack` made; no bytes give an empty one."""
        if not data:
            return cls()
        words, name, paragraphs, length = _HEADER.unpack_from(data)
        parts, start = [], _HEADER.size
        for size in (words, name, paragraphs):
            parts.append(data[start : start + size])
            start += size
        numbers = [number for (number,) in struct.iter_unpack("<I", data[start:])]
        return cls(parts[0], parts[1].decode(), tuple(numbers[:length]), frozenset(numbers[length:]), parts[2])


def sketch(text: str) -> bytes:
    """Return the signature of words alone, empty where they are too few to tell a copy."""
    return Signature(minhash=_minhash(text)).pack()


def sign_words(document: Document) -> Signature:
    """Return the signature of the words of a document's body; its text must be there."""
    return Signature(minhash=_minhash(_body(document)))


def sign(document: Document, annotation: Annotation) -> bytes:
    """Return the signature of a document; its text must be there."""
    found = _DATELINE.search(document.text[:_HEAD])
    figures = {str(_figure(role.value)) for claim in annotation.claims for role in claim.roles if _figure(role.value)}
    return Signature(
        minhash=_minhash(_body(document)),
        agency=(found["a"] or found["b"]).strip() if found else "",
        order=tuple(map(_hash, _order(annotation))),
        figures=frozenset(map(_hash, figures)),
        shape=bytes(_outline(document)),
    ).pack()


def _body(document: Document) -> str:
    return "\n".join(document.text[span.start : span.end] for span in document.body)


def _outline(document: Document) -> Iterator[int]:
    """Yield for each paragraph twice its number of sentences, and one more where it quotes somebody."""
    for span in document.body:
        if span.kind is BodyKind.PARAGRAPH and not span.continues:
            text = document.text[span.start : span.end]
            yield 2 * min(len(_SENTENCE_END.findall(text)), _MOST_SENTENCES) + bool(_QUOTE.search(text))


def _minhash(text: str) -> bytes:
    words = re.findall(r"\w+", text.casefold())
    if len(words) < _MIN_WORDS:
        return b""
    minhash = RMinHash(num_perm=PERMUTATIONS, seed=1)
    minhash.update([" ".join(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)])
    return struct.pack(f"<{PERMUTATIONS}I", *minhash.digest())


def _order(annotation: Annotation) -> list[str]:
    """Return names and claims in reading order; within a sentence its claims come first, as their words may move."""
    names = ((m.start, f"name {m.entities[0]}") for m in annotation.mentions if m.kind is MentionKind.NAME)
    return [token for _, token in sorted((*_claims(annotation.claims), *names))]


def _claims(claims: Sequence[Claim]) -> Iterator[tuple[int, str]]:
    for claim in claims:
        yield claim.evidence.start, f"claim {claim.event_type} {claim.polarity}"


def _figure(value: object) -> object:
    """Return the number that a quantity gives, None for any other value."""
    given: Iterable[object] = (value.value, value.maximum, value.minimum) if isinstance(value, Quantity) else ()
    return next((number for number in given if number is not None), None)


def _hash(token: str) -> int:
    return crc32(token.encode())
