"""Why does the graph not say so: what stopped a direct triple, each obstacle with its sentence."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pyoxigraph as ox

from kg.errors import QueryError
from kg.iris import KG, PREFIXES, REL, shorten
from kg.lexicon import Lexicon
from kg.lexicon.model import DirectProperty
from kg.query.resolve import entity_names, resolve_entity, resolve_property
from kg.store.claims import ClaimReader, StoredClaim

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["Obstacle", "WhyNot", "render_why_not", "why_not"]

_SH, _RDF, _NIF, _ITSRDF, _OWL = (PREFIXES[name] for name in ("sh", "rdf", "nif", "itsrdf", "owl"))
_CLOSE, _SENTENCES = 4, 8
_OTHERS, _OTHERS_BESIDE = 6, 2
"""Kinds of other claims that are printed, alone and beside obstacles that stand nearer."""

Withheld = Callable[[str, str, str], str]
"""Says why a claim of the right class asserts no direct triple: see :class:`kg.fuse.kept.withheld.Withheld`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One thing that stopped a triple, with the sentence where there is one.

    ``kind`` is entity, rejected, wrong, negated, modality, confidence, gate, roles, unlinked, other or sentence.
    """

    kind: str
    reason: str
    claim: str = ""
    source: str = ""
    published: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """What stopped a triple; ``holds`` is True where nothing did, since the graph has it."""

    triple: str
    holds: bool = False
    obstacles: tuple[Obstacle, ...] = ()


def why_not(
    store: ox.Store,
    subject: str,
    predicate: str,
    object_: str,
    *,
    lexicon: Lexicon,
    threshold: Decimal,
    base: str,
    withheld: Withheld | None = None,
) -> WhyNot:
    """Tell what stopped a direct triple.

    Args:
        store: Read only.
        subject: A name, CURIE or IRI; one that the graph does not know is an obstacle, not an error.
        predicate: A CURIE, local name or label of a property.
        object_: As the subject.
        lexicon: Tells which class a property sums up, and from which role to which.
        threshold: The confidence that a direct triple needs.
        base: The base of the graph's IRIs.
        withheld: Says what fusing held against a claim (its hash, and the keys of subject and object) that is sure
            enough: ends that do not fit, or a probability below the gate's; "" where nothing.

    Returns:
        Obstacles from the nearest to the farthest: unknown entities; claims that say it but do not count; claims that
        say something else of both; sentences that name both without a claim.

    Raises:
        QueryError: The property is unknown.
    """
    prop = resolve_property(store, predicate, base=base)
    reader = ClaimReader(store, base=base)
    triple = f"{subject} · {reader.text(prop)} · {object_}"
    found = [_entity(reader, name, base) for name in (subject, object_)]
    missing = [item for item in found if isinstance(item, Obstacle)]
    if missing:
        return WhyNot(triple=triple, obstacles=tuple(missing))
    s, o = (item for item in found if isinstance(item, ox.NamedNode))
    triple = " · ".join(reader.text(term) for term in (s, prop, o))
    if any(store.quads_for_pattern(s, prop, o, ox.NamedNode(reader.iris.world_graph))):
        return WhyNot(triple=triple, holds=True)
    search = _Search(reader, _Wanted.of(prop.value, lexicon), (s, o), threshold=threshold, withheld=withheld)
    return WhyNot(triple=triple, obstacles=tuple(search.obstacles()))


def _key(entity: ox.NamedNode) -> str:
    """Return the key of an entity, whose escaped form ends its IRI."""
    return unquote(entity.value.rpartition("/")[2])


def _entity(reader: ClaimReader, name: str, base: str) -> ox.NamedNode | Obstacle:
    try:
        return resolve_entity(reader.store, name, base=base)
    except QueryError as error:
        names = entity_names(reader.store, base=base)
        near = difflib.get_close_matches(name.casefold(), [n.casefold() for n in names], n=_CLOSE, cutoff=0.6)
        words = {known for known in names if set(name.casefold().split()) & set(known.casefold().split())}
        listed = sorted({known for known in names if known.casefold() in near} | set(sorted(words)[:_CLOSE]))
        hint = f"; near it: {', '.join(f'{known} ({names[known]})' for known in listed)}" if listed else ""
        problem = error.problem.partition(" (did you mean")[0]
        seen = _unlinked_sentences(reader, name)
        heard = f"; the words stand in {len(seen)} sentence{'s' if len(seen) > 1 else ''}, not linked" if seen else ""
        source, day, quote = seen[0] if seen else ("", "", "")
        return Obstacle(kind="entity", reason=problem + hint + heard, source=source, published=day, quote=quote)


def _unlinked_sentences(reader: ClaimReader, words: str) -> list[tuple[str, str, str]]:
    kind = ox.NamedNode(f"{_NIF}Sentence")
    out = []
    for quad in reader.store.quads_for_pattern(None, ox.NamedNode(f"{_RDF}type"), kind, None):
        quote = reader.one(quad.subject, f"{_NIF}anchorOf")
        if words.casefold() in quote.casefold():
            source, day = reader.source(quad.subject)
            out.append((source, day, _flat(quote)))
    return sorted(out, key=lambda item: (item[1], item[0], item[2]))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a claim has to be for a property: of these kinds, and lead from one role to others."""

    kinds: frozenset[str]
    source: str
    targets: frozenset[str]
    name: str

    @classmethod
    def of(cls, prop: str, lexicon: Lexicon) -> _Wanted:
        if prop.startswith(REL):
            words = prop.removeprefix(REL).replace("_", " ")
            return cls(frozenset({f"Act {words}"}), "agent", frozenset({"theme", "recipient"}), words)
        known: Mapping[str, DirectProperty] = {n: c.property for n, c in lexicon.classes.items() if c.property}
        kinds = {name: found for name, found in known.items() if found.iri == prop}
        if not kinds:
            return cls(frozenset(), "", frozenset(), shorten(prop))
        first = min(kinds.items())[1]
        return cls(frozenset(kinds), first.source, frozenset({first.target}), f"kg:{first.name}")


