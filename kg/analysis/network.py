"""Networks of relations as measures want them: one edge for each pair, or only what was so at a time."""

from __future__ import annotations

from datetime import date
from typing import Any

import networkx as nx

__all__ = ["during", "simple"]


def simple(network: nx.MultiDiGraph[str]) -> nx.Graph[str]:
    """Return a network with one undirected edge for each linked pair, as most measures of networkx ask for.

    ``nx.Graph(network)`` would keep the attributes of one relation only. Here each edge has ``relations``, their
    number; ``weight``, the sum of their independent sources; ``labels``, their names, sorted, joined by commas; and
    ``disputed``, whether any is. Nodes keep their attributes.

    Args:
        network: As ``graph.network()`` gives it; stays as it is.
    """
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(network.nodes(data=True))
    for one, other in nx.Graph(network).edges():
        found = _between(network, one, other)
        graph.add_edge(
            one,
            other,
            relations=len(found),
            weight=sum(edge["sources"] for edge in found),
            labels=", ".join(sorted({edge["label"] for edge in found})),
            disputed=any(edge["disputed"] for edge in found),
        )
    return graph


def during(
    network: nx.MultiDiGraph[str], since: date | None = None, until: date | None = None, *, undated: bool = False
) -> nx.MultiDiGraph[str]:
    """Return the part of a network that is told of a time: its relations, and the entities that they link.

    Two of them are compared as sets: ``set(after.edges(keys=True)) - set(before.edges(keys=True))``.

    Args:
        network: As ``graph.network()`` gives it; stays as it is.
        since: The first day, unless open.
        until: The last day, unless open. A relation counts where the days between its ``first`` and ``last``, as
            precise as they are known, touch the time.
        undated: Whether relations that no source dates count, too.
    """
    first, last = (since or date.min).isoformat(), (until or date.max).isoformat()
    kept = [
        (source, target, key)
        for source, target, key, edge in network.edges(keys=True, data=True)
        if (edge["first"] <= last and edge["last"] >= first if "first" in edge else undated)
    ]
    return network.edge_subgraph(kept).copy()  # type: ignore[arg-type]  # the stubs know no keys of multigraphs


def _between(network: nx.MultiDiGraph[str], one: str, other: str) -> list[dict[str, Any]]:
    pairs = {(one, other), (other, one)}
    return [edge for pair in sorted(pairs) for edge in (network.get_edge_data(*pair) or {}).values()]
