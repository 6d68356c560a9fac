"""Read the claims and mentions that a graph holds for the annotated documents."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from kg.evaluate.gold import Gold
from kg.iris import KG, PREFIXES, WIKIDATA, is_quarantine

__all__ = ["NUMBERS", "Number", "PredictedClaim", "Prediction", "Value", "read_prediction"]

NUMBERS = ("amount", "price", "count")
_ROLES = (
    "agent", "recipient", "participant", "theme", "topic", "content", "place", "origin", "destination",
    "begin", "end", "deadline", *NUMBERS,
)  # fmt: skip
_NIF, _RDFS, _SKOS, _OWL = (PREFIXES[p] for p in ("nif", "rdfs", "skos", "owl"))
_SCHEMA, _PROV, _ITSRDF, _RDF = (PREFIXES[p] for p in ("schema", "prov", "itsrdf", "rdf"))


@dataclass(frozen=True, slots=True)
class Number:
    """An amount or count: value or bounds, and the currency."""

    value: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """What fills a role: an entity's IRI (empty for words), the texts that show it, and a number."""

    entity: str
    texts: tuple[str, ...]
    number: Number | None = None


@dataclass(frozen=True, slots=True)
class PredictedClaim:
    """One claim of the graph."""

    iri: str
    doc: str
    event_type: str
    evidence: tuple[tuple[int, int], ...]
    trigger: tuple[tuple[int, int], ...]
    roles: Mapping[str, tuple[Value, ...]]
    polarity: str
    modality: str
    attributed_to: tuple[Value, ...]


@dataclass(slots=True)
class Prediction:
    """What the graph says of the gold documents; ``labels``, ``types`` and ``wikidata`` are by entity IRI."""

    claims: list[PredictedClaim] = field(default_factory=list)
    mentions: dict[tuple[str, int, int], set[str]] = field(default_factory=lambda: defaultdict(set))
    labels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    types: dict[str, frozenset[str]] = field(default_factory=dict)
    wikidata: dict[str, frozenset[str]] = field(default_factory=dict)
    documents: frozenset[str] = frozenset()
    bad_offsets: list[str] = field(default_factory=list)


def read_prediction(store: Store, gold: Gold) -> Prediction:
    """Return claims, mentions and entities that a store's union of graphs holds for the gold documents."""
    return _Reader(store, gold).read()


def _text(term: NamedNode | BlankNode | Literal | Triple) -> str:
    """Return a term's IRI or lexical form; quoted triples, which kg never writes, give nothing."""
    return "" if isinstance(term, Triple) else term.value


