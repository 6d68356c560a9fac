"""Every canonical entity of a graph with its names, links and rank, and how much the graph holds."""

from __future__ import annotations

from collections import defaultdict

import networkx as nx
from pyoxigraph import QuerySolutions

from kg.iris import Iris, shorten
from kg.page.nodes import Nodes
from kg.page.ranking import Ranking, rank
from kg.page.records import Counts, PageEntity
from kg.query.engine import solutions
from kg.store.network import network as read_network

__all__ = ["Catalogue"]

_NAMES = """
SELECT DISTINCT ?entity ?value WHERE {
  { ?entity kg:mentionCount ?n ; skos:altLabel ?value }
  UNION { ?alias kg:mergedBecause ?why ; owl:sameAs ?entity ; rdfs:label ?value . ?entity kg:mentionCount ?n }
} ORDER BY ?entity ?value"""
_MENTIONS = "SELECT DISTINCT ?entity ?value WHERE { ?entity kg:mentionCount ?value }"
_LINKS = """
SELECT DISTINCT ?entity ?value WHERE {
  ?entity kg:mentionCount ?n ; owl:sameAs ?value . FILTER NOT EXISTS { ?value kg:mentionCount ?m }
} ORDER BY ?entity DESC(CONTAINS(STR(?value), "wikidata")) ?value"""
_DOCUMENTS = """
SELECT (COUNT(DISTINCT ?document) AS ?documents) (COUNT(DISTINCT ?publisher) AS ?publishers)
  (MIN(?day) AS ?first) (MAX(?day) AS ?last) WHERE {
  ?document kg:lineage ?origin .
  OPTIONAL { ?document schema:publisher ?publisher } OPTIONAL { ?document schema:datePublished ?day }
}"""
_HOW_MANY = {
    "claims": "SELECT (COUNT(DISTINCT ?claim) AS ?n) WHERE { ?event kg:claim ?claim ; a kg:Event }",
    "events": "SELECT (COUNT(DISTINCT ?event) AS ?n) WHERE { ?event a kg:Event }",
    "disputes": "SELECT (COUNT(DISTINCT ?dispute) AS ?n) WHERE { ?dispute a kg:Dispute }",
}


class Catalogue:
    """The entities of one graph; ``network`` holds them with their direct triples, ``ranking`` by importance.

    Args:
        nodes: Of the graph.
    """

    def __init__(self, nodes: Nodes) -> None:
        self._nodes = nodes
        self.network: nx.MultiDiGraph[str] = read_network(nodes.store, Iris(nodes.iris.base))
        self.ranking: Ranking = rank(self.network)
        self._names = self._lists(_NAMES)
        self._links = self._lists(_LINKS)
        self._mentions = self._lists(_MENTIONS)

    def entity(self, name: str) -> PageEntity:
        """Return an entity by its CURIE."""
        data = self.network.nodes[name]
        return PageEntity(
            id=name,
            label=data["label"],
            type=data["type"],
            mentions=int(self._mentions[name][0]),
            sources=data["sources"],
            degree=self.ranking.degree.get(name, 0),
            group=self.ranking.group.get(name, -1),
            names=tuple(other for other in self._names.get(name, ()) if other != data["label"]),
            same_as=tuple(self._links.get(name, ())),
        )

    def counts(self) -> Counts:
        """Return how much the whole graph holds."""
        row = next(iter(self._rows(_DOCUMENTS)))
        many = {what: int(next(iter(self._rows(query)))["n"].value) for what, query in _HOW_MANY.items()}
        return Counts(
            documents=int(row["documents"].value),
            publishers=int(row["publishers"].value),
            first=row["first"].value if row["first"] else "",
            last=row["last"].value if row["last"] else "",
            entities=self.network.number_of_nodes(),
            relations=self.network.number_of_edges(),
            **many,
        )

    def _lists(self, query: str) -> dict[str, list[str]]:
        """Return the values of a query's second column by entity, in its order."""
        found: dict[str, list[str]] = defaultdict(list)
        for row in self._rows(query):
            found[shorten(row["entity"].value, self._nodes.iris.base)].append(row["value"].value)
        return found

    def _rows(self, query: str) -> QuerySolutions:
        return solutions(self._nodes.store, query, base=self._nodes.iris.base)
