"""Score a graph against claims and entities that a person annotated.

The format of the annotation is described in ``docs/evaluation.md``; the project's own stands in ``tests/data/gold``.
"""

from kg.evaluate.gold import Gold, GoldClaim, GoldEntity, read_gold
from kg.evaluate.graph import PredictedClaim, Prediction, read_prediction
from kg.evaluate.score import Report, evaluate

__all__ = [
    "Gold",
    "GoldClaim",
    "GoldEntity",
    "PredictedClaim",
    "Prediction",
    "Report",
    "evaluate",
    "read_gold",
    "read_prediction",
]
