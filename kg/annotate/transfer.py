"""Give a document the annotation of another one with the same words and date, instead of parsing it.

All that the pipeline sees of a document is its body, how the pieces of it hang together, and the date against which
relative dates are read. Equal ones get equal annotations, but for offsets and for the hashes that go over them.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.annotate.asides import mentions_aside
from kg.annotate.claim_ids import claim_id, role_order
from kg.model import Annotation, BodySpan, Claim, Document, Role, RoleValue, Span, TextValue

__all__ = ["reading_key", "transfer"]


def reading_key(document: Document) -> bytes:
    """Return a hash of all that the pipeline sees of a document."""
    found = hashlib.sha256(document.published.isoformat().encode())
    for flags, words in _pieces(document):
        piece = words.encode("utf-8", "surrogatepass")
        found.update(b"%s%d:" % (flags, len(piece)))
        found.update(piece)
    return found.digest()


def _pieces(document: Document) -> Iterator[tuple[bytes, str]]:
    """Yield the pieces of the body, each with how it hangs on the one before."""
    ended = 0
    for span in document.body:
        apart = any(map(str.isspace, document.text[ended : span.start]))
        yield b"%d%d" % (span.continues, apart if span.continues else True), document.text[span.start : span.end]
        ended = span.end


def transfer(annotation: Annotation, body: Sequence[BodySpan], document: Document) -> Annotation:
    """Return the annotation that the pipeline would make of a document.

    Args:
        annotation: Of a document with the same :func:`reading_key`.
        body: The body of that document.
        document: The one to annotate.
    """
    move = _Move(body, document)
    claims = [move.claim(claim) for claim in annotation.claims]
    mentions = tuple(replace(m, start=move.start(m.start), end=move.end(m.end)) for m in annotation.mentions)
    return Annotation(
        document_id=document.id,
        sentences=tuple(map(move.span, annotation.sentences)),
        entities=annotation.entities,
        mentions=mentions,
        asides=mentions_aside(document, mentions, annotation.entities),
        claims=tuple(sorted(claims, key=lambda claim: (claim.trigger, claim.event_type, claim.id))),
    )


class _Move:
    """Moves offsets from one body to another with the same pieces."""

    def __init__(self, body: Sequence[BodySpan], document: Document) -> None:
        self._document = document
        self._starts = [span.start for span in body]
        self._by = [there.start - here.start for here, there in zip(body, document.body, strict=True)]

    def start(self, offset: int) -> int:
        return offset + self._by[bisect_right(self._starts, offset) - 1]

    def end(self, offset: int) -> int:
        return self.start(offset - 1) + 1

    def span(self, span: Span) -> Span:
        return Span(self.start(span.start), self.end(span.end))

    def claim(self, claim: Claim) -> Claim:
        trigger, evidence = self.span(claim.trigger), self.span(claim.evidence)
        roles = tuple(sorted((Role(role.name, self._value(role.value)) for role in claim.roles), key=role_order))
        name = claim_id(
            self._document.id, claim, trigger=trigger, evidence=evidence, roles=roles, attributed=claim.attributed_to
        )
        return replace(claim, id=name, document_id=self._document.id, trigger=trigger, evidence=evidence, roles=roles)

    def _value(self, value: RoleValue) -> RoleValue:
        if value.span is None:
            return value
        span = self.span(value.span)
        if isinstance(value, TextValue):
            # words on both sides of cut-out markup have it between them
            return TextValue(span, self._document.quote(span))
        return replace(value, span=span)
