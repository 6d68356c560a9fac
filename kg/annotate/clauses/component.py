"""The clause layer: every predicate of a ``Doc`` with its arguments, resolved once for all that comes after it.

    clause_tree       the parse as plain lists
    clause_arguments  what hangs on a predicate
    clause_subjects   who does it, through coordination, relatives, participles and control
    clause_shared     what coordinated predicates share
    clause_voice      active or passive
    clause_nominal    nouns as predicates, appositions, titles
    clauses           (here) which tokens are predicates, their verb groups, and the component

After ClausIE (Del Corro and Gemulla 2013) and MinIE (Gashteovski et al. 2017), on ClearNLP's dependency labels.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.clauses.arguments import own_arguments
from kg.annotate.clauses.nominal import appositive_clauses
from kg.annotate.clauses.shared import shared_arguments
from kg.annotate.clauses.subjects import SUBJECTS, Subjects, governing, relative_gap
from kg.annotate.clauses.tree import Tree, tree_of, word_set
from kg.annotate.clauses.voice import is_passive
from kg.annotate.layers import Argument, Clause, ClauseKind, Slot, declare_extensions

__all__ = ["ClauseAnnotator", "extract_clauses", "make_clauses"]

# Words tagged as verbs that modify a word or stand for a preposition ("according to") head no clause.
_NO_CLAUSE = word_set(
    """
    advmod amod aux auxpass case cc compound det mark neg nmod npadvmod poss prep prt punct quantmod
    """
)
_CLAUSAL = word_set("juxtaposed ROOT acl advcl ccomp conj csubj csubjpass dep oprd parataxis pcomp relcl xcomp")
_GROUP = frozenset({"aux", "auxpass", "neg", "prt"})
_NO = frozenset({"no", "neither", "none", "nobody", "nothing"})


class ClauseAnnotator:
    """spaCy component that writes ``doc._.kg_clauses``."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a parsed ``Doc`` and return it."""
        doc._.kg_clauses = self.predict(doc)
        return doc

    def predict(self, doc: Doc) -> list[Clause]:
        """Return the clauses of a parsed ``Doc`` without writing them."""
        return extract_clauses(doc)


@Language.factory("kg_clauses", requires=["token.dep", "token.head", "token.tag"], assigns=["doc._.kg_clauses"])
def make_clauses(nlp: Language, name: str) -> ClauseAnnotator:
    """Make the component; it needs a tagger, a parser and a lemmatizer before it."""
    declare_extensions()
    return ClauseAnnotator()


def extract_clauses(doc: Doc) -> list[Clause]:
    """Return all clauses of a parsed ``Doc``: verbal ones in text order, then appositions and titles."""
    tree = tree_of(doc)
    heads = [i for i in range(len(tree.words)) if _is_predicate(tree, i)]
    predicates = frozenset(heads)
    subjects = Subjects(tree, predicates)
    ids = {head: n for n, head in enumerate(heads)}
    clauses = [_clause(tree, head, ids, predicates, subjects) for head in heads]
    return clauses + appositive_clauses(doc, ids)


def _is_predicate(tree: Tree, i: int) -> bool:
    dep = tree.deps[i]
    if dep in _NO_CLAUSE:
        return False
    if tree.is_verb(i):
        return dep in _CLAUSAL or any(tree.deps[c] in {"nsubj", "dobj"} for c in tree.children[i])
    return any(tree.deps[c] in SUBJECTS for c in tree.children[i])


def _clause(tree: Tree, i: int, ids: dict[int, int], predicates: frozenset[int], subjects: Subjects) -> Clause:
    lender = _lender(tree, i, predicates)
    own = {c for c in tree.children[i] if tree.deps[c] in _GROUP}
    lent = {c for c in tree.children[lender] if c < lender and tree.deps[c] in _GROUP} if lender is not None else set()
    group = own | lent
    arguments = _arguments(tree, i, subjects.of(i))
    above = governing(tree, i, predicates)
    return Clause(
        id=ids[i],
        kind=_kind(tree, i, group, arguments),
        head=i,
        lemma=_lemma(tree, i),
        verbs=tuple(sorted(group | {i})) if tree.is_verb(i) else tuple(sorted(group)),
        arguments=tuple(arguments),
        passive=is_passive(tree, i, group),
        negations=_negations(tree, i, group, arguments),
        parent=ids[above] if above is not None else None,
        relation=tree.deps[i],
        sent=tree.sents[i],
    )


