"""Turn what people type into the terms of the graph: entities, classes and properties by name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.iris import DEFAULT_BASE, KG, REL, Iris, prefixes, shorten
from kg.query.engine import Queryable, solutions
from kg.spelling import did_you_mean

__all__ = [
    "Candidate",
    "canonical",
    "entity_candidates",
    "entity_names",
    "resolve_class",
    "resolve_entity",
    "resolve_property",
]

_LOCAL = re.compile(r"[\w.-]+")
_CURIE = re.compile(r"([A-Za-z]\w*):(\S+)")
_IRI = re.compile(r"<?((?:https?|urn):[^<>\s\"{}|\\^`]+)>?")

# The canonical entity of an alias; owl:sameAs also leads to Wikidata, which carries no label here.
_CANONICAL = "SELECT DISTINCT ?entity ?to WHERE { ?entity owl:sameAs ?to . ?to rdfs:label ?label }"
_LINKED = "SELECT DISTINCT ?entity ?to WHERE { ?entity owl:sameAs ?to }"
_NAMES = (
    "SELECT DISTINCT ?entity ?name ?how ?count WHERE {"
    " VALUES (?property ?how) { (rdfs:label 0) (skos:altLabel 1) }"
    " ?entity ?property ?name . OPTIONAL { ?entity kg:mentionCount ?count } }"
)
_CLASSES = "SELECT DISTINCT ?iri WHERE { ?s kg:eventType ?iri }"
_PROPERTIES = "SELECT DISTINCT ?iri WHERE { ?s rdf:predicate ?iri }"
_LABEL = "SELECT DISTINCT ?iri ?label WHERE { ?iri rdfs:label ?label } LIMIT 1"
_ANYTHING = "SELECT DISTINCT ?entity ?property WHERE { ?entity ?property ?value } LIMIT 1"
# Oxigraph binds projected variables only, so the name is projected too.
_LABELLED = "SELECT DISTINCT ?iri ?name WHERE { ?iri rdfs:label ?label FILTER(LCASE(STR(?label)) = ?name) }"


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """An entity that a name may mean; sorts best first: by kind of match, mentions, IRI.

    ``rank`` is 0 for its label, 1 for another of its names, 2 and 3 for the same in other upper or lower case.
    """

    rank: int
    minus_mentions: int
    iri: str
    name: str

    @property
    def mentions(self) -> int:
        """How often the entity is mentioned."""
        return -self.minus_mentions


def resolve_entity(store: Queryable, text: str, *, base: str = DEFAULT_BASE) -> NamedNode:
    """Return the canonical entity that a name, CURIE or IRI means.

    Names are compared with labels first, then with other names, then both without regard to case. An
    alias leads to the entity that it was merged into, a Wikidata IRI to the entity it is linked with.

    Raises:
        QueryError: No entity, or more than one, goes by that name; the message lists what was near.
    """
    text = " ".join(text.split())
    iri = _as_iri(text, base)
    if iri is not None:
        return _existing(store, iri, base)
    found = entity_candidates(store, text, base=base)
    if not found:
        raise QueryError(
            f"no entity is named {text!r}{did_you_mean(text, _all_names(store, base))}",
            remedy="'kg entities' lists them; a CURIE such as ent:Norway works too",
        )
    best = [candidate for candidate in found if candidate.rank == found[0].rank]
    if len(best) > 1:
        listed = ", ".join(f"{shorten(c.iri, base)} ({c.mentions} mentions)" for c in best)
        raise QueryError(
            f"{text!r} may mean {len(best)} entities: {listed}", remedy="Give the CURIE of the one you mean"
        )
    return NamedNode(best[0].iri)


def entity_candidates(store: Queryable, name: str, *, base: str = DEFAULT_BASE) -> tuple[Candidate, ...]:
    """Return the canonical entities that go by a name, best first; empty when there is none."""
    best: dict[str, Candidate] = {}
    aliases = _aliases(store, base)
    for iri, known, how, count in _names(store, base):
        if known.casefold() != name.casefold():
            continue
        rank = how if known == name else how + 2
        target = aliases.get(iri, iri)
        # An alias's own label is only one more name of the entity that it stands for.
        candidate = Candidate(max(rank, 1) if target != iri else rank, -count, target, known)
        best[target] = min(candidate, best.get(target, candidate))
    return tuple(sorted(best.values()))


def canonical(store: Queryable, entity: NamedNode, *, base: str = DEFAULT_BASE) -> NamedNode:
    """Return the entity that an alias was merged into, or the entity itself."""
    own = Iris(base).entity("")
    targets = sorted(
        row["to"].value for row in solutions(store, _CANONICAL, entity=entity) if row["to"].value.startswith(own)
    )
    return NamedNode(targets[0]) if targets else entity


def resolve_class(store: Queryable, text: str, *, base: str = DEFAULT_BASE) -> NamedNode:
    """Return the event class that a CURIE, local name (``Lend``), label or IRI means.

    Raises:
        QueryError: Nothing in the graph is of such a class.
    """
    known = sorted({row["iri"].value for row in solutions(store, _CLASSES)})
    found = _match(store, text, known, (KG,), base)
    if found is None:
        raise _unknown(text, "event class", known)
    return found


def resolve_property(store: Queryable, text: str, *, base: str = DEFAULT_BASE) -> NamedNode:
    """Return the property of direct triples that a CURIE, local name (``lendsTo``), label or IRI means.

    Raises:
        QueryError: No direct triple has such a property, and the ontology does not declare it.
    """
    known = sorted({row["iri"].value for row in solutions(store, _PROPERTIES)})
    found = _match(store, text, known, (KG, REL), base)
    if found is None:
        raise _unknown(text, "property", known)
    return found


def _match(store: Queryable, text: str, known: list[str], spaces: tuple[str, ...], base: str) -> NamedNode | None:
    """Return the term that is meant: by IRI, then by local name, then by label; those in use first."""
    iri = _as_iri(text, base)
    for guess in [iri.value] if iri else [space + text for space in spaces if _LOCAL.fullmatch(text)]:
        if guess in known or _declared(store, guess):
            return NamedNode(guess)
    local = [term for term in known if _local(term).casefold() == text.casefold()]
    labelled = sorted(term for term in _labelled(store, text) if term in known or term.startswith(spaces))
    return next((NamedNode(term) for term in (*local, *labelled)), None)


def _unknown(text: str, what: str, known: list[str]) -> QueryError:
    names = [_local(term) for term in known]
    used = ", ".join(names) or "none"
    return QueryError(f"{text!r} is no {what} of this graph{did_you_mean(text, names)}; used: {used}")


def _local(iri: str) -> str:
    return re.split(r"[#/]", iri)[-1]


def _declared(store: Queryable, iri: str) -> bool:
    return any(True for _ in solutions(store, _LABEL, iri=NamedNode(iri)))


def _labelled(store: Queryable, text: str) -> list[str]:
    return [row["iri"].value for row in solutions(store, _LABELLED, name=Literal(text.casefold()))]


def _as_iri(text: str, base: str) -> NamedNode | None:
    """Return the IRI that a text is or abbreviates; None for a name ("Talks: the sequel" is a name)."""
    full, curie, known = _IRI.fullmatch(text), _CURIE.fullmatch(text), prefixes(base)
    if full:
        iri = full[1]
    elif curie and curie[1] in known:
        iri = known[curie[1]] + curie[2]
    else:
        return None
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise QueryError(f"{text!r} is no valid {'IRI' if full else 'CURIE'}: {error}") from error


def _existing(store: Queryable, iri: NamedNode, base: str) -> NamedNode:
    own = Iris(base).entity("")
    if iri.value.startswith(own):
        if not any(True for _ in solutions(store, _ANYTHING, entity=iri)):
            names = {shorten(row, base) for row, _, _, _ in _names(store, base)}
            hint = did_you_mean(shorten(iri.value, base), names)
            raise QueryError(f"the graph holds no entity {shorten(iri.value, base)}{hint}")
        return canonical(store, iri, base=base)
    linked = sorted({canonical(store, row["entity"], base=base).value for row in solutions(store, _LINKED, to=iri)})
    if not linked:
        raise QueryError(f"no entity of this graph is linked with {shorten(iri.value, base)}")
    return NamedNode(linked[0])


def _names(store: Queryable, base: str) -> list[tuple[str, str, int, int]]:
    """Return (entity, name, 0 for a label or 1 for another name, mentions) of every entity."""
    own = Iris(base).entity("")
    return [
        (row["entity"].value, row["name"].value, int(row["how"].value), int(row["count"].value) if row["count"] else 0)
        for row in solutions(store, _NAMES)
        if row["entity"].value.startswith(own)
    ]


def entity_names(store: Queryable, *, base: str = DEFAULT_BASE) -> dict[str, str]:
    """Return every name of an entity with the CURIE of the canonical one that it means most often."""
    aliases = _aliases(store, base)
    ranked = sorted(_names(store, base), key=lambda row: (row[3], -row[2], row[0]))
    return {name: shorten(aliases.get(iri, iri), base) for iri, name, _, _ in ranked}


def _aliases(store: Queryable, base: str) -> dict[str, str]:
    own = Iris(base).entity("")
    pairs = solutions(store, _CANONICAL)
    return {row["entity"].value: row["to"].value for row in pairs if row["to"].value.startswith(own)}


def _all_names(store: Queryable, base: str) -> set[str]:
    return {name for _, name, _, _ in _names(store, base)}
