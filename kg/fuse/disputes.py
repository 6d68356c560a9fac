"""Judge one role of an event: on what the claims agree, and which rival values stand side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from kg.fuse.compare import (
    Relation,
    compare_durations,
    compare_quantities,
    compare_times,
    content_words,
    figure,
    normal_text,
)
from kg.fuse.facts import Fact
from kg.fuse.fit import same_party
from kg.fuse.kinds import CASUALTIES
from kg.fuse.measures import counted_text
from kg.model import DisputeKind, DurationValue, EntityValue, Quantity, RoleSource, TextValue, TimeValue

__all__ = ["Verdict", "judge_role"]

Given = Sequence[tuple[Fact, RoleSource]]

# A report need not list all of these: an event has those that any names.
_LISTED = ("participant", "theme", "topic")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the claims of an event say of one role; ``claims`` are those on either side of the dispute, sorted."""

    agreed: tuple[RoleSource, ...] = ()
    kind: DisputeKind | None = None
    rivals: tuple[RoleSource, ...] = ()
    claims: tuple[str, ...] = ()


def judge_role(name: str, given: Given, sides: Mapping[str, str], doubled: frozenset[str] = frozenset()) -> Verdict:
    """Return the verdict on a role.

    Args:
        name: The role.
        given: Every value of it with its claim, in reading order.
        sides: Person to the country or organisation that it acts for.
        doubled: Parties that need not be named, since others of their side are.
    """
    found = _judge(name, given, sides, doubled)
    if found.kind is not None and name == "count" and (toll := _latest_toll(given)):
        return toll
    if found.kind is None or _voices(given, found.claims) > 1:
        return found
    # one voice that gives two values tells more of one thing, it does not contradict itself
    return Verdict(agreed=(*found.agreed, *found.rivals))


def _latest_toll(given: Given) -> Verdict | None:
    """Return the toll of the last day where tolls only rose from day to day: that is news, not a dispute."""
    if not all(fact.claim.event_type in CASUALTIES for fact, _ in given):
        return None
    by_day = groupby(_of(given, Quantity), key=lambda pair: pair[0].published)
    days = [_judge_values(list(told), compare_quantities, _by_exactness) for _, told in by_day]
    if any(day.kind or len(day.agreed) != 1 for day in days):
        return None
    figures = [figure(value) for day in days for *_, role in day.agreed if isinstance(value := role.value, Quantity)]
    return days[-1] if figures == sorted(figures) else None


def _voices(given: Given, claims: Sequence[str]) -> int:
    """Return how many speak in some claims: documents, and in each whom it cites."""
    return len({(f.claim.document_id, f.claim.attributed_to) for f, s in given if s[1] in claims})


def _judge(name: str, given: Given, sides: Mapping[str, str], doubled: frozenset[str]) -> Verdict:
    times = _of(given, TimeValue)
    if times:
        return _judge_values(times, compare_times, _by_precision)
    quantities = _of(given, Quantity)
    if quantities:
        return _judge_values(quantities, compare_quantities, _by_exactness)
    durations = _of(given, DurationValue)
    if durations:
        return _judge_values(durations, compare_durations, _by_nothing)
    return _judge_things(name, given, sides, doubled)


def _of(given: Given, kind: type[Any]) -> Given:
    return [(fact, source) for fact, source in given if isinstance(source[2].value, kind)]


def _by_precision(value: TimeValue) -> int:
    return (value.latest - value.earliest).days


def _by_exactness(value: Quantity) -> tuple[bool, bool]:
    return value.value is None, value.approximate


def _by_nothing(_: DurationValue) -> int:
    return 0


def _judge_values(given: Given, compare: Callable[[Any, Any], Relation], rank: Callable[[Any], Any]) -> Verdict:
    """Judge dates and numbers: agreed where all values are the same, with the finest for them all."""
    values = [source for _, source in sorted(given, key=lambda pair: rank(pair[1][2].value))]
    distinct: list[RoleSource] = []
    for source in values:
        if all(compare(source[2].value, other[2].value) is not Relation.SAME for other in distinct):
            distinct.append(source)
    relations = {compare(a[2].value, b[2].value) for i, a in enumerate(distinct) for b in distinct[i + 1 :]} - {
        Relation.SAME
    }
    if not relations:
        return Verdict(agreed=(distinct[0],))
    if relations == {Relation.UNRELATED}:
        # another currency or unit: no dispute, and each stands
        return Verdict(agreed=tuple(distinct))
    kind = DisputeKind.DIFFERENT_VALUE if Relation.RIVAL in relations else DisputeKind.BOUNDS
    rivals = [a for a in distinct if _contested(a, distinct, compare)]
    claims = {s[1] for s in values if _contested(s, rivals, compare)}
    # a sum in another currency, which nobody contests, must not look like the one on which all agree
    return Verdict(kind=kind, rivals=tuple(rivals), claims=tuple(sorted(claims)))


