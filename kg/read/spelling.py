"""Tell which name somebody may have meant, at the head of a remedy."""

from __future__ import annotations

from collections.abc import Iterable

from kg.spelling import nearest

__all__ = ["suggestion"]


def suggestion(name: str, known: Iterable[str]) -> str:
    """Return "Did you mean 'x'? " for the nearest known name, else nothing."""
    near = nearest(name, known)
    return f"Did you mean {near!r}? " if near else ""
