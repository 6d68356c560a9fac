"""The minimal view: one fact a complement, one more for each phrase that hangs on an object.

The verb group is followed by what stands between it and the complement, in reading order of the fact: "held talks
with | Peru". Infinitives and gerunds go on within the relation of the clause above ("wants to buy | buses").
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from kg.annotate.clauses.arguments import phrase_arguments
from kg.annotate.clauses.tree import word_set
from kg.annotate.layers import Argument, Clause, Slot
from kg.annotate.openie.extents import clause_words, noun_core, noun_phrase, trim
from kg.annotate.openie.facts import Fact, Tokens, View

__all__ = ["minimal_facts"]

# "for example", "in fact": phrases that say nothing about the world.
_DISCOURSE = word_set("addition contrast course example fact instance order particular result")
_DIRECT = frozenset({Slot.IOBJECT, Slot.OBJECT, Slot.ATTRIBUTE})
_LONGEST_ADVERB = 4

Pairs = Iterator[tuple[Tokens, Tokens]]  # relation and object


def minimal_facts(doc: Doc) -> Iterator[Fact]:
    """Yield the facts of the minimal view, clause by clause in text order."""
    view = _Minimal(doc)
    for clause, subject in view.told():
        for words in view.subjects(clause, subject):
            for relation, filler in view.facts(clause, ()):
                yield Fact(subject=words, relation=relation, objects=(filler,), confidence=view.rank(clause))


class _Minimal(View):
    def carried_on(self, clause: Clause) -> bool:
        return clause.relation == "pcomp" or (clause.relation in {"advcl", "acl"} and self.is_infinitive(clause))

    def subjects(self, clause: Clause, subject: Argument) -> Iterator[Tokens]:
        """Yield the words of each coordinated subject."""
        if self.is_existential(clause):
            yield tuple(c for c in self.tree.children[clause.head] if self.tree.deps[c] == "expl")
            return
        for head in subject.conjuncts:
            who = self.named(subject, head)
            if who is not None:
                yield tuple(noun_phrase(self.tree, who))

    def facts(self, clause: Clause, before: Tokens) -> Pairs:
        """Yield (relation, object) for each complement of a clause whose relation begins with ``before``."""
        relation = carried = (*before, *clause.verbs)
        direct = [a for a in clause.arguments if self.is_direct(clause, a)]
        found = 0
        for argument in direct:
            for pair in self.direct(clause, argument, carried):
                found += 1
                yield pair
            carried = (*carried, *noun_phrase(self.tree, argument.head))
        for argument in clause.arguments:
            if argument not in direct:
                for pair in self.complement(argument, relation, carried):
                    found += 1
                    yield pair
        if not found:
            yield from self.adverbs(clause, relation)

    def is_direct(self, clause: Clause, argument: Argument) -> bool:
        return argument.slot in _DIRECT or (argument.slot is Slot.SUBJECT and self.is_existential(clause))

    def direct(self, clause: Clause, argument: Argument, carried: Tokens) -> Pairs:
        if argument.inherited == "raising":  # "helped them finish" tells nothing of "helped them"
            return
        within = {self.tree.heads[a.head] for a in clause.arguments if a.slot is Slot.INFINITIVE}
        for head in argument.conjuncts:
            if argument.head not in within:  # "able" of "is able to pay" is no object
                yield carried, tuple(noun_phrase(self.tree, head))
            yield from self.along(carried, head)

    def complement(self, argument: Argument, relation: Tokens, carried: Tokens) -> Pairs:
        """Yield the facts of one complement; ``carried`` is the relation with the objects before it."""
        if argument.slot in {Slot.OBLIQUE, Slot.AGENT}:
            yield from self.oblique(argument, (*carried, *argument.markers))
        elif argument.slot in {Slot.INFINITIVE, Slot.ADVERBIAL_CLAUSE}:
            for head in argument.conjuncts:
                inner = self.clauses.get(head)
                if inner is not None and (argument.slot is Slot.INFINITIVE or self.folded(inner)):
                    yield from self.facts(inner, (*carried, *argument.markers))
        elif argument.slot is Slot.COMPLEMENT:
            for words in self.said(argument):
                yield relation, words
        elif argument.slot is Slot.ADVERBIAL and self.tree.deps[argument.head] == "npadvmod":
            yield carried, tuple(noun_phrase(self.tree, argument.head))
        elif argument.slot is Slot.ADVERBIAL and self.tree.child(argument.head, "npadvmod") is not None:
            yield carried, tuple(clause_words(self.tree, argument.head))  # "two years later"

    def oblique(self, argument: Argument, relation: Tokens) -> Pairs:
        if argument.inherited and self.tree.tags[argument.markers[0]] == "WRB":
            return  # "the village where they met": no preposition to say it with
        for head in argument.conjuncts:
            if head in self.clauses:
                yield from self.facts(self.clauses[head], relation)
            elif not (self.tree.words[head] in _DISCOURSE and len(noun_core(self.tree, head)) <= 2):
                yield relation, tuple(noun_phrase(self.tree, head))
                yield from self.along(relation, head)

    def adverbs(self, clause: Clause, relation: Tokens) -> Pairs:
        """Yield the adverbs behind a verb that has nothing else ("works | here")."""
        for argument in clause.arguments:
            words = tuple(clause_words(self.tree, argument.head))
            if argument.slot is Slot.ADVERBIAL and argument.head > clause.head and len(words) <= _LONGEST_ADVERB:
                yield relation, words

    def along(self, relation: Tokens, noun: int) -> Pairs:
        """Yield the facts that hang on a filler: "signed a deal with" them, "has a plan to leave" it."""
        for phrase in phrase_arguments(self.tree, noun):
            if phrase.preposition == "of":  # stands in the filler itself: a fact more would be the same one twice
                continue
            onward = (*relation, *noun_phrase(self.tree, noun), *phrase.markers)
            for head in phrase.conjuncts:
                if head in self.clauses:
                    yield from self.facts(self.clauses[head], onward)
                else:
                    yield onward, tuple(noun_phrase(self.tree, head))
                    yield from self.along(onward, head)
        for c in self.tree.children[noun]:
            if self.tree.deps[c] == "acl" and c in self.clauses and self.is_infinitive(self.clauses[c]):
                yield from self.facts(self.clauses[c], (*relation, *noun_phrase(self.tree, noun)))

    def said(self, argument: Argument) -> Iterator[Tokens]:
        """Yield each of the coordinated clauses that are the object of a verb."""
        heads = [h for h in argument.conjuncts if h in self.clauses]
        if len(heads) < 2:
            yield tuple(clause_words(self.tree, argument.head))
            return
        for head in heads:
            yield self.one_clause(head, heads)

    def one_clause(self, head: int, heads: list[int]) -> Tokens:
        """Return one of coordinated clauses by itself, with the subject that it shares."""
        tree = self.tree
        words = set(range(tree.left[head], tree.right[head]))
        for c in tree.children[head]:
            if c in heads or tree.deps[c] in {"cc", "preconj"}:
                words -= set(range(tree.left[c], tree.right[c]))
        subject = self.clauses[head].first(Slot.SUBJECT)
        if subject is not None and subject.inherited == "conj":
            words |= set(noun_phrase(tree, subject.head))
        return tuple(trim(tree, sorted(words)))
