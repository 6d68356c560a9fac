"""Compare two graphs at the level of claims, events and direct triples: what a new lexicon, model or article changed.

Hashes are no guide, since a claim's changes with any part of its text: claims are paired by source, sentence and
trigger, events by hash, else by the claims that they share, direct triples by what they say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

import pyoxigraph as ox

from kg.iris import DEFAULT_BASE, KG, PREFIXES, shorten
from kg.store.claims import ClaimReader, StoredClaim

__all__ = ["Change", "Difference", "compare"]

_RDF = PREFIXES["rdf"]

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
Facts = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing in which the graphs differ.

    ``kind`` is claim, event or triple; ``before`` and ``after`` put it in words, None where a graph does not have it.
    ``details`` lists what changed of a thing that both have; ``source``, ``published`` and ``quote`` are those of the
    claim, else of the first one behind it; ``iri`` is its CURIE in the second graph, else in the first.
    """

    kind: str
    iri: str
    before: str | None
    after: str | None
    details: tuple[str, ...] = ()
    source: str = ""
    published: str = ""
    quote: str = ""

    @property
    def sign(self) -> str:
        """``+`` for added, ``-`` for removed, ``~`` for changed."""
        return "+" if self.before is None else "-" if self.after is None else "~"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """All changes: claims, then events, then direct triples, each in a fixed order; true where there are any."""

    changes: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.changes)

    def count(self, kind: str, sign: str) -> int:
        """Return how many changes there are of a kind with a sign."""
        return sum(change.kind == kind and change.sign == sign for change in self.changes)


@dataclass(frozen=True, slots=True)
class _Thing:
    """A claim, event or direct triple: its CURIE, a title, the facts that may change, the first claim behind it."""

    iri: str
    title: str
    facts: Facts
    claims: tuple[StoredClaim, ...]


def compare(
    first: ox.Store, second: ox.Store, *, base: str = DEFAULT_BASE, other_base: str | None = None
) -> Difference:
    """Return what differs between two graphs.

    Args:
        first: The graph before.
        second: The graph after.
        base: The base of the first graph's IRIs.
        other_base: That of the second; by default the same.
    """
    before, after = _Side(first, base), _Side(second, other_base or base)
    changes = [
        *_changes("claim", _paired_claims(before, after)),
        *_changes("event", _paired_events(before, after)),
        *_changes("triple", _paired(before.triples(), after.triples())),
    ]
    return Difference(changes=tuple(changes))


class _Side:
    """One of the two graphs."""

    def __init__(self, store: ox.Store, base: str) -> None:
        self.store = store
        self.base = base
        self.reader = ClaimReader(store, base=base)
        self.claims = {claim.id: claim for claim in self.reader.claims() if not claim.quarantined}

    def events(self) -> dict[str, _Thing]:
        return {thing.iri: thing for node in self._nodes(f"{KG}Event") if (thing := self._event(node))}

    def triples(self) -> dict[str, _Thing]:
        return {thing.title: thing for node in self._nodes(f"{_RDF}Statement") if (thing := self._triple(node))}

    def _nodes(self, kind: str) -> list[ox.NamedNode]:
        quads = self.store.quads_for_pattern(None, ox.NamedNode(f"{_RDF}type"), ox.NamedNode(kind), None)
        nodes = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
        return [ox.NamedNode(iri) for iri in sorted(nodes)]

    def _behind(self, node: ox.NamedNode, predicate: str) -> tuple[StoredClaim, ...]:
        quads = self.store.quads_for_pattern(node, ox.NamedNode(KG + predicate), None, None)
        hashes = (getattr(quad.object, "value", "").rpartition("/")[2] for quad in quads)
        found = (self.claims[name] for name in hashes if name in self.claims)
        return tuple(sorted(found, key=lambda c: (str(c.published), c.source, c.begin, c.at, c.id)))

    def _facts(self, node: ox.NamedNode, *names: str) -> dict[str, str]:
        found = {name: self.reader.one(node, KG + name) for name in names}
        return {name: shorten(value).partition("kg:")[2] or value for name, value in found.items() if value}

    def _event(self, node: ox.NamedNode) -> _Thing | None:
        claims = self._behind(node, "claim")
        if not claims:
            return None
        facts = _role_facts(self.reader, node)
        title = f"{claims[0].kind}: {', '.join(f'{name} {text}' for name, text in facts.items()) or 'nothing agreed'}"
        facts |= self._facts(node, "polarity", "modality", "disputed", "sourceCount")
        return _Thing(shorten(node.value, self.base), title, facts, claims)

    def _triple(self, node: ox.NamedNode) -> _Thing | None:
        terms = [self.reader.one(node, _RDF + name) for name in ("subject", "predicate", "object")]
        title = " ".join(shorten(term, self.base) for term in terms)
        facts = self._facts(node, "earliest", "latest", "attributedOnly", "sourceCount")
        denied = self._behind(node, "deniedBy")
        facts |= {"denials": str(len(denied))} if denied else {}
        return _Thing(shorten(node.value, self.base), title, facts, self._behind(node, "supportedBy"))


