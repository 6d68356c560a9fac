"""Write lists of words as a line of text."""

from __future__ import annotations

__all__ = ["word_set"]


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text that are divided by white space.

    >>> sorted(word_set("by until"))
    ['by', 'until']
    """
    return frozenset(text.split())
