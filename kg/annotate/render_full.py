"""The full view: one tuple a predicate with everything that its clause holds."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from kg.annotate.clause_tree import Tree, tree_of
from kg.annotate.extents import clause_words, subject_phrase, trim, whole
from kg.annotate.layers import Argument, Clause, ClauseKind, Slot
from kg.annotate.render_minimal import Fact, flag, _Minimal

__all__ = ["full_facts"]

Tokens = tuple[int, ...]
_NAMING = frozenset({ClauseKind.APPOSITIVE, ClauseKind.TITULAR})
_RELATIVE = frozenset({"who", "whom", "which", "that", "what"})


def full_facts(doc: Doc) -> Iterator[Fact]:
    """Yield the facts of the full view in text order."""
    tree = tree_of(doc)
    view = _Full(tree, {c.head: c for c in doc._.kg_clauses if c.kind not in _NAMING})
    for clause in doc._.kg_clauses:
        if clause.kind in _NAMING:
            if flag('naming'):
                subject, attribute = clause.arguments[0].head, clause.arguments[1].head
                yield Fact(
                    subject=tuple(range(attribute+1,subject+1)) if clause.kind is ClauseKind.TITULAR else tuple(t for t in subject_phrase(tree, subject)),
                    relation=(),
                    objects=(tuple(range(tree.left[subject],attribute+1)) if clause.kind is ClauseKind.TITULAR else tuple(view.object_phrase(attribute)),),
                    be="is",
                    confidence=0.5,
                )
            continue
        subject = clause.first(Slot.SUBJECT)
        if subject is None or view.folded(clause):
            continue
        there = tree.child(clause.head, "expl")
        heads = subject.conjuncts
        for relation, objects in view.tuples(clause, ()):
            if there is not None and clause.lemma == "be" and flag('fthere'):
                for o in subject.conjuncts:
                    yield Fact(subject=(there,), relation=relation, objects=(tuple(view.object_phrase(o)),*objects))
                continue
            if flag('subjsplit','0'):
                for head in heads:
                    who = view.named(subject, head) if flag('fnamed') else head
                    if tree.words[who] in _RELATIVE: continue
                    yield Fact(subject=tuple(view.subject_phrase(who)), relation=relation, objects=objects)
            else:
                yield Fact(subject=tuple(whole(tree, subject.head,drop=('relcl','acl','appos'))), relation=relation, objects=objects)


class _Full:
    def __init__(self, tree: Tree, clauses: dict[int, Clause]) -> None:
        self.tree = tree
        self.clauses = clauses
        self.named = _Minimal(tree, clauses).named

    def folded(self, clause: Clause) -> bool:
        """Say whether a clause is told as part of the one that governs it."""
        subject = clause.first(Slot.SUBJECT)
        if clause.parent is None or subject is None or subject.inherited == "":
            return False
        if clause.relation == "conj" and self.tree.heads[clause.head] in self.clauses:
            return subject.inherited == "conj" and self.folded(self.clauses[self.tree.heads[clause.head]])
        if clause.relation == "xcomp":
            return True
        if clause.relation == "acl" and self.tree.tags[clause.head]=='VB':
            return flag('faclinf')
        return False

    def subject_phrase(self, head: int) -> list[int]:
        return subject_phrase(self.tree, head)

    def object_phrase(self, head: int) -> list[int]:
        drop=['conj','cc','preconj']
        if flag('odropconj','0') is False: drop=[]
        if flag('odroprel'): drop.append('relcl')
        if flag('odropapp'): drop.append('appos')
        if flag('odropacl','0'): drop.append('acl')
        if flag('odropxc'): drop.append('xcomp')
        return whole(self.tree, head, drop=drop)

    def verbs(self, clause: Clause) -> Tokens:
        """Return the verb group with the adverbs that stand in it or before it."""
        if not flag('fadv'): return clause.verbs
        adverbs = [
            a.head for a in clause.arguments
            if a.slot is Slot.ADVERBIAL and a.head < clause.head and not self.tree.children[a.head] and clause.verbs
            and self.tree.deps[a.head]=='advmod' and (self.near(a.head, clause) )
        ]
        return tuple(sorted((*clause.verbs, *adverbs)))

    def near(self, i: int, clause: Clause) -> bool:
        own=[v for v in clause.verbs if v>=self.tree.left[clause.head]]
        return i > min(own)-2

    def tuples(self, clause: Clause, before: Tokens, more: tuple[Tokens, ...] = ()) -> Iterator[tuple[Tokens, tuple[Tokens, ...]]]:
        """Yield (relation, objects) of a clause; each infinitive carries it on."""
        verbs = self.verbs(clause)
        relation = (*before, *verbs)
        onward = [h for a in clause.arguments if a.slot is Slot.INFINITIVE for h in a.conjuncts if h in self.clauses]
        core = [a for a in clause.arguments if a.slot in {Slot.IOBJECT, Slot.OBJECT, Slot.ATTRIBUTE}]
        rest = [a for a in clause.arguments if a.slot in _REST and a.head not in verbs]
        if flag('advshort','0'): rest=[a for a in rest if a.slot is not Slot.ADVERBIAL_CLAUSE or not any(self.tree.deps[c] in {'nsubj','nsubjpass'} for c in self.tree.children[a.head])]
        if flag('advmark','0'): rest=[a for a in rest if a.slot is not Slot.ADVERBIAL_CLAUSE or a.markers]
        if flag('advinf2','0'): rest=[a for a in rest if a.slot is not Slot.ADVERBIAL_CLAUSE or self.tree.tags[a.head]=='VB']
        if flag('advafter','0'): rest=[a for a in rest if a.slot is not Slot.ADVERBIAL_CLAUSE or a.head>clause.head]
        rest = [a for a in rest if a.head > clause.head] + [a for a in rest if a.head < clause.head]
        if onward:
            for argument in core:
                relation = (*relation, *(t for t in self.filler(argument) if not any(self.tree.left[h]<=t<self.tree.right[h] for h in onward)))
            extra = tuple(self.filler(a) for a in rest) if flag('xrest') else ()
            for head in onward:
                yield from self.tuples(self.clauses[head], relation, (*extra, *more))
            return
        objects: list[Tokens] = []
        firsts: list[Tokens] = []
        for n, argument in enumerate((*core, *rest)):
            if n == 0:
                if argument.slot in {Slot.OBLIQUE, Slot.AGENT} and (argument.head > clause.head or flag('front','0')):
                    relation = (*relation, *argument.markers)
                    firsts = self.split(argument)
                    continue
                if argument.slot is Slot.COMPLEMENT and flag('that'):
                    words=self.filler(argument)
                    marks=[t for t in words if self.tree.deps[t]=='mark' and self.tree.heads[t]==argument.head and self.tree.words[t]=='that']
                    relation=(*relation,*marks)
                    firsts=[tuple(t for t in words if t not in marks)]
                    continue
                firsts = self.split(argument)
            else:
                objects.append(self.filler(argument))
        if not firsts and more:
            firsts, more = [more[0]], more[1:]
        for f in firsts:
            yield relation, (f, *objects, *more)

    def split(self, argument: Argument) -> list[Tokens]:
        if argument.slot in {Slot.OBLIQUE, Slot.AGENT} and argument.head in self.clauses and self.tree.is_verb(argument.head):
            return [tuple(clause_words(self.tree, argument.head))]
        if argument.slot in {Slot.OBJECT, Slot.ATTRIBUTE, Slot.IOBJECT} or argument.slot in {Slot.OBLIQUE, Slot.AGENT} and flag('splitobl','0'):
            if flag('osplit') and len(argument.conjuncts)>1:
                return [self.cut(h) for h in argument.conjuncts]
            return [tuple(self.object_phrase(argument.head))]
        if argument.slot in {Slot.OBLIQUE, Slot.AGENT}:
            return [tuple(self.object_phrase(argument.head))]
        return [self.filler(argument)]

    def cut(self, head):
        own=self.object_phrase(head)
        inner=set()
        for c in self.tree.children[head]:
            if self.tree.deps[c] in {'conj','cc','preconj'}: inner|=set(range(self.tree.left[c],self.tree.right[c]))
        return tuple(trim(self.tree,[t for t in own if t not in inner]))

    def filler(self, argument: Argument) -> Tokens:
        tree=self.tree
        if argument.slot in {Slot.OBLIQUE, Slot.AGENT}:
            return (*argument.markers, *self.object_phrase(argument.head))
        if argument.slot in {Slot.COMPLEMENT, Slot.ADVERBIAL_CLAUSE}:
            if flag('cutconj','0'):
                return tuple(whole(tree, argument.head, drop=('conj','cc')))
            return tuple(clause_words(tree, argument.head))
        if argument.inherited:
            return tuple(self.subject_phrase(argument.head))
        return tuple(self.object_phrase(argument.head))


_REST = {Slot.OBLIQUE, Slot.AGENT, Slot.COMPLEMENT}
if flag('frest_advcl'): _REST.add(Slot.ADVERBIAL_CLAUSE)
if flag('frest_adv'): _REST.add(Slot.ADVERBIAL)
