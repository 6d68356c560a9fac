"""Read what the graph says of a node, by property, and put terms into words."""

from __future__ import annotations

from functools import cache

from pyoxigraph import NamedNode, Store

from kg.iris import DEFAULT_BASE, KG, PREFIXES, Iris, is_quarantine, prefixes, shorten
from kg.store.claims import ClaimReader

__all__ = ["Node", "Nodes"]

_MEDIA = f"{PREFIXES['schema']}NewsMediaOrganization"


class Node:
    """A node's properties: the values of each as strings, in order.

    Args:
        iri: Its name.
        pairs: Properties with values.
    """

    def __init__(self, iri: str, pairs: list[tuple[str, object]]) -> None:
        self.iri = iri
        self.pairs = pairs
        self._values: dict[str, list[object]] = {}
        for name, term in pairs:
            self._values.setdefault(name, []).append(term)

    def all(self, name: str) -> list[str]:
        """Return every value of a property; names without a colon are of ``kg:``."""
        return sorted({str(getattr(term, "value", "")) for term in self._values.get(_full(name), ())})

    def one(self, name: str) -> str:
        """Return the first value of a property, empty where there is none."""
        return min((str(getattr(term, "value", "")) for term in self._values.get(_full(name), ())), default="")

    def local(self, name: str) -> str:
        """Return the last part of a value's IRI: negated, Lend."""
        return self.one(name).replace("/", "#").rpartition("#")[2]

    def terms(self, name: str) -> list[NamedNode]:
        """Return the IRIs among a property's values, sorted."""
        found = {term for term in self._values.get(_full(name), ()) if isinstance(term, NamedNode)}
        return sorted(found, key=lambda term: term.value)


@cache
def _full(name: str) -> str:
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon else KG + name


class Nodes:
    """Reads nodes of one graph; words are looked up once.

    Args:
        store: Read only.
        base: The base of the graph's IRIs.
    """

    def __init__(self, store: Store, *, base: str = DEFAULT_BASE) -> None:
        self.store = store
        self.iris = Iris(base)
        self.words = ClaimReader(store, base=base)
        self._data = {space: prefix for prefix, space in prefixes(base).items() if space.startswith(base)}
        self._text: dict[str, str] = {}
        self._outlets: dict[str, bool] = {}
        self._canonical: dict[str, str] = {}

    def node(self, iri: str) -> Node:
        """Return what all graphs but the quarantines say of a node."""
        quads = self.store.quads_for_pattern(NamedNode(iri), None, None, None)
        return Node(iri, [(q.predicate.value, q.object) for q in quads if not is_quarantine(q.graph_name)])

    def subjects(self, name: str, thing: str) -> list[str]:
        """Return the nodes that have a property with this value, sorted."""
        quads = self.store.quads_for_pattern(None, NamedNode(_full(name)), NamedNode(thing), None)
        return sorted({q.subject.value for q in quads if isinstance(q.subject, NamedNode)})

    def curie(self, iri: str) -> str:
        """Return the short form of an IRI; the data's own, which nearly all are, without a look at every prefix."""
        space, slash, local = iri.rpartition("/")
        prefix = self._data.get(space + slash)
        return f"{prefix}:{local}" if prefix and "#" not in local else shorten(iri, self.iris.base)

    def text(self, term: NamedNode) -> str:
        """Return a term in words, see :meth:`ClaimReader.text`."""
        if term.value not in self._text:
            self._text[term.value] = self.words.text(term)
        return self._text[term.value]

    def is_entity(self, iri: str) -> bool:
        """Tell whether an IRI is an entity's."""
        return iri.startswith(self.iris.entity(""))

    def is_event(self, iri: str) -> bool:
        """Tell whether an IRI is an event's; those of its disputes are not."""
        return iri.startswith(self.iris.event("")) and "/dispute/" not in iri

    def is_outlet(self, entity: NamedNode) -> bool:
        """Tell whether an entity is a news outlet or agency."""
        if entity.value not in self._outlets:
            self._outlets[entity.value] = _MEDIA in self.node(entity.value).all("rdf:type")
        return self._outlets[entity.value]

    def canonical(self, entity: str) -> str:
        """Return the entity that an alias was merged into, or the entity itself."""
        if entity not in self._canonical:
            node = self.node(entity)
            merged = node.one("mergedBecause") and next(filter(self.is_entity, node.all("owl:sameAs")), "")
            self._canonical[entity] = merged or entity
        return self._canonical[entity]
