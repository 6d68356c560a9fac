"""Every canonical entity of a graph with its rank and group, and how much the graph holds."""

from __future__ import annotations

import networkx as nx
from pyoxigraph import QuerySolutions

from kg.page.entities import read_entity
from kg.page.nodes import Nodes
from kg.page.ranking import Ranking, rank
from kg.page.records import Counts, PageEntity
from kg.query.engine import solutions
from kg.store.network import network as read_network

__all__ = ["Catalogue"]

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
        self.network: nx.MultiDiGraph[str] = read_network(nodes.store, nodes.iris)
        self.ranking: Ranking = rank(self.network)

    def entity(self, name: str) -> PageEntity:
        """Return an entity by its CURIE."""
        ranking = self.ranking
        return read_entity(self._nodes, name, degree=ranking.degree.get(name, 0), group=ranking.group.get(name, -1))

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

    def _rows(self, query: str) -> QuerySolutions:
        return solutions(self._nodes.store, query, base=self._nodes.iris.base)
