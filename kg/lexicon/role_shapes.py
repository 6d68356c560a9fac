"""SHACL shapes for the roles of each claim class, from a lexicon.

Each class has a shape of its own that targets its claims: one shape for all claims that branches on
``kg:eventType`` by ``sh:or`` was measured 55 times slower. Dates, durations and counts are the same in all classes, so
``shapes/claims.ttl`` checks them once.
"""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import RDF, SH, Literal, Namespace, URIRef

from kg.iris import KG as KG_IRI
from kg.iris import PREFIXES
from kg.lexicon.model import COMMON_ROLES, EventClass, Lexicon, RoleSpec
from kg.lexicon.turtle import Block

__all__ = ["role_blocks"]

KG = Namespace(KG_IRI)
SCHEMA = Namespace(PREFIXES["schema"])

# sh:class is one test a value; sh:or over two shapes is several times that, hence the common superclass.
_FILLERS = {
    ("entity",): (KG.Entity, "an entity"),
    ("text",): (KG.Mention, "a mention"),
    ("entity", "text"): (KG.RoleFiller, "an entity or a mention"),
    ("money",): (SCHEMA.MonetaryAmount, "a sum of money"),
    ("count",): (SCHEMA.QuantitativeValue, "a count"),
}


def role_blocks(lexicon: Lexicon) -> Iterator[Block]:
    """Yield the node shape of every claim class and its property shapes, sorted by class."""
    for event_class in lexicon.classes.values():
        properties = [_event_type(event_class), *_roles(event_class)]
        yield Block(
            URIRef(f"{event_class.claim_iri}Shape"),
            (
                (RDF.type, (SH.NodeShape,)),
                (SH.targetClass, (URIRef(event_class.claim_iri),)),
                (SH.name, (Literal(f"{event_class.label} claim"),)),
                (SH.message, (Literal(f"A claim of the class {event_class.label!r} has fitting roles."),)),
                (SH.severity, (SH.Violation,)),
                (SH.property, tuple(block.subject for block in properties)),
            ),
        )
        yield from properties


def _shape(
    event_class: EventClass, path: URIRef, name: str, message: str, tests: list[tuple[URIRef, URIRef | Literal]]
) -> Block:
    return Block(
        URIRef(f"{event_class.claim_iri}Shape-{path.removeprefix(KG)}"),
        (
            (RDF.type, (SH.PropertyShape,)),
            (SH.path, (path,)),
            *((test, (value,)) for test, value in tests),
            (SH.name, (Literal(name),)),
            (SH.message, (Literal(message),)),
            (SH.severity, (SH.Violation,)),
        ),
    )


def _event_type(event_class: EventClass) -> Block:
    name = f"event type of {event_class.label}"
    message = f"A claim of this class has the event type {event_class.name}."
    return _shape(event_class, KG.eventType, name, message, [(SH.hasValue, URIRef(event_class.iri))])


def _roles(event_class: EventClass) -> Iterator[Block]:
    for role in event_class.main_roles:
        spec = event_class.roles[role]
        tests: list[tuple[URIRef, URIRef | Literal]] = []
        said = []
        if role not in COMMON_ROLES or spec.values == ("entity",):
            filler, words = _FILLERS[spec.values]
            tests.append((SH["class"], filler))
            said.append(f"is {words}")
        if spec.required:
            tests.append((SH.minCount, Literal(_least(spec))))
            said.append(f"is given at least {_times(_least(spec))}")
        if tests:
            message = f"The {role} of {event_class.label!r} {' and '.join(said)}."
            yield _shape(event_class, KG[role], f"{role} of {event_class.label}", message, tests)


def _least(spec: RoleSpec) -> int:
    return max(1, spec.minimum)


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"
