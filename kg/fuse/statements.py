"""Direct triples: what affirmed, actual or planned claims of enough confidence say between two entities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from kg.fuse.facts import ACT, Fact, direct_pairs
from kg.fuse.trust import Ends
from kg.iris import REL, escape_local
from kg.lexicon import Lexicon
from kg.model import Claim, EntityValue, Event, Modality, Polarity, Statement

__all__ = ["make_statements", "supports"]

# Ends the rule of claims whose parties deal with somebody else ("its deals with A and B"): see kg.annotate.events.
_APART = "/apart"
_PARTY = "participant"
_ASSERTED = (Modality.ACTUAL, Modality.PLANNED)

Triple = tuple[str, str, str]


@dataclass(slots=True)
class _Evidence:
    events: set[str] = field(default_factory=set)
    support: dict[str, Fact] = field(default_factory=dict)
    denial: set[str] = field(default_factory=set)


def supports(claim: Claim, threshold: Decimal) -> bool:
    """Tell whether a claim may assert a direct triple: affirmed, actual or planned, and sure enough."""
    affirmed = claim.polarity is Polarity.AFFIRMED
    return affirmed and claim.modality in _ASSERTED and claim.confidence >= threshold


def make_statements(
    events: Iterable[tuple[Event, Sequence[Fact]]], lexicon: Lexicon, threshold: Decimal, ends: Ends
) -> list[Statement]:
    """Return the direct triples of one group's events, sorted; a denial counts for the event that it denies.

    Args:
        events: The events with the claims that tell of them.
        lexicon: Gives the direct properties.
        threshold: The confidence from which a claim asserts a triple.
        ends: Tells which entities a triple may join.
    """
    found: dict[Triple, _Evidence] = defaultdict(_Evidence)
    for event, facts in events:
        for triple, support in _supported(facts, lexicon, threshold, ends).items():
            evidence = found[triple]
            evidence.events.add(event.id)
            evidence.support.update((fact.claim.id, fact) for fact in support)
            evidence.denial.update(_denials(triple, facts, lexicon))
    return [_statement(triple, found[triple]) for triple in sorted(found)]


def _supported(facts: Sequence[Fact], lexicon: Lexicon, threshold: Decimal, ends: Ends) -> dict[Triple, list[Fact]]:
    out: dict[Triple, list[Fact]] = defaultdict(list)
    for fact in facts:
        if supports(fact.claim, threshold):
            for triple in _triples(fact.claim, lexicon):
                if _may_stand(fact, triple, lexicon, ends):
                    out[triple].append(fact)
    return out


def _may_stand(fact: Fact, triple: Triple, lexicon: Lexicon, ends: Ends) -> bool:
    pair = (triple[0], triple[2])
    if fact.claim.rule.endswith(_APART):
        return False
    if fact.claim.event_type == ACT:
        return ends.may_act(fact.claim, pair, fact.trust)
    if not _deal(fact.claim, pair):
        return False
    return ends.may_join(lexicon.classes[fact.claim.event_type], pair, fact.trust)


def _deal(claim: Claim, pair: tuple[str, str]) -> bool:
    """Tell whether two parties deal with each other: in "X's talks with A and B", A and B need not have met."""
    found = [(r.value.key, r.value.span) for r in claim.roles if r.name == _PARTY and isinstance(r.value, EntityValue)]
    before = {key for key, span in found if span is not None and span.start < claim.trigger.start}
    beyond = {key for key, _ in found} - before
    return len(before) != 1 or len(beyond) < 2 or not before.isdisjoint(pair)


def _denials(triple: Triple, facts: Sequence[Fact], lexicon: Lexicon) -> set[str]:
    negated = (fact.claim for fact in facts if fact.claim.polarity is Polarity.NEGATED)
    return {claim.id for claim in negated if triple in _triples(claim, lexicon)}


def _triples(claim: Claim, lexicon: Lexicon) -> list[Triple]:
    predicate = _property(claim, lexicon)
    return [(subject, predicate, thing) for subject, thing in direct_pairs(claim, lexicon)] if predicate else []


def _property(claim: Claim, lexicon: Lexicon) -> str | None:
    if claim.event_type == ACT:
        return REL + escape_local(claim.predicate)
    event_class = lexicon.classes.get(claim.event_type)
    if event_class is None or event_class.property is None:
        return None
    return event_class.property.iri


def _statement(triple: Triple, evidence: _Evidence) -> Statement:
    support = list(evidence.support.values())
    return Statement(
        subject=triple[0],
        predicate=triple[1],
        object=triple[2],
        events=tuple(sorted(evidence.events)),
        supported_by=tuple(sorted(evidence.support)),
        denied_by=tuple(sorted(evidence.denial)),
        earliest=min((day for fact in support if (day := fact.earliest)), default=None),
        latest=max((day for fact in support if (day := fact.latest)), default=None),
        attributed_only=all(fact.claim.attributed_to for fact in support),
        source_count=len({fact.source for fact in support}),
    )
