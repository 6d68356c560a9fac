"""Make an event of the claims that tell of it: the roles on which they agree, and the disputes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from kg.fuse.disputes import Verdict, judge_role
from kg.fuse.facts import ACT, Fact, reading_order
from kg.fuse.trust import Ends
from kg.iris import digest
from kg.model import Dispute, DisputeKind, EntityValue, Event, Modality, Polarity, RoleSource, TimeValue

__all__ = ["POLARITY", "draft_key", "event_name", "make_event"]

POLARITY = "polarity"
"""The role that a denial disputes."""

_PARTY_ROLES = ("agent", "recipient", "participant")
_MODALITIES = tuple(Modality)


def draft_key(facts: Iterable[Fact], sides: Mapping[str, str]) -> str:
    """Return what names the event that some claims tell of: class, parties and finest date. Others may share it.

    Args:
        facts: All claims that tell of it, in any order.
        sides: Person to the country or organisation that it acts for.
    """
    ordered = sorted(facts, key=reading_order)
    event_type, predicate = _type(ordered)
    begin = judge_role("begin", [given for given in _given(ordered) if given[1][2].name == "begin"], sides)
    identity = _identity(ordered, begin)
    kind = predicate if event_type == ACT else _speakers(ordered, identity) if event_type == "Say" else ""
    return "\x1e".join(("event", event_type, kind, *identity))


def _speakers(facts: Sequence[Fact], identity: Sequence[str]) -> str:
    """Return who speaks, where that are not all parties: claims of other speakers are of another kind."""
    speakers = sorted(facts[0].claim.entities("agent"))
    return "" if speakers == list(identity[:-1]) else f"by {' '.join(speakers)}"


def event_name(draft: str, claims: Iterable[str], *, tie: bool) -> str:
    """Return an event's identifier: the smallest claim tells events apart that are otherwise alike."""
    return digest(draft, min(claims)) if tie else digest(draft)


def make_event(name: str, facts: Iterable[Fact], ends: Ends) -> tuple[Event, tuple[Dispute, ...]]:
    """Return an event with its disputes.

    Args:
        name: Its identifier.
        facts: All claims that tell of it, in any order.
        ends: Tells whom persons act for, and who is a person.
    """
    ordered = sorted(facts, key=reading_order)
    event_type, predicate = _type(ordered)
    doubled = _doubled(ordered, ends)
    by_role: dict[str, list[tuple[Fact, RoleSource]]] = defaultdict(list)
    for given in _given(ordered):
        by_role[given[1][2].name].append(given)
    verdicts = {
        role: judge_role(role, values, ends.sides, doubled.get(role, frozenset()))
        for role, values in sorted(by_role.items())
    }
    disputes = tuple(_disputes(name, verdicts, ordered))
    event = Event(
        id=name,
        event_type=event_type,
        predicate=predicate,
        roles=tuple(source for verdict in verdicts.values() for source in verdict.agreed),
        claims=tuple(sorted(fact.claim.id for fact in ordered)),
        polarity=_polarity(ordered),
        modality=_modality(ordered),
        disputed=bool(disputes),
        source_count=len({fact.source for fact in ordered}),
        earliest=min(_days(verdicts, "earliest"), default=None),
        latest=max(_days(verdicts, "latest"), default=None),
    )
    return event, disputes


def _doubled(facts: Sequence[Fact], ends: Ends) -> dict[str, frozenset[str]]:
    """Return by role the parties to leave out, where a person and the country for which he acts both are named.

    The persons stay where all parties are persons, else the countries do: talks are those of two presidents, or of two
    countries, and not of a country with a president.
    """
    named = {role: {key for fact in facts for key in fact.claim.entities(role)} for role in _PARTY_ROLES}
    twice = {role: {key for key in keys if ends.sides.get(key) in keys} for role, keys in named.items()}
    countries = {role: {ends.sides[key] for key in keys} for role, keys in twice.items()}
    others = {key for role, keys in named.items() for key in keys - twice[role] - countries[role]}
    personal = all(ends.is_person(key) for key in others)
    return {role: frozenset(countries[role] if personal else twice[role]) for role in _PARTY_ROLES}


def _given(facts: Iterable[Fact]) -> Iterator[tuple[Fact, RoleSource]]:
    """Yield every filled role with its claim."""
    for fact in facts:
        for role in fact.claim.roles:
            yield fact, (fact.claim.document_id, fact.claim.id, role)


def _type(facts: Sequence[Fact]) -> tuple[str, str]:
    """Return the most frequent class and its most frequent predicate, the alphabetically first of equals."""
    kind = _most(fact.claim.event_type for fact in facts)
    return kind, _most(fact.claim.predicate for fact in facts if fact.claim.event_type == kind)


def _most(words: Iterable[str]) -> str:
    votes = Counter(words)
    return min(votes, key=lambda word: (-votes[word], word))


def _identity(facts: Sequence[Fact], begin: Verdict) -> tuple[str, ...]:
    """Return the parties and the finest date, which with the class name an event."""
    parties = {
        role.value.key
        for fact in facts
        for role in fact.claim.roles
        if role.name in _PARTY_ROLES and isinstance(role.value, EntityValue)
    }
    times = [source[2].value for source in _sources(begin)]
    dates = sorted((t.latest - t.earliest, t.lexical) for t in times if isinstance(t, TimeValue))
    return *sorted(parties), dates[0][1] if dates else ""


def _sources(verdict: Verdict) -> tuple[RoleSource, ...]:
    return *verdict.agreed, *verdict.rivals


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


def _disputes(event: str, verdicts: Mapping[str, Verdict], facts: Sequence[Fact]) -> Iterable[Dispute]:
    for name, verdict in verdicts.items():
        if verdict.kind:
            yield Dispute(event=event, role=name, kind=verdict.kind, values=verdict.rivals, claims=verdict.claims)
    real = [f.claim for f in facts if f.claim.modality in (Modality.ACTUAL, Modality.PLANNED)]
    if len({claim.polarity for claim in real}) > 1:
        claims = tuple(sorted(claim.id for claim in real))
        yield Dispute(event=event, role=POLARITY, kind=DisputeKind.DENIED, values=(), claims=claims)
