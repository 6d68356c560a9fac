"""Where direct speech and quoted words stand: the stretches between quotation marks."""

from __future__ import annotations

from dataclasses import dataclass

from kg.annotate.clauses.tree import Tree

__all__ = ["Quote", "find_quotes"]

_OPEN = frozenset({"“", "„", "«", "``", "‟"})
_CLOSE = frozenset({"”", "»", "''"})
_PLAIN = '"'
_LONGEST = 400
"""A quotation of more tokens lacks its closing mark."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Tokens between two quotation marks, the marks left out."""

    start: int
    end: int

    def holds(self, i: int) -> bool:
        """Tell whether a token stands inside."""
        return self.start <= i < self.end


def find_quotes(tree: Tree) -> list[Quote]:
    """Return the stretches between quotation marks, in text order.

    A paragraph of a long quotation opens with a mark of its own and none closes the one before: an opening mark ends
    what is open. Whether a straight mark opens or closes is told by the spaces around it. Single quotes are left
    alone, they are apostrophes more often.
    """
    quotes: list[Quote] = []
    begin = -1
    for i, word in enumerate(tree.words):
        if word != _PLAIN and word not in _OPEN and word not in _CLOSE:
            continue
        opening = _opens(tree, i, inside=begin >= 0)
        if begin >= 0 and begin + 1 < i <= begin + _LONGEST:
            quotes.append(Quote(begin + 1, i))
        begin = i if opening else -1
    return quotes


def _opens(tree: Tree, i: int, *, inside: bool) -> bool:
    """Tell whether a mark opens a quotation; one with spaces on both sides, or on neither, opens where none is open."""
    if tree.words[i] != _PLAIN:
        return tree.words[i] in _OPEN
    before, after = i == 0 or tree.spaced[i - 1], tree.spaced[i]
    return before if before != after else not inside
