"""Direct triples: what affirmed, actual or planned claims of enough confidence say between two entities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kg.fuse.facts import ACT, Fact, direct_pairs
from kg.fuse.trust import Ends
from kg.iris import REL, escape_local
from kg.lexicon import Lexicon
from kg.model import Claim, EntityValue, Modality, Polarity, Statement

__all__ = ["Support", "Triple", "Voice", "find_support", "make_statement", "supports"]

# Ends the rule of claims whose parties deal with somebody else ("its deals with A and B"): see kg.annotate.events.
_APART = "/apart"
_PARTY = "participant"
_ASSERTED = (Modality.ACTUAL, Modality.PLANNED)

Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Voice:
    """A claim that asserts a direct triple: its source, the days that it gives, whether somebody else says it."""

    claim: str
    source: str
    earliest: date | None
    latest: date | None
    attributed: bool


@dataclass(frozen=True, slots=True)
class Support:
    """What the claims of one event say of a direct triple."""

    event: str
    voices: tuple[Voice, ...]
    denials: tuple[str, ...]


def supports(claim: Claim, threshold: Decimal) -> bool:
    """Tell whether a claim may assert a direct triple: affirmed, actual or planned, and sure enough."""
    affirmed = claim.polarity is Polarity.AFFIRMED
    return affirmed and claim.modality in _ASSERTED and claim.confidence >= threshold


def find_support(
    event: str, facts: Sequence[Fact], lexicon: Lexicon, threshold: Decimal, ends: Ends
) -> dict[Triple, Support]:
    """Return the direct triples that the claims of an event assert; a denial counts for the event that it denies.

    Args:
        event: The event's identifier.
        facts: All claims that tell of it.
        lexicon: Gives the direct properties.
        threshold: The confidence from which a claim asserts a triple.
        ends: Tells which entities a triple may join.
    """
    return {
        triple: Support(event, tuple(map(_voice, support)), tuple(sorted(_denials(triple, facts, lexicon))))
        for triple, support in _supported(facts, lexicon, threshold, ends).items()
    }


def _voice(fact: Fact) -> Voice:
    return Voice(fact.claim.id, fact.source, fact.earliest, fact.latest, bool(fact.claim.attributed_to))


def make_statement(triple: Triple, supports: Iterable[Support]) -> Statement:
    """Return a direct triple with everything that speaks for and against it.

    Args:
        triple: Subject, predicate and object.
        supports: One of each event whose claims assert it, at least one.
    """
    given = list(supports)
    voices = {voice.claim: voice for support in given for voice in support.voices}
    return Statement(
        subject=triple[0],
        predicate=triple[1],
        object=triple[2],
        events=tuple(sorted(support.event for support in given)),
        supported_by=tuple(sorted(voices)),
        denied_by=tuple(sorted({claim for support in given for claim in support.denials})),
        earliest=min((day for voice in voices.values() if (day := voice.earliest)), default=None),
        latest=max((day for voice in voices.values() if (day := voice.latest)), default=None),
        attributed_only=all(voice.attributed for voice in voices.values()),
        source_count=len({voice.source for voice in voices.values()}),
    )


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
