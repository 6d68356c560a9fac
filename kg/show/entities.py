"""The entities of a graph, and why names were taken as one, or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

import pyoxigraph as ox

from kg.corrections import NameRule
from kg.fuse.aliases import Name
from kg.fuse.told import meanings, tell_rules
from kg.fuse.why import is_near, why_apart
from kg.iris import DEFAULT_BASE, Iris, shorten
from kg.model import Family
from kg.query import Result, parse_query, run
from kg.query.engine import solutions
from kg.query.resolve import entity_candidates, resolve_entity
from kg.show.counts import counted

__all__ = ["EntityView", "list_entities", "read_entities", "why_text"]

_LIST = """#+ title: Entities
#+ param: kind (string) Part of the class's name.
#+ param: name (string) Part of the entity's label or of another of its names, in lower case.
#+ column: label The name that most documents use.
#+ column: type Its class.
#+ column: mentions Mentions, its aliases' included.
#+ column: sources Independent sources.
#+ column: names How many other names it has.
#+ column: entity The entity.
SELECT DISTINCT ?label ?type ?mentions ?sources (COUNT(DISTINCT ?alt) AS ?names) ?entity ?kind ?name WHERE {
  ?entity kg:mentionCount ?mentions ; kg:sourceCount ?sources ; rdfs:label ?label ; a ?type .
  FILTER NOT EXISTS { ?entity kg:mergedBecause ?why }
  OPTIONAL { ?entity skos:altLabel ?alt }
  FILTER(COALESCE(CONTAINS(LCASE(STR(?type)), LCASE(?kind)), true))
  FILTER EXISTS { ?entity rdfs:label|skos:altLabel ?any FILTER(COALESCE(CONTAINS(LCASE(?any), ?name), true)) }
}
GROUP BY ?label ?type ?mentions ?sources ?entity ?kind ?name
ORDER BY DESC(?mentions) ?label ?entity
"""
_ALL = """
SELECT DISTINCT ?entity ?label ?type ?mentions ?sources ?target ?why WHERE {
  ?entity kg:mentionCount ?mentions ; kg:sourceCount ?sources ; rdfs:label ?label ; a ?type .
  OPTIONAL { ?entity kg:mergedBecause ?why ; owl:sameAs ?target . ?target kg:mentionCount ?n }
} ORDER BY ?entity"""
_LINKS = "SELECT DISTINCT ?entity ?link WHERE { ?entity owl:sameAs ?link ; kg:mentionCount ?n } ORDER BY ?entity ?link"
_NEAR = 12

_PLACES = frozenset(("schema:Country", "schema:City", "schema:Place"))


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityView:
    """An entity with what was merged into it and what was not.

    ``merged`` holds (name, CURIE, reason) of each alias, ``apart`` the same of entities with near names that stayed on
    their own; ``names`` are its other names in the texts, ``links`` its items elsewhere.
    """

    iri: str
    label: str
    type: str
    mentions: int
    sources: int
    links: tuple[str, ...]
    names: tuple[str, ...]
    merged: tuple[tuple[str, str, str], ...]
    apart: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class _Row:
    iri: str
    label: str
    type: str
    mentions: int
    sources: int
    target: str | None
    why: str


def list_entities(store: ox.Store, *, kind: str = "", name: str = "", base: str = DEFAULT_BASE) -> Result:
    """Return the canonical entities, those with most mentions first: label, type, mentions, sources, names, entity.

    Args:
        store: Read only.
        kind: Part of the class (``person``); all where it is empty.
        name: Part of a name; all where it is empty.
        base: The base of the graph's IRIs.
    """
    params = {key: value.casefold() for key, value in (("kind", kind), ("name", name)) if value}
    return run(store, parse_query(_LIST, name="entities"), params=params, base=base)


def read_entities(
    store: ox.Store, name: str, *, rules: Iterable[NameRule] = (), base: str = DEFAULT_BASE
) -> tuple[EntityView, ...]:
    """Return the entities that go by a name, each with its merges.

    Args:
        store: Read only.
        name: A name, CURIE or IRI; a name of several entities gives them all.
        rules: The user's, since what they keep apart does not stand in the graph.
        base: The base of the graph's IRIs.

    Raises:
        QueryError: No entity goes by that name.
    """
    found = [candidate.iri for candidate in entity_candidates(store, " ".join(name.split()), base=base)]
    iris = found or [resolve_entity(store, name, base=base).value]
    corpus = _Corpus(store, rules, base)
    return tuple(corpus.view(iri) for iri in iris)


class _Corpus:
    """All entities of a graph, as merging saw them."""

    def __init__(self, store: ox.Store, rules: Iterable[NameRule], base: str) -> None:
        self.store = store
        self.base = base
        self.rows = {row.iri: row for row in _rows(store, base)}
        self.links: dict[str, list[str]] = {}
        own = Iris(base).entity("")
        for row in solutions(store, _LINKS, base=base):
            if not row["link"].value.startswith(own):
                self.links.setdefault(row["entity"].value, []).append(row["link"].value)
        self.names = {iri: self._name(row) for iri, row in self.rows.items() if row.target is None}
        labels = {unquote(iri.removeprefix(own)): row.label for iri, row in self.rows.items()}
        self.told = tell_rules(meanings(labels), rules).apart

    def _name(self, row: _Row) -> Name:
        return Name(row.label, _family(row.type), tuple(self.links.get(row.iri, ())), row.mentions)

    def view(self, iri: str) -> EntityView:
        row = self.rows[iri]
        merged = [other for other in self.rows.values() if other.target == iri]
        return EntityView(
            iri=shorten(iri, self.base),
            label=row.label,
            type=row.type,
            mentions=row.mentions,
            sources=row.sources,
            links=tuple(shorten(link, self.base) for link in sorted(self.links.get(iri, ()), key=_wikidata_first)),
            names=tuple(self._other_names(iri)),
            merged=tuple(sorted((other.label, shorten(other.iri, self.base), other.why) for other in merged)),
            apart=tuple(self._apart(iri, merged)),
        )

    def _other_names(self, iri: str) -> Iterator[str]:
        query = "SELECT DISTINCT ?name ?entity WHERE { ?entity skos:altLabel ?name } ORDER BY ?name"
        yield from (row["name"].value for row in solutions(self.store, query, base=self.base, entity=ox.NamedNode(iri)))

    def _apart(self, iri: str, merged: Iterable[_Row]) -> Iterator[tuple[str, str, str]]:
        """Yield the entities with near names, the most mentioned first."""
        group = [iri, *(other.iri for other in merged)]
        labels = [self.rows[member].label for member in group]
        ranked = sorted(self.names, key=lambda other: (-self.names[other].mentions, other))
        near = [o for o in ranked if o != iri and any(is_near(self.names[o].label, label) for label in labels)]
        for other in near[:_NEAR]:
            reason = why_apart(self.names[iri], self.names[other], told=self._said(group, other), others=self.names)
            yield self.names[other].label, shorten(other, self.base), reason

    def _said(self, group: Iterable[str], other: str) -> str | None:
        own = Iris(self.base).entity("")
        others = [other, *(row.iri for row in self.rows.values() if row.target == other)]
        pairs = (frozenset(unquote(iri.removeprefix(own)) for iri in (one, two)) for one in group for two in others)
        return next((self.told[pair] for pair in pairs if pair in self.told), None)


def _rows(store: ox.Store, base: str) -> Iterator[_Row]:
    own = Iris(base).entity("")
    for row in solutions(store, _ALL, base=base):
        target = row["target"].value if row["target"] else None
        yield _Row(
            iri=row["entity"].value,
            label=row["label"].value,
            type=shorten(row["type"].value, base),
            mentions=int(row["mentions"].value),
            sources=int(row["sources"].value),
            target=target if target and target.startswith(own) else None,
            why=row["why"].value if row["why"] else "",
        )


def _family(type_: str) -> Family:
    if type_ == "schema:Person":
        return Family.PERSON
    return Family.PLACE if type_ in _PLACES else Family.OTHER


def _wikidata_first(link: str) -> tuple[bool, str]:
    return "wikidata" not in link, link


def why_text(views: Iterable[EntityView]) -> str:
    """Return entities with the reasons for and against taking names as one, for reading."""
    return "\n\n".join("\n".join(_lines(view)) for view in views)


def _lines(view: EntityView) -> Iterator[str]:
    links = "".join(f", {link}" for link in view.links)
    counts = f"{counted(view.mentions, 'mention')}, {counted(view.sources, 'source')}"
    yield f"{view.label} ({view.iri}), {view.type}, {counts}{links}"
    if view.names:
        yield f"  Other names in the texts: {', '.join(view.names)}"
    yield "  Taken as one:" if view.merged else "  No other entity was taken as this one."
    yield from (f"    {label} ({iri}): {reason}" for label, iri, reason in view.merged)
    if view.apart:
        yield "  Kept apart:"
    yield from (f"    {label} ({iri}): {reason}" for label, iri, reason in view.apart)