def _role_facts(reader: ClaimReader, node: ox.NamedNode) -> dict[str, str]:
    values: dict[str, list[str]] = defaultdict(list)
    for role in reader.roles(node):
        values[role.name].append(role.text)
    return {name: " and ".join(texts) for name, texts in values.items()}


def _claim_thing(claim: StoredClaim) -> _Thing:
    values: dict[str, list[str]] = defaultdict(list)
    for role in claim.roles:
        values[role.name].append(role.text)
    facts = {name: " and ".join(texts) for name, texts in values.items()}
    facts |= {"class": claim.kind, "polarity": claim.polarity, "modality": claim.modality}
    facts |= {"confidence": str(claim.confidence)}
    facts |= {"said by": ", ".join(claim.said_by)} if claim.said_by else {}
    facts |= {"review": claim.review} if claim.review else {}
    return _Thing(f"claim:{claim.id}", claim.summary, facts, (claim,))


def _place(claim: StoredClaim) -> tuple[str, str, int]:
    """Return where a claim stands, whatever else changed in its text."""
    return claim.source_key, claim.quote, claim.at


def _paired_claims(before: _Side, after: _Side) -> Iterator[tuple[_Thing | None, _Thing | None]]:
    """Pair the claims of each place: those that say the same first, what is left in order."""
    places: dict[tuple[str, str, int], tuple[list[StoredClaim], list[StoredClaim]]] = defaultdict(lambda: ([], []))
    for number, side in enumerate((before, after)):
        for claim in side.claims.values():
            places[_place(claim)][number].append(claim)
    for _, (old, new) in sorted(places.items(), key=lambda item: item[0]):
        for one, other in _matched(old, new):
            yield _claim_thing(one) if one else None, _claim_thing(other) if other else None


def _matched(old: list[StoredClaim], new: list[StoredClaim]) -> Iterator[tuple[StoredClaim | None, StoredClaim | None]]:
    left = sorted(new, key=lambda c: (c.kind, c.content))
    rest = []
    for claim in sorted(old, key=lambda c: (c.kind, c.content)):
        twin = next((other for other in left if other.content == claim.content), None)
        if twin:
            left.remove(twin)
            yield claim, twin
        else:
            rest.append(claim)
    for claim in rest:
        # another reading of one trigger is a change where the class stayed or only one reading is left
        near = next((other for other in left if other.kind == claim.kind), left[0] if len(left) == 1 else None)
        if near:
            left.remove(near)
        yield claim, near
    yield from ((None, claim) for claim in left)


def _paired_events(before: _Side, after: _Side) -> Iterator[tuple[_Thing | None, _Thing | None]]:
    """Pair events by hash; those that are left by the places of the claims that tell of them."""
    old, new = before.events(), after.events()
    for iri in sorted(old.keys() & new.keys()):
        yield old.pop(iri), new.pop(iri)
    homes = {_place(claim): iri for iri in sorted(new) for claim in new[iri].claims}
    for _, thing in sorted(old.items()):
        shared = sorted({homes[_place(claim)] for claim in thing.claims if _place(claim) in homes} & new.keys())
        yield thing, new.pop(shared[0]) if shared else None
    yield from ((None, new[iri]) for iri in sorted(new))


def _paired(old: Mapping[K, T], new: Mapping[K, T]) -> Iterator[tuple[T | None, T | None]]:
    yield from ((old.get(key), new.get(key)) for key in sorted(old.keys() | new.keys(), key=str))


def _changes(kind: str, pairs: Iterable[tuple[_Thing | None, _Thing | None]]) -> Iterator[Change]:
    for old, new in pairs:
        details = tuple(_details(old.facts, new.facts)) if old and new else ()
        thing = new or old
        if thing is None or (old and new and not details):
            continue
        claim = thing.claims[0] if thing.claims else None
        yield Change(
            kind=kind,
            iri=thing.iri,
            before=old.title if old else None,
            after=new.title if new else None,
            details=details,
            source=claim.source if claim else "",
            published=str(claim.published or "") if claim else "",
            quote=" ".join(claim.quote.split()) if claim else "",
        )


def _details(old: Facts, new: Facts) -> Iterator[str]:
    for name in [*old, *(name for name in new if name not in old)]:
        if old.get(name) != new.get(name):
            yield f"{_SPOKEN.get(name, name)} {old.get(name, 'none')} → {new.get(name, 'none')}"


_SPOKEN = {"sourceCount": "independent sources", "attributedOnly": "attributed only"}
