"""What the two views of open triples share: the fact, who it is about, and which clauses are told on their own."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.annotate.clauses.tree import tree_of
from kg.annotate.layers import Argument, Clause, ClauseKind, Slot

__all__ = ["NAMING", "Fact", "Tokens", "View", "confidence"]

Tokens = tuple[int, ...]

NAMING = frozenset({ClauseKind.APPOSITIVE, ClauseKind.TITULAR})
_RELATIVE = frozenset({"who", "whom", "which", "that", "what"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A triple as token indices in the order they are read; ``be`` is a form of "be" before the relation, or empty."""

    subject: Tokens
    relation: Tokens
    objects: tuple[Tokens, ...]
    be: str = ""
    confidence: float = 0.9


# How sure a fact is by what carries it, as ranks: finite clauses before participles, gerunds and appositions, in the
# order of their measured precision on CaRB dev.
_BY_KIND = {
    ClauseKind.VERBAL: 0.9,
    ClauseKind.COPULAR: 0.9,
    ClauseKind.PARTICIPIAL: 0.7,
    ClauseKind.APPOSITIVE: 0.6,
    ClauseKind.TITULAR: 0.7,
    ClauseKind.NOMINAL: 0.5,
}
_BY_INHERITANCE = {"": 1.0, "conj": 0.95, "relcl": 0.9, "acl": 0.9, "xcomp": 0.9, "advcl": 0.85, "pcomp": 0.7}


def confidence(clause: Clause, words: int) -> float:
    """Return a rank in [0, 1] for what a clause tells in a sentence of so many words; not calibrated."""
    subject = clause.first(Slot.SUBJECT)
    trust = _BY_KIND[clause.kind] * _BY_INHERITANCE.get(subject.inherited if subject else "", 0.8)
    return round(trust * (1.0 if words <= 30 else 0.9), 2)


class View(ABC):
    """One ``Doc``'s clauses on their way to triples."""

    def __init__(self, doc: Doc) -> None:
        """Take a ``Doc`` that has clauses."""
        self.tree = tree_of(doc)
        self.all: list[Clause] = doc._.kg_clauses
        self.clauses = {c.head: c for c in self.all if c.kind not in NAMING}
        self.lengths: dict[int, int] = {}
        for number in self.tree.sents:
            self.lengths[number] = self.lengths.get(number, 0) + 1

    def told(self) -> Iterator[tuple[Clause, Argument]]:
        """Yield the predicates that make facts of their own, each with its subject."""
        for clause in self.all:
            subject = clause.first(Slot.SUBJECT)
            if clause.kind not in NAMING and subject is not None and not self.folded(clause):
                yield clause, subject

    def folded(self, clause: Clause) -> bool:
        """Say whether a clause is told as part of the one that governs it."""
        subject = clause.first(Slot.SUBJECT)
        if clause.parent is None or subject is None or not subject.inherited:
            return False
        above = self.clauses.get(self.tree.heads[clause.head])
        if clause.relation == "conj" and above is not None:
            return subject.inherited == "conj" and self.folded(above)
        return clause.relation == "xcomp" or self.carried_on(clause)

    @abstractmethod
    def carried_on(self, clause: Clause) -> bool:
        """Say whether the view tells an infinitive or gerund within the clause above; each view has its policy."""

    def is_infinitive(self, clause: Clause) -> bool:
        """Tell "to sign" from finite verbs and participles."""
        return self.tree.tags[clause.head] == "VB"

    def is_existential(self, clause: Clause) -> bool:
        """Tell "there was no deal", whose grammatical subject is "there"."""
        return clause.lemma == "be" and self.tree.child(clause.head, "expl") is not None

    def rank(self, clause: Clause) -> float:
        """Return the confidence of what a clause tells."""
        return confidence(clause, self.lengths[clause.sent])

    def named(self, subject: Argument, head: int) -> int | None:
        """Return who an antecedent is: "X is a firm that sells" tells about X; None for a pronoun left unresolved."""
        above = self.clauses.get(self.tree.heads[head])
        if subject.inherited in {"relcl", "acl"} and self.tree.deps[head] == "attr" and above is not None:
            outer = above.first(Slot.SUBJECT)
            head = outer.head if outer is not None and above.kind is ClauseKind.COPULAR else head
        return None if self.tree.words[head] in _RELATIVE else head
