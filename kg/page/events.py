"""Read events with who, whom, what, where and when, and what sources differ on in them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from pyoxigraph import NamedNode

from kg.page.claims import Claims
from kg.page.nodes import Node, Nodes
from kg.page.records import PageClaim, PageDispute, PageEvent, Side
from kg.show.disputes import read_disputes

__all__ = ["Events"]

_PARTS = {
    "who": ("agent", "participant"),
    "whom": ("recipient", "destination"),
    "what": ("theme", "topic", "content"),
    "place": ("place", "origin"),
}
_QUANTITIES = ("amount", "price", "count")
_DURATIONS = ("duration", "frequency")


class Events:
    """Reads events and gathers their claims.

    Args:
        nodes: Of the graph.
        claims: Takes the claims' documents and sentences.
    """

    def __init__(self, nodes: Nodes, claims: Claims) -> None:
        self.nodes = nodes
        self.sources = claims
        self.claims: dict[str, PageClaim] = {}
        self.events: dict[str, PageEvent] = {}

    def read(self, iris: Iterable[str], *, among: Container[str] | None = None) -> None:
        """Read events that are not yet known, by IRI; of those given, only such as name none but the entities among."""
        for iri in sorted(set(iris)):
            short = self.nodes.curie(iri)
            if short not in self.events:
                node = self.nodes.node(iri)
                if among is not None and not all(entity in among for entity in self._entities(node)):
                    continue
                claims = [self.sources.read(claim, short) for claim in node.all("claim")]
                self.claims.update((claim.id, claim) for claim in claims)
                self.events[short] = self._event(node, claims)

    def disputes(self) -> Iterator[PageDispute]:
        """Yield what sources differ on in the events that were read."""
        for event in self.events.values():
            if event.disputed:
                yield from self._disputes(event)

    def _entities(self, node: Node) -> Iterator[str]:
        named = (role for roles in _PARTS.values() for role in roles)
        return (entity for _, entity in self._filled(node, tuple(named)) if entity)

    def _event(self, node: Node, claims: list[PageClaim]) -> PageEvent:
        return PageEvent(
            id=self.nodes.curie(node.iri),
            kind=claims[0].kind if claims else "Event",
            claims=tuple(claim.id for claim in claims),
            sources=int(node.one("sourceCount") or 0),
            **{part: self._filled(node, roles) for part, roles in _PARTS.items()},
            details=tuple(self._details(node)),
            begin=node.one("begin"),
            end=node.one("end"),
            deadline=node.one("deadline"),
            earliest=node.one("earliest"),
            latest=node.one("latest"),
            reported=min((day for c in claims if (day := self.sources.documents[c.document].published)), default=""),
            negated=node.local("polarity") == "negated",
            modality=node.local("modality") or "actual",
            disputed=node.one("disputed") == "true",
        )

    def _details(self, node: Node) -> Iterator[tuple[str, str]]:
        """Yield (role, words) of sums and numbers, and (role, xsd:duration) of how long and how often."""
        yield from ((role, self.nodes.text(term)) for role in _QUANTITIES for term in node.terms(role))
        yield from ((role, value) for role in _DURATIONS for value in node.all(role))

    def _filled(self, node: Node, roles: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        """Return (words, entity) of what fills roles; the entity is empty for words that name none."""
        found = (term for role in roles for term in node.terms(role))
        return tuple(sorted({self._filler(term) for term in found}))

    def _filler(self, term: NamedNode) -> tuple[str, str]:
        if not self.nodes.is_entity(term.value):
            return self.nodes.text(term), ""
        entity = self.nodes.canonical(term.value)
        return self.nodes.text(NamedNode(entity)), self.nodes.curie(entity)

    def _disputes(self, event: PageEvent) -> Iterator[PageDispute]:
        base = self.nodes.iris.event("")
        for dispute in read_disputes(self.nodes.words, base + event.id.partition(":")[2]):
            yield PageDispute(
                id=self.nodes.curie(dispute.iri),
                event=event.id,
                role=dispute.role,
                kind=dispute.kind,
                sides=tuple(
                    Side(value=side.value, claims=tuple(f"claim:{c.id}" for c in side.claims)) for side in dispute.sides
                ),
            )
