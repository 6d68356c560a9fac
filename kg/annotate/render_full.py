"""The full view: one tuple a predicate with everything that its clause holds."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from kg.annotate.clause_tree import Tree, tree_of
from kg.annotate.extents import clause_words, subject_phrase, whole
from kg.annotate.layers import Argument, Clause, ClauseKind, Slot
from kg.annotate.render_minimal import Fact

__all__ = ["full_facts"]

Tokens = tuple[int, ...]
_NAMING = frozenset({ClauseKind.APPOSITIVE, ClauseKind.TITULAR})


def full_facts(doc: Doc) -> Iterator[Fact]:
    """Yield the facts of the full view in text order."""
    tree = tree_of(doc)
    view = _Full(tree, {c.head: c for c in doc._.kg_clauses if c.kind not in _NAMING})
    for clause in doc._.kg_clauses:
        if clause.kind in _NAMING:
            subject, attribute = clause.arguments[0].head, clause.arguments[1].head
            yield Fact(
                subject=tuple(subject_phrase(tree, subject)),
                relation=(),
                objects=(tuple(whole(tree, attribute, drop=("appos", "conj", "cc"))),),
                be="is",
                confidence=0.5,
            )
            continue
        subject = clause.first(Slot.SUBJECT)
        if subject is None or view.folded(clause):
            continue
        for relation, objects in view.tuples(clause, ()):
            for head in subject.conjuncts:
                yield Fact(subject=tuple(subject_phrase(tree, head)), relation=relation, objects=objects)


class _Full:
    def __init__(self, tree: Tree, clauses: dict[int, Clause]) -> None:
        self.tree = tree
        self.clauses = clauses

    def folded(self, clause: Clause) -> bool:
        """Say whether a clause is told as part of the one that governs it."""
        above = self.clauses.get(self.tree.heads[clause.head])
        if above is None or above is clause:
            return False
        if clause.relation == "xcomp":
            return True
        subject = clause.first(Slot.SUBJECT)
        return clause.relation == "conj" and subject is not None and subject.inherited == "conj" and self.folded(above)

    def tuples(self, clause: Clause, before: Tokens) -> Iterator[tuple[Tokens, tuple[Tokens, ...]]]:
        """Yield (relation, objects) of a clause; each infinitive carries it on."""
        relation = (*before, *clause.verbs)
        objects: list[Tokens] = []
        onward = [a for a in clause.arguments if a.slot is Slot.INFINITIVE]
        core = [a for a in clause.arguments if a.slot in {Slot.IOBJECT, Slot.OBJECT, Slot.ATTRIBUTE}]
        rest = [a for a in clause.arguments if a.slot in _REST]
        for argument in (*core, *rest):
            filler = self.filler(argument)
            if not objects and argument.markers and argument.slot is not Slot.ADVERBIAL_CLAUSE:
                relation = (*relation, *argument.markers)
                filler = tuple(t for t in filler if t not in argument.markers)
            objects.append(filler)
        inner = [head for a in onward for head in a.conjuncts if head in self.clauses]
        if not inner:
            if objects:
                yield relation, tuple(objects)
            return
        for head in inner:
            carried = relation
            for argument in core:
                carried = (*carried, *self.filler(argument))
            yield from self.tuples(self.clauses[head], (*before, *clause.verbs, *carried[len(before) + len(clause.verbs) :]))

    def filler(self, argument: Argument) -> Tokens:
        if argument.slot in {Slot.OBLIQUE, Slot.AGENT}:
            return (*argument.markers, *whole(self.tree, argument.head))
        if argument.slot in {Slot.COMPLEMENT, Slot.ADVERBIAL_CLAUSE}:
            return tuple(clause_words(self.tree, argument.head))
        if argument.inherited:
            return tuple(subject_phrase(self.tree, argument.head))
        return tuple(whole(self.tree, argument.head))


_REST = frozenset({Slot.OBLIQUE, Slot.AGENT, Slot.COMPLEMENT, Slot.ADVERBIAL_CLAUSE, Slot.ADVERBIAL})
