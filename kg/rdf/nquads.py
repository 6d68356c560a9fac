"""Write N-Quads lines as Oxigraph writes them, so that sorted lines compare byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from kg.errors import MappingError
from kg.iris import expand
from kg.rdf.lexical import check_iri
from kg.rdf.minter import Minter
from kg.rdf.terms import XSD

__all__ = ["LINE_TERMS", "LineTerms", "LineTriple", "Triple", "graph_lines", "lines", "quad_line", "term"]

Triple = tuple[Node, Node, Node]

LineTriple = tuple[str, str, str]
"""A triple whose terms are N-Quads text: ``<https://…>``, ``"words"``, ``"5"^^<…#integer>``."""

# Canonical N-Quads (RDF 1.2 N-Quads, section 4): these escapes by letter, other control characters by number
_ESCAPES = {chr(code): f"\\u{code:04X}" for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)} | {
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\f": "\\f",
    "\r": "\\r",
    '"': '\\"',
    "\\": "\\\\",
}
_ESCAPED = re.compile(f"[{re.escape(''.join(_ESCAPES))}]")


class LineTerms(Minter[str]):
    """Mints terms as N-Quads text."""

    def __init__(self) -> None:
        super().__init__()
        self._suffixes: dict[str | None, str] = {None: '"'}

    def uri(self, iri: str) -> str:
        """Return an IRI between angle brackets."""
        return f"<{check_iri(iri)}>"

    def literal(self, text: str, datatype: str | None = None) -> str:
        """Return a literal between quotes, with its datatype behind it."""
        suffix = self._suffixes.get(datatype)
        if suffix is None:
            suffix = self._suffixes[datatype] = f'"^^<{expand(datatype or "")}>'
        return f'"{_escape(text)}{suffix}'


LINE_TERMS = LineTerms()


def _escape(text: str) -> str:
    return _ESCAPED.sub(lambda match: _ESCAPES[match[0]], text)


def term(node: Node) -> str:
    """Return a term in N-Quads syntax.

    Raises:
        MappingError: It is a blank node, which kg never builds.
    """
    if isinstance(node, URIRef):
        return f"<{node}>"
    if isinstance(node, Literal):
        quoted = f'"{_escape(str(node))}"'
        if node.language:
            return f"{quoted}@{node.language}"
        return quoted if node.datatype in (None, XSD.string) else f"{quoted}^^<{node.datatype}>"
    what = "a blank node" if isinstance(node, BNode) else f"a {type(node).__name__}"
    raise MappingError(f"{what} ({node}) cannot be written; every node needs an IRI made from content")


def quad_line(triple: Triple, graph: str) -> str:
    """Return one N-Quads line, without line end."""
    subject, predicate, value = triple
    return f"{term(subject)} {term(predicate)} {term(value)} <{graph}> ."


def graph_lines(graph: Graph | Iterable[Triple], name: str) -> Iterator[str]:
    """Yield the lines of a graph under a name, in the graph's own order."""
    for triple in graph:
        yield quad_line(triple, name)


def lines(triples: Iterable[LineTriple], name: str) -> Iterator[str]:
    """Yield the lines of triples that are N-Quads text already, in their own order."""
    end = f"<{name}> ."
    for subject, predicate, value in triples:
        yield f"{subject} {predicate} {value} {end}"
