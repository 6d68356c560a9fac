"""Direct triples: what affirmed, actual or planned claims of enough confidence say between two entities.

A triple asks more than its claim: ends that fit it (:mod:`kg.fuse.trust`), and a probability of its own that reaches
the gate (:mod:`kg.fuse.gate`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kg.fuse.facts import ACT, Fact, direct_pairs
from kg.fuse.gate import Gate
from kg.fuse.trust import Ends
from kg.iris import REL, escape_local
from kg.lexicon import Lexicon
from kg.model import Claim, Modality, Polarity, Statement

__all__ = ["Support", "Triple", "Voice", "asserted", "find_support", "make_statement", "supports"]

_ASSERTED = (Modality.ACTUAL, Modality.PLANNED)

Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Voice:
    """A claim that may assert a direct triple: its source, the days that it gives, whether somebody else says it.

    ``probability`` is that it is right about both ends, as the gate weighs it.
    """

    claim: str
    source: str
    earliest: date | None
    latest: date | None
    attributed: bool
    probability: float


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
    event: str, facts: Sequence[Fact], *, lexicon: Lexicon, threshold: Decimal, ends: Ends, gate: Gate
) -> dict[Triple, Support]:
    """Return the direct triples that the claims of an event may assert; a denial counts for the event that it denies.

    Args:
        event: The event's identifier.
        facts: All claims that tell of it.
        lexicon: Gives the direct properties.
        threshold: The confidence from which a claim asserts a triple.
        ends: Tells which entities a triple may join.
        gate: Tells how sure each of them is.
    """
    voices: dict[Triple, list[Voice]] = defaultdict(list)
    for fact in facts:
        for triple in asserted(fact, lexicon, threshold, ends):
            probability = gate.probability(fact.claim, (triple[0], triple[2]), fact.marks, lexicon)
            if gate.may_count(probability):
                voices[triple].append(_voice(fact, probability))
    return {
        triple: Support(event, tuple(found), tuple(sorted(_denials(triple, facts, lexicon))))
        for triple, found in voices.items()
    }


def asserted(fact: Fact, lexicon: Lexicon, threshold: Decimal, ends: Ends) -> Iterator[Triple]:
    """Yield the direct triples that a claim may assert, however sure they are.

    Args:
        fact: A claim with canonical entities.
        lexicon: Gives the direct properties.
        threshold: The confidence that a claim needs.
        ends: Tells which entities a triple may join.
    """
    if supports(fact.claim, threshold):
        for triple in _triples(fact.claim, lexicon):
            if not ends.refusal(fact.claim, (triple[0], triple[2]), fact.marks, lexicon):
                yield triple


def _voice(fact: Fact, probability: float) -> Voice:
    attributed = bool(fact.claim.attributed_to)
    return Voice(fact.claim.id, fact.source, fact.earliest, fact.latest, attributed, probability)


def make_statement(triple: Triple, supports: Iterable[Support], gate: Gate) -> Statement | None:
    """Return a direct triple with everything that speaks for and against it, None where it is not sure enough.

    Args:
        triple: Subject, predicate and object.
        supports: One of each event whose claims may assert it.
        gate: Tells whether they are sure enough, alone or together.
    """
    given = list(supports)
    voices = {voice.claim: voice for support in given for voice in support.voices}
    if not gate.passes((voice.source, voice.probability) for voice in voices.values()):
        return None
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