class _Reader:
    def __init__(self, store: Store, gold: Gold) -> None:
        self.store, self.gold = store, gold
        self.docs = dict(self._documents())
        self.out = Prediction(documents=frozenset(self.docs.values()))

    def read(self) -> Prediction:
        self._check_offsets()
        for subject in sorted(self._subjects(_RDF + "type", NamedNode(KG + "Claim"))):
            claim = self._claim(subject)
            if claim:
                self.out.claims.append(claim)
        for quad in self._quads(None, _ITSRDF + "taIdentRef"):
            place = self._place(_text(quad.subject))
            if place:
                self.out.mentions[place].add(self._entity(_text(quad.object)))
        return self.out

    def _quads(self, subject: str | None, predicate: str, value: NamedNode | None = None) -> Iterator[Quad]:
        """Yield the quads of all graphs but the quarantines, which hold what the graph does not say."""
        node = NamedNode(subject) if subject is not None else None
        for quad in self.store.quads_for_pattern(node, NamedNode(predicate), value, None):
            if not is_quarantine(quad.graph_name):
                yield quad

    def _subjects(self, predicate: str, value: NamedNode) -> Iterator[str]:
        return (_text(q.subject) for q in self._quads(None, predicate, value))

    def _objects(self, subject: str, predicate: str) -> list[str]:
        quads = self._quads(subject, predicate)
        return sorted({_text(q.object) for q in quads})

    def _one(self, subject: str, predicate: str) -> str | None:
        return next(iter(self._objects(subject, predicate)), None)

    def _documents(self) -> Iterator[tuple[str, str]]:
        for quad in self._quads(None, KG + "sha256"):
            if _text(quad.object) in self.gold.hashes:
                yield _text(quad.subject), self.gold.hashes[_text(quad.object)]

    def _place(self, span: str) -> tuple[str, int, int] | None:
        document, _, fragment = span.partition("#")
        match = re.fullmatch(r"char=(\d+),(\d+)", fragment)
        if not match or document not in self.docs:
            return None
        return self.docs[document], int(match[1]), int(match[2])

    def _check_offsets(self) -> None:
        for quad in self._quads(None, _NIF + "anchorOf"):
            place = self._place(_text(quad.subject))
            if place and self.gold.texts[place[0]][place[1] : place[2]] != _text(quad.object):
                self.out.bad_offsets.append(_text(quad.subject))

    def _claim(self, iri: str) -> PredictedClaim | None:
        kind = (self._one(iri, KG + "eventType") or "").rsplit("#", 1)[-1]
        source = self._one(iri, _PROV + "hadPrimarySource")
        if source not in self.docs or kind in ("Act", ""):
            return None
        spans = {p: [self._place(s) for s in self._objects(iri, KG + p)] for p in ("evidence", "trigger")}
        ranges = {p: tuple((s[1], s[2]) for s in found if s) for p, found in spans.items()}
        roles = {role: tuple(self._value(role, v) for v in self._values(iri, KG + role)) for role in _ROLES}
        return PredictedClaim(
            iri=iri,
            doc=self.docs[source],
            event_type=kind,
            evidence=ranges["evidence"],
            trigger=ranges["trigger"],
            roles={role: values for role, values in roles.items() if values},
            polarity=(self._one(iri, KG + "polarity") or "").rsplit("#", 1)[-1],
            modality=(self._one(iri, KG + "modality") or "").rsplit("#", 1)[-1],
            attributed_to=tuple(self._value("agent", v) for v in self._values(iri, KG + "attributedTo")),
        )

    def _values(self, subject: str, predicate: str) -> list[NamedNode | Literal]:
        quads = self._quads(subject, predicate)
        return sorted({q.object for q in quads if isinstance(q.object, NamedNode | Literal)}, key=str)

    def _value(self, role: str, term: NamedNode | Literal) -> Value:
        if isinstance(term, Literal):
            return Value("", (term.value,))
        if role in NUMBERS:
            return Value("", (term.value,), self._number(term.value))
        quote = self._one(term.value, _NIF + "anchorOf")
        if quote is not None:
            return Value(self._entity(self._one(term.value, _ITSRDF + "taIdentRef") or ""), (quote,))
        entity = self._entity(term.value)
        return Value(entity, self.out.labels[entity])

    def _number(self, iri: str) -> Number:
        value, low, high = (self._one(iri, _SCHEMA + p) for p in ("value", "minValue", "maxValue"))
        exact = value if value is not None or low != high else low
        return Number(
            float(exact) if exact is not None else None,
            float(low) if low is not None else None,
            float(high) if high is not None else None,
            self._one(iri, _SCHEMA + "currency"),
        )

    def _entity(self, iri: str) -> str:
        """Return the canonical entity of an IRI, and note its labels, types and links; empty stays empty."""
        if not iri:
            return ""
        same = [o for o in self._objects(iri, _OWL + "sameAs") if "/entity/" in o]
        canonical = next((o for o in same if not o.startswith(WIKIDATA)), iri)
        if canonical not in self.out.labels:
            nodes = [canonical, iri]
            labels = [x for n in nodes for p in (_RDFS + "label", _SKOS + "altLabel") for x in self._objects(n, p)]
            links = {o.rsplit("/", 1)[-1] for n in nodes for o in self._objects(n, _OWL + "sameAs") if WIKIDATA in o}
            self.out.labels[canonical] = tuple(dict.fromkeys(labels)) or (iri.rsplit("/", 1)[-1].replace("_", " "),)
            self.out.types[canonical] = frozenset(t for n in nodes for t in self._objects(n, _RDF + "type"))
            self.out.wikidata[canonical] = frozenset(links)
        return canonical
