"""Every canonical entity of a graph with its rank and group."""

from __future__ import annotations

import networkx as nx

from kg.page.entities import read_entity
from kg.page.nodes import Nodes
from kg.page.ranking import Ranking, rank
from kg.page.records import PageEntity
from kg.store.network import network as read_network

__all__ = ["Catalogue"]


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
