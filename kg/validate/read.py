"""Read any RDF file as the union of its graphs."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from kg.errors import ShapeError
from kg.iris import is_quarantine

if TYPE_CHECKING:
    import pyoxigraph

__all__ = ["read_union", "union_of"]

_SUFFIXES = (".ttl", ".trig", ".nq", ".nt", ".jsonld", ".rdf", ".n3")


def read_union(path: Path) -> Graph:
    """Return the union of the graphs in a file, without quarantines.

    Oxigraph parses it: faster than rdflib.

    Raises:
        ShapeError: The file cannot be read, its ending names no RDF format, or it breaks its format.
    """
    import pyoxigraph  # here, since only validating a file needs it

    suffix = path.suffix.lower()
    if suffix not in _SUFFIXES:
        raise ShapeError(
            f"the ending {suffix!r} is no RDF format; known: {', '.join(sorted(_SUFFIXES))}",
            where=str(path),
            remedy="Rename or convert the file",
        )
    kind = pyoxigraph.RdfFormat.from_extension(suffix.removeprefix("."))
    try:
        with _quiet_literals():
            return union_of(pyoxigraph.parse(path=str(path), format=kind, base_iri=path.resolve().as_uri()))
    except OSError as error:
        raise ShapeError(f"cannot be read: {error.strerror}", where=str(path), remedy="Check the path") from error
    except (SyntaxError, ValueError) as error:
        raise ShapeError(f"is no RDF of the format {suffix}: {error}", where=str(path), remedy="Correct it") from error


def union_of(quads: Iterable[pyoxigraph.Quad]) -> Graph:
    """Return the union of the graphs that quads belong to, without quarantines."""
    union = Graph(bind_namespaces="none")
    for quad in quads:
        if not is_quarantine(quad.graph_name):
            union.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return union


def _term(term: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple) -> Node:
    import pyoxigraph

    match term:
        case pyoxigraph.NamedNode():
            return URIRef(term.value)
        case pyoxigraph.BlankNode():
            return BNode(term.value)
        case pyoxigraph.Literal():
            if term.language:
                return Literal(term.value, lang=term.language)
            return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)
        case _:
            raise ValueError("a triple stands in a triple (RDF 1.2), which SHACL does not know")


@contextmanager
def _quiet_literals() -> Iterator[None]:
    """Keep rdflib from logging a traceback for each ill-typed literal: the shapes report them."""
    logger = logging.getLogger("rdflib.term")
    was = logger.disabled
    logger.disabled = True
    try:
        yield
    finally:
        logger.disabled = was
