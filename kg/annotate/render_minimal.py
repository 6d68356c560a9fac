"""The minimal view: one fact a complement, one more for each phrase that hangs on an object."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.annotate.clause_arguments import phrase_arguments
from kg.annotate.clause_tree import Tree, tree_of
from kg.annotate.extents import clause_words, noun_core, noun_phrase, subject_phrase, trim
from kg.annotate.layers import Argument, Clause, ClauseKind, Slot

__all__ = ["Fact", "minimal_facts"]

Tokens = tuple[int, ...]
import os

F = dict((k, v) for k, v in (x.split("=") for x in os.environ.get("F", "").split()))


def flag(n, d="1"):
    return F.get(n, d) == "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A triple as token indices; ``be`` is a form of "be" to put before the relation, or empty."""

    subject: Tokens
    relation: Tokens
    objects: tuple[Tokens, ...]
    be: str = ""
    confidence: float = 0.8


_NAMING = frozenset({ClauseKind.APPOSITIVE, ClauseKind.TITULAR})
_RELATIVE = frozenset({"who", "whom", "which", "that", "what"})
_DISCOURSE = frozenset(
    {"example", "instance", "result", "particular", "addition", "fact", "course", "contrast", "order"}
)


def minimal_facts(doc: Doc) -> Iterator[Fact]:
    """Yield the facts of the minimal view in text order."""
    tree = tree_of(doc)
    view = _Minimal(tree, {c.head: c for c in doc._.kg_clauses if c.kind not in _NAMING})
    for clause in doc._.kg_clauses:
        if clause.kind in _NAMING:
            if (flag('app','0') and clause.kind is ClauseKind.APPOSITIVE):
                yield Fact(subject=tuple(noun_phrase(tree, clause.arguments[0].head)), relation=(), objects=(tuple(noun_phrase(tree, clause.arguments[1].head)),), be='is')
            if (flag('tit','0') and clause.kind is ClauseKind.TITULAR):
                yield Fact(subject=tuple(range(clause.arguments[1].head+1,clause.arguments[0].head+1)), relation=(), objects=(tuple(range(tree.left[clause.arguments[0].head],clause.arguments[1].head+1)),), be='is')
            continue
        subject = clause.first(Slot.SUBJECT)
        if subject is None or view.folded(clause):
            continue
        there = tree.child(clause.head, "expl")
        if flag("there") and there is not None and clause.lemma == "be":
            for relation, filler in view.facts(clause, ()):
                yield Fact(subject=(there,), relation=relation, objects=(filler,))
            continue
        for head in subject.conjuncts:
            who = view.named(subject, head)
            if tree.words[who] in _RELATIVE and flag("norel"):
                continue
            words = tuple(subject_phrase(tree, who) if flag("subjpp", "0") else noun_phrase(tree, who))
            for relation, filler in view.facts(clause, ()):
                yield Fact(subject=words, relation=relation, objects=(filler,))


def tree_date(tree,i): return tree.ents[i] in {'DATE','TIME','CARDINAL'} or tree.words[i].isdigit()


