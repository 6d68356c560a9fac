"""Why claims of one fact stand in another event than most of them: what extraction made of their roles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kg.fuse.sources import Record
from kg.model import Claim, EntityValue, Quantity, TextValue, TimeValue, World
from newsmaker.score import Truth, statement_of

__all__ = ["strays"]

_ROLES = ("agent", "recipient", "participant", "destination", "place", "begin", "theme", "topic", "amount", "count")


def strays(
    world: World, records: Sequence[Record], truth: Truth, claims: Mapping[str, str], canonical: Mapping[str, str]
) -> tuple[Counter[str], dict[str, list[str]]]:
    """Return how many stray claims have which fault first, and examples of each.

    A fault is a role with what is wrong with it; ``all roles right`` is fusing's own, or the event's other claims'.
    """
    home = _homes(world, claims)
    counts: Counter[str] = Counter()
    examples: dict[str, list[str]] = defaultdict(list)
    event_of = dict(world.claim_events())
    for record in records:
        for claim in record.annotation.claims:
            fact = claims.get(claim.id)
            if fact is None or event_of[claim.id] == home[fact]:
                continue
            statement = statement_of(claim, truth.articles[record.document.source_path], canonical)
            faults = [f"{claim.event_type} {fault}" for fault in _faults(claim, statement, canonical)]
            fault = faults[0] if faults else f"{claim.event_type} all roles right"
            counts[fault] += 1
            examples[fault].append(record.document.quote(claim.evidence))
    return counts, examples


def _homes(world: World, claims: Mapping[str, str]) -> dict[str, str]:
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for claim, event in world.claim_events():
        if claim in claims:
            votes[claims[claim]][event] += 1
    return {fact: min(found, key=lambda event: (-found[event], event)) for fact, found in votes.items()}


def _faults(claim: Claim, statement: Mapping[str, Any], canonical: Mapping[str, str]) -> Iterator[str]:
    if claim.polarity != statement["polarity"]:
        yield "polarity wrong"
    if claim.modality != statement["modality"]:
        yield "modality wrong"
    for name in _ROLES:
        told = {_told(role) for role in statement["roles"] if role["role"] == name}
        found = {_found(value, canonical) for value in claim.values(name)}
        if told - found and found - told:
            yield f"{name} wrong"
        elif told - found:
            yield f"{name} missing"
        elif found - told:
            yield f"{name} too many"


def _told(role: Mapping[str, Any]) -> str:
    if role["kind"] == "entity":
        return role["key"]
    return str(next(role[key] for key in ("value", "minimum", "maximum") if key in role)).casefold()


def _found(value: object, canonical: Mapping[str, str]) -> str:
    if isinstance(value, EntityValue):
        return canonical.get(value.key, value.key)
    if isinstance(value, TimeValue):
        return value.lexical
    if isinstance(value, Quantity):
        figure = next(v for v in (value.value, value.minimum, value.maximum) if v is not None)
        return f"{figure:f}".removesuffix(".0")
    return value.text.casefold() if isinstance(value, TextValue) else ""
