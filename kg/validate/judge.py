"""Let pySHACL judge what screening doubts, on the part of a document's graph that the doubted nodes stand in."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence

from rdflib import Graph

from kg.iris import Iris
from kg.lexicon import Lexicon
from kg.rdf.nquads import LineTriple
from kg.validate.index import RDF_TYPE
from kg.validate.read import union_of
from kg.validate.report import ValidationReport
from kg.validate.screen import Screening, typed_entities
from kg.validate.shapes import close_types, prepare

__all__ = ["judge_document"]


def judge_document(
    triples: Sequence[LineTriple],
    screening: Screening,
    entity_types: Mapping[str, str],
    lexicon: Lexicon,
    *,
    iris: Iris | None = None,
) -> ValidationReport:
    """Return the report that pySHACL gives of a whole document, a few milliseconds where few nodes are in doubt.

    What a compiled shape demands of a node depends on the node's own triples, on those of its values, and on the
    classes of what these name (:mod:`kg.validate.compiler`), so that is all that pySHACL is shown. A shape that could
    not be compiled may look anywhere: then it is shown the whole document.

    Args:
        triples: Layers 1 and 2 of the document.
        screening: Of these triples.
        entity_types: The key of each entity that it names with the CURIE of its class.
        lexicon: Gives shapes and class hierarchy.
        iris: Mints the entities' IRIs from keys; needed for another base than the default.

    Raises:
        ShapeError: The shapes themselves are broken.
    """
    prepared = prepare(lexicon)
    types = [(node, RDF_TYPE, kind) for node, kind in typed_entities(entity_types, iris or Iris())]
    everywhere = {doubt.shape for doubt in screening.doubts if doubt.focus is None}
    nodes = {f"<{doubt.focus}>" for doubt in screening.doubts}
    data = _graph((*triples, *types) if everywhere else _around(nodes, (*triples, *types)))
    close_types(data, prepared.superclasses)
    results = prepared.validate(data, screening.focus_nodes, only=screening.shapes)
    # of a node whose surroundings are not all there, only screening can tell
    doubted = {(doubt.shape, doubt.focus) for doubt in screening.doubts}
    kept = (result for result in results if result.shape in everywhere or (result.shape, result.focus) in doubted)
    return ValidationReport(results=tuple(kept), focus_nodes=screening.focus_nodes)


def _around(nodes: set[str], triples: Sequence[LineTriple]) -> list[LineTriple]:
    """Return the triples of nodes and of their values, those that lead to the nodes, and the classes of all named."""
    values = {value for subject, _, value in triples if subject in nodes}
    near = nodes | values
    told = [triple for triple in triples if triple[0] in near or triple[2] in nodes]
    named = {value for _, _, value in told}
    return told + [t for t in triples if t[1] == RDF_TYPE and t[0] in named and t[0] not in near and t[2] not in nodes]


def _graph(triples: Iterable[LineTriple]) -> Graph:
    import pyoxigraph  # here, since few documents are in doubt

    text = "".join(f"{subject} {predicate} {value} .\n" for subject, predicate, value in triples)
    return union_of(pyoxigraph.parse(input=io.BytesIO(text.encode()), format=pyoxigraph.RdfFormat.N_QUADS))
