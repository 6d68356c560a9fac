"""Validate a document's graph, or any graph, against the shapes of a lexicon. pySHACL is the judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from rdflib import RDF, RDFS, Dataset, Graph, URIRef

from kg.iris import Iris, is_quarantine
from kg.lexicon import Lexicon, load_lexicon
from kg.lexicon.compile import ontology_graph
from kg.rdf.terms import TERMS
from kg.validate.read import read_union
from kg.validate.report import ValidationReport
from kg.validate.shapes import PreparedShapes, close_types, prepare, superclasses

__all__ = ["validate_document", "validate_file", "validate_graph"]


def validate_document(
    data: Graph,
    entity_types: Graph | Mapping[str, str],
    lexicon: Lexicon,
    *,
    iris: Iris | None = None,
) -> ValidationReport:
    """Validate the graph of one document, 25 ms for 1,000 triples and 25 claims.

    A build screens it first (:func:`kg.validate.screen_document`), in a twentieth of the time, and lets pySHACL judge
    only what is in doubt (:func:`kg.validate.judge_document`), to the same report.

    Args:
        data: Layers 1 and 2; not modified.
        entity_types: The classes of the entities that it names, which stand in another graph: their ``rdf:type``
            triples, or the key of each entity with the CURIE of its class.
        lexicon: Gives shapes and class hierarchy.
        iris: Mints the entities' IRIs from keys; needed for another base than the default.

    Raises:
        ShapeError: The shapes themselves are broken.
    """
    copy = _copy(data)
    if isinstance(entity_types, Graph):
        for triple in entity_types.triples((None, RDF.type, None)):
            copy.add(triple)
    else:
        minter = iris or Iris()
        for key, curie in entity_types.items():
            copy.add((URIRef(minter.entity(key)), RDF.type, TERMS[curie]))
    prepared = prepare(lexicon)
    close_types(copy, prepared.superclasses)
    return _report(copy, prepared)


def validate_graph(
    source: Graph | Dataset | Path | str, lexicon: Lexicon, *, shapes: Graph | None = None
) -> ValidationReport:
    """Validate a whole graph: all layers at once, as the union of its named graphs without the quarantine.

    Args:
        source: A graph, a data set, or a file (.ttl, .trig, .nq, .nt, .jsonld, .rdf).
        lexicon: Gives shapes and class hierarchy; the graph may bring more ``rdfs:subClassOf``.
        shapes: Other shapes instead of the lexicon's.

    Raises:
        ShapeError: The file cannot be read, or the shapes themselves are broken.
    """
    ontology = ontology_graph(lexicon)
    prepared = prepare(lexicon) if shapes is None else PreparedShapes(shapes, ontology)
    data = read_union(Path(source)) if isinstance(source, (str, Path)) else _union(source)
    hierarchy = Graph(bind_namespaces="none")
    for graph in (ontology, data):
        for triple in graph.triples((None, RDFS.subClassOf, None)):
            hierarchy.add(triple)
    data.remove((None, RDFS.subClassOf, None))  # closed here, or pySHACL would walk it at every shape
    close_types(data, superclasses(hierarchy, prepared.asked))
    return _report(data, prepared)


def validate_file(path: Path, *, lexicon: Sequence[Path] = ()) -> ValidationReport:
    """Validate an RDF file with the shipped lexicon and the given packs, see :func:`validate_graph`."""
    return validate_graph(path, load_lexicon(lexicon))


def _report(data: Graph, prepared: PreparedShapes) -> ValidationReport:
    focus_nodes = prepared.focus_nodes(data)
    return ValidationReport(results=prepared.validate(data, focus_nodes), focus_nodes=focus_nodes)


def _copy(data: Graph) -> Graph:
    copy = Graph(bind_namespaces="none")
    copy += data
    return copy


def _union(source: Graph) -> Graph:
    if not isinstance(source, Dataset):
        return _copy(source)
    union = Graph(bind_namespaces="none")
    for subject, predicate, value, graph in source.quads():
        if not is_quarantine(graph):
            union.add((subject, predicate, value))
    return union
