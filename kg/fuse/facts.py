"""Claims as fusing sees them: with canonical entities, the document's date and what counts as their source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from kg.fuse.marks import Surroundings
from kg.lexicon import Lexicon
from kg.model import Annotation, Claim, EntityValue, Quantity, Role, TimeValue

__all__ = ["ACT", "Fact", "direct_pairs", "facts_of", "reading_order"]

ACT = "Act"

# What a count of gatherings counts; any other unit counts who came.
_OCCASIONS = frozenset({"call", "meeting", "occasion", "round", "session", "summit", "talk", "time", "trip", "visit"})


@dataclass(frozen=True)
class Fact:
    """A claim with canonical entity keys; ``source`` is what counts as one independent source.

    ``near`` are the entities that its document names, for a claim that leaves parties to its readers ("after the
    talks"); it is empty for claims that name two. ``marks`` are, by entity, what is doubtful about the words that mean
    it: see :mod:`kg.fuse.marks`.

    What comparing asks again and again is computed once: a block of n claims costs up to n * n comparisons.
    """

    claim: Claim
    published: date
    source: str
    near: frozenset[str] = frozenset()
    marks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def interval(self) -> tuple[date, date] | None:
        """The first and last day of the event as the claim dates it, without a deadline; None where it does not."""
        times = [r.value for r in self.claim.roles if r.name in ("begin", "end") and isinstance(r.value, TimeValue)]
        return (min(t.earliest for t in times), max(t.latest for t in times)) if times else None

    @cached_property
    def parties(self) -> tuple[tuple[str, ...], ...]:
        """The agents, recipients and participants."""
        return tuple(self.claim.entities(role) for role in ("agent", "recipient", "participant"))

    @cached_property
    def sums(self) -> tuple[tuple[Quantity, ...], ...]:
        """The amounts and prices."""
        return tuple(
            tuple(value for value in self.claim.values(role) if isinstance(value, Quantity))
            for role in ("amount", "price")
        )

    @cached_property
    def series(self) -> tuple[Quantity, ...]:
        """How many meetings or visits it counts ("six meetings", "their sixth meeting"); empty for a single one."""
        counts = [value for value in self.claim.values("count") if isinstance(value, Quantity) and value.unit]
        return tuple(value for value in counts if value.unit in _OCCASIONS or value.unit == self.claim.predicate)

    @property
    def earliest(self) -> date | None:
        """The first day of :attr:`interval`."""
        return self.interval[0] if self.interval else None

    @property
    def latest(self) -> date | None:
        """The last day of :attr:`interval`."""
        return self.interval[1] if self.interval else None


def facts_of(
    annotation: Annotation, published: date, *, canonical: Mapping[str, str], source: str, media: frozenset[str]
) -> Iterator[Fact]:
    """Yield a document's claims with canonical keys; what it passes on from another outlet counts for that outlet.

    Args:
        annotation: What was found in the document, as people judged it.
        published: Its date; of a copy that of its original.
        canonical: Alias to canonical key.
        source: What counts as the independent source of the document.
        media: Canonical keys of outlets and agencies.
    """
    near = frozenset(canonical.get(entity.key, entity.key) for entity in annotation.entities)
    surroundings = Surroundings(annotation)
    for claim in annotation.claims:
        found = _canonical(claim, canonical)
        cited = [key for key in (*found.attributed_to, *found.via) if key in media]
        origin = f"outlet {cited[0]}" if cited else source
        named = {key for role in ("agent", "recipient", "participant") for key in found.entities(role)}
        marks = _marked(surroundings.marks(claim), canonical)
        yield Fact(found, published, origin, near if len(named) < 2 else frozenset(), marks)


def _canonical(claim: Claim, canonical: Mapping[str, str]) -> Claim:
    roles = (
        Role(role.name, EntityValue(canonical.get(role.value.key, role.value.key), role.value.span))
        if isinstance(role.value, EntityValue)
        else role
        for role in claim.roles
    )
    return replace(
        claim,
        roles=tuple(_distinct(roles)),
        attributed_to=_keys(claim.attributed_to, canonical),
        via=_keys(claim.via, canonical),
    )


def _marked(marks: Mapping[str, tuple[str, ...]], canonical: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the marks by canonical key, without entities that have none."""
    found: dict[str, set[str]] = {}
    for key, given in marks.items():
        found.setdefault(canonical.get(key, key), set()).update(given)
    return {key: tuple(sorted(given)) for key, given in found.items() if given}


def _keys(keys: Sequence[str], canonical: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(canonical.get(key, key) for key in keys))


def _distinct(roles: Iterator[Role]) -> Iterator[Role]:
    """Leave out entities that merging made equal to another one in the same role."""
    seen = set()
    for role in roles:
        if isinstance(role.value, EntityValue):
            if (role.name, role.value.key) in seen:
                continue
            seen.add((role.name, role.value.key))
        yield role


def reading_order(fact: Fact) -> tuple[date, str, int, str]:
    """Sort key: the earliest document first, then its order of words."""
    return fact.published, fact.claim.document_id, fact.claim.trigger.start, fact.claim.id


def direct_pairs(claim: Claim, lexicon: Lexicon) -> tuple[tuple[str, str], ...]:
    """Return the (subject, object) pairs of a claim's direct triples; a symmetric property gives both directions.

    The object of an act without class is what its preposition leads to ("deploy_to"), else what it is done to.
    """
    if claim.event_type == ACT:
        sides = (claim.entities("theme"), claim.entities("recipient"))
        objects = (sides[1] or sides[0]) if "_" in claim.predicate else (sides[0] or sides[1])
        return _pairs(claim.entities("agent"), objects)
    event_class = lexicon.classes.get(claim.event_type)
    if event_class is None or event_class.property is None:
        return ()
    return _pairs(claim.entities(event_class.property.source), claim.entities(event_class.property.target))


def _pairs(subjects: Sequence[str], objects: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((subject, thing) for subject in subjects for thing in objects if subject != thing)
