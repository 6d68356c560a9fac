"""Choose what a picture of the network shows: the most important entities and the strongest links between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx

__all__ = ["Link", "Node", "Relation", "View", "kind_of", "select"]

_LINKS_A_NODE = 1.6
"""Links drawn for each node at most, on average; with twice as many no layout of twenty nodes could be read."""

_KINDS = {
    "schema:Person": "person",
    "schema:Country": "country",
    "schema:City": "place",
    "schema:Place": "place",
    "schema:Organization": "organization",
    "schema:NewsMediaOrganization": "organization",
    "schema:Corporation": "organization",
    "kg:GovernmentBody": "organization",
    "kg:PoliticalParty": "organization",
    "kg:MilitaryUnit": "organization",
    "kg:Bloc": "organization",
    "kg:Group": "organization",
}


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """An entity; ``kind`` is person, country, organization, place or other, ``sources`` counts independent ones."""

    id: str
    label: str
    kind: str
    sources: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What links two entities: ``forward`` from the link's first to its second, or back; neither when symmetric."""

    label: str
    forward: bool
    symmetric: bool
    planned: bool
    disputed: bool
    sources: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """All relations of one pair, best supported first."""

    first: str
    second: str
    relations: tuple[Relation, ...]

    @property
    def planned(self) -> bool:
        """True when nothing more than a plan links the two."""
        return all(relation.planned for relation in self.relations)

    @property
    def disputed(self) -> bool:
        """True when sources differ on any of the relations."""
        return any(relation.disputed for relation in self.relations)

    @property
    def sources(self) -> int:
        """The most independent sources that one of the relations has."""
        return max(relation.sources for relation in self.relations)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What is drawn, and of how much: ``entities`` counts those that a relation links, ``relations`` all of these."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    entities: int
    relations: int

    @property
    def shown(self) -> int:
        """The number of relations that the links show."""
        return sum(len(link.relations) for link in self.links)


def kind_of(type_: str) -> str:
    """Return the kind of an entity class.

    >>> kind_of("schema:City"), kind_of("kg:Agreement")
    ('place', 'other')
    """
    return _KINDS.get(type_, "other")


def select(graph: nx.MultiDiGraph[str], *, top: int = 20) -> View:
    """Choose the entities to draw, and merge the direct triples between them into one link a pair.

    An entity counts by the number of those it is linked with, and by the sources of these links. Whoever is linked
    with none of the chosen gives way to the next.

    Args:
        graph: As ``graph.network()`` gives it: nodes with label, type and sources, edges with label, sources,
            modality, disputed and symmetric. Not changed.
        top: How many entities at most, 2 or more.
    """
    pairs = _pairs(graph)
    chosen = _chosen(graph, pairs, top)
    links = [link for pair, link in sorted(pairs.items()) if set(pair) <= chosen]
    return View(
        nodes=tuple(sorted(_node(name, graph.nodes[name]) for name in chosen)),
        links=_strongest(links, round(_LINKS_A_NODE * len(chosen))),
        entities=len({name for pair in pairs for name in pair}),
        relations=sum(len(link.relations) for link in pairs.values()),
    )


def _node(name: str, data: Mapping[str, Any]) -> Node:
    return Node(
        id=str(name),
        label=str(data.get("label") or name),
        kind=kind_of(str(data.get("type", ""))),
        sources=int(data.get("sources", 1)),
    )


def _pairs(graph: nx.MultiDiGraph[str]) -> dict[tuple[str, str], Link]:
    """Return one link for each pair of different entities, by the sorted pair."""
    relations: dict[tuple[str, str], set[Relation]] = defaultdict(set)
    for source, target, data in graph.edges(data=True):
        if source != target:
            pair = (source, target) if source < target else (target, source)
            relations[pair].add(_relation(data, forward=pair[0] == source))
    return {
        pair: Link(first=pair[0], second=pair[1], relations=tuple(sorted(found, key=_strength)))
        for pair, found in relations.items()
    }


def _relation(data: Mapping[str, Any], *, forward: bool) -> Relation:
    symmetric = bool(data.get("symmetric"))
    return Relation(
        label=str(data.get("label") or data.get("property") or ""),
        forward=forward or symmetric,
        symmetric=symmetric,
        planned=data.get("modality") == "planned",
        disputed=bool(data.get("disputed")),
        sources=int(data.get("sources", 1)),
    )


def _strength(relation: Relation) -> tuple[int, bool, str, bool]:
    return (-relation.sources, relation.planned, relation.label, relation.forward)


def _chosen(graph: nx.MultiDiGraph[str], pairs: Mapping[tuple[str, str], Link], top: int) -> set[str]:
    neighbours: dict[str, set[str]] = defaultdict(set)
    weight: dict[str, int] = defaultdict(int)
    for (first, second), link in pairs.items():
        for one, other in ((first, second), (second, first)):
            neighbours[one].add(other)
            weight[one] += link.sources
    ranked = sorted(neighbours, key=lambda n: (-len(neighbours[n]) - weight[n], -graph.nodes[n].get("sources", 0), n))
    chosen = set(ranked[:top])
    for candidate in ranked[top:]:
        alone = sorted(name for name in chosen if not neighbours[name] & chosen)
        if not alone:
            break
        if neighbours[candidate] & chosen:
            chosen = (chosen - {alone[-1]}) | {candidate}
    return {name for name in chosen if neighbours[name] & chosen}


def _strongest(links: Iterable[Link], limit: int) -> tuple[Link, ...]:
    """Return the strongest links, but first those that keep together what hangs together."""
    ranked = sorted(links, key=lambda k: (-k.sources, not k.disputed, -len(k.relations), k.first, k.second))
    forest: nx.utils.UnionFind[str] = nx.utils.UnionFind()
    joining: list[Link] = []
    others: list[Link] = []
    for link in ranked:
        (joining if forest[link.first] != forest[link.second] else others).append(link)
        forest.union(link.first, link.second)
    kept = joining + others[: max(0, limit - len(joining))]
    return tuple(sorted(kept, key=lambda k: (k.first, k.second)))
