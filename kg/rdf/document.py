"""Layers 1 and 2: what one document says, as one graph.

It depends on the document, its metadata, the lexicon, the model, the knowledge base and the settings alone, so that
another document never changes it. Types and labels of entities belong to layer 3 (:mod:`kg.rdf.world`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

from rdflib import Graph

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
from kg.rdf.minter import Minter
from kg.rdf.nquads import LINE_TERMS, LineTriple
from kg.rdf.terms import TERMS

__all__ = [
    "claim_class",
    "document_graph",
    "document_triples",
    "event_class",
    "publisher_key",
    "quantity_id",
    "role_term",
]

T = TypeVar("T")


def document_triples(
    document: Document, annotation: Annotation, *, settings: Settings, lexicon: Lexicon, run_id: str
) -> tuple[LineTriple, ...]:
    """Return the triples of the document's graph as N-Quads text, each once, in reading order.

    Args:
        document: Its metadata and text.
        annotation: What was found in it; every span must lie in the text.
        settings: Gives the base of the IRIs.
        lexicon: Gives the IRIs of the event classes.
        run_id: Names the run that generated the claims.

    Raises:
        MappingError: A claim's class is not in the lexicon, or a value cannot be written.
    """
    writer = _Writer(LINE_TERMS, document, settings.iris, lexicon, run_id)
    return tuple(dict.fromkeys(writer.triples(annotation)))


def document_graph(
    document: Document, annotation: Annotation, *, settings: Settings, lexicon: Lexicon, run_id: str
) -> Graph:
    """Return the same triples as an rdflib graph, 20 times slower; for what needs one, see :func:`document_triples`."""
    graph = Graph(bind_namespaces="none")
    for triple in _Writer(TERMS, document, settings.iris, lexicon, run_id).triples(annotation):
        graph.add(triple)
    return graph


def publisher_key(name: str) -> str:
    """Return the key of a publisher: an entity like any other that is known by name."""
    return entity_key(name, Family.OTHER.value)


def event_class(mint: Minter[T], lexicon: Lexicon, event_type: str) -> T:
    """Return the class of an event type, in a user's own namespace where the lexicon says so."""
    found = lexicon.classes.get(event_type)
    return mint[found.iri if found else f"kg:{event_type}"]


def claim_class(mint: Minter[T], lexicon: Lexicon, event_type: str) -> T:
    """Return the class of the claims that tell of an event type (``kg:LendClaim``)."""
    found = lexicon.classes.get(event_type)
    return mint[found.claim_iri if found else f"kg:{event_type}Claim"]


def quantity_id(claim_id: str, role: str, quantity: Quantity) -> str:
    """Return the hash that names an amount: of its claim, its role and its place in the text."""
    return digest("quantity", claim_id, role, str(quantity.span.start), str(quantity.span.end))


def role_term(mint: Minter[T], iris: Iris, document_id: str, claim_id: str, role: Role) -> T:
    """Return what a role property points to: an entity, a mention, a literal or a quantity."""
    match role.value:
        case EntityValue(key=key):
            return mint.uri(iris.entity(key))
        case TextValue(span=span):
            return mint.uri(iris.span(document_id, span.start, span.end))
        case TimeValue(lexical=lexical):
            return mint.time(lexical)
        case DurationValue(lexical=lexical):
            return mint.duration(lexical)
        case Quantity() as quantity:
            return mint.uri(iris.quantity(quantity_id(claim_id, role.name, quantity)))


