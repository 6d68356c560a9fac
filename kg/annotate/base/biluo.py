"""Choose the moves of a BILUO transition system for many sentences at once (spaCy's ``_parser_internals/ner.pyx``).

Outside an entity, only ``B-``, ``U-`` and ``O`` are allowed, and the scores of a token depend on that token alone: one
matrix product scores all tokens. Inside one, only ``I-`` and ``L-`` of its label are, and as no entity crosses the end
of its sentence, the open entities of all sentences are carried on side by side, a token a round.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["MoveTable", "StateScores", "find_entities"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class MoveTable:
    """The classes of a transition system: which are allowed where, and what they mean.

    ``begins``, ``units`` and ``out`` mark classes; ``label`` is the number of a class's label, ``into`` and ``last``
    the classes of ``I-`` and ``L-`` by that number.
    """

    labels: tuple[str, ...]
    begins: Bools
    units: Bools
    out: Bools
    label: Ints
    into: Ints
    last: Ints

    @classmethod
    def from_names(cls, names: Sequence[str]) -> MoveTable | None:
        """Return the table of moves named ``B-ORG``, ``O`` …, None unless each label has all four and ``O`` is there.

        ``U-`` without a label, which only preset tokens take, is never allowed here.
        """
        labels = tuple(name[2:] for name in names if name.startswith("B-"))
        kinds = {f"{kind}-{label}" for label in labels for kind in "BILU"}
        if not labels or set(names) - {"U-"} != kinds | {"O"} or len(names) != len(set(names)):
            return None
        number = {label: n for n, label in enumerate(labels)}
        return cls(
            labels=labels,
            begins=np.array([name.startswith("B-") for name in names]),
            units=np.array([name.startswith("U-") and len(name) > 2 for name in names]),
            out=np.array([name == "O" for name in names]),
            label=np.array([number.get(name[2:], -1) for name in names]),
            into=np.array([names.index(f"I-{label}") for label in labels]),
            last=np.array([names.index(f"L-{label}") for label in labels]),
        )


class StateScores(Protocol):
    """Scores of moves in states."""

    def outside(self) -> Floats:
        """Return the scores of every move (columns) at every token (rows), were it outside an entity."""
        ...

    def inside(self, at: Ints, start: Ints, moves: Ints) -> Floats:
        """Return the score of a move each at tokens ``at`` in entities that began at ``start``."""
        ...


def find_entities(scores: StateScores, moves: MoveTable, *, ends: Bools, spaces: Bools) -> list[tuple[int, int, int]]:
    """Return the entities that the best moves make: (start, end exclusive, number of the label), in text order.

    Args:
        scores: Of the model.
        moves: What its columns mean.
        ends: Marks the last token of each sentence; the last token of all is one.
        spaces: Marks tokens of white space, at which no entity begins.
    """
    chosen = _best_outside(scores.outside(), moves, ends=ends, spaces=spaces)
    starts, stops, labels = _carry_on(scores, moves, chosen, ends)
    covered = np.zeros(len(ends) + 1, dtype=np.int64)
    np.add.at(covered, starts, 1)
    np.add.at(covered, stops, -1)
    units = np.flatnonzero(moves.units[chosen] & (np.cumsum(covered[:-1]) == 0))
    starts, stops = np.concatenate([starts, units]), np.concatenate([stops, units + 1])
    labels = np.concatenate([labels, moves.label[chosen[units]]])
    order = np.argsort(starts)
    return list(zip(starts[order].tolist(), stops[order].tolist(), labels[order].tolist(), strict=True))


def _best_outside(scores: Floats, moves: MoveTable, *, ends: Bools, spaces: Bools) -> Ints:
    """Return the best allowed move of each token, were it outside an entity; the first of equals, as in spaCy."""
    allowed = np.broadcast_to(moves.out, scores.shape).copy()
    allowed |= moves.units & ~spaces[:, None]
    allowed |= moves.begins & ~(spaces | ends)[:, None]
    best: Ints = np.where(allowed, scores, -np.inf).argmax(axis=1)
    return best


def _carry_on(scores: StateScores, moves: MoveTable, chosen: Ints, ends: Bools) -> tuple[Ints, Ints, Ints]:
    """Return starts, ends and labels of the entities of two tokens or more.

    Each sentence is read from its first token: on to the next ``B-``, through its entity to ``L-``, and so on.
    """
    following = _next_begin(moves.begins[chosen], ends)
    firsts = np.flatnonzero(np.concatenate([[True], ends[:-1]]))
    start = following[firsts]
    start = start[start >= 0]
    at = start + 1
    done: list[tuple[Ints, Ints]] = []
    while len(at):
        label = moves.label[chosen[start]]
        into, last = moves.into[label], moves.last[label]
        on, off = scores.inside(at, start, into), scores.inside(at, start, last)
        stays = ~ends[at] & ((on > off) | ((on == off) & (into < last)))
        done.append((start[~stays], at[~stays] + 1))
        again = at[~stays & ~ends[at]] + 1
        again = following[again]
        again = again[again >= 0]
        start = np.concatenate([start[stays], again])
        at = np.concatenate([at[stays] + 1, again + 1])
    starts = np.concatenate([s for s, _ in done] or [np.zeros(0, dtype=np.int64)])
    stops = np.concatenate([e for _, e in done] or [np.zeros(0, dtype=np.int64)])
    return starts, stops, moves.label[chosen[starts]]


def _next_begin(begins: Bools, ends: Bools) -> Ints:
    """Return for each token the first token from it on, in its sentence, where an entity may begin; -1 for none."""
    size = len(begins)
    here = np.where(begins, np.arange(size), size)
    found = np.minimum.accumulate(here[::-1])[::-1]
    stops = np.where(ends, np.arange(size), size)
    last = np.minimum.accumulate(stops[::-1])[::-1]
    following: Ints = np.where(found <= last, found, -1)
    return following
