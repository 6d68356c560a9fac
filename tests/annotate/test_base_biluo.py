"""Choosing moves for whole arrays gives what choosing token by token gives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from kg.annotate.base.biluo import MoveTable, find_entities

NAMES = ["B-A", "B-B", "I-B", "I-A", "L-A", "L-B", "U-A", "U-B", "U-", "O"]


@dataclass
class Table:
    """Scores that depend on the token, and inside an entity on its start too."""

    open: NDArray[np.float32]
    within: NDArray[np.float32]

    def outside(self) -> NDArray[np.float32]:
        return self.open

    def inside(self, at: NDArray[np.int64], start: NDArray[np.int64], moves: NDArray[np.int64]) -> NDArray[np.float32]:
        return self.within[start, at, moves]


def step_by_step(table: Table, ends: list[bool], spaces: list[bool]) -> list[tuple[int, int, int]]:
    """Read tokens one after the other, as spaCy's transition system does."""
    found: list[tuple[int, int, int]] = []
    start, label = -1, ""
    for i, end in enumerate(ends):
        scores = table.open[i] if start < 0 else table.within[start, i]
        best = max((n for n in NAMES if allowed(n, label, end=end, space=spaces[i])), key=lambda n: rank(scores, n))
        if best[0] == "B":
            start, label = i, best[2:]
        elif best[0] == "U":
            found.append((i, i + 1, "AB".index(best[2:])))
        elif best[0] == "L":
            found.append((start, i + 1, "AB".index(label)))
            start, label = -1, ""
    return found


def allowed(name: str, label: str, *, end: bool, space: bool) -> bool:
    kind, of = name[0], name[2:]
    if label:
        return of == label and (kind == "L" or (kind == "I" and not end))
    return kind == "O" or (bool(of) and not space and (kind == "U" or (kind == "B" and not end)))


def rank(scores: NDArray[np.float32], name: str) -> tuple[float, int]:
    place = NAMES.index(name)
    return float(scores[place]), -place


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 25), st.integers(0, 2**32 - 1), st.floats(0, 1))
def test_equals_reading_token_by_token(length: int, seed: int, stops: float) -> None:
    chance = np.random.default_rng(seed)
    # few different scores, so that ties come up
    table = Table(
        chance.integers(0, 4, (length, len(NAMES))).astype(np.float32),
        chance.integers(0, 4, (length, length, len(NAMES))).astype(np.float32),
    )
    ends, spaces = chance.random(length) < stops, chance.random(length) < 0.2
    ends[-1] = True
    moves = MoveTable.from_names(NAMES)
    assert moves is not None
    found = find_entities(table, moves, ends=ends, spaces=spaces)
    assert found == step_by_step(table, ends.tolist(), spaces.tolist())


def test_moves_that_are_no_full_set_are_not_taken() -> None:
    assert MoveTable.from_names(["O"]) is None
    assert MoveTable.from_names(["B-A", "I-A", "L-A", "O"]) is None
    assert MoveTable.from_names(["B-A", "I-A", "L-A", "U-A"]) is None
    assert MoveTable.from_names([*NAMES, "M"]) is None
    assert MoveTable.from_names([*NAMES, "B-A"]) is None
    assert MoveTable.from_names([n for n in NAMES if n != "U-"]) is not None
