"""Entities over all documents: count them, choose label and class, and find which keys mean the same one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from kg.corrections import NameRule
from kg.fuse.aliases import Name, find_aliases
from kg.fuse.lineage import is_agency, outlet, publisher_key
from kg.fuse.signature import Signature
from kg.fuse.sources import Source
from kg.fuse.statements import supports
from kg.model import Entity, Family, LocalEntity

S = TypeVar("S", bound=str)

__all__ = ["MEDIA", "Census", "take_census"]

MEDIA = "schema:NewsMediaOrganization"


@dataclass(slots=True)
class _Tally:
    """What the documents say of one key."""

    families: Counter[Family] = field(default_factory=Counter)
    types: Counter[tuple[Family, str]] = field(default_factory=Counter)
    labels: Counter[str] = field(default_factory=Counter)
    names: set[str] = field(default_factory=set)
    same_as: set[str] = field(default_factory=set)
    mentions: int = 0
    documents: list[str] = field(default_factory=list)
    publishes: bool = False

    def add(self, local: LocalEntity, mentions: int, document_id: str) -> None:
        self.families[local.family] += 1
        self.types[local.family, local.type] += 1
        self.labels[local.label] += 1
        self.names.update(local.names)
        self.same_as.update(local.same_as)
        self.mentions += mentions
        self.documents.append(document_id)

    @property
    def family(self) -> Family:
        return _winner(self.families)

    @property
    def label(self) -> str:
        return min(self.labels, key=lambda name: (-self.labels[name], -len(name), name))

    @property
    def type(self) -> str:
        if self.publishes:
            return MEDIA
        family = self.family
        return _winner(Counter({kind: n for (of, kind), n in self.types.items() if of is family}))


def _winner(votes: Counter[S]) -> S:
    """Return what most documents say, the alphabetically first of equals."""
    return min(votes, key=lambda value: (-votes[value], value))


@dataclass(frozen=True, slots=True)
class Census:
    """Every entity key of all documents, with the aliases that were merged: alias to (canonical key, reason).

    ``offices`` are the holders and what they hold office in, one item a claim that may assert it.
    """

    tallies: Mapping[str, _Tally]
    aliases: Mapping[str, tuple[str, str]]
    offices: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()

    @property
    def canonical(self) -> dict[str, str]:
        """Alias to canonical key; a key that is no alias is not in it."""
        return {alias: key for alias, (key, _) in self.aliases.items()}

    def media(self) -> frozenset[str]:
        """Return the canonical keys of outlets and agencies."""
        canonical = self.canonical
        found = (key for key, tally in self.tallies.items() if tally.type == MEDIA or is_agency(tally.label))
        return frozenset(canonical.get(key, key) for key in found)

    def sides(self) -> dict[str, str]:
        """Return person to the country or organisation in which, by the claims, it holds office.

        Somebody said to hold office in several acts for the one that most claims name, and for none where two are named
        equally often.
        """
        canonical = self.canonical
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for holders, offices in self.offices:
            acted_for = {canonical.get(key, key) for key in offices}
            for holder in {canonical.get(key, key) for key in holders}:
                votes[holder].update(acted_for)
        return {holder: _most(votes[holder]) for holder in sorted(votes) if _most(votes[holder])}

    def entities(self, sources: Mapping[str, str]) -> tuple[Entity, ...]:
        """Return the entities by key.

        Args:
            sources: Document id to what counts as one independent source.
        """
        members: dict[str, list[str]] = defaultdict(list)
        for alias, (key, _) in self.aliases.items():
            members[key].append(alias)
        return tuple(self._entity(key, sorted(members.get(key, ())), sources) for key in sorted(self.tallies))

    def _entity(self, key: str, aliases: list[str], sources: Mapping[str, str]) -> Entity:
        tally = self.tallies[key]
        group = [tally, *(self.tallies[alias] for alias in aliases)]
        names = {name for one in group for name in (*one.names, *one.labels)}
        target, reason = self.aliases.get(key, (None, None))
        return Entity(
            key=key,
            type=tally.type,
            label=tally.label,
            names=tuple(sorted(names - {tally.label})),
            same_as=_sorted_links({link for one in group for link in one.same_as}),
            mention_count=sum(one.mentions for one in group),
            source_count=len({sources[document] for one in group for document in one.documents}),
            same_as_key=target,
            merged_because=reason,
        )


def _most(votes: Counter[str]) -> str:
    ranked = votes.most_common(2)
    return "" if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]) else ranked[0][0]


def take_census(sources: Iterable[Source], rules: Iterable[NameRule] = (), *, threshold: Decimal) -> Census:
    """Count the entities of all documents, publishers among them, and find the aliases.

    Args:
        sources: Every document.
        rules: What people declared to be one entity or different ones; they come first.
        threshold: The confidence from which a claim tells of an office.
    """
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    offices: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    for source in sources:
        annotation = source.annotation
        mentions = Counter(key for mention in annotation.mentions for key in mention.entities)
        for local in annotation.entities:
            tallies[local.key].add(local, mentions[local.key], source.document.id)
        held = (c for c in annotation.claims if c.event_type == "HoldOffice" and supports(c, threshold))
        offices.extend((claim.entities("agent"), claim.entities("recipient")) for claim in held)
        for name in _outlets(source):
            _add_outlet(tallies[publisher_key(name)], name, source.document.id)
    for tally in tallies.values():
        tally.documents.sort()
    names = {
        key: Name(tally.label, tally.family, tuple(sorted(tally.same_as)), tally.mentions)
        for key, tally in tallies.items()
    }
    return Census(dict(sorted(tallies.items())), find_aliases(names, rules), tuple(offices))


def _outlets(source: Source) -> list[str]:
    """Return the names that a document's graph or its lineage names: publisher, origin and agency."""
    document = source.document
    origin = document.based_on.publisher if document.based_on else None
    found = outlet(document, Signature.unpack(source.sketch).agency)
    return list(dict.fromkeys(name for name in (document.publisher, origin, found) if name))


def _add_outlet(tally: _Tally, name: str, document_id: str) -> None:
    """Count a publisher, which the text need not mention; its own document is a source for it."""
    tally.publishes = True
    tally.families[Family.OTHER] += 1
    tally.types[Family.OTHER, MEDIA] += 1
    tally.labels[name] += 1
    tally.documents.append(document_id)


def _sorted_links(links: set[str]) -> tuple[str, ...]:
    """Return identifiers, Wikidata first."""
    return tuple(sorted(links, key=lambda link: ("wikidata" not in link, link)))
