"""The ontology's event part: classes, claim classes and direct properties, from a lexicon."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import OWL, RDF, RDFS, Literal, Namespace, URIRef

from kg.iris import KG as KG_IRI
from kg.lexicon.model import EventClass, Lexicon
from kg.lexicon.turtle import Block

__all__ = ["event_blocks"]

KG = Namespace(KG_IRI)


def event_blocks(lexicon: Lexicon) -> Iterator[Block]:
    """Yield the ontology's terms of every event class, sorted by class."""
    for event_class in lexicon.classes.values():
        yield _class(event_class)
        yield _claim_class(event_class)
        if event_class.property:
            yield _property(event_class)


def _english(text: str) -> Literal:
    return Literal(text, lang="en")


def _class(event_class: EventClass) -> Block:
    pairs: list[tuple[URIRef, tuple[URIRef | Literal, ...]]] = [
        (RDF.type, (OWL.Class,)),
        (RDFS.label, (_english(event_class.label),)),
        (RDFS.comment, (_english(event_class.definition),)),
        (RDFS.subClassOf, (KG.Event,)),
    ]
    if event_class.plover and event_class.cameo:
        pairs.append((KG.ploverCode, (Literal(event_class.plover),)))
        pairs.append((KG.cameoRoot, (Literal(event_class.cameo),)))
    return Block(URIRef(event_class.iri), tuple(pairs))


def _claim_class(event_class: EventClass) -> Block:
    return Block(
        URIRef(event_class.claim_iri),
        (
            (RDF.type, (OWL.Class,)),
            (RDFS.label, (_english(f"{event_class.label} claim"),)),
            (RDFS.comment, (_english(f"What one source says about an event of the class {event_class.label!r}."),)),
            (RDFS.subClassOf, (KG.Claim,)),
            (KG.claimOf, (URIRef(event_class.iri),)),
        ),
    )


def _property(event_class: EventClass) -> Block:
    found = event_class.property
    assert found is not None  # noqa: S101 (the caller looked)
    kinds = (OWL.ObjectProperty, OWL.SymmetricProperty) if found.symmetric else (OWL.ObjectProperty,)
    ends = f"between one {found.source} and another" if found.symmetric else f"from {found.source} to {found.target}"
    return Block(
        URIRef(found.iri),
        (
            (RDF.type, kinds),
            (RDFS.label, (_english(found.label),)),
            (RDFS.comment, (_english(f"Sums up events of the class {event_class.label!r}, {ends}."),)),
            (RDFS.domain, (KG.Entity,)),
            (RDFS.range, (KG.Entity,)),
            (KG.propertyOf, (URIRef(event_class.iri),)),
        ),
    )
