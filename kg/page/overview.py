"""Lay out the first view: the most important entities, and a bubble for the rest of each group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import networkx as nx

from kg.page.ranking import Ranking
from kg.page.records import Bubble, Place
from kg.show.layout import place

__all__ = ["ALL", "TOP", "overview"]

ALL = 28
"""Up to so many linked entities are all shown."""
TOP = 18
"""Of more than that, the most important ones are shown, and bubbles for the others."""

_CHARACTER, _LINE, _WIDEST = 7.5, 18.0, 130.0
"""Size of a label in pixels; longer ones are wrapped."""
_BUBBLE = 100.0
_STEP = 140.0


def overview(network: nx.MultiDiGraph[str], ranking: Ranking) -> tuple[tuple[Place, ...], tuple[Bubble, ...]]:
    """Return where the entities and the bubbles of the first view stand.

    Args:
        network: As ``graph.network()`` gives it.
        ranking: Of this network.
    """
    linked = [name for name in ranking.order if ranking.degree.get(name)]
    chosen = linked if len(linked) <= ALL else _connected(network, linked, TOP)
    hidden = Counter(ranking.group[name] for name in set(linked) - set(chosen))
    bubbles = sorted(hidden)
    at = {name: number for number, name in enumerate(chosen)} | {
        group: len(chosen) + number for number, group in enumerate(bubbles)
    }
    sizes = [_size(str(network.nodes[name]["label"])) for name in chosen] + [(_BUBBLE, _BUBBLE)] * len(bubbles)
    boxes = place(sizes, _together(_links(network, ranking, at), len(sizes)), step=_STEP)
    places = tuple(Place(entity=n, x=round(boxes[at[n]].x), y=round(boxes[at[n]].y)) for n in chosen)
    return places, tuple(Bubble(group=g, x=round(boxes[at[g]].x), y=round(boxes[at[g]].y)) for g in bubbles)


def _connected(network: nx.MultiDiGraph[str], linked: Sequence[str], top: int) -> list[str]:
    """Return the most important entities; whoever is linked with none of them gives way to the next that is."""
    chosen = list(linked[:top])
    for candidate in linked[top:]:
        alone = [name for name in chosen if not _neighbours(network, name) & set(chosen)]
        if not alone:
            break
        if _neighbours(network, candidate) & set(chosen):
            chosen = [name for name in chosen if name != alone[-1]] + [candidate]
    return chosen


def _neighbours(network: nx.MultiDiGraph[str], name: str) -> set[str]:
    return {*network.successors(name), *network.predecessors(name)} - {name}


def _size(label: str) -> tuple[float, float]:
    """Return the room that a node needs with its label below."""
    width = min(len(label) * _CHARACTER, _WIDEST)
    lines = 1 + int(len(label) * _CHARACTER // _WIDEST)
    return max(width, 40.0), 40.0 + lines * _LINE


def _links(network: nx.MultiDiGraph[str], ranking: Ranking, at: dict[str | int, int]) -> Sequence[tuple[int, int]]:
    """Return the pairs that belong together; whoever is not shown stands for the bubble of its group."""
    ends = ((_end(one, ranking, at), _end(other, ranking, at)) for one, other in network.edges())
    return sorted({(one, other) for one, other in ends if one is not None and other is not None and one < other})


def _together(links: Sequence[tuple[int, int]], count: int) -> list[tuple[int, int]]:
    """Link the first of each part with the first of all: parts that nothing links would lie far from each other."""
    forest: nx.utils.UnionFind[int] = nx.utils.UnionFind(range(count))
    for one, other in links:
        forest.union(one, other)
    firsts = sorted(min(part) for part in forest.to_sets())
    return [*links, *((0, first) for first in firsts if first)]


def _end(name: str, ranking: Ranking, at: dict[str | int, int]) -> int | None:
    return at.get(name, at.get(ranking.group.get(name, -1)))
