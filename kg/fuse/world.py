"""Wire fusing: census and lineages first, then group by group of comparable claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.config import Settings
from kg.corrections import NameRule
from kg.fuse.blocks import cluster, group_key
from kg.fuse.entities import take_census
from kg.fuse.events import make_events
from kg.fuse.facts import Fact, facts_of
from kg.fuse.lineage import find_lineages
from kg.fuse.runs import grouped
from kg.fuse.sources import Sources
from kg.fuse.statements import make_statements
from kg.fuse.trust import Ends
from kg.lexicon import Lexicon
from kg.model import Dispute, Entity, Event, Lineage, Statement, World

__all__ = ["Part", "fuse", "fuse_parts"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the world: entities and lineages come first, then the events of one group after the other."""

    entities: tuple[Entity, ...] = ()
    lineages: tuple[Lineage, ...] = ()
    events: tuple[Event, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    statements: tuple[Statement, ...] = ()


def fuse(sources: Sources, *, lexicon: Lexicon, settings: Settings, rules: Sequence[NameRule] = ()) -> World:
    """Return the world of all documents, the same for every order of them.

    Args:
        sources: Every document's records; iterated several times.
        lexicon: Gives classes and direct properties.
        settings: Gives the confidence from which a claim asserts a direct triple.
        rules: Names that people declared to be one entity, or different ones.
    """
    parts = list(fuse_parts(sources, lexicon=lexicon, settings=settings, rules=rules))
    return World(
        entities=tuple(entity for part in parts for entity in part.entities),
        lineages=tuple(lineage for part in parts for lineage in part.lineages),
        events=tuple(sorted((event for part in parts for event in part.events), key=lambda e: e.id)),
        disputes=tuple(sorted((d for part in parts for d in part.disputes), key=lambda d: (d.event, d.role))),
        statements=tuple(
            sorted((s for p in parts for s in p.statements), key=lambda s: (s.subject, s.predicate, s.object))
        ),
    )


def fuse_parts(
    sources: Sources, *, lexicon: Lexicon, settings: Settings, rules: Sequence[NameRule] = ()
) -> Iterator[Part]:
    """Yield the world part by part, so that not all of its events are in memory at once; arguments as for fuse."""
    census = take_census(sources, rules, threshold=settings.threshold)
    canonical = census.canonical
    found = find_lineages(sources, canonical=canonical)
    lineages = {lineage.document_id: lineage for lineage in found}
    counting = {document: lineage.source for document, lineage in lineages.items()}
    entities = census.entities(counting)
    yield Part(entities=entities, lineages=found)

    media = census.media()

    def facts() -> Iterator[Fact]:
        for source in sources:
            yield from facts_of(source, canonical=canonical, lineages=lineages, media=media)

    ends = Ends({entity.key: entity.type for entity in entities}, census.sides())
    for _, group in grouped((group_key(fact.claim), fact) for fact in facts()):
        yield _fuse_group(group, lexicon, settings, ends)


def _fuse_group(group: list[Fact], lexicon: Lexicon, settings: Settings, ends: Ends) -> Part:
    made = make_events(cluster(group, lexicon, ends.sides), ends.sides)
    return Part(
        events=tuple(event for event, _, _ in made),
        disputes=tuple(dispute for _, disputes, _ in made for dispute in disputes),
        statements=tuple(
            make_statements(((event, facts) for event, _, facts in made), lexicon, settings.threshold, ends)
        ),
    )
