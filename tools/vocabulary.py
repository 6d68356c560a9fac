"""Write the manual's page about the vocabulary from the ontology: docs/vocabulary.md, see tools/readme.py."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import OWL, RDF, RDFS, Graph, Namespace, URIRef
from rdflib.term import Node

from kg.iris import KG as KG_IRI
from kg.iris import prefixes, shorten
from kg.lexicon import EventClass, load_lexicon
from kg.lexicon.compile import ontology_graph
from kg.lexicon.model import ROLES

__all__ = ["vocabulary_page"]

KG = Namespace(KG_IRI)
SCHEMA = Namespace("https://schema.org/")
_HEAD = """\
# Vocabulary

Generated from `shapes/ontology.ttl`, which declares every term with its alignment to schema.org, PROV, SEM, NIF and
others. The [model](model.md) explains how the terms hang together. These names are the graph's public contract: a
change of one is always in the [changelog](../CHANGELOG.md).
"""
_EVENT_COLUMNS = ("class", "meaning", "PLOVER", "direct property", "roles")
_NOTES = {
    "Prefixes": "The namespaces of data (`ent:`, `evt:` and so on) begin with the base, which `kg build --base` sets.",
    "Event classes": "Roles in bold are required. Every class also takes `begin`, `end`, `deadline`, `place`, `count`, "
    "`duration` and `frequency`. Each class has its class of claims (`kg:LendClaim` for `kg:Lend`).",
    "Direct properties": "Asserted between entities where a claim that is affirmed, and actual or planned, is sure "
    "enough; each with its `rdf:Statement`. Acts without a class give `rel:` and the verb, such as `rel:deploy_to`.",
}
_PROPERTY_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property)


def vocabulary_page() -> str:
    """Return the page as Markdown."""
    lexicon = load_lexicon()
    ontology = ontology_graph(lexicon)
    roles = {KG[name] for name in ROLES}
    direct = set(ontology.subjects(KG.propertyOf))
    events = {URIRef(event.iri) for event in lexicon.classes.values()}
    claims = set(ontology.subjects(KG.claimOf))
    classes = set(_ours(ontology, OWL.Class)) - events - claims
    properties = {term for kind in _PROPERTY_KINDS for term in _ours(ontology, kind)} - roles - direct
    sections = [
        _section("Prefixes", ("prefix", "namespace"), ((f"`{p}:`", f"`{n}`") for p, n in sorted(prefixes().items()))),
        _section("Event classes", _EVENT_COLUMNS, _events(lexicon.classes.values())),
        _section("Roles", ("property", "meaning"), _properties(ontology, roles)),
        _section("Direct properties", ("property", "meaning"), _properties(ontology, direct)),
        _section("Other classes", ("class", "meaning", "is a"), _classes(ontology, classes)),
        _section("Other properties", ("property", "meaning", "of", "value"), _described(ontology, properties)),
        _section("Values", ("value", "meaning", "of"), _values(ontology)),
    ]
    return "\n".join([_HEAD, *(line for section in sections for line in section)])


def _ours(ontology: Graph, kind: Node) -> Iterator[URIRef]:
    yield from (term for term in ontology.subjects(RDF.type, kind) if isinstance(term, URIRef) and term.startswith(KG))


def _section(title: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"## {title}\n"
    yield from (f"{_NOTES[title]}\n",) if title in _NOTES else ()
    yield f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}"
    yield "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def _events(classes: Iterable[EventClass]) -> Iterator[tuple[str, ...]]:
    for event in classes:
        roles = (f"**{name}**" if event.roles[name].required else name for name in event.main_roles)
        code = f"{event.plover} ({event.cameo})" if event.plover else ""
        used = event.property
        arrow = (
            f"`kg:{used.name}` {used.source} {'↔' if used.source == used.target else '→'} {used.target}" if used else ""
        )
        yield _code(event.iri), event.definition, code, arrow, ", ".join(roles)


def _properties(ontology: Graph, terms: Iterable[Node]) -> Iterator[tuple[str, ...]]:
    yield from ((_code(term), _said(ontology, term)) for term in sorted(terms))


def _described(ontology: Graph, terms: Iterable[Node]) -> Iterator[tuple[str, ...]]:
    for term in sorted(terms):
        domains = {*ontology.objects(term, RDFS.domain), *ontology.objects(term, SCHEMA.domainIncludes)}
        of = _codes(domains - {RDFS.Resource})
        yield _code(term), _said(ontology, term), of, _codes(ontology.objects(term, RDFS.range))


def _classes(ontology: Graph, terms: Iterable[Node]) -> Iterator[tuple[str, ...]]:
    for term in sorted(terms):
        yield _code(term), _said(ontology, term), _codes(ontology.objects(term, RDFS.subClassOf))


def _values(ontology: Graph) -> Iterator[tuple[str, ...]]:
    for kind in (KG.Polarity, KG.Modality, KG.DisputeKind):
        for term in sorted(ontology.subjects(RDF.type, kind)):
            yield _code(term), _said(ontology, term), _code(kind)


def _said(ontology: Graph, term: Node) -> str:
    return str(ontology.value(term, RDFS.comment) or ontology.value(term, RDFS.label) or "").replace("|", "\\|")


def _codes(terms: Iterable[Node]) -> str:
    return ", ".join(sorted(_code(term) for term in terms if isinstance(term, URIRef)))


def _code(term: Node | str) -> str:
    return f"`{shorten(str(term))}`"
