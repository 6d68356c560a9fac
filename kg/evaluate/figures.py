"""Precision, recall and rates as small records."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Rate", "Scores"]


@dataclass(frozen=True, slots=True)
class Scores:
    """Precision, recall and F1 from counts; ``found`` gold items may differ from ``right`` predictions."""

    right: int
    predicted: int
    gold: int
    found: int | None = None

    @property
    def precision(self) -> float:
        """The share of predictions that are right, 0 without any."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of gold items that were found, 0 without any."""
        return (self.right if self.found is None else self.found) / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of how many."""

    right: int
    total: int

    @property
    def value(self) -> float | None:
        """The share, None of nothing."""
        return self.right / self.total if self.total else None
