"""Layers 1 and 2: what one document says, as one graph.

It depends on the document, its metadata, the lexicon, the model, the knowledge base and the settings alone, so that
another document never changes it. Types and labels of entities belong to layer 3 (:mod:`kg.rdf.world`).
"""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Graph, URIRef
from rdflib.term import Node

from kg.config import Settings
from kg.iris import Iris, digest, entity_key
from kg.lexicon import Lexicon
from kg.model import (
    Annotation,
    Claim,
    Document,
    DurationValue,
    EntityValue,
    Family,
    Mention,
    Quantity,
    QuantityKind,
    Role,
    Span,
    TextValue,
    TimeValue,
)
from kg.rdf.nquads import Triple
from kg.rdf.terms import (
    ITSRDF,
    KG,
    NIF,
    PROV,
    RDF,
    SCHEMA,
    any_uri,
    boolean,
    day,
    duration,
    integer,
    number,
    text,
    time,
    uri,
)

__all__ = ["claim_class", "document_graph", "event_class", "publisher_key", "quantity_id", "role_term"]


def document_graph(
    document: Document, annotation: Annotation, *, settings: Settings, lexicon: Lexicon, run_id: str
) -> Graph:
    """Return the document's graph.

    Args:
        document: Its metadata and text.
        annotation: What was found in it; every span must lie in the text.
        settings: Gives the base of the IRIs.
        lexicon: Gives the IRIs of the event classes.
        run_id: Names the run that generated the claims.

    Raises:
        MappingError: A claim's class is not in the lexicon, or a value cannot be written.
    """
    graph = Graph(bind_namespaces="none")
    for triple in _Writer(document, settings.iris, lexicon, run_id).triples(annotation):
        graph.add(triple)
    return graph


def publisher_key(name: str) -> str:
    """Return the key of a publisher: an entity like any other that is known by name."""
    return entity_key(name, Family.OTHER.value)


def event_class(lexicon: Lexicon, event_type: str) -> URIRef:
    """Return the class of an event type, in a user's own namespace where the lexicon says so."""
    found = lexicon.classes.get(event_type)
    return uri(found.iri) if found else KG[event_type]


def claim_class(lexicon: Lexicon, event_type: str) -> URIRef:
    """Return the class of the claims that tell of an event type (``kg:LendClaim``)."""
    found = lexicon.classes.get(event_type)
    return uri(found.claim_iri) if found else KG[f"{event_type}Claim"]


def quantity_id(claim_id: str, role: str, quantity: Quantity) -> str:
    """Return the hash that names an amount: of its claim, its role and its place in the text."""
    return digest("quantity", claim_id, role, str(quantity.span.start), str(quantity.span.end))


def role_term(iris: Iris, document_id: str, claim_id: str, role: Role) -> Node:
    """Return what a role property points to: an entity, a mention, a literal or a quantity."""
    match role.value:
        case EntityValue(key=key):
            return uri(iris.entity(key))
        case TextValue(span=span):
            return uri(iris.span(document_id, span.start, span.end))
        case TimeValue(lexical=lexical):
            return time(lexical)
        case DurationValue(lexical=lexical):
            return duration(lexical)
        case Quantity() as quantity:
            return uri(iris.quantity(quantity_id(claim_id, role.name, quantity)))


