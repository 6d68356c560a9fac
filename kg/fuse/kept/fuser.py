"""Fuse step by step: take documents in and out, then decide anew whatever they touch, and nothing else.

    documents -> census -> merges -> reports -> offices -> entities -> claims -> clusters -> events -> statements

Each step keeps its results in tables and fills queues with what the next one has to look at. What it decides depends on
the documents alone, not on the order in which they came; so a world that was changed step by step is the world of its
documents, and a world made at once is the same steps with everything touched.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from kg.config import Settings
from kg.corrections import NameRule, Review
from kg.fuse.gate import Gate, load_gate
from kg.fuse.kept.census import Census
from kg.fuse.kept.claims import Claims
from kg.fuse.kept.clusters import Clusters
from kg.fuse.kept.entities import Entities
from kg.fuse.kept.events import Events
from kg.fuse.kept.merges import Merges
from kg.fuse.kept.offices import Offices
from kg.fuse.kept.reports import Reports
from kg.fuse.kept.tables import create_tables, drop_tables
from kg.fuse.kept.totals import Totals
from kg.fuse.kept.touched import Touched
from kg.fuse.sources import Source
from kg.fuse.statements import Triple
from kg.fuse.told import Told
from kg.lexicon import Lexicon
from kg.model import Annotation, Dispute, Entity, Event, Lineage, Statement

__all__ = ["Fuser"]


class Fuser:
    """Keeps the world of a set of documents.

    First documents :meth:`leave` and :meth:`enter`; then :meth:`settle`; then what changed is read from
    :meth:`gone_events`, :meth:`events`, :meth:`statements`, :meth:`entities` and :meth:`lineages`, in this order and to
    the end.

    Args:
        database: Holds the tables; nothing is committed here.
        annotation_of: Returns what conforms of the annotation of a document that has entered, as people judged it.
        lexicon: Gives classes and direct properties.
        settings: Give the confidence from which a claim asserts a direct triple.
        anew: Forget whatever the tables hold: lexicon, settings or the rules of fusing are others now.
        gate: Weighs direct triples; the one that ships with kg unless given.
    """

    def __init__(
        self,
        database: sqlite3.Connection,
        annotation_of: Callable[[str], Annotation],
        *,
        lexicon: Lexicon,
        settings: Settings,
        anew: bool = False,
        gate: Gate | None = None,
    ) -> None:
        if anew:
            drop_tables(database)
        create_tables(database)
        self._database = database
        self._touched = Touched(database)
        self.totals = Totals(database)
        self._census = Census(database)
        self._merges = Merges(database, self._census.named)
        self._reports = Reports(database)
        self._offices = Offices(database, threshold=settings.threshold)
        self._entities = Entities(database, self._census, self._merges, self.totals)
        self._claims = Claims(
            database,
            annotation_of,
            lexicon=lexicon,
            merges=self._merges,
            reports=self._reports,
            offices=self._offices,
            touched=self._touched,
        )
        self._clusters = Clusters(database, self._claims, self._offices, lexicon, self._touched)
        self._events = Events(
            database,
            self._claims,
            self._offices,
            lexicon=lexicon,
            threshold=settings.threshold,
            touched=self._touched,
            totals=self.totals,
            gate=gate or load_gate(),
        )

    # ---- documents

    def enter(self, source: Source) -> None:
        """Take in a document with what conforms of its annotation, not judged yet."""
        self._census.enter(source)
        self._reports.enter(source.document, source.sketch)
        self._offices.enter(source.document.id, source.annotation)
        self._touched.documents.add(source.document.id)

    def leave(self, document_id: str) -> None:
        """Take a document out; one that is not there is passed over."""
        self._entities.leave(document_id, self._reports.source(document_id))
        self._census.leave(document_id)
        self._reports.leave(document_id)
        self._offices.leave(document_id)
        self._touched.documents.add(document_id)

    # ---- what follows

    def settle(
        self, *, reviews: Mapping[str, tuple[str, Review]] = MappingProxyType({}), rules: Iterable[NameRule] = ()
    ) -> Told:
        """Decide anew whatever changed documents, reviews and rules touch.

        Args:
            reviews: All claims that people judged: claim to its document and the review.
            rules: All names that people declared to be one entity, or different ones.

        Returns:
            What the rules mean for these entities.
        """
        self._judge(reviews)
        self._census.settle()
        self._merges.settle(rules)
        self._reports.settle(self._merges.moved, self._merges.canonical)
        self._offices.settle(self._merges)
        for document, _, _ in self._reports.resourced:
            self._touched.documents.add(document)
        self._entities.settle(self._reports.resourced)
        self._claims.touch(self._merges.moved, self._offices.sided, self._census.typed)
        self._claims.settle()
        self._clusters.settle()
        self._events.settle()
        self._merges.moved.clear()
        self._merges.regrouped.clear()
        return self._merges.told

    def _judge(self, reviews: Mapping[str, tuple[str, Review]]) -> None:
        """Touch the documents of claims that are judged otherwise than before."""
        rows = self._database.execute("SELECT claim, document, verdict FROM judged")
        before = {(claim, document, verdict) for claim, document, verdict in rows}
        after = {(claim, document, review.verdict.value) for claim, (document, review) in reviews.items()}
        for claim, document, _ in sorted(before ^ after):
            self._touched.documents.add(document)
            self._offices.judge(claim, reviews[claim][1] if claim in reviews else None)
        # the offices of documents that entered count as if nobody had judged them
        for claim, (_, review) in sorted(reviews.items()):
            self._offices.judge(claim, review)
        self._database.execute("DELETE FROM judged")
        self._database.executemany("INSERT INTO judged VALUES (?, ?, ?)", sorted(after))

    def gone_events(self) -> Iterator[str]:
        """Yield the names of events that are no more, or that :meth:`events` tells anew."""
        yield from (name for (name,) in self._touched.gone.drain())

    def events(self) -> Iterator[tuple[Event, tuple[Dispute, ...]]]:
        """Yield every new or changed event with its disputes."""
        return self._events.changed()

    def statements(self) -> Iterator[tuple[Triple, bool, Statement | None]]:
        """Yield every touched direct triple: whether the world told of it, and what it is now, None where it fell."""
        return self._events.statements()

    def entities(self) -> Iterator[tuple[str, bool, Entity | None]]:
        """Yield the key of each touched entity, whether the world told of it, and the entity, None if it is gone."""
        return self._entities.changed()

    def lineages(self) -> Iterator[tuple[str, bool, Lineage | None]]:
        """Yield each document whose lineage changed, whether the world told of it, and its lineage, None if it left."""
        return self._reports.changed()