class _Search:
    """Looks for what came near a triple."""

    def __init__(
        self,
        reader: ClaimReader,
        wanted: _Wanted,
        ends: tuple[ox.NamedNode, ox.NamedNode],
        *,
        threshold: Decimal,
        withheld: Withheld | None,
    ) -> None:
        subject, thing = ends
        self.keys = _key(subject), _key(thing)
        self.withheld = withheld
        self.reader = reader
        self.wanted = wanted
        self.subject, self.thing = self._names(subject), self._names(thing)
        self.labels = reader.text(subject), reader.text(thing)
        self.threshold = threshold
        self.sentences = self._sentences()

    def _names(self, entity: ox.NamedNode) -> frozenset[str]:
        """Return the IRIs of an entity and its aliases."""
        quads = self.reader.store.quads_for_pattern(None, ox.NamedNode(f"{_OWL}sameAs"), entity, None)
        return frozenset({entity.value, *(q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode))})

    def obstacles(self) -> Iterator[Obstacle]:
        """Yield what stopped the triple, the nearest first."""
        both, either = self._claims()
        same = [claim for claim in both if claim.kind in self.wanted.kinds]
        yield from (self._stopped(claim) for claim in same)
        unlinked = [claim for claim in either if claim.kind in self.wanted.kinds and self._names_other(claim)]
        yield from (self._unlinked(claim) for claim in unlinked)
        others = [claim for claim in both if claim.kind not in self.wanted.kinds]
        yield from _others(others)
        taken = {(claim.document, claim.begin) for claim in (*both, *unlinked)}
        left = [place for place in self.sentences if place[:2] not in taken]
        yield from (self._sentence(place) for place in left[:_SENTENCES])
        if len(left) > _SENTENCES:
            yield Obstacle(kind="sentence", reason=f"and {len(left) - _SENTENCES} more sentences name both")

    # ---- claims

    def _claims(self) -> tuple[list[StoredClaim], list[StoredClaim]]:
        """Return the claims in which both play a role, and those in which one does."""
        ones, others = self._playing(self.subject), self._playing(self.thing)
        return self.reader.some(ones & others), self.reader.some(ones ^ others)

    def _playing(self, entities: Iterable[str]) -> set[str]:
        apart = {KG + name for name in ("attributedTo", "via")}
        quads = (q for e in entities for q in self.reader.store.quads_for_pattern(None, None, ox.NamedNode(e), None))
        claims = self.reader.iris.claim("")
        return {
            quad.subject.value
            for quad in quads
            if isinstance(quad.subject, ox.NamedNode)
            and quad.subject.value.startswith(claims)
            and quad.predicate.value not in apart
        }

    def _stopped(self, claim: StoredClaim) -> Obstacle:
        """Say why a claim of the right class asserts nothing."""
        if claim.quarantined:
            return _obstacle("rejected", f"in quarantine: {self._rejection(claim)}", claim)
        if claim.review == "wrong":
            return _obstacle("wrong", f"marked wrong{f': {claim.note}' if claim.note else ''}", claim)
        if not self._fills(claim):
            return _obstacle("roles", self._roles(claim), claim)
        if claim.polarity == "negated":
            return _obstacle("negated", "negated: the source says that it is not so", claim)
        if claim.modality not in ("actual", "planned"):
            return _obstacle("modality", f"only {claim.modality}", claim)
        if claim.confidence < self.threshold and claim.review != "confirmed":
            reason = f"confidence {claim.confidence}, below the threshold of {self.threshold}"
            return _obstacle("confidence", reason, claim)
        held = self.withheld(claim.id, *self.keys) if self.withheld is not None else ""
        return _obstacle("gate", held, claim) if held else _obstacle("roles", self._roles(claim), claim)

    def _fills(self, claim: StoredClaim) -> bool:
        base = self.reader.iris.base
        ones, others = ({shorten(iri, base) for iri in iris} for iris in (self.subject, self.thing))
        leads = any(role.name == self.wanted.source and role.key in ones for role in claim.roles)
        return leads and any(role.name in self.wanted.targets and role.key in others for role in claim.roles)

    def _roles(self, claim: StoredClaim) -> str:
        targets = " or ".join(sorted(self.wanted.targets))
        return (
            f"other roles: {self.wanted.name} leads from {self.wanted.source} to {targets}, and this is {claim.summary}"
        )

    def _rejection(self, claim: StoredClaim) -> str:
        """Return why validation refused a claim, or something of its own such as an amount."""
        node = ox.NamedNode(self.reader.iris.claim(claim.id))
        own = {node, *(quad.object for quad in self.reader.store.quads_for_pattern(node, None, None, None))}
        focus = ox.NamedNode(f"{KG}focus")
        messages = {
            self.reader.one(quad.subject, f"{_SH}resultMessage")
            for quad in self.reader.store.quads_for_pattern(None, focus, None, None)
            if quad.object in own
        }
        return " ".join(sorted(messages)) or "it did not conform to the shapes"

    # ---- words

    def _names_other(self, claim: StoredClaim) -> bool:
        """Tell whether the sentence of a claim with one of the two names the other."""
        place = (claim.document, claim.begin)
        return any(place == found[:2] for found in self.sentences)

    def _unlinked(self, claim: StoredClaim) -> Obstacle:
        present = {role.key for role in claim.roles}
        base = self.reader.iris.base
        here = any(shorten(iri, base) in present for iri in self.subject)
        missing = self.labels[1] if here else self.labels[0]
        return _obstacle("unlinked", f"{missing} is in the sentence, but plays no role in {claim.summary}", claim)

    def _sentences(self) -> list[tuple[str, int, str]]:
        """Return (document, begin, IRI) of the sentences that mention both."""
        ones, others = self._mentions(self.subject), self._mentions(self.thing)
        out = []
        for document in sorted(ones.keys() & others.keys()):
            for begin, end, iri in self._spans(document):
                if all(any(begin <= at < end for at in found[document]) for found in (ones, others)):
                    out.append((shorten(document, self.reader.iris.base), begin, iri))
        return out

    def _mentions(self, entities: Iterable[str]) -> dict[str, list[int]]:
        """Return the offsets of mentions by document."""
        found: dict[str, list[int]] = {}
        link = ox.NamedNode(f"{_ITSRDF}taIdentRef")
        for entity in entities:
            for quad in self.reader.store.quads_for_pattern(None, link, ox.NamedNode(entity), None):
                document, _, span = getattr(quad.subject, "value", "").partition("#char=")
                found.setdefault(document, []).append(int(span.partition(",")[0]))
        return found

    def _spans(self, document: str) -> list[tuple[int, int, str]]:
        context = ox.NamedNode(f"{_NIF}referenceContext")
        sentence = ox.NamedNode(f"{_NIF}Sentence")
        kind = ox.NamedNode(f"{_RDF}type")
        out = []
        for quad in self.reader.store.quads_for_pattern(None, context, ox.NamedNode(document), None):
            if isinstance(quad.subject, ox.NamedNode) and any(
                self.reader.store.quads_for_pattern(quad.subject, kind, sentence, None)
            ):
                begin, _, end = quad.subject.value.partition("#char=")[2].partition(",")
                out.append((int(begin), int(end), quad.subject.value))
        return sorted(out)

    def _sentence(self, place: tuple[str, int, str]) -> Obstacle:
        node = ox.NamedNode(place[2])
        source, day = self.reader.source(node)
        quote = _flat(self.reader.one(node, f"{_NIF}anchorOf"))
        reason = "names both, but no claim was found that joins them"
        return Obstacle(kind="sentence", reason=reason, source=source, published=day, quote=quote)


