"""Rank entities by how much they are linked, and gather them into groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx

from kg.page.records import PageGroup

__all__ = ["Ranking", "rank"]

_SMALLEST = 5
_MOST = 8
"""Groups that a picture can still show as bubbles; the smaller ones are put together."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Entities by importance, best first, with the number of their neighbours and their group.

    Entities that nothing links come last and are in no group (-1). The last group, which has no names, gathers what is
    too small to be one.
    """

    order: tuple[str, ...]
    degree: dict[str, int]
    group: dict[str, int]
    groups: tuple[PageGroup, ...]


def rank(network: nx.MultiDiGraph[str]) -> Ranking:
    """Rank the entities of a network: by neighbours and the sources that vouch for the links, then by sources.

    Args:
        network: As ``graph.network()`` gives it.
    """
    pairs = _pairs(network)
    degree: dict[str, int] = {name: pairs.degree(name) for name in pairs}
    weight: dict[str, int] = dict(pairs.degree(weight="weight"))
    order = sorted(network, key=lambda n: (-degree.get(n, 0) - weight.get(n, 0), -network.nodes[n]["sources"], n))
    large, rest = _parts(pairs)
    parts = [*large, rest] if rest else large
    labels = [[network.nodes[name]["label"] for name in _best(part, order)] for part in large]
    names = [*labels, []] if rest else labels
    return Ranking(
        order=tuple(order),
        degree=degree,
        group={name: number for number, part in enumerate(parts) for name in part},
        groups=tuple(
            PageGroup(id=number, names=tuple(names[number]), size=len(part)) for number, part in enumerate(parts)
        ),
    )


def _best(part: Sequence[str], order: Sequence[str]) -> list[str]:
    members = set(part)
    return [name for name in order if name in members][:3]


def _pairs(network: nx.MultiDiGraph[str]) -> nx.Graph[str]:
    """Return the network without directions; a pair weighs the sources of its best relation."""
    pairs: nx.Graph[str] = nx.Graph()
    for source, target, data in sorted(network.edges(data=True), key=lambda edge: edge[:2]):
        if source != target:
            before = pairs.get_edge_data(source, target, {"weight": 0})["weight"]
            pairs.add_edge(source, target, weight=max(before, data["sources"]))
    return pairs


def _parts(pairs: nx.Graph[str]) -> tuple[list[list[str]], list[str]]:
    """Return the groups, the largest first, and what is in none of them.

    They are found by Louvain's method (Blondel et al. 2008) with a fixed seed, so equal networks give equal groups.
    """
    if not pairs:
        return [], []
    found = nx.community.louvain_communities(pairs, weight="weight", seed=1)
    parts = sorted((sorted(part) for part in found), key=lambda part: (-len(part), part))
    large = [part for part in parts if len(part) >= _SMALLEST][:_MOST]
    return large, sorted(name for part in parts[len(large) :] for name in part)
