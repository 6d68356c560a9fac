"""Namespaces, prefixes and every IRI that kg mints, as plain strings.

Identifiers come from content: :func:`digest` over normalised keys. There are no blank nodes and no clock times.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

__all__ = [
    "DEFAULT_BASE",
    "GEONAMES",
    "KG",
    "PREFIXES",
    "REL",
    "WIKIDATA",
    "Iris",
    "digest",
    "entity_key",
    "escape_local",
    "expand",
    "is_quarantine",
    "prefixes",
    "shorten",
]

KG = "https://w3id.org/kg-news/ns#"
REL = "https://w3id.org/kg-news/rel/"
WIKIDATA = "http://www.wikidata.org/entity/"
GEONAMES = "https://sws.geonames.org/"
DEFAULT_BASE = "https://w3id.org/kg-news/id/"

PREFIXES: dict[str, str] = {
    "kg": KG,
    "rel": REL,
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "dcterms": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "itsrdf": "http://www.w3.org/2005/11/its/rdf#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "wd": WIKIDATA,
}
"""Fixed prefixes; :func:`prefixes` adds those of the data, which depend on the base."""

_DATA = {
    "ent": "entity",
    "evt": "event",
    "claim": "claim",
    "stmt": "statement",
    "doc": "document",
    "run": "run",
    "qty": "quantity",
}

# RFC 3987, section 2.2: what a path segment may hold, without "%", so that escaping can be undone. Of other planes than
# these no letters are known; variation selectors (plane 14 below E1000) and specials (FFF0 to FFFF) are not allowed.
_PLAIN = re.compile(r"[A-Za-z0-9\-._~!$&'()*+,;=:@\xa0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U000dfffd]*")
_ESCAPED_CATEGORIES = frozenset(("Cc", "Cs", "Co", "Cn", "Zl", "Zp", "Cf"))


def prefixes(base: str = DEFAULT_BASE) -> dict[str, str]:
    """Return every prefix of the vocabulary with its namespace, data prefixes under ``base``."""
    return PREFIXES | {prefix: f"{base}{folder}/" for prefix, folder in _DATA.items()}


def expand(curie: str, base: str = DEFAULT_BASE) -> str:
    """Return the IRI of a CURIE.

    >>> expand("kg:Lend")
    'https://w3id.org/kg-news/ns#Lend'

    Raises:
        KeyError: The prefix is not one of the vocabulary.
    """
    prefix, _, local = curie.partition(":")
    return prefixes(base)[prefix] + local


def shorten(iri: str, base: str = DEFAULT_BASE) -> str:
    """Return an IRI as a CURIE where a prefix of the vocabulary fits, else as it is; the longest namespace wins."""
    best = max((p for p in prefixes(base).items() if iri.startswith(p[1])), key=lambda p: len(p[1]), default=None)
    return f"{best[0]}:{iri[len(best[1]) :]}" if best else iri


def digest(*parts: str | Iterable[str], length: int = 16) -> str:
    """Return ``length`` hexadecimal digits of the SHA-256 over the parts.

    Parts and the items of nested parts are separated by control characters, so that ("ab", "c") and ("a", "bc") differ.
    """
    joined = "\x1e".join(part if isinstance(part, str) else "\x1f".join(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def entity_key(name: str, family: str) -> str:
    """Return the key of an entity that is known by name only.

    >>> entity_key("Vladimir Putin", "person"), entity_key("Putin", "person")
    ('Vladimir_Putin', 'Putin_person')
    """
    name = "_".join(unicodedata.normalize("NFC", name).split())
    return name if "_" in name else f"{name}_{family}"


@lru_cache(maxsize=1 << 15)  # the same names come again and again
def escape_local(text: str) -> str:
    """Return text as the last part of an IRI: NFC, spaces to ``_``, forbidden and control characters escaped."""
    local = "_".join(unicodedata.normalize("NFC", text).split())
    if local.isascii() and _PLAIN.fullmatch(local):
        return local
    return "".join(char if _is_plain(char) else _percent(char) for char in local)


def _is_plain(char: str) -> bool:
    return _PLAIN.fullmatch(char) is not None and unicodedata.category(char) not in _ESCAPED_CATEGORIES


def _percent(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogatepass"))


def is_quarantine(graph: object) -> bool:
    """Tell whether a graph's name, under any base, is that of a quarantine: what is in it the graph does not say."""
    return "graph/quarantine/" in str(graph)


@dataclass(frozen=True, slots=True)
class Iris:
    """Mints the IRIs of the data under one base."""

    base: str = DEFAULT_BASE

    def entity(self, key: str) -> str:
        """Return the IRI of an entity's key."""
        return f"{self.base}entity/{escape_local(key)}"

    def document(self, document_id: str) -> str:
        """Return the IRI of a document, which also names its graph."""
        return f"{self.base}document/{document_id}"

    def span(self, document_id: str, start: int, end: int) -> str:
        """Return the IRI of a text span (RFC 5147 fragment)."""
        return f"{self.base}document/{document_id}#char={start},{end}"

    def claim(self, claim_id: str) -> str:
        """Return the IRI of a claim."""
        return f"{self.base}claim/{claim_id}"

    def quantity(self, quantity_id: str) -> str:
        """Return the IRI of an amount, price or count."""
        return f"{self.base}quantity/{quantity_id}"

    def event(self, event_id: str) -> str:
        """Return the IRI of an event."""
        return f"{self.base}event/{event_id}"

    def dispute(self, event_id: str, role: str) -> str:
        """Return the IRI of a dispute on a role of an event."""
        return f"{self.base}event/{event_id}/dispute/{role}"

    def statement(self, statement_id: str) -> str:
        """Return the IRI of the reified direct triple."""
        return f"{self.base}statement/{statement_id}"

    def run(self, run_id: str) -> str:
        """Return the IRI of a run, which also names its graph."""
        return f"{self.base}run/{run_id}"

    def rejection(self, document_id: str, rejection_id: str) -> str:
        """Return the IRI of a rejection in a document's quarantine."""
        return f"{self.base}graph/quarantine/{document_id}#{rejection_id}"

    @property
    def world_graph(self) -> str:
        """The named graph of layer 3."""
        return f"{self.base}graph/world"

    @property
    def ontology_graph(self) -> str:
        """The named graph of the ontology."""
        return f"{self.base}graph/ontology"

    @property
    def manifest_graph(self) -> str:
        """The named graph in a remote store that lists what was pushed there; it never stands in a workspace."""
        return f"{self.base}graph/manifest"

    def quarantine_graph(self, document_id: str) -> str:
        """Return the named graph of what failed validation in a document."""
        return f"{self.base}graph/quarantine/{document_id}"

    def relation(self, predicate: str) -> str:
        """Return the IRI of an open relation (``deploy_to``)."""
        return REL + escape_local(predicate)
