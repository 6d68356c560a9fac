"""Read claims with their sentences, the words marked, and the independent source that each counts for."""

from __future__ import annotations

from decimal import Decimal

from pyoxigraph import NamedNode

from kg.iris import KG
from kg.page.nodes import Node, Nodes
from kg.page.records import PageClaim, PageDocument
from kg.show.marks import SpanIndex, role_terms

__all__ = ["Claims"]


class Claims:
    """Reads claims and gathers the documents and sentences that they rest on, and the entities in each role.

    Args:
        nodes: Of the graph.
    """

    def __init__(self, nodes: Nodes) -> None:
        self.nodes = nodes
        self.documents: dict[str, PageDocument] = {}
        self.sentences: dict[str, str] = {}
        self.parties: dict[str, dict[str, tuple[str, ...]]] = {}
        self._spans = SpanIndex(nodes.store)
        self._origins: dict[str, str] = {}

    def read(self, iri: str, event: str) -> PageClaim:
        """Return a claim of an event."""
        claim = self.nodes.node(iri)
        document = self._document(claim.one("prov:hadPrimarySource"))
        sentence = self.nodes.node(claim.one("evidence"))
        begin, end = int(sentence.one("nif:beginIndex") or 0), int(sentence.one("nif:endIndex") or 0)
        key = f"{document.id}#{begin}"
        self.sentences[key] = sentence.one("nif:anchorOf")
        self.parties[self.nodes.curie(iri)] = self._parties(claim)
        speakers, messengers = claim.terms("attributedTo"), claim.terms("via")
        marks = self._spans.marks(claim.one("prov:hadPrimarySource"), begin, end, role_terms(claim.pairs))
        return PageClaim(
            id=self.nodes.curie(iri),
            event=event,
            kind=kind_of(claim),
            document=document.id,
            origin=self._origin(document, [*speakers, *messengers]),
            at=key,
            confidence=Decimal(claim.one("confidence") or 0),
            negated=claim.local("polarity") == "negated",
            modality=claim.local("modality"),
            said_by=tuple(sorted({self.nodes.text(term) for term in speakers})),
            via=tuple(sorted({self.nodes.text(term) for term in messengers})),
            rule=claim.one("rule"),
            marks=tuple((mark.start, mark.end, mark.role) for mark in marks),
            review=claim.one("reviewedAs"),
            note=claim.one("rdfs:comment"),
        )

    def _parties(self, claim: Node) -> dict[str, tuple[str, ...]]:
        """Return the canonical entities in each role."""
        found: dict[str, set[str]] = {}
        for name, term in claim.pairs:
            if name.startswith(KG) and isinstance(term, NamedNode) and self.nodes.is_entity(term.value):
                entity = self.nodes.canonical(term.value)
                found.setdefault(name.removeprefix(KG), set()).add(self.nodes.curie(entity))
        return {role: tuple(sorted(entities)) for role, entities in found.items()}

    def _document(self, iri: str) -> PageDocument:
        short = self.nodes.curie(iri)
        if short not in self.documents:
            node = self.nodes.node(iri)
            publisher = node.terms("schema:publisher")
            path = node.one("sourcePath")
            source = self.nodes.text(publisher[0]) if publisher else path or short
            self.documents[short] = PageDocument(
                id=short,
                source=source,
                headline=node.one("schema:headline"),
                published=node.one("schema:datePublished"),
                url=node.one("schema:url"),
                path=path,
            )
            self._origins[short] = self._lineage(node, source)
        return self.documents[short]

    def _lineage(self, document: Node, source: str) -> str:
        """Return the outlet whose report a document is, or the publisher of the document that it copies."""
        origin = next(iter(document.terms("lineage")), None)
        if origin is None or origin.value == document.iri:
            return source
        return self.nodes.text(origin) if self.nodes.is_entity(origin.value) else self._document(origin.value).source

    def _origin(self, document: PageDocument, speakers: list[NamedNode]) -> str:
        """Return what counts as one independent source: the outlet that a claim cites, else its document's origin."""
        outlet = next(filter(self.nodes.is_outlet, speakers), None)
        return self.nodes.text(outlet) if outlet else self._origins[document.id]


def kind_of(claim: Node) -> str:
    """Return a claim's class, of an act with its predicate: Lend, Act renovate."""
    kind, predicate = claim.local("eventType"), claim.one("predicate")
    return f"{kind} {predicate.replace('_', ' ')}" if kind == "Act" and predicate else kind
