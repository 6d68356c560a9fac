"""Decide what leaves a document's graph after validation, and record why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rdflib import RDF, SH, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from kg.iris import KG as KG_IRI
from kg.iris import PREFIXES, Iris, digest
from kg.validate.report import ValidationReport, ValidationResult

__all__ = ["Split", "split"]

KG = Namespace(KG_IRI)
SCHEMA = Namespace(PREFIXES["schema"])
_QUANTITIES = (SCHEMA.MonetaryAmount, SCHEMA.QuantitativeValue)


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """What stays, what left with the reasons, and the ids of the claims that left, which must not be fused."""

    kept: Graph
    quarantine: Graph
    rejected_claims: frozenset[str]


def split(graph: Graph, report: ValidationReport, *, iris: Iris, document_id: str) -> Split:
    """Divide a document's graph into what conforms and what goes to its quarantine.

    A violating claim leaves with its quantities, a violating quantity takes its claim, a violating span the claims
    that use it, a violating document node the whole document. So no IRI is left dangling, and no triple stands in both
    parts. Warnings reject nothing.

    Args:
        graph: Layers 1 and 2 of the document; not modified.
        report: Of this graph.
        iris: Mints the IRIs of document and rejections.
        document_id: The document's hash.
    """
    if not report.violations:
        return Split(kept=graph, quarantine=Graph(bind_namespaces="none"), rejected_claims=frozenset())
    document = URIRef(iris.document(document_id))
    causes = _rejected(graph, report.violations, document)
    whole = document in causes
    kept, quarantine = Graph(bind_namespaces="none"), Graph(bind_namespaces="none")
    for triple in graph:
        leaves = whole or triple[0] in causes or triple[2] in causes
        (quarantine if leaves else kept).add(triple)
    for node, results in causes.items():
        for result in results:
            _reject(quarantine, node, result, URIRef(iris.rejection(document_id, _rejection_id(node, result))))
    claims = graph.subjects(RDF.type, KG.Claim) if whole else causes
    prefix = iris.claim("")
    rejected = frozenset(str(node).removeprefix(prefix) for node in claims if str(node).startswith(prefix))
    return Split(kept=kept, quarantine=quarantine, rejected_claims=rejected)


def _rejected(
    graph: Graph, violations: Iterable[ValidationResult], document: URIRef
) -> dict[Node, list[ValidationResult]]:
    """Return every node that leaves, with the results that reject it or the node that takes it along."""
    causes: dict[Node, list[ValidationResult]] = {}
    for result in violations:
        causes.setdefault(URIRef(result.focus), []).append(result)
    waiting = list(causes)
    while waiting:
        node = waiting.pop()
        for other in sorted({*graph.subjects(None, node), *_quantities(graph, node)}, key=str):
            if other not in causes and other != document:
                causes[other] = [_taken_along(other, node, causes[node][0])]
                waiting.append(other)
    return causes


def _quantities(graph: Graph, node: Node) -> list[Node]:
    """Return the quantities of a claim; of another node none."""
    if (node, RDF.type, KG.Claim) not in graph:
        return []
    return [value for value in graph.objects(node) if any((value, RDF.type, kind) in graph for kind in _QUANTITIES)]


def _taken_along(node: Node, by: Node, cause: ValidationResult) -> ValidationResult:
    message = cause.message if cause.message.startswith("Rejected with <") else f"Rejected with <{by}>: {cause.message}"
    return replace(cause, focus=str(node), path=None, value=str(by), message=message)


def _rejection_id(node: Node, result: ValidationResult) -> str:
    return digest("rejection", str(node), result.shape, result.path or "", result.value or "", result.message)


def _reject(graph: Graph, node: Node, result: ValidationResult, rejection: URIRef) -> None:
    graph.add((rejection, RDF.type, KG.Rejection))
    graph.add((rejection, KG.focus, node))
    graph.add((rejection, SH.resultMessage, Literal(result.message)))
    graph.add((rejection, SH.sourceShape, URIRef(result.shape)))
    graph.add((rejection, SH.resultSeverity, SH[result.severity]))
