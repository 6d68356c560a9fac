"""Fuse all documents at once, in memory: the steps of :class:`kg.fuse.kept.fuser.Fuser` with everything touched."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from kg.config import Settings
from kg.corrections import NameRule
from kg.fuse.gate import Gate
from kg.fuse.kept.fuser import Fuser
from kg.fuse.sources import Source
from kg.lexicon import Lexicon
from kg.model import World

__all__ = ["fuse", "world_of"]


def fuse(
    sources: Iterable[Source],
    *,
    lexicon: Lexicon,
    settings: Settings,
    rules: Sequence[NameRule] = (),
    gate: Gate | None = None,
) -> World:
    """Return the world of all documents, the same for every order of them.

    Args:
        sources: Every document's records, each document once.
        lexicon: Gives classes and direct properties.
        settings: Gives the confidence from which a claim asserts a direct triple.
        rules: Names that people declared to be one entity, or different ones.
        gate: Weighs direct triples; the one that ships with kg unless given.

    Raises:
        ValueError: A document comes twice.
    """
    given: dict[str, Source] = {}
    for source in sources:
        if source.document.id in given:
            raise ValueError(f"the document {source.document.id} ({source.document.source_path}) comes twice")
        given[source.document.id] = source
    database = sqlite3.connect(":memory:", isolation_level=None)
    try:
        fuser = Fuser(database, lambda key: given[key].annotation, lexicon=lexicon, settings=settings, gate=gate)
        for source in given.values():
            fuser.enter(source)
        fuser.settle(rules=rules)
        return world_of(fuser)
    finally:
        database.close()


def world_of(fuser: Fuser) -> World:
    """Return everything that a fuser tells, sorted; of one that has told before, only what changed."""
    told = list(fuser.events())
    return World(
        events=tuple(sorted((event for event, _ in told), key=lambda e: e.id)),
        disputes=tuple(sorted((d for _, disputes in told for d in disputes), key=lambda d: (d.event, d.role))),
        statements=tuple(
            sorted((s for _, _, s in fuser.statements() if s), key=lambda s: (s.subject, s.predicate, s.object))
        ),
        entities=tuple(sorted((entity for *_, entity in fuser.entities() if entity), key=lambda e: e.key)),
        lineages=tuple(sorted((line for *_, line in fuser.lineages() if line), key=lambda line: line.document_id)),
    )
