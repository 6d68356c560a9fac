"""The minimal view: one fact a complement, one more for each phrase that hangs on an object."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.annotate.clause_arguments import phrase_arguments
from kg.annotate.clause_tree import Tree, tree_of
from kg.annotate.extents import clause_words, noun_core, noun_phrase
from kg.annotate.layers import Argument, Clause, ClauseKind, Slot

__all__ = ["Fact", "minimal_facts"]

Tokens = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A triple as token indices; ``be`` is a form of "be" to put before the relation, or empty."""

    subject: Tokens
    relation: Tokens
    objects: tuple[Tokens, ...]
    be: str = ""
    confidence: float = 0.8


def minimal_facts(doc: Doc) -> Iterator[Fact]:
    """Yield the facts of the minimal view in text order."""
    tree = tree_of(doc)
    view = _Minimal(tree, {c.head: c for c in doc._.kg_clauses if c.kind not in _NAMING})
    for clause in doc._.kg_clauses:
        if clause.kind in _NAMING:
            continue
        subject = clause.first(Slot.SUBJECT)
        if subject is None or view.folded(clause):
            continue
        for head in subject.conjuncts:
            words = tuple(noun_phrase(tree, view.named(subject, head)))
            for relation, filler in view.facts(clause, ()):
                yield Fact(subject=words, relation=relation, objects=(filler,))


_NAMING = frozenset({ClauseKind.APPOSITIVE, ClauseKind.TITULAR})


class _Minimal:
    def __init__(self, tree: Tree, clauses: dict[int, Clause]) -> None:
        self.tree = tree
        self.clauses = clauses

    def folded(self, clause: Clause) -> bool:
        """Say whether a clause is told as part of the one that governs it."""
        if clause.relation == "xcomp" and self.tree.heads[clause.head] in self.clauses:
            return True
        if clause.relation == "conj" and self.tree.heads[clause.head] in self.clauses:
            return self.folded(self.clauses[self.tree.heads[clause.head]]) and (
                clause.first(Slot.SUBJECT) is not None and clause.first(Slot.SUBJECT).inherited == "conj"
            )
        return False

    def named(self, subject: Argument, head: int) -> int:
        """Return who an antecedent is: "X is a firm that sells" tells about X."""
        if subject.inherited in {"relcl", "acl"}:
            above = self.clauses.get(self.tree.heads[head])
            if above is not None and self.tree.deps[head] == "attr" and above.kind is ClauseKind.COPULAR:
                outer = above.first(Slot.SUBJECT)
                if outer is not None:
                    return outer.head
        return head

    def facts(self, clause: Clause, before: Tokens) -> Iterator[tuple[Tokens, Tokens]]:
        """Yield (relation, object) for each complement of a clause whose relation begins with ``before``."""
        relation = (*before, *clause.verbs)
        carried = relation
        for argument in clause.arguments:
            if argument.slot in {Slot.OBJECT, Slot.ATTRIBUTE, Slot.IOBJECT}:
                for head in argument.conjuncts:
                    yield carried, tuple(noun_phrase(self.tree, head))
                    yield from self.along(carried, head)
                carried = (*carried, *noun_phrase(self.tree, argument.head))
        for argument in clause.arguments:
            yield from self.complement(argument, relation, carried)

    def complement(self, argument: Argument, relation: Tokens, carried: Tokens) -> Iterator[tuple[Tokens, Tokens]]:
        if argument.slot in {Slot.OBLIQUE, Slot.AGENT}:
            for head in argument.conjuncts:
                if self.tree.is_verb(head):
                    continue
                yield (*carried, *argument.markers), tuple(noun_phrase(self.tree, head))
                yield from self.along((*carried, *argument.markers), head)
        elif argument.slot is Slot.INFINITIVE:
            for head in argument.conjuncts:
                if head in self.clauses:
                    yield from self.facts(self.clauses[head], carried)
        elif argument.slot is Slot.COMPLEMENT:
            yield relation, tuple(clause_words(self.tree, argument.head))
        elif argument.slot is Slot.ADVERBIAL and self.tree.deps[argument.head] == "npadvmod":
            yield carried, tuple(noun_phrase(self.tree, argument.head))

    def along(self, relation: Tokens, noun: int) -> Iterator[tuple[Tokens, Tokens]]:
        """Yield the facts that hang on a filler: "signed a deal with" them, "is a member of" it."""
        for phrase in phrase_arguments(self.tree, noun):
            core = noun_core(self.tree, noun) if phrase.preposition == "of" else noun_phrase(self.tree, noun)
            onward = (*relation, *core, *phrase.markers)
            for head in phrase.conjuncts:
                if not self.tree.is_verb(head):
                    yield onward, tuple(noun_phrase(self.tree, head))
                    yield from self.along(onward, head)
