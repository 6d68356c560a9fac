"""Find the known name that a misspelt one is nearest to."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

__all__ = ["suggestion"]


def suggestion(name: str, known: Iterable[str]) -> str:
    """Return "Did you mean 'x'? " for the nearest known name, else nothing."""
    near = difflib.get_close_matches(name, sorted(known), n=1)
    return f"Did you mean {near[0]!r}? " if near else ""
