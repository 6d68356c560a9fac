"""Decide what leaves a document's graph after validation, and record why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.iris import Iris, digest
from kg.rdf.nquads import LINE_TERMS, LineTriple
from kg.validate.index import RDF_TYPE
from kg.validate.report import ValidationReport, ValidationResult

__all__ = ["Split", "split"]

_CLAIM = LINE_TERMS["kg:Claim"]
_QUANTITIES = {LINE_TERMS["schema:MonetaryAmount"], LINE_TERMS["schema:QuantitativeValue"]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """What stays, what left with the reasons, and which nodes left.

    ``rejected`` holds their IRIs, ``rejected_claims`` the ids of the claims that left, which must not be fused.
    """

    kept: tuple[LineTriple, ...]
    quarantine: tuple[LineTriple, ...] = ()
    rejected: frozenset[str] = frozenset()
    rejected_claims: frozenset[str] = frozenset()


def split(triples: Iterable[LineTriple], report: ValidationReport, *, iris: Iris, document_id: str) -> Split:
    """Divide a document's graph into what conforms and what goes to its quarantine.

    A violating claim leaves with its quantities, a violating quantity takes its claim, a violating span the claims
    that use it, a violating document node the whole document. So no IRI is left dangling, and no triple stands in both
    parts. Warnings reject nothing.

    Args:
        triples: Layers 1 and 2 of the document, each once.
        report: Of these triples.
        iris: Mints the IRIs of document and rejections.
        document_id: The document's hash.
    """
    given = tuple(triples)
    if not report.violations:
        return Split(kept=given)
    links = _Links(given)
    document = f"<{iris.document(document_id)}>"
    causes = _rejected(links, report.violations, document)
    whole = document in causes
    kept: list[LineTriple] = []
    left: list[LineTriple] = []
    for triple in given:
        leaves = whole or triple[0] in causes or triple[2] in causes
        (left if leaves else kept).append(triple)
    for node, results in causes.items():
        for result in results:
            left.extend(_rejection(node, result, iris, document_id))
    prefix = f"<{iris.claim('')}"
    claims = {node for node in (links.subjects if whole else causes) if node.startswith(prefix)}
    return Split(
        kept=tuple(kept),
        quarantine=tuple(dict.fromkeys(left)),
        rejected=frozenset(node[1:-1] for node in causes),
        rejected_claims=frozenset(node.removeprefix(prefix)[:-1] for node in claims),
    )


class _Links:
    """Who points to whom in a document's graph."""

    def __init__(self, triples: Iterable[LineTriple]) -> None:
        self.pointing: dict[str, set[str]] = defaultdict(set)
        self.pointed: dict[str, set[str]] = defaultdict(set)
        self.subjects: set[str] = set()
        self.claims: set[str] = set()
        self.quantities: set[str] = set()
        for subject, predicate, value in triples:
            self.subjects.add(subject)
            if predicate != RDF_TYPE:
                self.pointing[value].add(subject)
                self.pointed[subject].add(value)
            elif value == _CLAIM:
                self.claims.add(subject)
            elif value in _QUANTITIES:
                self.quantities.add(subject)

    def taken_along(self, node: str) -> Iterator[str]:
        """Yield, sorted, the nodes that use a node, and of a claim its quantities."""
        own = self.pointed[node] & self.quantities if node in self.claims else set()
        yield from sorted(self.pointing[node] | own)


def _rejected(
    links: _Links, violations: Iterable[ValidationResult], document: str
) -> dict[str, list[ValidationResult]]:
    """Return every node that leaves, with the results that reject it or the node that takes it along."""
    causes: dict[str, list[ValidationResult]] = {}
    for result in violations:
        causes.setdefault(f"<{result.focus}>", []).append(result)
    waiting = list(causes)
    while waiting:
        node = waiting.pop()
        for other in links.taken_along(node):
            if other not in causes and other != document:
                causes[other] = [_taken_along(other, node, causes[node][0])]
                waiting.append(other)
    return causes


def _taken_along(node: str, by: str, cause: ValidationResult) -> ValidationResult:
    message = cause.message if cause.message.startswith("Rejected with <") else f"Rejected with {by}: {cause.message}"
    return replace(cause, focus=node[1:-1], path=None, value=by[1:-1], message=message)


def _rejection(node: str, result: ValidationResult, iris: Iris, document_id: str) -> Iterator[LineTriple]:
    mint = LINE_TERMS
    key = digest("rejection", node[1:-1], result.shape, result.path or "", result.value or "", result.message)
    rejection = mint.uri(iris.rejection(document_id, key))
    yield rejection, mint["rdf:type"], mint["kg:Rejection"]
    yield rejection, mint["kg:focus"], node
    yield rejection, mint["sh:resultMessage"], mint.text(result.message)
    yield rejection, mint["sh:sourceShape"], mint.uri(result.shape)
    yield rejection, mint["sh:resultSeverity"], mint[f"sh:{result.severity}"]