class _Minimal:
    def __init__(self, tree: Tree, clauses: dict[int, Clause]) -> None:
        self.tree = tree
        self.clauses = clauses

    def folded(self, clause: Clause) -> bool:
        """Say whether a clause is told as part of the one that governs it."""
        subject = clause.first(Slot.SUBJECT)
        if clause.parent is None or subject is None:
            return False
        if clause.relation == "conj" and self.tree.heads[clause.head] in self.clauses:
            return subject.inherited == "conj" and self.folded(self.clauses[self.tree.heads[clause.head]])
        if subject.inherited == "":
            return False
        if clause.relation == "xcomp":
            return True
        if clause.relation == "advcl":
            return flag("advinf") and self.infinitive(clause)
        if clause.relation == "acl":
            return flag("aclinf") and self.infinitive(clause)
        if clause.relation == "pcomp":
            return flag("pcompall","1") or self.hangs_on_noun(clause)
        return False

    def infinitive(self, clause: Clause) -> bool:
        return self.tree.tags[clause.head] == "VB"

    def hangs_on_noun(self, clause: Clause) -> bool:
        above = self.tree.heads[self.tree.heads[clause.head]]
        return above not in self.clauses

    def named(self, subject: Argument, head: int) -> int:
        """Return who an antecedent is: "X is a firm that sells" tells about X."""
        if subject.inherited in {"relcl", "acl"}:
            above = self.clauses.get(self.tree.heads[head])
            if above is not None and self.tree.deps[head] == "attr" and above.kind is ClauseKind.COPULAR:
                outer = above.first(Slot.SUBJECT)
                if outer is not None:
                    return outer.head
        return head

    def verbs(self, clause: Clause) -> Tokens:
        return clause.verbs

    def facts(self, clause: Clause, before: Tokens) -> Iterator[tuple[Tokens, Tokens]]:
        """Yield (relation, object) for each complement of a clause whose relation begins with ``before``."""
        relation = (*before, *self.verbs(clause))
        carried = relation
        n = 0
        there = self.tree.child(clause.head, "expl") is not None and clause.lemma == "be"
        for argument in clause.arguments:
            if argument.slot in {Slot.OBJECT, Slot.ATTRIBUTE, Slot.IOBJECT} or (
                there and argument.slot is Slot.SUBJECT
            ):
                infs = [
                    a
                    for a in clause.arguments
                    if a.slot is Slot.INFINITIVE and self.tree.heads[a.head] == argument.head
                ]
                if argument.inherited=='raising':
                    carried = (*carried, *noun_phrase(self.tree, argument.head))
                    continue
                for head in argument.conjuncts:
                    if not infs:
                        yield carried, tuple(noun_phrase(self.tree, head))
                        n += 1
                    yield from self.along(carried, head)
                carried = (*carried, *noun_phrase(self.tree, argument.head))
        first = True
        for argument in clause.arguments:
            for fact in self.complement(argument, relation, carried):
                n += 1
                yield fact
            if first and argument.slot in {Slot.OBLIQUE, Slot.AGENT} and argument.head > clause.head:
                first = False
                if flag("chain", "0") and carried == relation and not self.tree.is_verb(argument.head) and argument.markers[0]==clause.head+1 and self.tree.ents[argument.head] not in {"DATE","TIME"} and not self.tree.words[argument.head].isdigit():
                    carried = (*carried, *argument.markers, *noun_phrase(self.tree, argument.head))
        if not n and flag("adv"):
            for a in clause.arguments:
                if (
                    a.slot is Slot.ADVERBIAL
                    and a.head > clause.head
                    and self.tree.right[a.head] - self.tree.left[a.head] < 5
                ):
                    yield relation, tuple(clause_words(self.tree, a.head))

    def complement(self, argument: Argument, relation: Tokens, carried: Tokens) -> Iterator[tuple[Tokens, Tokens]]:
        tree = self.tree
        if argument.slot in {Slot.OBLIQUE, Slot.AGENT}:
            for head in argument.conjuncts:
                if head in self.clauses and tree.is_verb(head):
                    if flag("pcompfold"):
                        yield from self.facts(self.clauses[head], (*carried, *argument.markers))
                    continue
                if tree.words[head] in _DISCOURSE and flag("disc") and len(noun_core(tree, head)) < 3:
                    continue
                yield (*carried, *argument.markers), tuple(noun_phrase(tree, head))
                yield from self.along((*carried, *argument.markers), head)
        elif argument.slot is Slot.INFINITIVE:
            for head in argument.conjuncts:
                if head in self.clauses:
                    yield from self.facts(self.clauses[head], carried)
        elif argument.slot is Slot.COMPLEMENT:
            heads=[h for h in argument.conjuncts if h in self.clauses]
            if flag('ccsplit') and len(heads)>1:
                for head in heads: yield relation, tuple(self.part(head,heads))
            else:
                yield relation, tuple(clause_words(tree, argument.head))
        elif argument.slot is Slot.ADVERBIAL_CLAUSE:
            inner = self.clauses.get(argument.head)
            if inner is None:
                return
            if self.folded(inner):
                for head in argument.conjuncts:
                    if head in self.clauses:
                        yield from self.facts(self.clauses[head], (*carried, *argument.markers))
            elif flag("advcl", "0") and argument.markers:
                yield (
                    (*carried, *argument.markers),
                    tuple(t for t in clause_words(tree, argument.head) if t not in argument.markers),
                )
        elif argument.slot is Slot.ADVERBIAL:
            if tree.deps[argument.head] == "npadvmod":
                yield carried, tuple(noun_phrase(tree, argument.head))
            elif flag("npadv") and tree.child(argument.head, "npadvmod") is not None:
                yield carried, tuple(clause_words(tree, argument.head))

    def part(self, head, heads):
        tree=self.tree
        words=set(range(tree.left[head],tree.right[head]))
        for c in tree.children[head]:
            if tree.deps[c] in {'cc','preconj'} or c in heads: words-=set(range(tree.left[c],tree.right[c]))
        subject=self.clauses[head].first(Slot.SUBJECT)
        if subject is not None and subject.inherited=='conj':
            words|=set(noun_phrase(tree,subject.head))
        return trim(tree,sorted(words))

    def along(self, relation: Tokens, noun: int) -> Iterator[tuple[Tokens, Tokens]]:
        """Yield the facts that hang on a filler: "signed a deal with" them, "is a member of" it."""
        tree = self.tree
        for phrase in phrase_arguments(tree, noun):
            core = noun_core(tree, noun) if phrase.preposition == "of" else noun_phrase(tree, noun)
            onward = (*relation, *core, *phrase.markers)
            for head in phrase.conjuncts:
                if head in self.clauses and tree.is_verb(head):
                    if flag("pcompfold2"):
                        yield from self.facts(self.clauses[head], onward)
                else:
                    yield onward, tuple(noun_phrase(tree, head))
                    yield from self.along(onward, head)
        for c in tree.children[noun]:
            if tree.deps[c] == "acl" and c in self.clauses:
                if self.infinitive(self.clauses[c]) and flag("aclinf") or flag("aclpart", "0") and tree.tags[c] != "VB":
                    yield from self.facts(self.clauses[c], (*relation, *noun_phrase(tree, noun)))
