"""Move boxes a little so that no line runs under a box that it does not belong to, and few lines cross.

Plain descent: every box in turn tries steps in eight directions, and takes the one that lowers the cost most. The
order is fixed and nothing is random, so equal input gives equal places.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kg.show.layout import Box

__all__ = ["untangle"]

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.intp]

_STEPS = (120.0, 60.0, 25.0, 60.0, 25.0, 10.0)
_DIRECTIONS = ((1, 0), (0, 1), (-1, 0), (0, -1), (0.7, 0.7), (-0.7, 0.7), (-0.7, -0.7), (0.7, -0.7))
_SAMPLES = 22
_GAP = 8.0
_UNDER_NODE, _UNDER_LABEL, _UNDER_OWN, _CROSSING, _LENGTH, _BEND = 12.0, 3.0, 1.5, 9.0, 0.06, 0.10
"""Costs: of a sample point under another node, another label, or one of the two nodes that the line joins; of two
crossing lines; of a point of length; of a point that a label lies off the straight way."""
_PLACES = [(along, off) for along in (0.5, 0.38, 0.62) for off in (0.0, 18.0, -18.0, 40.0, -40.0, 70.0, -70.0)]
"""Where a label is tried: how far along the straight way, and how many points beside it."""


def untangle(boxes: Sequence[Box], lines: Sequence[tuple[int, int, int]], *, nodes: int) -> list[Box]:
    """Return the boxes at better places.

    Args:
        boxes: Of the nodes first, then of the labels; none may touch another, and none will.
        lines: For each line the indices of its first box, its label's box and its second box; labels in order.
        nodes: How many of the boxes are nodes.
    """
    if not lines:
        return list(boxes)
    tangle = _Tangle(boxes, lines, nodes)
    for step in _STEPS:
        for index in range(len(boxes)):
            tangle.improve(index, step)
    return [Box(float(x), float(y), box.width, box.height) for (x, y), box in zip(tangle.points, boxes, strict=True)]


class _Tangle:
    """Places of boxes and what they cost."""

    def __init__(self, boxes: Sequence[Box], lines: Sequence[tuple[int, int, int]], nodes: int) -> None:
        self.points: Numbers = np.array([(box.x, box.y) for box in boxes], dtype=np.float64)
        self.half: Numbers = np.array([(box.width / 2, box.height / 2) for box in boxes], dtype=np.float64)
        self.lines = np.array(lines, dtype=np.intp)
        self.price = np.tile(np.where(np.arange(len(boxes)) < nodes, _UNDER_NODE, _UNDER_LABEL), (len(lines), 1))
        for column, price in ((0, _UNDER_OWN), (1, 0.0), (2, _UNDER_OWN)):
            self.price[np.arange(len(lines)), self.lines[:, column]] = price
        self.nodes = nodes
        t = np.linspace(0.0, 1.0, _SAMPLES)[None, :, None]
        self.blend = ((1 - t) ** 2, 2 * t * (1 - t), t**2)
        self.own = [np.flatnonzero((self.lines == index).any(axis=1)) for index in range(len(boxes))]
        self.others = [np.flatnonzero((self.lines != index).all(axis=1)) for index in range(len(boxes))]
        self.samples = self._samples(np.arange(len(lines)))

    def improve(self, index: int, step: float) -> None:
        """Move one box by a step where that lowers the cost."""
        start = self.points[index].copy()
        best, place = self._cost(index), start
        steps = [start + np.array(direction) * step for direction in _DIRECTIONS]
        for candidate in [*steps, *self._beside(index)]:
            self.points[index] = candidate
            if self._free(index):
                cost = self._cost(index)
                if cost < best - 1e-6:
                    best, place = cost, candidate
        self.points[index] = place
        own = self.own[index]
        self.samples[own] = self._samples(own)

    def _beside(self, index: int) -> list[Numbers]:
        """Return places for a label beside the middle of its line."""
        if index < self.nodes:
            return []
        first, _, second = self.lines[index - self.nodes]
        begin, way = self.points[first], self.points[second] - self.points[first]
        across = np.array([-way[1], way[0]]) / max(float(np.hypot(way[0], way[1])), 1.0)
        return [begin + way * along + across * off for along, off in _PLACES]

    def _free(self, index: int) -> bool:
        near = np.abs(self.points - self.points[index]) < self.half + self.half[index] + _GAP
        near[index] = False
        return not bool(near.all(axis=1).any())

    def _samples(self, lines: Indices) -> Numbers:
        """Return points along lines, each a parabola through its label."""
        first, label, second = self._ends(lines)
        control = 2 * label - (first + second) / 2
        a, b, c = self.blend
        found: Numbers = a * first[:, None] + b * control[:, None] + c * second[:, None]
        return found

    def _ends(self, lines: Indices) -> tuple[Numbers, Numbers, Numbers]:
        one, label, other = (self.points[self.lines[lines, column]] for column in range(3))
        return one, label, other

    def _cost(self, index: int) -> float:
        """Return what the place of one box costs: all that changes when it moves."""
        own, others = self.own[index], self.others[index]
        samples = self._samples(own)
        first, label, second = self._ends(own)
        under = (np.abs(samples[:, :, None, :] - self.points) < self.half + 3).all(axis=3).sum(axis=1)
        covered = (np.abs(self.samples[others] - self.points[index]) < self.half[index] + 3).all(axis=2).sum(axis=1)
        hidden = (under * self.price[own]).sum() + (covered * self.price[others, index]).sum()
        length = np.hypot(*(samples[:, 1:] - samples[:, :-1]).T).sum()
        bend = np.hypot(*(label - (first + second) / 2).T).sum()
        return float(hidden + _LENGTH * length + _BEND * bend + _CROSSING * self._crossings(own))

    def _crossings(self, own: Indices) -> float:
        """Count how often some lines cross any, each taken as two straight pieces."""
        begin, end, owners = self._pieces(own)
        begins, ends, theirs = self._pieces(np.arange(len(self.lines)))
        apart = (owners[:, None, :, None] != theirs[None, :, None, :]).all(axis=(2, 3))
        here = _side(begin[:, None], end[:, None], begins[None]) != _side(begin[:, None], end[:, None], ends[None])
        there = _side(begins[None], ends[None], begin[:, None]) != _side(begins[None], ends[None], end[:, None])
        return float((here & there & apart).sum())

    def _pieces(self, lines: Indices) -> tuple[Numbers, Numbers, Indices]:
        first, label, second = self._ends(lines)
        owners = np.concatenate([self.lines[lines][:, (0, 1)], self.lines[lines][:, (1, 2)]])
        return np.concatenate([first, label]), np.concatenate([label, second]), owners


def _side(begin: Numbers, end: Numbers, point: Numbers) -> Flags:
    """Say on which side of a line points lie."""
    way, off = end - begin, point - begin
    side: Flags = way[..., 0] * off[..., 1] - way[..., 1] * off[..., 0] > 0
    return side
