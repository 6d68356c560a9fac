"""Put together what the page shows: a graph's most important part, or what surrounds one entity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from pyoxigraph import NamedNode, Store

from kg import __version__
from kg.errors import QueryError
from kg.iris import DEFAULT_BASE, KG, expand, prefixes
from kg.lexicon import Lexicon
from kg.page.catalogue import Catalogue
from kg.page.claims import Claims
from kg.page.edges import Edges
from kg.page.entities import read_entity
from kg.page.events import Events
from kg.page.nodes import Nodes
from kg.page.overview import overview
from kg.page.records import PageData, PageEntity, Slice
from kg.query.engine import solutions
from kg.show.counts import read_counts

__all__ = ["LIMIT", "PageReader"]

LIMIT = 5000
"""Entities that a page holds unless somebody says otherwise."""
_NEIGHBOURS = 150
_EVENTS = 2000
"""What the surroundings of one entity hold at most: the best linked neighbours, and events."""


_BETWEEN = """
SELECT DISTINCT ?statement WHERE {
  VALUES ?one { ENTITIES } VALUES ?other { ENTITIES } ?statement rdf:subject ?one ; rdf:object ?other
}"""

Record = TypeVar("Record")


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

    @cached_property
    def catalogue(self) -> Catalogue:
        """All entities, ranked; read once, and only where a whole page is made."""
        return Catalogue(self._nodes)

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
        found = self._slice(
            [self.catalogue.entity(name) for name in chosen],
            statements=(self._nodes.iris.statement(key) for _, _, key in network.subgraph(chosen).edges(keys=True)),
            events=self._nodes.subjects("rdf:type", f"{KG}Event"),
            among=among,
        )
        places, bubbles = overview(network, ranking)
        return PageData(
            title=title,
            version=__version__,
            counts=read_counts(self._nodes.store, base=self._base),
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
        iri = expand(entity, self._base) if entity.startswith("ent:") else entity
        if not _is_iri(iri) or not self._nodes.is_entity(iri) or not self._nodes.node(iri).one("mentionCount"):
            raise QueryError(f"the graph has no entity {entity!r}", remedy="Search it by name")
        iri = self._nodes.canonical(iri)
        chosen = [iri, *self._neighbours(iri)[:_NEIGHBOURS]]
        quads = self._nodes.store.quads_for_pattern(None, None, NamedNode(iri), None)
        subjects = {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
        found = self._slice(
            [read_entity(self._nodes, self._nodes.curie(name)) for name in chosen],
            statements=self._between(chosen),
            events=sorted(filter(self._nodes.is_event, subjects))[:_EVENTS],
            among=None,
        )
        return replace(found, sentences={})

    def _neighbours(self, iri: str) -> list[str]:
        """Return the entities that direct triples link an entity with, those with the most sources first."""
        strength: dict[str, int] = {}
        for near, far in (("rdf:subject", "rdf:object"), ("rdf:object", "rdf:subject")):
            for name in self._nodes.subjects(near, iri):
                statement = self._nodes.node(name)
                other = statement.one(far)
                strength[other] = max(strength.get(other, 0), int(statement.one("sourceCount") or 0))
        return sorted(strength.keys() - {iri}, key=lambda other: (-strength[other], other))

    def _between(self, iris: Sequence[str]) -> list[str]:
        """Return the statements whose subject and object are both among these.

        The store takes no list of terms as the value of a variable; these are its own IRIs, written as it writes them.
        """
        values = " ".join(str(NamedNode(iri)) for iri in iris)
        rows = solutions(self._nodes.store, _BETWEEN.replace("ENTITIES", values), base=self._base)
        return sorted({row["statement"].value for row in rows})

    def sentences(self, claims: Iterable[str]) -> dict[str, str]:
        """Return the sentences of claims by key; claims that the graph does not have are left out."""
        reader = Claims(self._nodes)
        for claim in claims:
            iri = self._nodes.iris.claim(claim.rpartition(":")[2])
            if _is_iri(iri) and self._nodes.node(iri).one("evidence"):
                reader.read(iri, "")
        return reader.sentences

    def _slice(
        self,
        entities: Sequence[PageEntity],
        *,
        statements: Iterable[str],
        events: Iterable[str],
        among: set[str] | None,
    ) -> Slice:
        """Return entities with what links them, and of the events those that name no entity but those among."""
        claims = Claims(self._nodes)
        found = Events(self._nodes, claims)
        found.read(events, among=among)
        nodes = [self._nodes.node(iri) for iri in sorted(statements)]
        found.read(event for node in nodes for event in node.all("event"))
        edges = Edges(self._nodes, self._lexicon)
        asserted = list(edges.asserted(nodes))
        others = edges.others(((c, claims.parties[c.id]) for c in found.claims.values()), asserted)
        inside = {entity.id for entity in entities}
        kept = [edge for edge in others if {edge.source, edge.target} <= inside]
        return Slice(
            entities=tuple(entities),
            documents=_sorted(claims.documents),
            edges=tuple(sorted([*asserted, *kept], key=lambda edge: edge.id)),
            relations=_sorted(edges.relations),
            events=_sorted(found.events),
            claims=_sorted(found.claims),
            disputes=tuple(found.disputes()),
            sentences=dict(sorted(claims.sentences.items())),
        )


def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def _sorted(records: Mapping[str, Record]) -> tuple[Record, ...]:
    return tuple(records[name] for name in sorted(records))
