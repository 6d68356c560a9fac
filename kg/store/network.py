"""The network of direct triples as a networkx graph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import networkx as nx
import pyoxigraph as ox

from kg.iris import Iris, shorten
from kg.store.quads import select

__all__ = ["network"]

_NODES = """
SELECT ?entity ?label ?type ?sources WHERE {
  ?entity kg:mentionCount ?mentions ; rdfs:label ?label ; a ?type ; kg:sourceCount ?sources .
  FILTER NOT EXISTS { ?entity kg:mergedBecause ?reason }
} ORDER BY ?entity
"""

_EDGES = """
SELECT ?stmt ?s ?p ?o ?sources ?first ?last ?modality ?disputed WHERE {
  ?stmt a rdf:Statement ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:sourceCount ?sources ; kg:event ?e .
  ?e kg:modality ?modality ; kg:disputed ?disputed .
  OPTIONAL { ?stmt kg:earliest ?first ; kg:latest ?last }
} ORDER BY ?stmt
"""

_PROPERTIES = """
SELECT ?p ?label ?symmetric WHERE {
  ?p rdfs:label ?label . FILTER EXISTS { ?stmt rdf:predicate ?p }
  BIND(EXISTS { ?p a owl:SymmetricProperty } AS ?symmetric)
}
"""

_STRENGTH = ("actual", "planned", "possible", "desired")


@dataclass(frozen=True, slots=True)
class _Property:
    label: str
    symmetric: bool


def network(store: ox.Store, iris: Iris) -> nx.MultiDiGraph[str]:
    """Return the direct triples between canonical entities.

    Nodes are CURIEs (``ent:Norway``) with ``label``, ``type`` and ``sources``. Each edge is a direct triple, a
    symmetric one once and with ``symmetric`` true; its key is the hash of its ``stmt:``, its attributes are scalars:
    ``property``, ``label``, ``sources``, ``first`` and ``last`` (days, where known), ``modality`` (the strongest) and
    ``disputed``.

    Args:
        store: The graph.
        iris: Gives the base.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for row in _rows(store, _NODES, iris):
        name = shorten(_value(row, "entity"), iris.base)
        kind, sources = shorten(_value(row, "type"), iris.base), int(_value(row, "sources"))
        graph.add_node(name, label=_value(row, "label"), type=kind, sources=sources)
    properties = {
        _value(row, "p"): _Property(_value(row, "label"), _value(row, "symmetric") == "true")
        for row in _rows(store, _PROPERTIES, iris)
    }
    for row in _rows(store, _EDGES, iris):
        _add_edge(graph, row, properties, iris)
    return graph


def _rows(store: ox.Store, query: str, iris: Iris) -> Iterator[ox.QuerySolution]:
    found = select(store, query, iris=iris)
    return iter(found) if isinstance(found, ox.QuerySolutions) else iter(())


def _value(row: ox.QuerySolution, name: str) -> str:
    term = row[name]
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""


def _add_edge(graph: nx.MultiDiGraph[str], row: ox.QuerySolution, properties: dict[str, _Property], iris: Iris) -> None:
    """Add a triple; one with several events comes once for each, and its strongest modality counts."""
    subject, thing = (shorten(_value(row, name), iris.base) for name in ("s", "o"))
    predicate = _value(row, "p")
    known = properties.get(predicate) or _Property(_spoken(predicate), symmetric=False)
    if known.symmetric and subject > thing:
        return
    key = _value(row, "stmt").rsplit("/", 1)[-1]
    modality = _value(row, "modality").rsplit("#", 1)[-1]
    disputed = _value(row, "disputed") == "true"
    if graph.has_edge(subject, thing, key):
        before = graph.edges[subject, thing, key]
        before["modality"] = min(before["modality"], modality, key=_STRENGTH.index)
        before["disputed"] = before["disputed"] or disputed
        return
    days = {name: value for name in ("first", "last") if (value := _value(row, name))}
    graph.add_edge(
        subject,
        thing,
        key,
        property=shorten(predicate, iris.base),
        label=known.label,
        sources=int(_value(row, "sources")),
        modality=modality,
        disputed=disputed,
        symmetric=known.symmetric,
        **days,
    )


def _spoken(predicate: str) -> str:
    """Return the words of an open relation: rel:deploy_to reads "deploy to"."""
    return predicate.rsplit("/", 1)[-1].replace("_", " ")
