"""Read claims back from a store, with their roles in words: what comparing, correcting and printing them needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pyoxigraph as ox

from kg.iris import DEFAULT_BASE, KG, PREFIXES, Iris, digest, shorten
from kg.store.wording import duration_words, number_words

__all__ = ["ClaimReader", "RoleText", "StoredClaim", "role_words"]

_NOT_ROLES = frozenset((
    "event", "eventType", "evidence", "trigger", "polarity", "modality", "confidence", "rule", "predicate",
    "attributedTo", "via", "timeExpression", "earliest", "latest", "reviewedAs", "claim", "disputed", "sourceCount",
))  # fmt: skip
_ORDER = ("agent", "participant", "recipient", "theme", "topic", "content", "amount", "price", "count", "destination",
          "origin", "place", "begin", "end")  # fmt: skip
_NIF, _RDFS, _SCHEMA, _PROV = (PREFIXES[name] for name in ("nif", "rdfs", "schema", "prov"))

Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True, order=True)
class RoleText:
    """A filled role: its name, its value in words, and what tells the value from others (a CURIE for entities)."""

    name: str
    text: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredClaim:
    """One claim of a graph.

    ``id`` is its hash, ``kind`` its class, of an act with the predicate; ``begin`` the sentence's offset in the text,
    ``at`` the trigger's in the sentence. ``quarantined`` claims failed validation; ``review`` and ``note`` are what
    somebody found of it, None where nobody did. ``speakers`` are ``said_by`` and ``via`` by CURIE.
    """

    id: str
    kind: str
    roles: tuple[RoleText, ...]
    polarity: str
    modality: str
    confidence: Decimal
    said_by: tuple[str, ...]
    via: tuple[str, ...]
    speakers: tuple[str, ...]
    quote: str
    begin: int
    trigger: str
    at: int
    document: str
    source_key: str
    source: str
    published: date | None
    event: str | None
    quarantined: bool
    review: str | None
    note: str

    @property
    def content(self) -> str:
        """The hash of what it says, wherever in the document: it stays when other parts of the text change."""
        roles = (f"{role.name}\x1d{role.key}" for role in self.roles)
        how = (self.polarity, self.modality, *self.speakers)
        return digest("says", self.kind, roles, how, self.quote, self.trigger)

    @property
    def summary(self) -> str:
        """The claim in one line: Lend: agent Kenya, recipient Peru, amount 5,000,000 USD; negated."""
        turns = [] if self.polarity == "affirmed" else [self.polarity]
        turns += [] if self.modality == "actual" else [self.modality]
        turns += [f"said by {', '.join(self.said_by)}"] if self.said_by else []
        return f"{self.kind}: {'; '.join([role_words(self.roles) or 'no roles', *turns])}"


class ClaimReader:
    """Reads claims, documents once each.

    Args:
        store: The graph.
        base: The base of its IRIs.
    """

    def __init__(self, store: ox.Store, *, base: str = DEFAULT_BASE) -> None:
        self.store = store
        self.iris = Iris(base)
        self._documents: dict[str, tuple[str, str, date | None]] = {}

    def claims(self) -> Iterator[StoredClaim]:
        """Yield every claim of the documents' graphs, those in quarantine too, by hash."""
        quads = self.store.quads_for_pattern(None, ox.NamedNode(f"{KG}eventType"), None, None)
        for iri in sorted({q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode)}):
            found = self.claim(iri)
            if found:
                yield found

    def some(self, iris: Iterable[str]) -> list[StoredClaim]:
        """Return claims by IRI, by date, source and place in the text; unknown ones are left out."""
        found = [claim for iri in sorted(set(iris)) if (claim := self.claim(iri))]
        return sorted(found, key=lambda c: (c.published or date.min, c.source, c.begin, c.at, c.id))

    def claim(self, iri: str) -> StoredClaim | None:
        """Return the claim of an IRI, None where there is none."""
        node = ox.NamedNode(iri)
        quads = list(self.store.quads_for_pattern(node, None, None, None))
        own = {quad.predicate.value: quad for quad in quads}
        kind, source = own.get(f"{KG}eventType"), own.get(f"{_PROV}hadPrimarySource")
        if not kind or not source:
            return None
        key, name, published = self._document(_value(source.object))
        # what is in quarantine may lack either
        evidence, trigger = (ox.NamedNode(_own(own, part) or iri) for part in ("evidence", "trigger"))
        begin = int(self.one(evidence, f"{_NIF}beginIndex") or 0)
        at = int(self.one(trigger, f"{_NIF}beginIndex") or begin)
        return StoredClaim(
            id=iri.rpartition("/")[2],
            kind=self._kind(own),
            roles=self.roles(node),
            polarity=_local(_own(own, "polarity")),
            modality=_local(_own(own, "modality")),
            confidence=Decimal(_own(own, "confidence") or 0),
            said_by=self._names(quads, "attributedTo"),
            via=self._names(quads, "via"),
            speakers=self._speakers(quads),
            quote=self.one(evidence, f"{_NIF}anchorOf"),
            begin=begin,
            trigger=self.one(trigger, f"{_NIF}anchorOf"),
            at=at - begin,
            document=shorten(_value(source.object), self.iris.base),
            source_key=key,
            source=name,
            published=published,
            event=_own(own, "event") or None,
            quarantined=_value(kind.graph_name).startswith(self.iris.quarantine_graph("")),
            review=_own(own, "reviewedAs") or None,
            note=_value(own[f"{_RDFS}comment"].object) if f"{_RDFS}comment" in own else "",
        )

    def roles(self, node: ox.NamedNode) -> tuple[RoleText, ...]:
        """Return the filled roles of a claim or event: the parties, what it is about, how much, where and when."""
        quads = self.store.quads_for_pattern(node, None, None, None)
        pairs = ((quad.predicate.value.removeprefix(KG), quad.object) for quad in quads if _is_role(quad))
        found = {RoleText(name, self._said(name, term), self._key(term)) for name, term in pairs}
        return tuple(sorted(found, key=lambda role: (_rank(role.name), role)))

    def _said(self, name: str, term: Node) -> str:
        """Return what fills a role in words; how long and how often are durations."""
        text = self.text(term)
        return duration_words(text, frequency=name == "frequency") if name in ("duration", "frequency") else text

    def source(self, span: Node) -> tuple[str, str]:
        """Return the publisher's name or path, and the date, of a text span's document."""
        document = self.one(span, f"{_NIF}referenceContext")
        _, name, published = self._document(document)
        return name, str(published or "")

    def text(self, term: Node) -> str:
        """Return a term in words: an entity's label, a mention's words, a sum, a date."""
        if not isinstance(term, ox.NamedNode):
            return _value(term)
        label = self.one(term, f"{_RDFS}label") or self.one(term, f"{_NIF}anchorOf") or self._quantity(term)
        return " ".join(label.split()) if label else _local(shorten(term.value, self.iris.base))

    def one(self, subject: Node, predicate: str) -> str:
        """Return the first value of a property, empty where there is none."""
        if not isinstance(subject, ox.NamedNode):
            return ""
        quads = self.store.quads_for_pattern(subject, ox.NamedNode(predicate), None, None)
        return min((_value(quad.object) for quad in quads), default="")

    def _key(self, term: Node) -> str:
        entity = isinstance(term, ox.NamedNode) and term.value.startswith(self.iris.entity(""))
        return shorten(_value(term), self.iris.base) if entity else self.text(term)

    def _quantity(self, node: ox.NamedNode) -> str:
        """Return a number with its bounds and currency: about 200,000; at most 640,000,000 USD."""
        value, low, high = (self.one(node, f"{_SCHEMA}{name}") for name in ("value", "minValue", "maxValue"))
        if not (value or low or high):
            return ""
        return number_words(
            value=value,
            low=low,
            high=high,
            about=self.one(node, f"{KG}approximate") == "true",
            currency=self.one(node, f"{_SCHEMA}currency"),
            unit=self.one(node, f"{_SCHEMA}unitText"),
        )

    def _kind(self, own: dict[str, ox.Quad]) -> str:
        kind = _local(_own(own, "eventType"))
        predicate = _own(own, "predicate")
        return f"{kind} {predicate.replace('_', ' ')}" if kind == "Act" and predicate else kind

    def _names(self, quads: Iterable[ox.Quad], name: str) -> tuple[str, ...]:
        return tuple(sorted(self.text(quad.object) for quad in quads if quad.predicate.value == KG + name))

    def _speakers(self, quads: Iterable[ox.Quad]) -> tuple[str, ...]:
        pairs = ((_local(quad.predicate.value), self._key(quad.object)) for quad in quads)
        return tuple(sorted(f"{name} {key}" for name, key in pairs if name in ("attributedTo", "via")))

    def _document(self, iri: str) -> tuple[str, str, date | None]:
        """Return the source key, the publisher's name or the path, and the date of a document."""
        if iri not in self._documents:
            node = ox.NamedNode(iri)
            publisher = self.one(node, f"{_SCHEMA}publisher")
            path = self.one(node, f"{KG}sourcePath")
            name = self.text(ox.NamedNode(publisher)) if publisher else path or shorten(iri, self.iris.base)
            day = self.one(node, f"{_SCHEMA}datePublished")
            published = date.fromisoformat(day) if day else None
            self._documents[iri] = self.one(node, f"{KG}sourceKey") or path, name, published
        return self._documents[iri]


def role_words(roles: Iterable[RoleText]) -> str:
    """Return roles in words: agent Kenya, participant Chile and Peru."""
    values: dict[str, list[str]] = {}
    for role in roles:
        values.setdefault(role.name, []).append(role.text)
    return ", ".join(f"{name} {' and '.join(texts)}" for name, texts in values.items())


def _is_role(quad: ox.Quad) -> bool:
    name = quad.predicate.value
    return name.startswith(KG) and name.removeprefix(KG) not in _NOT_ROLES


def _rank(name: str) -> int:
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


def _own(quads: dict[str, ox.Quad], name: str) -> str:
    return _value(quads[KG + name].object) if KG + name in quads else ""


def _value(term: object) -> str:
    return str(getattr(term, "value", ""))


def _local(iri: str) -> str:
    return iri.replace("/", "#").replace(":", "#").rsplit("#", 1)[-1]
