"""Tell who speaks what stands between quotation marks, and where direct speech goes on."""

from __future__ import annotations

from bisect import bisect_right

from kg.annotate.clauses.parse import FINITE
from kg.annotate.clauses.tree import Tree
from kg.annotate.factuality.operators import Operators
from kg.annotate.factuality.speakers import Source, Speakers
from kg.annotate.quotations import Quote, find_quotes

__all__ = ["DirectSpeech"]


class DirectSpeech:
    """The quotations of one document that hold a sentence, with who speaks them."""

    def __init__(
        self, tree: Tree, operators: Operators, speakers: Speakers, paragraphs: frozenset[int] = frozenset()
    ) -> None:
        """Find who speaks; ``paragraphs`` are the tokens that begin one."""
        self.tree = tree
        self._paragraphs = paragraphs
        self.operators = operators
        self.speakers = speakers
        self._quotes = find_quotes(tree)
        self._sources = self._spoken()

    def source(self, i: int) -> Source | None:
        """Return who speaks the word at ``i``; None outside direct speech, or where no verb of speech is near."""
        return next((source for quote, source in self._sources.items() if quote.holds(i)), None)

    def is_quoted(self, i: int) -> bool:
        """Tell whether a word stands between quotation marks."""
        at = bisect_right(self._quotes, i, key=lambda q: q.start) - 1
        return at >= 0 and self._quotes[at].holds(i)

    def _spoken(self) -> dict[Quote, Source]:
        """Return who speaks each quotation: the verb of speech beside it, else who spoke the one just before."""
        found: dict[Quote, Source] = {}
        last: tuple[Quote, Source] | None = None
        for quote in (q for q in self._quotes if _is_sentence(self.tree, q)):
            source = self._framing(quote)
            unnamed = source is None or (not source.entities and self._is_pronoun(source.verb))
            if unnamed and last is not None and self._goes_on(last[0], quote):
                source = last[1]
            source = source or self._told_before(quote)
            if source is not None:
                found[quote] = source
                last = (quote, source)
            else:
                last = None
        return found

    def _told_before(self, quote: Quote) -> Source | None:
        """Return who is reported in the sentence before one that is all quotation: 'Keita said no. "We will stay."'."""
        tree, before = self.tree, quote.start - 2
        if before < 0 or tree.sents[before] == tree.sents[quote.start]:
            return None
        root = before
        while tree.heads[root] != root:
            root = tree.heads[root]
        if not tree.is_verb(root) or not self.operators.says(tree, root, "complement"):
            return None
        told = any(tree.deps[c] in {"ccomp", "dobj"} for c in tree.children[root])
        source = self.speakers.source(root)
        return source if told and source.entities else None

    def _is_pronoun(self, verb: int) -> bool:
        """Tell whether a verb of speech has "he", "she" or "they" for its subject."""
        subject = self.tree.child(verb, "nsubj")
        return subject is not None and self.tree.tags[subject] == "PRP"

    def _framing(self, quote: Quote) -> Source | None:
        """Return the verb of speech in the words around a quotation, nearest first, behind it before in front."""
        tree = self.tree
        if quote.end < len(tree.words) - 1 and not self._is_closed(quote):
            verb = self._saying_near(quote.end + 1, +1)
            if verb is not None:
                return self.speakers.source(verb)
        if quote.start - 1 in self._paragraphs and tree.words[quote.start - 2] != ":":
            return None
        verb = self._saying_near(quote.start - 2, -1)
        return self.speakers.source(verb) if verb is not None else None

    def _is_closed(self, quote: Quote) -> bool:
        """Tell whether a paragraph or sentence ends with a quotation: '… before the sale." Hearing this, she'."""
        tree, behind = self.tree, quote.end + 1
        over = tree.words[quote.end - 1] == "." and tree.sents[behind] != tree.sents[quote.end - 1]
        return behind in self._paragraphs or (over and tree.texts[behind][:1].isupper())

    def _saying_near(self, i: int, step: int) -> int | None:
        """Return the nearest verb of speech outside quotations, within the sentence or up to the next quotation."""
        tree = self.tree
        if not 0 <= i < len(tree.words):
            return None
        sent = tree.sents[i]
        reach = 14 if step > 0 else 25
        if step < 0 and tree.words[i] not in {":", ",", "that"} and not tree.is_verb(i):
            return None
        for at in range(i, i + step * reach, step):
            if not 0 <= at < len(tree.words) or tree.sents[at] != sent or tree.words[at] in {'"', "“", "”"}:
                return None
            if tree.is_verb(at) and self.operators.says(tree, at, "complement") and tree.tags[at] != "VB":
                return at
        return None

    def _goes_on(self, before: Quote, quote: Quote) -> bool:
        """Tell whether a quotation follows another with no more between them than the words that name its speaker."""
        between = set(self.tree.sents[before.end : quote.start])
        own = {self.tree.sents[before.end - 1], self.tree.sents[quote.start]}
        return len(between - own) <= 1 and self.tree.sents[quote.start] - self.tree.sents[before.end - 1] <= 2


def _is_sentence(tree: Tree, quote: Quote) -> bool:
    """Tell direct speech from quoted words: it holds a verb with its subject, and does not begin with the verb."""
    return tree.tags[quote.start] not in FINITE and any(
        tree.deps[i] in {"nsubj", "nsubjpass", "expl"} and quote.holds(tree.heads[i])
        for i in range(quote.start, quote.end)
    )
