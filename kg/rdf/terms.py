"""The only place that mints rdflib's terms: IRIs from strings, literals in canonical lexical form."""

from __future__ import annotations

from rdflib import RDF, RDFS, XSD, Literal, Namespace, URIRef
from rdflib.namespace import OWL, PROV, SKOS
from rdflib.term import Node

from kg import iris
from kg.rdf.lexical import check_iri
from kg.rdf.minter import Minter

__all__ = [
    "KG",
    "NIF",
    "OWL",
    "PROV",
    "RDF",
    "RDFS",
    "SCHEMA",
    "SH",
    "SKOS",
    "TERMS",
    "XSD",
    "RdfTerms",
    "any_uri",
    "boolean",
    "curie",
    "day",
    "duration",
    "instant",
    "integer",
    "number",
    "text",
    "time",
    "uri",
]

KG = Namespace(iris.KG)
SCHEMA = Namespace(iris.PREFIXES["schema"])
NIF = Namespace(iris.PREFIXES["nif"])
SH = Namespace(iris.PREFIXES["sh"])


class RdfTerms(Minter[Node]):
    """Mints rdflib's terms."""

    def uri(self, iri: str) -> URIRef:
        """Return an IRI as a term."""
        return URIRef(check_iri(iri))

    def literal(self, text: str, datatype: str | None = None) -> Literal:
        """Return a literal; rdflib does not normalise its text."""
        return Literal(text, datatype=URIRef(iris.expand(datatype)) if datatype else None, normalize=False)


TERMS = RdfTerms()

# each under its own name for those who write no whole graph
uri = TERMS.uri
curie = TERMS.name
text = TERMS.text
any_uri = TERMS.any_uri
integer = TERMS.integer
boolean = TERMS.boolean
number = TERMS.number
day = TERMS.day
instant = TERMS.instant
time = TERMS.time
duration = TERMS.duration
