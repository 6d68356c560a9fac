"""Layer 3: the world graph, from the records that fusing makes."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import URIRef
from rdflib.term import Node

from kg.config import Settings
from kg.corrections import Review
from kg.iris import digest
from kg.lexicon import Lexicon
from kg.model import Dispute, DisputeKind, Entity, Event, Lineage, Polarity, RoleSource, Statement
from kg.rdf.document import event_class, role_term
from kg.rdf.nquads import Triple
from kg.rdf.terms import KG, OWL, RDF, RDFS, SKOS, boolean, curie, day, integer, text, uri

__all__ = ["WorldWriter", "statement_id"]

_ACT = "Act"


def statement_id(statement: Statement) -> str:
    """Return the hash that names a direct triple."""
    return digest("statement", statement.subject, statement.predicate, statement.object)


class WorldWriter:
    """Yields the triples of fused records.

    Args:
        settings: Give the base of the IRIs.
        lexicon: Gives the IRIs of the event classes.
    """

    def __init__(self, settings: Settings, lexicon: Lexicon) -> None:
        self.iris = settings.iris
        self.lexicon = lexicon

    def entity(self, entity: Entity) -> Iterator[Triple]:
        """Yield an entity; an alias leads to its canonical entity and says why."""
        node = self._entity(entity.key)
        yield node, RDF.type, curie(entity.type, self.iris.base)
        yield node, RDFS.label, text(entity.label)
        yield from ((node, SKOS.altLabel, text(name)) for name in entity.names)
        yield from ((node, OWL.sameAs, uri(link)) for link in entity.same_as)
        yield node, KG.mentionCount, integer(entity.mention_count)
        yield node, KG.sourceCount, integer(entity.source_count)
        if entity.same_as_key and entity.merged_because:
            yield node, OWL.sameAs, self._entity(entity.same_as_key)
            yield node, KG.mergedBecause, text(entity.merged_because)

    def lineage(self, lineage: Lineage) -> Iterator[Triple]:
        """Yield where a document's report comes from."""
        node = uri(self.iris.document(lineage.document_id))
        origin = uri(self.iris.document(lineage.origin))
        yield node, KG.lineage, self._entity(lineage.outlet) if lineage.outlet else origin
        if lineage.copy_of:
            yield node, KG.copyOf, origin

    def event(self, event: Event) -> Iterator[Triple]:
        """Yield an event, and of each of its claims that it tells of it."""
        node = uri(self.iris.event(event.id))
        yield node, RDF.type, KG.Event
        yield node, RDF.type, event_class(self.lexicon, event.event_type)
        if event.event_type == _ACT:
            yield node, KG.predicate, text(event.predicate)
        yield from ((node, KG[source[2].name], self._value(source)) for source in event.roles)
        if event.earliest and event.latest:
            yield node, KG.earliest, day(event.earliest)
            yield node, KG.latest, day(event.latest)
        yield node, KG.polarity, KG[event.polarity.value]
        yield node, KG.modality, KG[event.modality.value]
        yield node, KG.disputed, boolean(event.disputed)
        yield node, KG.sourceCount, integer(event.source_count)
        for claim in self._claims(event.claims):
            yield node, KG.claim, claim
            yield claim, KG.event, node

    def dispute(self, dispute: Dispute) -> Iterator[Triple]:
        """Yield a dispute with its rival values."""
        node = uri(self.iris.dispute(dispute.event, dispute.role))
        yield node, RDF.type, KG.Dispute
        yield node, KG.event, uri(self.iris.event(dispute.event))
        yield node, KG.role, KG[dispute.role]
        yield node, KG.kind, KG[dispute.kind.value]
        if dispute.kind is DisputeKind.DENIED:
            yield from ((node, KG.value, KG[polarity.value]) for polarity in Polarity)
        yield from ((node, KG.value, self._value(source)) for source in dispute.values)
        yield from ((node, KG.claim, claim) for claim in self._claims(dispute.claims))

    def statement(self, statement: Statement) -> Iterator[Triple]:
        """Yield a direct triple and the node that tells what speaks for and against it."""
        subject, thing = self._entity(statement.subject), self._entity(statement.object)
        predicate = uri(statement.predicate)
        yield subject, predicate, thing
        node = uri(self.iris.statement(statement_id(statement)))
        yield node, RDF.type, RDF.Statement
        yield node, RDF.subject, subject
        yield node, RDF.predicate, predicate
        yield node, RDF.object, thing
        yield from ((node, KG.event, uri(self.iris.event(event))) for event in statement.events)
        yield from ((node, KG.supportedBy, claim) for claim in self._claims(statement.supported_by))
        yield from ((node, KG.deniedBy, claim) for claim in self._claims(statement.denied_by))
        if statement.earliest and statement.latest:
            yield node, KG.earliest, day(statement.earliest)
            yield node, KG.latest, day(statement.latest)
        yield node, KG.attributedOnly, boolean(statement.attributed_only)
        yield node, KG.sourceCount, integer(statement.source_count)

    def review(self, review: Review) -> Iterator[Triple]:
        """Yield what somebody found of a claim."""
        node = uri(self.iris.claim(review.claim))
        yield node, KG.reviewedAs, text(review.verdict.value)
        if review.note:
            yield node, RDFS.comment, text(review.note)

    def _entity(self, key: str) -> URIRef:
        return uri(self.iris.entity(key))

    def _claims(self, claims: tuple[str, ...]) -> Iterator[URIRef]:
        return (uri(self.iris.claim(claim)) for claim in claims)

    def _value(self, source: RoleSource) -> Node:
        document_id, claim_id, role = source
        return role_term(self.iris, document_id, claim_id, role)
