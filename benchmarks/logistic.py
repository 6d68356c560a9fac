"""Logistic regression of judged examples: fitting, cross-validation, and how well probabilities rank."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

__all__ = ["area", "fit", "left_out", "model_text"]


def model_text(
    head: Sequence[str], script: str, examples: Path, facts: Sequence[str], coefficients: Mapping[str, float]
) -> str:
    """Return a fitted model as TOML: the lines before its tables, where it comes from with further facts, weights."""
    lines = [
        *head,
        "",
        "[provenance]",
        f'made_by = "benchmarks/{script} --write"',
        f'examples_sha256 = "{hashlib.sha256(examples.read_bytes()).hexdigest()}"',
        *facts,
        "",
        "[coefficients]",
        *(f"{name} = {value:.3f}" for name, value in coefficients.items()),
    ]
    return "\n".join(lines) + "\n"


def fit(x: np.ndarray, y: np.ndarray, weights: np.ndarray, penalty: float) -> np.ndarray:
    """Return coefficients of a logistic regression with a ridge on all but the bias, by Newton's method."""
    ridge = np.diag([1e-6, *[penalty] * (x.shape[1] - 1)])
    w = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        curvature = x.T @ (x * (weights * p * (1 - p))[:, None]) + ridge
        step = np.linalg.solve(curvature, x.T @ (weights * (y - p)) - ridge @ w)
        w += step
        if np.abs(step).max() < 1e-9:
            break
    return w


def left_out(x: np.ndarray, y: np.ndarray, weights: np.ndarray, folds: list[int], penalty: float) -> np.ndarray:
    """Return each example's probability under a model that has not seen its fold."""
    p = np.empty(len(y))
    for fold in sorted(set(folds)):
        out = np.array([f == fold for f in folds])
        p[out] = 1 / (1 + np.exp(-x[out] @ fit(x[~out], y[~out], weights[~out], penalty)))
    return p


def area(p: np.ndarray, y: np.ndarray) -> float:
    """Return the probability that a right example is ranked above a wrong one."""
    right, wrong = p[y == 1][:, None], p[y == 0][None, :]
    return float(((right > wrong) + 0.5 * (right == wrong)).mean())
