"""Place boxes of given sizes so that linked ones are near and none touches another.

Stress majorisation (Gansner, Koren, North 2004) finds the places; then boxes that overlap are pushed apart, as in
Misue et al. 1995. Everything starts from a circle in the given order, so equal input gives equal places.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Box", "place"]

Points = npt.NDArray[np.float64]

_ROUNDS = 300
_GAP = 9.0
"""Points between two boxes."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its centre and its size, in points."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: Box, *, gap: float = 0.0) -> bool:
        """Say whether two boxes come nearer than a gap."""
        return (
            abs(self.x - other.x) < (self.width + other.width) / 2 + gap
            and abs(self.y - other.y) < (self.height + other.height) / 2 + gap
        )


def place(sizes: Sequence[tuple[float, float]], links: Sequence[tuple[int, int]], *, step: float = 70.0) -> list[Box]:
    """Return a box for each size, no two nearer than nine points.

    Args:
        sizes: Width and height in points.
        links: Pairs of indices that belong together.
        step: The distance in points at which two linked boxes are wanted.
    """
    if not sizes:
        return []
    wanted = _distances(len(sizes), links) * step
    points = _stress(wanted) * np.array([1.35, 1.0])  # boxes are wide, and so are screens
    points = _apart(points, np.array(sizes, dtype=np.float64))
    return [Box(float(x), float(y), float(w), float(h)) for (x, y), (w, h) in zip(points, sizes, strict=True)]


def _distances(count: int, links: Sequence[tuple[int, int]]) -> Points:
    """Return the number of steps between all pairs (Floyd and Warshall); unlinked parts lie a little apart."""
    hops = np.full((count, count), np.inf)
    np.fill_diagonal(hops, 0.0)
    for one, other in links:
        hops[one, other] = hops[other, one] = 1.0
    for via in range(count):
        hops = np.minimum(hops, hops[:, via : via + 1] + hops[via : via + 1, :])
    reach = hops[np.isfinite(hops)].max(initial=1.0)
    far: Points = np.where(np.isfinite(hops), hops, min(float(reach), 4.0) + 1.0)
    return far


def _stress(wanted: Points) -> Points:
    count = len(wanted)
    angles = 2 * math.pi * np.arange(count) / count
    points: Points = np.column_stack([np.cos(angles), np.sin(angles)]) * wanted.max() / 2
    if count == 1:
        return points * 0.0
    apart = np.where(wanted > 0, wanted, 1.0)
    weights = apart**-2.0
    np.fill_diagonal(weights, 0.0)
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.pinv(laplacian)
    for _ in range(_ROUNDS):
        gaps = points[:, None, :] - points[None, :, :]
        lengths = np.maximum(np.sqrt((gaps**2).sum(axis=2)), 1e-9)
        ratio = weights * wanted / lengths
        np.fill_diagonal(ratio, 0.0)
        points = inverse @ ((np.diag(ratio.sum(axis=1)) - ratio) @ points)
    return points.round(3)  # processors differ in the last bits of a product


def _apart(points: Points, sizes: Points) -> Points:
    """Push overlapping boxes apart along the shorter way; where that does not end, stretch everything and go on."""
    half = (sizes[:, None, :] + sizes[None, :, :]) / 2 + _GAP
    order = np.arange(len(points))
    before = np.sign(order[:, None] - order[None, :])[:, :, None]
    while True:
        for _ in range(_ROUNDS):
            gaps = points[:, None, :] - points[None, :, :]
            over = half - np.abs(gaps)
            overlap = np.logical_and(over[:, :, 0] > 0, over[:, :, 1] > 0)
            overlap[order, order] = False
            if not overlap.any():
                return points
            along_x = over[:, :, 0] < over[:, :, 1]
            push = np.stack([over[:, :, 0] * along_x, over[:, :, 1] * ~along_x], axis=2) * overlap[:, :, None]
            # Boxes whose centres coincide part by their order.
            direction = np.where(gaps != 0, np.sign(gaps), before)
            points = points + (direction * (push * 0.3 + push.clip(0.0, 0.01))).sum(axis=1)
        points = points * 1.06
