"""Write N-Quads lines from rdflib terms, as Oxigraph writes them, so that sorted lines compare byte for byte."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from kg.errors import MappingError
from kg.rdf.terms import XSD

__all__ = ["Triple", "graph_lines", "quad_line", "term"]

Triple = tuple[Node, Node, Node]

# Canonical N-Quads (RDF 1.2 N-Quads, section 4): these escapes by letter, other control characters by number
_ESCAPES = {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)} | {
    ord("\b"): "\\b",
    ord("\t"): "\\t",
    ord("\n"): "\\n",
    ord("\f"): "\\f",
    ord("\r"): "\\r",
    ord('"'): '\\"',
    ord("\\"): "\\\\",
}


def term(node: Node) -> str:
    """Return a term in N-Quads syntax.

    Raises:
        MappingError: It is a blank node, which kg never builds.
    """
    if isinstance(node, URIRef):
        return f"<{node}>"
    if isinstance(node, Literal):
        quoted = f'"{str(node).translate(_ESCAPES)}"'
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