def _others(claims: Iterable[StoredClaim]) -> Iterator[Obstacle]:
    """Yield an obstacle for each class of claims that say something else, with the first of them."""
    kinds: dict[str, list[StoredClaim]] = {}
    for claim in claims:
        kinds.setdefault(claim.kind, []).append(claim)
    for found in kinds.values():
        more = f" (and {len(found) - 1} more of this kind)" if len(found) > 1 else ""
        aside = "in quarantine, " if found[0].quarantined else ""
        yield _obstacle("other", f"something else is said: {aside}{found[0].summary}{more}", found[0])


def _obstacle(kind: str, reason: str, claim: StoredClaim) -> Obstacle:
    return Obstacle(
        kind=kind,
        reason=reason,
        claim=f"claim:{claim.id}",
        source=claim.source,
        published=str(claim.published or ""),
        quote=_flat(claim.quote),
    )


def _shown(obstacles: Sequence[Obstacle]) -> Iterator[Obstacle]:
    """Yield the obstacles to print: of two of whom much is said, what else is said tells less than what is nearer."""
    others = [item for item in obstacles if item.kind == "other"]
    near = any(item.kind not in ("other", "sentence") for item in obstacles)
    left = others[_OTHERS_BESIDE if near else _OTHERS :]
    for item in obstacles:
        if item not in left:
            yield item
        elif item is left[0]:
            number = f"{len(left)} other kinds" if len(left) > 1 else "one other kind"
            yield Obstacle(kind="other", reason=f"something else is said: {number} of claims join the two")


def _flat(text: str) -> str:
    return " ".join(text.split())


def render_why_not(found: WhyNot, console: Console) -> None:
    """Print what stopped a triple."""
    colour = console.is_terminal and console.color_system is not None
    console.print(found.triple, style="bold" if colour else "", markup=False, highlight=False, soft_wrap=True)
    if found.holds:
        console.print("The graph says this; kg explain shows why.", markup=False, highlight=False)
    elif not found.obstacles:
        console.print("No sentence names both, so nothing could be found.", markup=False, highlight=False)
    for item in _shown(found.obstacles):
        reason = f"- {item.reason}{f' ({item.claim})' if item.claim else ''}"
        console.print(reason, markup=False, highlight=False, soft_wrap=True)
        if item.quote:
            who = ", ".join(part for part in (item.source, item.published) if part)
            console.print(f"    {who}: “{item.quote}”", markup=False, highlight=False, soft_wrap=True)
