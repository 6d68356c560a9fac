"""Find direct speech and where it goes on: what stands between quotation marks, and how long it is."""

from __future__ import annotations

from dataclasses import dataclass

from kg.annotate.clause_tree import Tree

__all__ = ["Quote", "find_quotes"]

_OPEN = frozenset({"“", "„", "«", "``"})
_CLOSE = frozenset({"”", "»", "''"})
_PLAIN = frozenset({'"'})


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
    what is open. Single quotes are left alone, they are apostrophes more often.
    """
    quotes: list[Quote] = []
    begin = -1
    for i, word in enumerate(tree.words):
        closing = word in _CLOSE or (word in _PLAIN and begin >= 0)
        if begin >= 0 and (closing or word in _OPEN):
            if i > begin + 1:
                quotes.append(Quote(begin + 1, i))
            begin = -1
        if (word in _OPEN or word in _PLAIN) and not closing:
            begin = i
    return quotes


def is_sentence(tree: Tree, quote: Quote) -> bool:
    """Tell direct speech from quoted words: it holds a verb with its subject."""
    return any(
        tree.deps[i] in {"nsubj", "nsubjpass", "expl"} and quote.holds(tree.heads[i])
        for i in range(quote.start, quote.end)
    )
