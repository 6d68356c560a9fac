"""Which words of a sentence carry a claim: its trigger and the mentions that fill its roles."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Store

from kg.iris import KG, PREFIXES

__all__ = ["Mark", "SpanIndex", "role_terms"]

_NIF, _ITSRDF = PREFIXES["nif"], PREFIXES["itsrdf"]
_NO_ROLES = frozenset(KG + name for name in ("event", "evidence", "eventType", "polarity", "modality"))


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """Words of a sentence, by offsets from its first character; ``role`` is ``trigger`` or a role's name."""

    start: int
    end: int
    role: str


def role_terms(pairs: Iterable[tuple[str, object]]) -> dict[str, str]:
    """Return the role that each entity or mention plays in a claim, by IRI; the trigger comes before all others.

    Args:
        pairs: The claim's properties with their values.
    """
    found = sorted(
        (name != KG + "trigger", name.removeprefix(KG), term.value)
        for name, term in pairs
        if isinstance(term, NamedNode) and name.startswith(KG) and name not in _NO_ROLES
    )
    return {iri: role for _, role, iri in reversed(found)}


class SpanIndex:
    """The mentions of documents, read once for each document.

    Args:
        store: Read only.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._spans: dict[str, list[tuple[int, int, frozenset[str]]]] = {}

    def marks(self, document: str, begin: int, end: int, roles: Mapping[str, str]) -> tuple[Mark, ...]:
        """Return the words between two offsets of a document that play a role, in reading order, none overlapping."""
        spans = self._of(document)
        inside = spans[bisect_left(spans, begin, key=_start) : bisect_left(spans, end, key=_start)]
        found = [
            Mark(start - begin, stop - begin, roles[iri])
            for start, stop, meant in inside
            if start < stop <= end
            for iri in sorted(meant & roles.keys())
        ]
        return _disjoint(found)

    def _of(self, document: str) -> list[tuple[int, int, frozenset[str]]]:
        if document not in self._spans:
            quads = self._store.quads_for_pattern(None, NamedNode(_NIF + "referenceContext"), NamedNode(document), None)
            subjects = {quad.subject for quad in quads if isinstance(quad.subject, NamedNode)}
            self._spans[document] = sorted(
                (span for subject in subjects if (span := self._span(subject))), key=lambda span: span[:2]
            )
        return self._spans[document]

    def _span(self, subject: NamedNode) -> tuple[int, int, frozenset[str]] | None:
        """Return a span's offsets and what it may mean: itself, and the entity that it names."""
        offsets: dict[str, int] = {}
        meant = {subject.value}
        for quad in self._store.quads_for_pattern(subject, None, None, None):
            name, term = quad.predicate.value, quad.object
            if isinstance(term, Literal) and name in (f"{_NIF}beginIndex", f"{_NIF}endIndex"):
                offsets[name] = int(term.value)
            elif isinstance(term, NamedNode) and name == f"{_ITSRDF}taIdentRef":
                meant.add(term.value)
        return (
            (offsets[f"{_NIF}beginIndex"], offsets[f"{_NIF}endIndex"], frozenset(meant)) if len(offsets) == 2 else None
        )


def _start(span: tuple[int, int, frozenset[str]]) -> int:
    return span[0]


def _disjoint(marks: list[Mark]) -> tuple[Mark, ...]:
    """Keep the trigger and, of overlapping role words, the shorter ones."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.role != "trigger", m.end - m.start, m)):
        if all(mark.end <= other.start or other.end <= mark.start for other in kept):
            kept.append(mark)
    return tuple(sorted(kept))