def _contested(source: RoleSource, others: Sequence[RoleSource], compare: Callable[[Any, Any], Relation]) -> bool:
    relations = (compare(source[2].value, other[2].value) for other in others)
    return any(relation in (Relation.RIVAL, Relation.BOUNDS) for relation in relations)


def _judge_things(name: str, given: Given, sides: Mapping[str, str], doubled: frozenset[str]) -> Verdict:
    """Judge entities and words.

    Entities that every report of the role names are agreed on; of participants and themes, all that somebody names,
    since a report need not list them all. Words are agreed on where others only add to them.
    """
    entities = [(f, s) for f, s in given if isinstance(s[2].value, EntityValue)]
    words = [(f, s) for f, s in given if isinstance(s[2].value, TextValue)]
    agreed = _agreed_words(words)
    if not entities:
        return _judge_counted(name, words) or Verdict(agreed=agreed)
    by_claim: dict[str, set[str]] = {}
    first: dict[str, RoleSource] = {}
    for _, source in entities:
        by_claim.setdefault(source[1], set()).add(_key(source))
        first.setdefault(_key(source), source)
    # a headline leaves out who else signed
    listed = name in _LISTED or (name == "agent" and all(fact.claim.event_type == "Sign" for fact, _ in entities))
    if name in ("agent", "recipient") and not listed:
        return _judge_parties(by_claim, first, agreed, sides, doubled)
    kept = set(first) - doubled if listed else set.intersection(*by_claim.values())
    return Verdict(agreed=(*(first[key] for key in first if key in kept), *agreed))


def _judge_counted(name: str, words: Given) -> Verdict | None:
    """Judge words that count things ("12 helicopters"), None where they do not, or where a count is judged besides."""
    if name != "theme" or any(fact.claim.values("count") for fact, _ in words):
        return None
    if not all(isinstance(s[2].value, TextValue) and counted_text(s[2].value.text) for _, s in words):
        return None
    return _judge_values(
        words, lambda a, b: compare_quantities(_number(a), _number(b)), lambda a: _by_exactness(_number(a))
    )


def _number(words: TextValue) -> Quantity:
    found = counted_text(words.text)
    if found is None:
        raise ValueError(f"{words.text!r} counts nothing")
    return found[0]


def _key(source: RoleSource) -> str:
    value = source[2].value
    return value.key if isinstance(value, EntityValue) else ""


def _judge_parties(
    by_claim: Mapping[str, set[str]],
    first: Mapping[str, RoleSource],
    words: tuple[RoleSource, ...],
    sides: Mapping[str, str],
    doubled: frozenset[str],
) -> Verdict:
    """Judge who did it and to whom: one more or other party is a dispute, a president for his country is not."""
    every = set(first)
    shared = {key for key in every if all(_names(key, keys, sides) for keys in by_claim.values())}
    agreed = tuple(first[key] for key in first if key in shared - doubled)
    if shared == every:
        return Verdict(agreed=(*agreed, *words))
    rivals = tuple(first[key] for key in first if key not in shared)
    return Verdict(agreed=agreed, kind=DisputeKind.DIFFERENT_VALUE, rivals=rivals, claims=tuple(sorted(by_claim)))


def _names(key: str, keys: set[str], sides: Mapping[str, str]) -> bool:
    return any(same_party(key, other, sides) for other in keys)


def _agreed_words(words: Given) -> tuple[RoleSource, ...]:
    """Return the words that say no more than all do ("28 programmes"), those of most reports, then of the earliest.

    Spelling, articles and what any matter may be called ("the creation of a single currency") are not counted.
    """
    said = [(s, s[2].value.text) for _, s in words if isinstance(s[2].value, TextValue)]
    least = min((content_words(text) for _, text in said), key=len, default=frozenset())
    if not all(least <= content_words(text) for _, text in said):
        return ()
    shared = [(source, normal_text(text)) for source, text in said if content_words(text) == least]
    votes = Counter(text for _, text in shared)
    return tuple(source for source, _ in sorted(shared, key=lambda pair: -votes[pair[1]])[:1])
