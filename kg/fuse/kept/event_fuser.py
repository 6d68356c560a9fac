"""The second half of fusing: which claims tell of one event, and what follows from them.

    claims -> clusters -> events -> statements

Claims of different kinds (:func:`kg.fuse.blocks.group_key`) never meet, so the kinds may be dealt with on any machine.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator

from kg.config import Settings
from kg.fuse.gate import Gate, load_gate
from kg.fuse.kept.claims import Claims, PlacedRow
from kg.fuse.kept.clusters import Clusters
from kg.fuse.kept.entity_fuser import EntityFuser
from kg.fuse.kept.events import Events
from kg.fuse.kept.totals import Totals
from kg.fuse.kept.touched import Touched
from kg.fuse.statements import Triple
from kg.lexicon import Lexicon
from kg.model import Annotation, Dispute, Event, Statement

__all__ = ["EventFuser"]


class EventFuser:
    """Keeps the events of a set of claims.

    Args:
        database: Holds the tables.
        annotation_of: Returns what conforms of the annotation of a document that has entered, as people judged it.
        entities: The first half, settled.
        lexicon: Gives classes and direct properties.
        settings: Give the confidence from which a claim asserts a direct triple.
        touched: Gives what to look at.
        totals: Are kept up to date.
        gate: Weighs direct triples; the one that ships with kg unless given.
    """

    def __init__(
        self,
        database: sqlite3.Connection,
        annotation_of: Callable[[str], Annotation],
        entities: EntityFuser,
        *,
        lexicon: Lexicon,
        settings: Settings,
        touched: Touched,
        totals: Totals,
        gate: Gate | None = None,
    ) -> None:
        self._entities = entities
        self._touched = touched
        self._claims = Claims(
            database,
            annotation_of,
            lexicon=lexicon,
            merges=entities.merges,
            reports=entities.reports,
            offices=entities.offices,
            touched=touched,
        )
        self._clusters = Clusters(database, self._claims, entities.offices, lexicon, touched)
        self._events = Events(
            database,
            self._claims,
            entities.offices,
            lexicon=lexicon,
            threshold=settings.threshold,
            touched=touched,
            totals=totals,
            gate=gate or load_gate(),
        )

    def read(self) -> None:
        """Read the claims of the touched documents, without clustering them."""
        self._claims.settle()

    def placed(self) -> Iterator[PlacedRow]:
        """Yield all claims that were read, with where they may go."""
        return self._claims.placed()

    def take(self, rows: Iterable[PlacedRow]) -> None:
        """Take in claims that were read elsewhere; all of their kinds have to be."""
        self._claims.take(rows)

    def settle(self) -> None:
        """Decide anew whatever changed documents and entities touch."""
        merges, offices, census = self._entities.merges, self._entities.offices, self._entities.census
        self._claims.touch(merges.moved, offices.sided, census.typed)
        self._claims.settle()
        self._clusters.settle()
        self._events.settle()

    def gone(self) -> Iterator[str]:
        """Yield the names of events that are no more, or that :meth:`events` tells anew."""
        yield from (name for (name,) in self._touched.gone.drain())

    def events(self) -> Iterator[tuple[Event, tuple[Dispute, ...]]]:
        """Yield every new or changed event with its disputes."""
        return self._events.changed()

    def supports(self) -> Iterator[tuple[str, str, str, bytes]]:
        """Yield what each event supports: a direct triple, and the record of its claims; once the events were told."""
        return self._events.supports()

    def statements(self) -> Iterator[tuple[Triple, bool, Statement | None]]:
        """Yield every touched direct triple: whether the world told of it, and what it is now, None where it fell."""
        return self._events.statements()
