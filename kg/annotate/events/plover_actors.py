"""The words that name an actor of a coded event, and where in a filler an actor may stand."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from kg.annotate.clauses.tree import Tree, tree_of
from kg.annotate.layers import Clause, Slot
from kg.annotate.openie.extents import noun_core, noun_phrase

__all__ = ["Actors"]

_LONGEST = 10
"""An actor of more words is no actor."""


class Actors:
    """Names actors in the words of one ``Doc``."""

    def __init__(self, doc: Doc) -> None:
        """Index the clauses and mentions of an annotated ``Doc``."""
        self.doc = doc
        self.tree: Tree = tree_of(doc)
        self.clause_at: dict[int, Clause] = {c.head: c for c in reversed(doc._.kg_clauses)}
        self.mentions = {m.head: m for m in doc._.kg_mentions}

    def opened(self, head: int, depth: int = 0) -> Iterator[int]:
        """Yield a filler and what hangs on it; for a clause its subject, its objects and the phrases in it."""
        if not self.tree.is_verb(head):
            yield head
            if depth < 3:
                for c in self.tree.children[head]:
                    if self.tree.deps[c] in {"prep", "agent"}:
                        yield from (g for p in self.tree.children[c] for g in self.opened(p, depth + 1))
                    elif self.tree.deps[c] in {"acl", "relcl"}:
                        yield from self.opened(c, depth + 1)
            return
        clause = self.clause_at.get(head)
        for argument in clause.arguments if clause is not None and depth < 3 else ():
            if argument.inherited in {"", "xcomp"} and argument.slot not in {Slot.ADVERBIAL, Slot.ADVERBIAL_CLAUSE}:
                yield from self.opened(argument.head, depth + 1) if argument.head != head else ()

    def names(self, head: int) -> bool:
        """Say whether a noun phrase holds a name."""
        return any(
            i in self.mentions or (self.tree.tags[i] in {"NNP", "NNPS"} and not self.is_time(i))
            for i in noun_phrase(self.tree, head)
        )

    def actor(self, head: int | None) -> str:
        """Return an actor's words: the noun with what stands before it; for a pronoun what it refers to."""
        if head is None or self.tree.is_verb(head):
            return ""
        if self.tree.tags[head] in {"PRP", "PRP$", "WP", "WDT"}:
            return self._referent(head)
        tokens = noun_core(self.tree, head)
        longer = noun_phrase(self.tree, head)
        tokens = longer if len(longer) <= _LONGEST else tokens
        return " ".join(self.doc[i].text for i in tokens) if len(tokens) <= _LONGEST else self.doc[head].text

    def _referent(self, head: int) -> str:
        """Return the name that a pronoun refers to, else the subject of the verb of speech above it."""
        mention = self.mentions.get(head)
        if mention is not None:
            return str(self.doc._.kg_entities[mention.entities[0]].name)
        for above in self.tree.ancestors(head):
            clause = self.clause_at.get(above)
            subject = clause.first(Slot.SUBJECT) if clause is not None else None
            if subject is not None and not self.tree.tags[subject.head].startswith(("PRP", "W")):
                return self.actor(subject.head)
        return ""

    def is_time(self, head: int) -> bool:
        """Say whether a token is part of a date."""
        return self.doc[head].ent_type_ in {"DATE", "TIME"}
