"""What links two entities: direct triples, and what is only denied, possible or wished for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kg.iris import digest
from kg.lexicon import DirectProperty, Lexicon
from kg.page.nodes import Node, Nodes
from kg.page.records import PageClaim, PageEdge, PageRelation

__all__ = ["Edges"]

Key = tuple[str, str, str, bool]


class Edges:
    """Makes edges and gathers their relations.

    Args:
        nodes: Of the graph.
        lexicon: Gives the direct properties of event classes.
    """

    def __init__(self, nodes: Nodes, lexicon: Lexicon) -> None:
        self.nodes = nodes
        self.relations: dict[str, PageRelation] = {}
        self._properties = {c.name: c.property for c in lexicon.classes.values() if c.property}
        self._by_iri = {p.iri: p for p in self._properties.values()}

    def asserted(self, statements: Iterable[Node]) -> Iterator[PageEdge]:
        """Yield the edge of each direct triple; a symmetric one stands in both directions and gives one edge."""
        for statement in statements:
            source, predicate, target = (statement.one(f"rdf:{part}") for part in ("subject", "predicate", "object"))
            relation = self._relation(predicate)
            if not (relation.symmetric and source > target):
                yield PageEdge(
                    id=self.nodes.curie(statement.iri),
                    source=self.nodes.curie(source),
                    target=self.nodes.curie(target),
                    relation=relation.id,
                    claims=tuple(map(self.nodes.curie, statement.all("supportedBy"))),
                    against=tuple(map(self.nodes.curie, statement.all("deniedBy"))),
                    asserted=self.nodes.curie(statement.iri),
                )

    def others(
        self, claims: Iterable[tuple[PageClaim, dict[str, tuple[str, ...]]]], asserted: Sequence[PageEdge]
    ) -> Iterator[PageEdge]:
        """Yield edges for claims that no direct triple may rest on: denied ones, and possible or desired ones.

        A possible claim of what another asserts says no more than that, and a denial that stands against a direct
        triple already is part of its edge.

        Args:
            claims: Each with the entities in its roles.
            asserted: The edges of the direct triples.
        """
        known = {(edge.source, edge.target, edge.relation, False) for edge in asserted}
        used = {claim for edge in asserted for claim in edge.against}
        found: dict[Key, list[str]] = defaultdict(list)
        for claim, parties in claims:
            if claim.id not in used and (claim.negated or claim.modality in ("possible", "desired")):
                for key in self._keys(claim, parties):
                    found[key].append(claim.id)
        for key in sorted(found.keys() - known):
            source, target, relation, denied = key
            name = digest("edge", source, target, relation, str(denied))
            yield PageEdge(
                id=f"edge:{name}",
                source=source,
                target=target,
                relation=relation,
                claims=tuple(sorted(found[key])),
                denied=denied,
            )

    def _keys(self, claim: PageClaim, parties: dict[str, tuple[str, ...]]) -> Iterator[Key]:
        known = self._properties.get(claim.kind)
        if known is None:
            return
        relation = self._relation(known.iri)
        for source in parties.get(known.source, ()):
            for target in parties.get(known.target, ()):
                if source != target and not (known.symmetric and source > target):
                    yield source, target, relation.id, claim.negated

    def _relation(self, iri: str) -> PageRelation:
        short = self.nodes.curie(iri)
        if short not in self.relations:
            self.relations[short] = _known(short, self._by_iri.get(iri))
        return self.relations[short]


def _known(short: str, known: DirectProperty | None) -> PageRelation:
    """Return a relation; one that no class has is open, and its words are its name: rel:deploy_to reads "deploy to"."""
    if known is None:
        return PageRelation(id=short, label=short.rpartition(":")[2].replace("_", " "))
    return PageRelation(id=short, label=known.label, symmetric=known.symmetric)
