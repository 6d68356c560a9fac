"""Put together what the page shows: a graph's most important part, or what surrounds one entity."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pyoxigraph import NamedNode, Store

from kg import __version__
from kg.errors import QueryError
from kg.iris import DEFAULT_BASE, KG, expand, prefixes
from kg.lexicon import Lexicon
from kg.page.catalogue import Catalogue
from kg.page.claims import Claims
from kg.page.edges import Edges
from kg.page.events import Events
from kg.page.nodes import Nodes
from kg.page.overview import overview
from kg.page.records import PageData, Slice

__all__ = ["LIMIT", "PageReader"]

LIMIT = 5000
"""Entities that a page holds unless somebody says otherwise."""
_NEIGHBOURS = 150
_EVENTS = 2000
"""What the surroundings of one entity hold at most: the best linked neighbours, and events."""


class PageReader:
    """Reads the page's data from one graph.

    Args:
        store: Read only.
        lexicon: The one that the graph was built with.
        base: The base of the graph's IRIs.
    """

    def __init__(self, store: Store, lexicon: Lexicon, *, base: str = DEFAULT_BASE) -> None:
        self._nodes = Nodes(store, base=base)
        self._lexicon = lexicon
        self._base = base
        self.catalogue = Catalogue(self._nodes)

    def page(self, *, title: str, limit: int = LIMIT, served: bool = False) -> PageData:
        """Return what a page starts with.

        Args:
            title: Stands above the page.
            limit: The most entities, the most important ones first.
            served: Leaves out the sentences, which the page then asks the server for.
        """
        ranking, network = self.catalogue.ranking, self.catalogue.network
        chosen = ranking.order[:limit]
        among = None if len(chosen) == len(ranking.order) else set(chosen)
        found = self._slice(chosen, self._nodes.subjects("rdf:type", f"{KG}Event"), among)
        places, bubbles = overview(network, ranking)
        return PageData(
            title=title,
            version=__version__,
            counts=self.catalogue.counts(),
            slice=replace(found, sentences={}) if served else found,
            groups=ranking.groups,
            places=tuple(place for place in places if among is None or place.entity in among),
            bubbles=bubbles,
            prefixes=prefixes(self._base),
            served=served,
        )

    def surroundings(self, entity: str) -> Slice:
        """Return an entity with what links it and its neighbours, and the events in which it plays a role.

        Entities that only these events name are not in the slice.

        Args:
            entity: CURIE of a canonical entity.

        Raises:
            QueryError: The graph has no such entity.
        """
        network, rank = self.catalogue.network, {name: at for at, name in enumerate(self.catalogue.ranking.order)}
        if entity not in network:
            raise QueryError(f"the graph has no entity {entity!r}", remedy="Search it by name")
        around = {*network.successors(entity), *network.predecessors(entity)} - {entity}
        chosen = [entity, *sorted(around, key=lambda name: rank[name])[:_NEIGHBOURS]]
        thing = NamedNode(expand(entity, self._base))
        quads = self._nodes.store.quads_for_pattern(None, None, thing, None)
        subjects = {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
        events = sorted(filter(self._nodes.is_event, subjects))
        return replace(self._slice(chosen, events[:_EVENTS], None), sentences={})

    def sentences(self, claims: Iterable[str]) -> dict[str, str]:
        """Return the sentences of claims by key; claims that the graph does not have are left out."""
        reader = Claims(self._nodes)
        for claim in claims:
            iri = self._nodes.iris.claim(claim.rpartition(":")[2])
            if self._nodes.node(iri).one("evidence"):
                reader.read(iri, "")
        return reader.sentences

    def _slice(self, entities: Sequence[str], events: Iterable[str], among: set[str] | None) -> Slice:
        """Return entities with what links them, and of the events those that name no entity but those among."""
        claims = Claims(self._nodes)
        found = Events(self._nodes, claims)
        found.read(events, among=among)
        edges = Edges(self._nodes, self._lexicon)
        inside = self.catalogue.network.subgraph(entities)
        statements = sorted(self._nodes.iris.statement(key) for _, _, key in inside.edges(keys=True))
        nodes = [self._nodes.node(iri) for iri in statements]
        found.read(event for node in nodes for event in node.all("event"))
        asserted = list(edges.asserted(nodes))
        others = edges.others(((c, claims.parties[c.id]) for c in found.claims.values()), asserted)
        kept = [edge for edge in others if edge.source in inside and edge.target in inside]
        return Slice(
            entities=tuple(self.catalogue.entity(name) for name in entities),
            documents=tuple(claims.documents[name] for name in sorted(claims.documents)),
            edges=tuple(sorted([*asserted, *kept], key=lambda edge: edge.id)),
            relations=tuple(edges.relations[name] for name in sorted(edges.relations)),
            events=tuple(found.events[name] for name in sorted(found.events)),
            claims=tuple(found.claims[name] for name in sorted(found.claims)),
            disputes=tuple(found.disputes()),
            sentences=dict(sorted(claims.sentences.items())),
        )
