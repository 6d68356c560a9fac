"""Quoted words and whose they are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from spacy.tokens import Doc, Token

from kg.annotate.align import PARAGRAPHS
from kg.annotate.clauses.tree import tree_of
from kg.annotate.coref.tokens import is_human
from kg.annotate.layers import EntityMention
from kg.annotate.names.nouns import words
from kg.annotate.names.titles import owner_of
from kg.annotate.quotations import find_quotes

__all__ = ["Quoted"]

_Span = tuple[int, int]
_MOST_PARAGRAPHS = 12
_UNKNOWN = -1
_UNFINISHED = frozenset({",", "?", "!"})
"""What ends a quotation behind which its speaker is told: '"Never," Ali laughed'."""


class Quoted:
    """The quotations of a document. Positions are token indices.

    Args:
        doc: The document.
        heads: Its mentions by their heads, those that are found later, too.
        starts: Where its sentences begin.
    """

    def __init__(self, doc: Doc, heads: Mapping[int, EntityMention], starts: Sequence[int]) -> None:
        self._doc = doc
        self._heads = heads
        self._starts = starts
        self._paragraphs: frozenset[int] = doc.user_data.get(PARAGRAPHS, frozenset())
        self._quoted = {i: (q.start - 1, q.end + 1) for q in find_quotes(tree_of(doc)) for i in range(q.start, q.end)}

    def holds(self, i: int) -> bool:
        """Tell whether a token stands between quotation marks."""
        return i in self._quoted

    def speaker(self, i: int) -> int | None:
        """Return the person or body whose quoted words token ``i`` is part of; None outside quotations.

        Who speaks is told in the sentence of the quotation, in the one behind it or, where somebody went on speaking,
        in the one before it; not across the end of a paragraph, unless the quotation goes on from the one before.
        """
        quote = self._quoted.get(i)
        for _ in range(_MOST_PARAGRAPHS):
            if quote is None:
                return None
            found = self._told(quote)
            if found is not None:
                return found if found != _UNKNOWN else None
            quote = self._carried_on(quote)
        return None

    def _told(self, quote: _Span) -> int | None:
        """Return who speaks a quotation, ``_UNKNOWN`` if it is one who is not clear, None if nothing tells."""
        first, last = self._sentence(quote[0]), self._sentence(quote[1] - 1)
        behind = self._sentence(quote[1])
        same = first > 0 and not self._parted(first)
        told = [last, first, *([behind] if behind == last or not self._parted(behind) else ())]
        told += [first - 1] if same or (first and self._quotes_end(first - 1, quote[0])) else []
        return next((s for n in dict.fromkeys(told) if (s := self._speaker_in(n, quote)) is not None), None)

    def _carried_on(self, quote: _Span) -> _Span | None:
        """Return the quotation of the paragraph before where nothing but a mark parts it from this one."""
        before = (quote[0] - 1, max(0, quote[0] - 2))
        return next((self._quoted[i] for i in before if i in self._quoted), None)

    def _parted(self, sentence: int) -> bool:
        """Tell whether a sentence begins a paragraph."""
        return sentence < len(self._starts) and self._starts[sentence] in self._paragraphs

    def _quotes_end(self, sentence: int, end: int) -> bool:
        return any(i in self._quoted for i in range(self._starts[sentence], end))

    def _speaker_in(self, sentence: int, quote: _Span) -> int | None:
        if sentence >= len(self._starts):
            return None
        for token in self._doc[self._starts[sentence]].sent:
            outside = not quote[0] <= token.i < quote[1]
            if outside and token.dep_ == "nsubj" and self._speaks(token):
                who = token.lower_ == "who" and token.head.dep_ == "relcl"  # 'Ali, who said it was "ours"'
                mention = self._heads.get(token.head.head.i if who else token.i)
                if mention is not None and len(mention.entities) == 1:
                    return mention.entities[0]
                if mention is None and is_human(token):
                    named = (self._heads[t.i] for t in token.children if t.dep_ == "appos" and t.i in self._heads)
                    if (name := next(named, None)) is not None and len(name.entities) == 1:
                        return name.entities[0]  # "her lawyer, Ana Toral, said"
                    if (body := owner_of(token, self._heads)) is not None:
                        return body  # "a Nestlé spokeswoman said"
                if token.lower_ in {"he", "she"} and sentence <= self._sentence(quote[1] - 1):
                    return _UNKNOWN
        return None

    def _speaks(self, subject: Token) -> bool:
        """Tell whether a subject is that of a verb of saying, or stands with its verb right behind a quotation."""
        verb = subject.head
        if verb.lemma_.lower() in words("say_verbs"):
            return True
        last = subject.left_edge.i - 2
        behind = last in self._quoted and last + 1 not in self._quoted and self._doc[last].text in _UNFINISHED
        return behind and verb.i == subject.i + 1 and verb.tag_ == "VBD"

    def _sentence(self, i: int) -> int:
        return bisect_right(self._starts, i) - 1
