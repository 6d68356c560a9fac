"""What stands where around a predicate: logical slots and their fillers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kg.annotate.layers import Argument

__all__ = ["SETTINGS", "Filled", "Slots", "add_phrases", "heads_of", "slots_of"]

SETTINGS = frozenset({"sideline", "margin", "occasion", "eve", "basis", "behalf", "ground", "condition", "order"})
"""What follows "on" here is not what an event is about: "on the sidelines of", "on behalf of"."""

Slots = dict[str, list["Filled"]]
"""Logical slot to its fillers, in text order."""


class Filled(NamedTuple):
    """A filler of a slot: its head and what is coordinated to it; ``far`` when it was not the predicate's own."""

    head: int
    conjuncts: tuple[int, ...]
    far: bool = False


def slots_of(arguments: Iterable[tuple[str, Argument]]) -> Slots:
    """Return the slots that a clause's logical arguments fill."""
    slots: Slots = {}
    for name, argument in arguments:
        slots.setdefault(name, []).append(
            Filled(argument.head, argument.conjuncts or (argument.head,), bool(argument.inherited))
        )
    return slots


def heads_of(slots: Slots, name: str) -> tuple[int, ...]:
    """Return the heads of all fillers of a slot."""
    return tuple([h for filled in slots.get(name, ()) for h in filled.conjuncts])


def add_phrases(slots: Slots, extra: Iterable[tuple[str, Filled]]) -> Slots:
    """Return the slots with fillers added where a slot is empty."""
    out = {name: list(fillers) for name, fillers in slots.items()}
    for name, filled in extra:
        if name not in slots:
            out.setdefault(name, []).append(filled)
    return out