class _Writer(Generic[T]):
    """Yields the triples of one document; a few come twice, since a mention may be a sentence of its own."""

    def __init__(self, mint: Minter[T], document: Document, iris: Iris, lexicon: Lexicon, run_id: str) -> None:
        self.mint = mint
        self.document = document
        self.iris = iris
        self.lexicon = lexicon
        self.node = mint.uri(iris.document(document.id))
        self.run = mint.uri(iris.run(run_id))
        # claims share sentences and mentions: half of all spans were told before
        self.told: set[tuple[Span, str]] = set()
        self.nodes: dict[Span, T] = {}

    def triples(self, annotation: Annotation) -> Iterator[tuple[T, T, T]]:
        yield from self._document()
        yield from self._origin()
        for sentence in annotation.sentences:
            yield from self._span(sentence, "nif:Sentence")
        for mention in annotation.all_mentions:
            yield from self._entity_mention(mention)
        for claim in annotation.claims:
            yield from self._claim(claim)

    def _document(self) -> Iterator[tuple[T, T, T]]:
        mint, node, document = self.mint, self.node, self.document
        for kind in ("schema:NewsArticle", "prov:Entity", "nif:Context"):
            yield node, mint["rdf:type"], mint[kind]
        if document.headline:
            yield node, mint["schema:headline"], mint.text(document.headline)
        yield node, mint["schema:datePublished"], mint.day(document.published)
        if document.publisher:
            yield node, mint["schema:publisher"], self._entity(publisher_key(document.publisher))
        yield from ((node, mint["schema:author"], mint.text(author)) for author in document.authors)
        if document.url:
            yield node, mint["schema:url"], mint.any_uri(document.url)
        yield node, mint["schema:inLanguage"], mint.text(document.language)
        yield node, mint["kg:sha256"], mint.text(document.sha256)
        yield node, mint["kg:textSha256"], mint.text(document.text_sha256)
        yield node, mint["kg:sourceKey"], mint.text(document.source_key)
        yield node, mint["kg:sourcePath"], mint.text(document.source_path)

    def _origin(self) -> Iterator[tuple[T, T, T]]:
        """Describe the report that the metadata name; a fragment of the document, so that no other graph has it."""
        mint, origin = self.mint, self.document.based_on
        if origin is None:
            return
        node = mint.uri(f"{self.iris.document(self.document.id)}#origin")
        yield self.node, mint["prov:wasDerivedFrom"], node
        yield node, mint["rdf:type"], mint["prov:Entity"]
        if origin.publisher:
            yield node, mint["schema:publisher"], self._entity(publisher_key(origin.publisher))
        if origin.published:
            yield node, mint["schema:datePublished"], mint.day(origin.published)
        if origin.url:
            yield node, mint["schema:url"], mint.any_uri(origin.url)

    def _node(self, span: Span) -> T:
        node = self.nodes.get(span)
        if node is None:
            node = self.nodes[span] = self.mint.uri(self.iris.span(self.document.id, span.start, span.end))
        return node

    def _entity(self, key: str) -> T:
        return self.mint.uri(self.iris.entity(key))

    def _span(self, span: Span, kind: str) -> Iterator[tuple[T, T, T]]:
        if (span, kind) in self.told:
            return
        self.told.add((span, kind))
        mint, node = self.mint, self._node(span)
        yield node, mint["rdf:type"], mint[kind]
        yield node, mint["nif:beginIndex"], mint.integer(span.start)
        yield node, mint["nif:endIndex"], mint.integer(span.end)
        yield node, mint["nif:anchorOf"], mint.text(self.document.quote(span))
        yield node, mint["nif:referenceContext"], self.node

    def _entity_mention(self, mention: Mention) -> Iterator[tuple[T, T, T]]:
        span = Span(mention.start, mention.end)
        yield from self._span(span, "kg:Mention")
        node = self._node(span)
        yield from ((node, self.mint["itsrdf:taIdentRef"], self._entity(key)) for key in mention.entities)

    def _claim(self, claim: Claim) -> Iterator[tuple[T, T, T]]:
        mint = self.mint
        node = mint.uri(self.iris.claim(claim.id))
        for kind in (mint["kg:Claim"], claim_class(mint, self.lexicon, claim.event_type), mint["prov:Entity"]):
            yield node, mint["rdf:type"], kind
        yield node, mint["kg:eventType"], event_class(mint, self.lexicon, claim.event_type)
        if claim.predicate:
            yield node, mint["kg:predicate"], mint.text(claim.predicate)
        yield node, mint["kg:evidence"], self._node(claim.evidence)
        yield from self._span(claim.evidence, "nif:Sentence")
        yield node, mint["kg:trigger"], self._node(claim.trigger)
        yield from self._span(claim.trigger, "kg:Mention")
        yield node, mint["prov:hadPrimarySource"], self.node
        yield node, mint["prov:wasGeneratedBy"], self.run
        yield node, mint["kg:polarity"], mint[f"kg:{claim.polarity.value}"]
        yield node, mint["kg:modality"], mint[f"kg:{claim.modality.value}"]
        yield node, mint["kg:confidence"], mint.number(claim.confidence)
        yield node, mint["kg:rule"], mint.text(claim.rule)
        yield from ((node, mint["kg:attributedTo"], self._entity(key)) for key in claim.attributed_to)
        yield from ((node, mint["kg:via"], self._entity(key)) for key in claim.via)
        for role in claim.roles:
            yield from self._role(node, claim, role)
        yield from self._dates(node, claim)

    def _role(self, node: T, claim: Claim, role: Role) -> Iterator[tuple[T, T, T]]:
        mint = self.mint
        value = role_term(mint, self.iris, self.document.id, claim.id, role)
        yield node, mint[f"kg:{role.name}"], value
        if isinstance(role.value, TextValue):
            yield from self._span(role.value.span, "kg:Mention")
        elif isinstance(role.value, TimeValue):
            yield node, mint["kg:timeExpression"], self._node(role.value.span)
            yield from self._span(role.value.span, "kg:Mention")
        elif isinstance(role.value, Quantity):
            yield from self._quantity(value, role.value)

    def _quantity(self, node: T, quantity: Quantity) -> Iterator[tuple[T, T, T]]:
        mint = self.mint
        money = quantity.kind is QuantityKind.MONEY
        yield node, mint["rdf:type"], mint["schema:MonetaryAmount" if money else "schema:QuantitativeValue"]
        for name, value in (
            ("schema:value", quantity.value),
            ("schema:minValue", quantity.minimum),
            ("schema:maxValue", quantity.maximum),
        ):
            if value is not None:
                yield node, mint[name], mint.number(value)
        if quantity.currency:
            yield node, mint["schema:currency"], mint.text(quantity.currency)
        if quantity.unit:
            yield node, mint["schema:unitText"], mint.text(quantity.unit)
        if quantity.approximate:
            yield node, mint["kg:approximate"], mint.boolean(value=True)

    def _dates(self, node: T, claim: Claim) -> Iterator[tuple[T, T, T]]:
        times = [role.value for role in claim.roles if isinstance(role.value, TimeValue)]
        if times:
            yield node, self.mint["kg:earliest"], self.mint.day(min(value.earliest for value in times))
            yield node, self.mint["kg:latest"], self.mint.day(max(value.latest for value in times))
