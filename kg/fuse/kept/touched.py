"""What of the events a change touches, step by step: claims, blocks, events, statements."""

from __future__ import annotations

import sqlite3

from kg.fuse.kept.queue import Queue

__all__ = ["Touched"]


class Touched:
    """The queues between the steps that make events; each step fills those of the next ones.

    ``documents`` whose claims are to be read anew; ``facts`` that are new or changed; ``pairs`` of which more or fewer
    claims tell, ``blocks`` whose claims changed, ``broken`` events that lost a claim or whose claims changed;
    ``singles`` that look for an event, ``seats`` of events whose guests changed, ``left`` blocks of claims without one;
    ``events`` to be told anew, ``drafts`` that may be several events', ``triples`` whose support changed;
    ``gone`` are the names of events that the world told of and that are no more, or are told anew.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self.documents = Queue(database, "touched_document", "document")
        self.facts = Queue(database, "touched_fact", "fact")
        self.pairs = Queue(database, "touched_pair", "kind", "pair")
        self.blocks = Queue(database, "touched_block", "kind", "block")
        self.broken = Queue(database, "broken_event", "event")
        self.singles = Queue(database, "touched_single", "fact")
        self.seats = Queue(database, "touched_seat", "event")
        self.left = Queue(database, "touched_left", "kind", "block")
        self.events = Queue(database, "touched_event", "event")
        self.drafts = Queue(database, "touched_draft", "draft")
        self.triples = Queue(database, "touched_triple", "subject", "predicate", "object")
        self.gone = Queue(database, "gone_event", "name")

    def break_(self, event: int | None) -> None:
        """Note that an event lost a claim, or that one of its claims changed."""
        if event is not None:
            self.broken.add(event)
