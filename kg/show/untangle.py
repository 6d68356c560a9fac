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
        self.now = self._cost()

    def improve(self, index: int, step: float) -> None:
        """Move one box by a step where that lowers the cost."""
        start = self.points[index].copy()
        best, place = self.now, start
        steps = [start + np.array(direction) * step for direction in _DIRECTIONS]
        for candidate in [*steps, *self._beside(index)]:
            self.points[index] = candidate
            if self._free(index):
                cost = self._cost()
                if cost < best - 1e-6:
                    best, place = cost, self.points[index].copy()
        self.points[index] = place
        self.now = best

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

    def _cost(self) -> float:
        first, label, second = (self.points[self.lines[:, column]] for column in range(3))
        control = 2 * label - (first + second) / 2
        a, b, c = self.blend
        samples = a * first[:, None] + b * control[:, None] + c * second[:, None]
        gaps = np.abs(samples[:, :, None, :] - self.points[None, None, :, :])
        under = (gaps[..., 0] < self.half[:, 0] + 3) & (gaps[..., 1] < self.half[:, 1] + 3)
        hidden = (under.sum(axis=1) * self.price).sum()
        length = np.hypot(*(samples[:, 1:] - samples[:, :-1]).T).sum()
        bend = np.hypot(*(label - (first + second) / 2).T).sum()
        return float(hidden + _LENGTH * length + _BEND * bend + _CROSSING * self._crossings(first, label, second))

    def _crossings(self, first: Numbers, label: Numbers, second: Numbers) -> float:
        """Count crossings of the lines, each taken as two straight pieces."""
        begin, end = np.concatenate([first, label]), np.concatenate([label, second])
        owners = np.concatenate([self.lines[:, (0, 1)], self.lines[:, (1, 2)]])
        apart = (owners[:, None, :, None] != owners[None, :, None, :]).all(axis=(2, 3))
        sides = _side(begin[:, None], end[:, None], begin[None]) != _side(begin[:, None], end[:, None], end[None])
        return float((sides & sides.T & apart).sum()) / 2


def _side(begin: Numbers, end: Numbers, point: Numbers) -> Flags:
    """Say on which side of a line points lie."""
    way, off = end - begin, point - begin
    side: Flags = way[..., 0] * off[..., 1] - way[..., 1] * off[..., 0] > 0
    return side
