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
from kg.fuse.gate import Gate
from kg.fuse.kept.entity_fuser import EntityFuser
from kg.fuse.kept.event_fuser import EventFuser
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
        self._entities = EntityFuser(database, self.totals, threshold=settings.threshold)
        self._events = EventFuser(
            database,
            annotation_of,
            self._entities,
            lexicon=lexicon,
            settings=settings,
            touched=self._touched,
            totals=self.totals,
            gate=gate,
        )

    # ---- documents

    def enter(self, source: Source) -> None:
        """Take in a document with what conforms of its annotation, not judged yet."""
        self._entities.enter(source)
        self._touched.documents.add(source.document.id)

    def leave(self, document_id: str) -> None:
        """Take a document out; one that is not there is passed over."""
        self._entities.leave(document_id)
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
        self._entities.settle(rules, self._touched.documents)
        self._events.settle()
        merges = self._entities.merges
        merges.moved.clear()
        merges.regrouped.clear()
        return merges.told

    def _judge(self, reviews: Mapping[str, tuple[str, Review]]) -> None:
        """Touch the documents of claims that are judged otherwise than before."""
        rows = self._database.execute("SELECT claim, document, verdict FROM judged")
        before = {(claim, document, verdict) for claim, document, verdict in rows}
        after = {(claim, document, review.verdict.value) for claim, (document, review) in reviews.items()}
        for claim, document, _ in sorted(before ^ after):
            self._touched.documents.add(document)
            self._entities.offices.judge(claim, reviews[claim][1] if claim in reviews else None)
        # the offices of documents that entered count as if nobody had judged them
        for claim, (_, review) in sorted(reviews.items()):
            self._entities.offices.judge(claim, review)
        self._database.execute("DELETE FROM judged")
        self._database.executemany("INSERT INTO judged VALUES (?, ?, ?)", sorted(after))

    def gone_events(self) -> Iterator[str]:
        """Yield the names of events that are no more, or that :meth:`events` tells anew."""
        return self._events.gone()

    def events(self) -> Iterator[tuple[Event, tuple[Dispute, ...]]]:
        """Yield every new or changed event with its disputes."""
        return self._events.events()

    def statements(self) -> Iterator[tuple[Triple, bool, Statement | None]]:
        """Yield every touched direct triple: whether the world told of it, and what it is now, None where it fell."""
        return self._events.statements()

    def entities(self) -> Iterator[tuple[str, bool, Entity | None]]:
        """Yield the key of each touched entity, whether the world told of it, and the entity, None if it is gone."""
        return self._entities.entities()

    def lineages(self) -> Iterator[tuple[str, bool, Lineage | None]]:
        """Yield each document whose lineage changed, whether the world told of it, and its lineage, None if it left."""
        return self._entities.lineages()