def _lender(tree: Tree, i: int, predicates: frozenset[int]) -> int | None:
    """Return the verb whose auxiliaries serve ``i`` too: "was arrested and (was) jailed", "may (…) or (may) sell"."""
    first = i
    while tree.deps[first] == "conj" and tree.heads[first] in predicates:
        if tree.child(first, "nsubj", "nsubjpass", "aux", "auxpass") is not None:
            return None
        first = tree.heads[first]
        if tree.tags[first] != tree.tags[i]:
            return None
        if tree.child(first, "aux", "auxpass") is not None:
            return first
    return None


def _arguments(tree: Tree, i: int, subject: Argument | None) -> list[Argument]:
    own = own_arguments(tree, i)
    if not tree.is_verb(i):
        own.insert(0, Argument(Slot.ATTRIBUTE, i, conjuncts=tree.conjuncts(i)))
    gap = relative_gap(tree, i)
    if gap is not None and (subject is None or gap.head != subject.head):
        own.append(gap)
    own += shared_arguments(tree, i, own)
    own = [b for a in own for b in _raised(tree, a)]
    if subject is None:
        return own
    return [subject, *(a for a in own if a.head != subject.head)]


def _raised(tree: Tree, argument: Argument) -> list[Argument]:
    """Take the subject of an infinitive for the object of the verb above it: "asked | them | to leave".

    The parser reads "asked them to leave" now as object and infinitive, now as a clause of its own.
    """
    subject = tree.child(argument.head, "nsubj") if argument.slot is Slot.COMPLEMENT else None
    if subject is None or _is_finite(tree, argument.head) or subject > argument.head:
        return [argument]
    slot = Slot.INFINITIVE if tree.is_verb(argument.head) else Slot.ATTRIBUTE
    held = Argument(Slot.OBJECT, subject, conjuncts=tree.conjuncts(subject), inherited="raising")
    return [held, Argument(slot, argument.head, conjuncts=argument.conjuncts)]


def _is_finite(tree: Tree, i: int) -> bool:
    if tree.tags[i] in {"VBD", "VBP", "VBZ", "MD"} or tree.child(i, "mark") is not None:
        return True
    return any(
        tree.deps[c] in {"aux", "auxpass"} and tree.tags[c] in {"MD", "VBD", "VBP", "VBZ"} for c in tree.children[i]
    )


def _kind(tree: Tree, i: int, group: set[int], arguments: list[Argument]) -> ClauseKind:
    if not tree.is_verb(i):
        return ClauseKind.COPULAR
    if tree.lemmas[i] == "be" and any(a.slot is Slot.ATTRIBUTE for a in arguments):
        return ClauseKind.COPULAR
    bare = not any(tree.deps[c] in {"aux", "auxpass"} for c in group)
    return ClauseKind.PARTICIPIAL if bare and tree.tags[i] in {"VBG", "VBN"} else ClauseKind.VERBAL


def _lemma(tree: Tree, i: int) -> str:
    if not tree.is_verb(i):
        return "be"
    particles = [tree.words[c] for c in tree.children[i] if tree.deps[c] == "prt"]
    return "_".join((tree.lemmas[i], *particles))


def _negations(tree: Tree, i: int, group: set[int], arguments: list[Argument]) -> tuple[int, ...]:
    found = {c for c in group | set(tree.children[i]) if tree.deps[c] == "neg"}
    found |= {c for c in tree.children[i] if tree.words[c] in {"neither", "nor"} and c < i}
    if tree.deps[i] == "conj":
        found |= {c for c in tree.children[tree.heads[i]] if tree.words[c] == "nor" and c < i and c > tree.heads[i]}
    for argument in arguments:
        if argument.slot in {Slot.SUBJECT, Slot.OBJECT, Slot.ATTRIBUTE} and not argument.inherited:
            found |= {c for c in (argument.head, *tree.children[argument.head]) if tree.words[c] in _NO}
    if tree.deps[i] == "pcomp" and tree.words[tree.heads[i]] == "without":
        found.add(tree.heads[i])
    return tuple(sorted(found))
