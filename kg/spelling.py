"""Which known word somebody may have meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

__all__ = ["did_you_mean", "nearest"]

_CUTOFF = 0.6


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that looks most like this one, ignoring case, None where none is near."""
    folded = {name.casefold(): name for name in sorted(known, reverse=True)}
    near = difflib.get_close_matches(word.casefold(), list(folded), n=1, cutoff=_CUTOFF)
    return folded[near[0]] if near else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return " (did you mean 'x'?)" for the nearest known word, else an empty string.

    >>> did_you_mean("timline", ["timeline", "disputes"])
    " (did you mean 'timeline'?)"
    """
    found = nearest(word, known)
    return f" (did you mean {found!r}?)" if found else ""
