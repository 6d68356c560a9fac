"""The first half of fusing: what the documents name, where their reports come from, who acts for whom.

documents -> census -> merges -> reports -> offices -> entities

It looks at all documents together, but at little of each: what it names, and the signature of its text.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from decimal import Decimal

from kg.corrections import NameRule
from kg.fuse.kept.census import Census
from kg.fuse.kept.entities import Entities
from kg.fuse.kept.merges import Merges
from kg.fuse.kept.offices import Offices
from kg.fuse.kept.queue import Queue
from kg.fuse.kept.reports import Reports
from kg.fuse.kept.totals import Totals
from kg.fuse.sources import Source
from kg.model import Entity, Lineage

__all__ = ["EntityFuser"]


class EntityFuser:
    """Keeps entities, lineages and offices of a set of documents.

    Args:
        database: Holds the tables.
        totals: Are kept up to date.
        threshold: The confidence from which a claim tells of an office.
    """

    def __init__(self, database: sqlite3.Connection, totals: Totals, *, threshold: Decimal) -> None:
        self.census = Census(database)
        self.merges = Merges(database, self.census.named)
        self.reports = Reports(database)
        self.offices = Offices(database, threshold=threshold)
        self._entities = Entities(database, self.census, self.merges, totals)

    def enter(self, source: Source) -> None:
        """Take in a document with what conforms of its annotation, not judged yet."""
        self.census.enter(source)
        self.reports.enter(source.document, source.sketch)
        self.offices.enter(source.document.id, source.annotation)

    def leave(self, document_id: str) -> None:
        """Take a document out; one that is not there is passed over."""
        self._entities.leave(document_id, self.reports.source(document_id))
        self.census.leave(document_id)
        self.reports.leave(document_id)
        self.offices.leave(document_id)

    def settle(self, rules: Iterable[NameRule], documents: Queue) -> None:
        """Decide anew whatever changed documents and rules touch.

        Args:
            rules: All names that people declared to be one entity, or different ones.
            documents: Gets those that count for another source now, whose claims have to be read anew.
        """
        self.census.settle()
        self.merges.settle(rules)
        self.reports.settle(self.merges.moved, self.merges.canonical)
        self.offices.settle(self.merges)
        for document, _, _ in self.reports.resourced:
            documents.add(document)
        for (document,) in self.reports.redated.drain():
            documents.add(document)
        self._entities.settle(self.reports.resourced)

    def entities(self) -> Iterator[tuple[str, bool, Entity | None]]:
        """Yield the key of each touched entity, whether the world told of it, and the entity, None if it is gone."""
        return self._entities.changed()

    def lineages(self) -> Iterator[tuple[str, bool, Lineage | None]]:
        """Yield each document whose lineage changed, whether the world told of it, and its lineage, None if it left."""
        return self.reports.changed()
