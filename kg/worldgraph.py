"""Bring the world graph of a store in line with what fusing changed: what is stale goes, then what is new comes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from kg.fuse import Fuser
from kg.iris import KG, PREFIXES, Iris
from kg.rdf.nquads import LineTriple, lines
from kg.rdf.world import WorldWriter, statement_id
from kg.store.quads import LINES_AT_ONCE, add_lines

__all__ = ["WorldGraph"]

# What an entity's own node says of it; what it does to others stands with the direct triples.
_OF_ENTITY = tuple(
    ox.NamedNode(PREFIXES[prefix] + name)
    for prefix, name in (
        ("rdf", "type"), ("rdfs", "label"), ("skos", "altLabel"), ("owl", "sameAs"), ("kg", "mentionCount"),
        ("kg", "sourceCount"), ("kg", "mergedBecause"),
    )
)  # fmt: skip
_OF_DOCUMENT = (ox.NamedNode(f"{KG}lineage"), ox.NamedNode(f"{KG}copyOf"))
_EVENT = ox.NamedNode(f"{KG}event")
# half of what documents are loaded by, since fusing has tables in memory by now: the peak stays where it was
_AT_ONCE = LINES_AT_ONCE // 2


class WorldGraph:
    """The world graph of one store.

    Args:
        store: Open for writing.
        writer: Makes triples of fused records.
        iris: Mints IRIs.
        progress: Told how many records were written.
        folder: Where lines wait to be loaded.
    """

    def __init__(
        self, store: ox.Store, writer: WorldWriter, iris: Iris, progress: Callable[[int], None], folder: Path
    ) -> None:
        self.store = store
        self.writer = writer
        self.iris = iris
        self.progress = progress
        self.folder = folder
        self.graph = ox.NamedNode(iris.world_graph)
        self.growth = 0
        """By how many quads the graph grew; less than 0 where it shrank."""

    def update(self, fuser: Fuser) -> None:
        """Write everything that a fuser tells; it must be settled."""
        for name in fuser.gone_events():
            self._remove_event(name)
        self._add(chain(self._events(fuser), self._statements(fuser), self._entities(fuser), self._lineages(fuser)))

    def _add(self, records: Iterable[Iterable[LineTriple]]) -> None:
        self.growth += add_lines(self.store, self._lines(records), folder=self.folder, at_once=_AT_ONCE)

    def _lines(self, records: Iterable[Iterable[LineTriple]]) -> Iterator[str]:
        for done, record in enumerate(records, 1):
            self.progress(done)
            # several claims may give a role the same value
            yield from dict.fromkeys(lines(record, self.graph.value))

    # ---- new records; those whose node stays the same are taken out just before

    def _events(self, fuser: Fuser) -> Iterator[Iterable[LineTriple]]:
        for event, disputes in fuser.events():
            yield self.writer.event(event)
            yield from map(self.writer.dispute, disputes)

    def _statements(self, fuser: Fuser) -> Iterator[Iterable[LineTriple]]:
        for triple, stood, statement in fuser.statements():
            if stood:
                self._remove_statement(*triple)
            if statement:
                yield self.writer.statement(statement)

    def _entities(self, fuser: Fuser) -> Iterator[Iterable[LineTriple]]:
        for key, known, entity in fuser.entities():
            if known:
                self._remove(ox.NamedNode(self.iris.entity(key)), _OF_ENTITY)
            if entity:
                yield self.writer.entity(entity)

    def _lineages(self, fuser: Fuser) -> Iterator[Iterable[LineTriple]]:
        for document, known, lineage in fuser.lineages():
            if known:
                self._remove(ox.NamedNode(self.iris.document(document)), _OF_DOCUMENT)
            if lineage:
                yield self.writer.lineage(lineage)

    # ---- stale quads

    def _remove_event(self, name: str) -> None:
        node = ox.NamedNode(self.iris.event(name))
        self._remove(node)
        disputes = self.iris.dispute(name, "")
        for quad in list(self.store.quads_for_pattern(None, _EVENT, node, self.graph)):
            subject = quad.subject
            if isinstance(subject, ox.NamedNode) and subject.value.startswith(disputes):
                self._remove(subject)
            elif isinstance(subject, ox.NamedNode) and subject.value.startswith(self.iris.claim("")):
                self._discard([quad])

    def _remove_statement(self, subject: str, predicate: str, thing: str) -> None:
        node = ox.NamedNode(self.iris.statement(statement_id(subject, predicate, thing)))
        ends = (ox.NamedNode(self.iris.entity(key)) for key in (subject, thing))
        self._discard([ox.Quad(next(ends), ox.NamedNode(predicate), next(ends), self.graph)])
        self._remove(node)

    def _remove(self, node: ox.NamedNode, predicates: Iterable[ox.NamedNode | None] = (None,)) -> None:
        for predicate in predicates:
            self._discard(self.store.quads_for_pattern(node, predicate, None, self.graph))

    def _discard(self, quads: Iterable[ox.Quad]) -> None:
        for quad in list(quads):
            self.store.remove(quad)
            self.growth -= 1