class _Writer:
    """Yields the triples of one document."""

    def __init__(self, document: Document, iris: Iris, lexicon: Lexicon, run_id: str) -> None:
        self.document = document
        self.iris = iris
        self.lexicon = lexicon
        self.node = uri(iris.document(document.id))
        self.run = uri(iris.run(run_id))

    def triples(self, annotation: Annotation) -> Iterator[Triple]:
        yield from self._document()
        yield from self._origin()
        for sentence in annotation.sentences:
            yield from self._span(sentence, NIF.Sentence)
        for mention in annotation.mentions:
            yield from self._entity_mention(mention)
        for claim in annotation.claims:
            yield from self._claim(claim)

    def _document(self) -> Iterator[Triple]:
        document = self.document
        yield from ((self.node, RDF.type, kind) for kind in (SCHEMA.NewsArticle, PROV.Entity, NIF.Context))
        if document.headline:
            yield self.node, SCHEMA.headline, text(document.headline)
        yield self.node, SCHEMA.datePublished, day(document.published)
        if document.publisher:
            yield self.node, SCHEMA.publisher, uri(self.iris.entity(publisher_key(document.publisher)))
        yield from ((self.node, SCHEMA.author, text(author)) for author in document.authors)
        if document.url:
            yield self.node, SCHEMA.url, any_uri(document.url)
        yield self.node, SCHEMA.inLanguage, text(document.language)
        yield self.node, KG.sha256, text(document.sha256)
        yield self.node, KG.textSha256, text(document.text_sha256)
        yield self.node, KG.sourceKey, text(document.source_key)
        yield self.node, KG.sourcePath, text(document.source_path)

    def _origin(self) -> Iterator[Triple]:
        """Describe the report that the metadata name; a fragment of the document, so that no other graph has it."""
        origin = self.document.based_on
        if origin is None:
            return
        node = uri(f"{self.node}#origin")
        yield self.node, PROV.wasDerivedFrom, node
        yield node, RDF.type, PROV.Entity
        if origin.publisher:
            yield node, SCHEMA.publisher, uri(self.iris.entity(publisher_key(origin.publisher)))
        if origin.published:
            yield node, SCHEMA.datePublished, day(origin.published)
        if origin.url:
            yield node, SCHEMA.url, any_uri(origin.url)

    def _node(self, span: Span) -> URIRef:
        return uri(self.iris.span(self.document.id, span.start, span.end))

    def _span(self, span: Span, kind: URIRef) -> Iterator[Triple]:
        node = self._node(span)
        yield node, RDF.type, kind
        yield node, NIF.beginIndex, integer(span.start)
        yield node, NIF.endIndex, integer(span.end)
        yield node, NIF.anchorOf, text(self.document.quote(span))
        yield node, NIF.referenceContext, self.node

    def _entity_mention(self, mention: Mention) -> Iterator[Triple]:
        span = Span(mention.start, mention.end)
        yield from self._span(span, KG.Mention)
        node = self._node(span)
        yield from ((node, ITSRDF.taIdentRef, uri(self.iris.entity(key))) for key in mention.entities)

    def _claim(self, claim: Claim) -> Iterator[Triple]:
        node = uri(self.iris.claim(claim.id))
        for kind in (KG.Claim, claim_class(self.lexicon, claim.event_type), PROV.Entity):
            yield node, RDF.type, kind
        yield node, KG.eventType, event_class(self.lexicon, claim.event_type)
        if claim.predicate:
            yield node, KG.predicate, text(claim.predicate)
        yield node, KG.evidence, self._node(claim.evidence)
        yield from self._span(claim.evidence, NIF.Sentence)
        yield node, KG.trigger, self._node(claim.trigger)
        yield from self._span(claim.trigger, KG.Mention)
        yield node, PROV.hadPrimarySource, self.node
        yield node, PROV.wasGeneratedBy, self.run
        yield node, KG.polarity, KG[claim.polarity.value]
        yield node, KG.modality, KG[claim.modality.value]
        yield node, KG.confidence, number(claim.confidence)
        yield node, KG.rule, text(claim.rule)
        yield from ((node, KG.attributedTo, uri(self.iris.entity(key))) for key in claim.attributed_to)
        yield from ((node, KG.via, uri(self.iris.entity(key))) for key in claim.via)
        for role in claim.roles:
            yield from self._role(node, claim, role)
        yield from self._dates(node, claim)

    def _role(self, node: URIRef, claim: Claim, role: Role) -> Iterator[Triple]:
        value = role_term(self.iris, self.document.id, claim.id, role)
        yield node, KG[role.name], value
        if isinstance(role.value, TextValue):
            yield from self._span(role.value.span, KG.Mention)
        elif isinstance(role.value, TimeValue):
            yield node, KG.timeExpression, self._node(role.value.span)
            yield from self._span(role.value.span, KG.Mention)
        elif isinstance(role.value, Quantity):
            yield from _quantity(value, role.value)

    def _dates(self, node: URIRef, claim: Claim) -> Iterator[Triple]:
        times = [role.value for role in claim.roles if isinstance(role.value, TimeValue)]
        if times:
            yield node, KG.earliest, day(min(value.earliest for value in times))
            yield node, KG.latest, day(max(value.latest for value in times))


def _quantity(node: Node, quantity: Quantity) -> Iterator[Triple]:
    money = quantity.kind is QuantityKind.MONEY
    yield node, RDF.type, SCHEMA.MonetaryAmount if money else SCHEMA.QuantitativeValue
    for property_, value in (
        (SCHEMA.value, quantity.value),
        (SCHEMA.minValue, quantity.minimum),
        (SCHEMA.maxValue, quantity.maximum),
    ):
        if value is not None:
            yield node, property_, number(value)
    if quantity.currency:
        yield node, SCHEMA.currency, text(quantity.currency)
    if quantity.unit:
        yield node, SCHEMA.unitText, text(quantity.unit)
    if quantity.approximate:
        yield node, KG.approximate, boolean(value=True)
