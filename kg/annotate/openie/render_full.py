"""The full view: one tuple a predicate with everything that its clause holds.

The relation is the verb group with its adverbs and the first preposition; the other complements follow as objects,
each with its preposition, those that stood in front of the verb last. Appositions and titles are told with "is".
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from kg.annotate.layers import Argument, Clause, ClauseKind, Slot
from kg.annotate.openie.extents import clause_words, whole
from kg.annotate.openie.facts import NAMING, Fact, Tokens, View

__all__ = ["full_facts"]

_OFF_SUBJECT = ("relcl", "acl", "appos", "advcl", "parataxis")
_OFF_OBJECT = ("relcl", "appos", "xcomp")
_CORE = frozenset({Slot.IOBJECT, Slot.OBJECT, Slot.ATTRIBUTE})
_PHRASES = frozenset({Slot.OBLIQUE, Slot.AGENT})
_REST = _PHRASES | {Slot.COMPLEMENT, Slot.ADVERBIAL, Slot.ADVERBIAL_CLAUSE}

Tuples = Iterator[tuple[Tokens, tuple[Tokens, ...]]]  # relation and objects


def full_facts(doc: Doc) -> Iterator[Fact]:
    """Yield the facts of the full view: those of predicates in text order, then appositions and titles."""
    view = _Full(doc)
    for clause, subject in view.told():
        words = view.subject(clause, subject)
        for relation, objects in view.tuples(clause, ()):
            if words:
                be = "is" if view.is_reduced_passive(clause) else ""
                yield Fact(subject=words, relation=relation, objects=objects, be=be, confidence=view.rank(clause))
    for clause in view.all:
        if clause.kind in NAMING:
            yield view.naming(clause)


class _Full(View):
    def carried_on(self, clause: Clause) -> bool:
        if clause.relation == "pcomp":
            return self.tree.heads[self.tree.heads[clause.head]] not in self.clauses  # "the task of finding them"
        return clause.relation == "acl" and self.is_infinitive(clause)

    def is_reduced_passive(self, clause: Clause) -> bool:
        """Tell "bridges built by them", where a form of "be" is left out."""
        return clause.kind is ClauseKind.PARTICIPIAL and clause.passive and clause.relation == "acl"

    def subject(self, clause: Clause, subject: Argument) -> Tokens:
        """Return the subject with all that is coordinated to it; empty for a pronoun left unresolved."""
        if self.is_existential(clause):
            return tuple(c for c in self.tree.children[clause.head] if self.tree.deps[c] == "expl")
        who = self.named(subject, subject.head)
        return () if who is None else tuple(whole(self.tree, who, drop=_OFF_SUBJECT))

    def naming(self, clause: Clause) -> Fact:
        """Return what an apposition or title says its subject is."""
        subject, attribute = clause.arguments[0].head, clause.arguments[1].head
        if clause.kind is ClauseKind.TITULAR:
            name = tuple(range(attribute + 1, subject + 1))
            title = tuple(range(self.tree.left[subject], attribute + 1))
        else:
            name = tuple(whole(self.tree, subject, drop=(*_OFF_SUBJECT, "conj", "cc")))
            title = self.object(attribute)
        return Fact(subject=name, relation=(), objects=(title,), be="is", confidence=self.rank(clause))

    def tuples(self, clause: Clause, before: Tokens, later: tuple[Tokens, ...] = ()) -> Tuples:
        """Yield the tuples of a clause: several where objects are coordinated or infinitives carry it on.

        Args:
            clause: The predicate.
            before: Words of the clauses above, which begin the relation.
            later: Objects of the clauses above, which end the tuple.
        """
        verbs = self.verbs(clause)
        relation = (*before, *verbs)
        core = [a for a in clause.arguments if self.is_core(clause, a)]
        rest = self.rest(clause, verbs)
        onward = [h for a in clause.arguments if a.slot is Slot.INFINITIVE for h in a.conjuncts if h in self.clauses]
        for head in onward:
            between = [t for a in core for t in self.object(a.head)]
            inside = range(self.tree.left[head], self.tree.right[head])
            words = (*relation, *(t for t in between if t not in inside))
            yield from self.tuples(self.clauses[head], words, (*map(self.filler, rest), *later))
        if onward:
            return
        arguments = (*core, *rest)
        if not arguments:
            if later:
                yield relation, later
            return
        first, others = arguments[0], (*map(self.filler, arguments[1:]), *later)
        taken, fillers = self.first(first, clause)
        for filler in fillers:
            yield (*relation, *taken), (filler, *others)

    def is_core(self, clause: Clause, argument: Argument) -> bool:
        return argument.slot in _CORE or (argument.slot is Slot.SUBJECT and self.is_existential(clause))

    def rest(self, clause: Clause, verbs: Tokens) -> list[Argument]:
        """Return the other complements, those behind the verb first.

        Participles without a conjunction are facts of their own and left out.
        """
        opened = {m for a in clause.arguments for m in a.markers}  # "ahead" of "ahead of them"
        rest = [a for a in clause.arguments if a.slot in _REST and a.head not in verbs and a.head not in opened]
        rest = [a for a in rest if a.slot is not Slot.ADVERBIAL_CLAUSE or a.markers or self.tree.tags[a.head] == "VB"]
        return [a for a in rest if a.head > clause.head] + [a for a in rest if a.head < clause.head]

    def verbs(self, clause: Clause) -> Tokens:
        """Return the verb group with the adverbs that stand in it, right before it, or between it and a complement."""
        own = [v for v in clause.verbs if v >= self.tree.left[clause.head]]
        if not own:
            return clause.verbs
        last = max((a.head for a in clause.arguments if a.slot in _CORE | _REST), default=-1)
        places = range(min(own) - 1, clause.head + 1 + (last > clause.head + 1))
        adverbs = [a.head for a in clause.arguments if a.head in places and self.is_plain_adverb(a)]
        return tuple(sorted({*clause.verbs, *adverbs}))

    def is_plain_adverb(self, argument: Argument) -> bool:
        """Tell "quickly" from "two years later" and "ahead of them"."""
        return argument.slot is Slot.ADVERBIAL and not self.tree.children[argument.head]

    def first(self, argument: Argument, clause: Clause) -> tuple[Tokens, list[Tokens]]:
        """Return what the first complement gives to the relation, and the fillers it splits into."""
        if argument.slot in _PHRASES and argument.head > clause.head:
            return argument.markers, [self.object(argument.head)]
        if argument.slot in _CORE | {Slot.SUBJECT} and len(argument.conjuncts) > 1:
            return (), [self.object(h, alone=True) for h in argument.conjuncts]
        filler = self.filler(argument)
        if argument.slot is Slot.COMPLEMENT and self.tree.words[filler[0]] == "that":
            return filler[:1], [filler[1:]]
        return (), [filler]

    def filler(self, argument: Argument) -> Tokens:
        """Return a complement with its preposition."""
        if argument.slot in _PHRASES and argument.inherited and self.tree.tags[argument.markers[0]] == "WRB":
            return self.object(argument.head)  # "the village where they met"
        if argument.slot in _PHRASES:
            return (*argument.markers, *self.object(argument.head))
        if argument.slot in {Slot.COMPLEMENT, Slot.ADVERBIAL_CLAUSE}:
            return tuple(clause_words(self.tree, argument.head))
        return self.object(argument.head)

    def object(self, head: int, *, alone: bool = False) -> Tokens:
        """Return a phrase without relative clause and apposition; ``alone`` leaves what is coordinated to it too."""
        if head in self.clauses and self.tree.is_verb(head):
            return tuple(clause_words(self.tree, head))
        drop = (*_OFF_OBJECT, "conj", "cc", "preconj") if alone else _OFF_OBJECT
        return tuple(whole(self.tree, head, drop=drop))
