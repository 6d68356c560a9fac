"""Layer 3: the world graph, from the records that fusing makes."""

from __future__ import annotations

from collections.abc import Iterator

from kg.config import Settings
from kg.corrections import Review
from kg.iris import digest
from kg.lexicon import Lexicon
from kg.model import Dispute, DisputeKind, Entity, Event, Lineage, Polarity, RoleSource, Statement
from kg.rdf.document import event_class, role_term
from kg.rdf.nquads import LINE_TERMS, LineTriple

__all__ = ["WorldWriter", "statement_id"]

_ACT = "Act"


def statement_id(subject: str, predicate: str, thing: str) -> str:
    """Return the hash that names a direct triple, of the keys of its entities and the property's IRI."""
    return digest("statement", subject, predicate, thing)


class WorldWriter:
    """Yields the triples of fused records as N-Quads text.

    Args:
        settings: Give the base of the IRIs.
        lexicon: Gives the IRIs of the event classes.
    """

    def __init__(self, settings: Settings, lexicon: Lexicon) -> None:
        self.mint = LINE_TERMS
        self.iris = settings.iris
        self.lexicon = lexicon

    def entity(self, entity: Entity) -> Iterator[LineTriple]:
        """Yield an entity; an alias leads to its canonical entity and says why."""
        mint = self.mint
        node = self._entity(entity.key)
        yield node, mint["rdf:type"], mint[entity.type]
        yield node, mint["rdfs:label"], mint.text(entity.label)
        yield from ((node, mint["skos:altLabel"], mint.text(name)) for name in entity.names)
        yield from ((node, mint["owl:sameAs"], mint.uri(link)) for link in entity.same_as)
        yield node, mint["kg:mentionCount"], mint.integer(entity.mention_count)
        yield node, mint["kg:sourceCount"], mint.integer(entity.source_count)
        if entity.same_as_key and entity.merged_because:
            yield node, mint["owl:sameAs"], self._entity(entity.same_as_key)
            yield node, mint["kg:mergedBecause"], mint.text(entity.merged_because)

    def lineage(self, lineage: Lineage) -> Iterator[LineTriple]:
        """Yield where a document's report comes from."""
        mint = self.mint
        node = mint.uri(self.iris.document(lineage.document_id))
        origin = mint.uri(self.iris.document(lineage.origin))
        yield node, mint["kg:lineage"], self._entity(lineage.outlet) if lineage.outlet else origin
        if lineage.copy_of:
            yield node, mint["kg:copyOf"], origin

    def event(self, event: Event) -> Iterator[LineTriple]:
        """Yield an event, and of each of its claims that it tells of it."""
        mint = self.mint
        node = mint.uri(self.iris.event(event.id))
        yield node, mint["rdf:type"], mint["kg:Event"]
        yield node, mint["rdf:type"], event_class(mint, self.lexicon, event.event_type)
        if event.event_type == _ACT:
            yield node, mint["kg:predicate"], mint.text(event.predicate)
        yield from ((node, mint[f"kg:{source[2].name}"], self._value(source)) for source in event.roles)
        if event.earliest and event.latest:
            yield node, mint["kg:earliest"], mint.day(event.earliest)
            yield node, mint["kg:latest"], mint.day(event.latest)
        yield node, mint["kg:polarity"], mint[f"kg:{event.polarity.value}"]
        yield node, mint["kg:modality"], mint[f"kg:{event.modality.value}"]
        yield node, mint["kg:disputed"], mint.boolean(event.disputed)
        yield node, mint["kg:sourceCount"], mint.integer(event.source_count)
        for claim in self._claims(event.claims):
            yield node, mint["kg:claim"], claim
            yield claim, mint["kg:event"], node

    def dispute(self, dispute: Dispute) -> Iterator[LineTriple]:
        """Yield a dispute with its rival values."""
        mint = self.mint
        node = mint.uri(self.iris.dispute(dispute.event, dispute.role))
        yield node, mint["rdf:type"], mint["kg:Dispute"]
        yield node, mint["kg:event"], mint.uri(self.iris.event(dispute.event))
        yield node, mint["kg:role"], mint[f"kg:{dispute.role}"]
        yield node, mint["kg:kind"], mint[f"kg:{dispute.kind.value}"]
        if dispute.kind is DisputeKind.DENIED:
            yield from ((node, mint["kg:value"], mint[f"kg:{polarity.value}"]) for polarity in Polarity)
        yield from ((node, mint["kg:value"], self._value(source)) for source in dispute.values)
        yield from ((node, mint["kg:claim"], claim) for claim in self._claims(dispute.claims))

    def statement(self, statement: Statement) -> Iterator[LineTriple]:
        """Yield a direct triple and the node that tells what speaks for and against it."""
        mint = self.mint
        subject, thing = self._entity(statement.subject), self._entity(statement.object)
        predicate = mint.uri(statement.predicate)
        yield subject, predicate, thing
        node = mint.uri(self.iris.statement(statement_id(statement.subject, statement.predicate, statement.object)))
        yield node, mint["rdf:type"], mint["rdf:Statement"]
        yield node, mint["rdf:subject"], subject
        yield node, mint["rdf:predicate"], predicate
        yield node, mint["rdf:object"], thing
        yield from ((node, mint["kg:event"], mint.uri(self.iris.event(event))) for event in statement.events)
        yield from ((node, mint["kg:supportedBy"], claim) for claim in self._claims(statement.supported_by))
        yield from ((node, mint["kg:deniedBy"], claim) for claim in self._claims(statement.denied_by))
        if statement.earliest and statement.latest:
            yield node, mint["kg:earliest"], mint.day(statement.earliest)
            yield node, mint["kg:latest"], mint.day(statement.latest)
        yield node, mint["kg:attributedOnly"], mint.boolean(statement.attributed_only)
        yield node, mint["kg:sourceCount"], mint.integer(statement.source_count)

    def review(self, review: Review) -> Iterator[LineTriple]:
        """Yield what somebody found of a claim."""
        mint = self.mint
        node = mint.uri(self.iris.claim(review.claim))
        yield node, mint["kg:reviewedAs"], mint.text(review.verdict.value)
        if review.note:
            yield node, mint["rdfs:comment"], mint.text(review.note)

    def _entity(self, key: str) -> str:
        return self.mint.uri(self.iris.entity(key))

    def _claims(self, claims: tuple[str, ...]) -> Iterator[str]:
        return (self.mint.uri(self.iris.claim(claim)) for claim in claims)

    def _value(self, source: RoleSource) -> str:
        document_id, claim_id, role = source
        return role_term(self.mint, self.iris, document_id, claim_id, role)
