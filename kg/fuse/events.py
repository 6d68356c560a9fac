"""Make an event of the claims that tell of it: the roles on which they agree, and the disputes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from kg.fuse.disputes import Verdict, judge_role
from kg.fuse.facts import ACT, Fact, reading_order
from kg.iris import digest
from kg.model import Dispute, DisputeKind, EntityValue, Event, Modality, Polarity, RoleSource, TimeValue

__all__ = ["POLARITY", "make_events"]

POLARITY = "polarity"
"""The role that a denial disputes."""

_MODALITIES = tuple(Modality)


def make_events(
    clusters: Iterable[Sequence[Fact]], sides: Mapping[str, str]
) -> list[tuple[Event, tuple[Dispute, ...], tuple[Fact, ...]]]:
    """Return each event with its disputes and its claims in reading order.

    Args:
        clusters: All events of one group, since only among these a tie of identifiers can arise.
        sides: Person to the country or organisation that it acts for.
    """
    drafts = [_draft(sorted(facts, key=reading_order), sides) for facts in clusters]
    ties = Counter(draft[0].id for draft in drafts)
    return [_named(*draft, tie=ties[draft[0].id] > 1) for draft in drafts]


def _named(
    event: Event, disputes: tuple[Dispute, ...], facts: tuple[Fact, ...], *, tie: bool
) -> tuple[Event, tuple[Dispute, ...], tuple[Fact, ...]]:
    """Give an event its identifier: the smallest claim tells events apart that are otherwise alike."""
    key = digest(event.id, event.claims[0]) if tie else digest(event.id)
    return replace(event, id=key), tuple(replace(dispute, event=key) for dispute in disputes), facts


def _draft(facts: list[Fact], sides: Mapping[str, str]) -> tuple[Event, tuple[Dispute, ...], tuple[Fact, ...]]:
    event_type, predicate = _type(facts)
    by_role: dict[str, list[tuple[Fact, RoleSource]]] = defaultdict(list)
    for fact in facts:
        for role in fact.claim.roles:
            by_role[role.name].append((fact, (fact.claim.document_id, fact.claim.id, role)))
    verdicts = {name: judge_role(name, values, sides) for name, values in sorted(by_role.items())}
    claims = tuple(sorted(fact.claim.id for fact in facts))
    disputes = tuple(_disputes(verdicts, facts))
    event = Event(
        id="\x1e".join(("event", event_type, predicate if event_type == ACT else "", *_identity(facts, verdicts))),
        event_type=event_type,
        predicate=predicate,
        roles=tuple(source for verdict in verdicts.values() for source in verdict.agreed),
        claims=claims,
        polarity=_polarity(facts),
        modality=_modality(facts),
        disputed=bool(disputes),
        source_count=len({fact.source for fact in facts}),
        earliest=min(_days(verdicts, "earliest"), default=None),
        latest=max(_days(verdicts, "latest"), default=None),
    )
    return event, disputes, tuple(facts)


def _type(facts: Sequence[Fact]) -> tuple[str, str]:
    """Return the most frequent class and its most frequent predicate, the alphabetically first of equals."""
    kind = _most(fact.claim.event_type for fact in facts)
    return kind, _most(fact.claim.predicate for fact in facts if fact.claim.event_type == kind)


def _most(words: Iterable[str]) -> str:
    votes = Counter(words)
    return min(votes, key=lambda word: (-votes[word], word))


def _identity(facts: Sequence[Fact], verdicts: Mapping[str, Verdict]) -> tuple[str, ...]:
    """Return the parties and the finest date, which with the class name an event."""
    parties = {
        role.value.key
        for fact in facts
        for role in fact.claim.roles
        if role.name in ("agent", "recipient", "participant") and isinstance(role.value, EntityValue)
    }
    begin = [source[2].value for source in _sources(verdicts.get("begin"))]
    dates = sorted((t.latest - t.earliest, t.lexical) for t in begin if isinstance(t, TimeValue))
    return *sorted(parties), dates[0][1] if dates else ""


def _sources(verdict: Verdict | None) -> tuple[RoleSource, ...]:
    return (*verdict.agreed, *verdict.rivals) if verdict else ()


def _days(verdicts: Mapping[str, Verdict], attribute: str) -> list[date]:
    values = (source[2].value for verdict in verdicts.values() for source in _sources(verdict))
    return [getattr(value, attribute) for value in values if isinstance(value, TimeValue)]


def _polarity(facts: Sequence[Fact]) -> Polarity:
    """Return negated only when no claim affirms."""
    affirmed = any(fact.claim.polarity is Polarity.AFFIRMED for fact in facts)
    return Polarity.AFFIRMED if affirmed else Polarity.NEGATED


def _modality(facts: Sequence[Fact]) -> Modality:
    """Return the strongest among the claims that carry the event's polarity."""
    polarity = _polarity(facts)
    return min((f.claim.modality for f in facts if f.claim.polarity is polarity), key=_MODALITIES.index)


def _disputes(verdicts: Mapping[str, Verdict], facts: Sequence[Fact]) -> Iterable[Dispute]:
    for name, verdict in verdicts.items():
        if verdict.kind:
            yield Dispute(event="", role=name, kind=verdict.kind, values=verdict.rivals, claims=verdict.claims)
    real = [f.claim for f in facts if f.claim.modality in (Modality.ACTUAL, Modality.PLANNED)]
    if len({claim.polarity for claim in real}) > 1:
        claims = tuple(sorted(claim.id for claim in real))
        yield Dispute(event="", role=POLARITY, kind=DisputeKind.DENIED, values=(), claims=claims)
