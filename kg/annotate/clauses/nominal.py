"""Nouns as predicates: event nouns with what hangs on them, appositions, titles before names."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc

from kg.annotate.clauses.arguments import phrase_arguments
from kg.annotate.clauses.tree import Tree, tree_of, word_set
from kg.annotate.layers import Argument, Clause, ClauseKind, Slot

__all__ = ["appositive_clauses", "nominal_clause", "phrase_obliques"]

# Common words that stand before a name and say what the bearer is; several make one title ("prime minister").
TITLES = word_set(
    """
    admiral adviser advisor ambassador analyst archbishop attorney author bishop captain cardinal chairman
    chairwoman chancellor chief coach colonel commander commissioner congressman congresswoman correspondent
    dictator director economist envoy executive founder general governor judge justice king lawmaker lawyer leader
    lieutenant major mayor minister monarch officer opposition pope premier president prince princess professor
    prosecutor queen rapporteur representative researcher ruler secretary senator sergeant speaker spokesman
    spokesperson spokeswoman strongman sultan treasurer
    """
)
_PROPER = frozenset({"NNP", "NNPS"})
_NOUN_TAGS = _PROPER | {"NN", "NNS"}
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_DATES = frozenset({"DATE", "TIME", "CARDINAL", "MONEY", "PERCENT"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})


def nominal_clause(doc: Doc, i: int, clause_at: Mapping[int, Clause]) -> Clause:
    """Return noun ``i`` as a predicate with what hangs on it, made on demand.

    The arguments are its possessor, its compounds and adjectives (``compound``, ``modifier``), its prepositional
    phrases, and the relative or participial clause that describes it as ``complement``. A conjunct takes over the
    possessor and modifiers of the noun it is coordinated to ("his visit and talks"). ``parent`` is the clause that
    governs the noun, ``relation`` the noun's dependency label; ``id`` is -1, as the clause stands in no list.

    Args:
        doc: A parsed ``Doc``.
        i: The noun.
        clause_at: The document's clauses by their heads, without appositions and titles.
    """
    tree = tree_of(doc)
    arguments = _before(tree, i)
    if tree.deps[i] == "conj" and not arguments:
        arguments = _before(tree, tree.heads[i], inherited="conj")
    arguments += phrase_arguments(tree, i)
    arguments += [
        Argument(Slot.COMPLEMENT, c, conjuncts=(c,))
        for c in tree.children[i]
        if tree.deps[c] in {"relcl", "acl"} and tree.is_verb(c)
    ]
    above = next((clause_at[a].id for a in tree.ancestors(i) if a in clause_at), None)
    return Clause(
        id=-1,
        kind=ClauseKind.NOMINAL,
        head=i,
        lemma=tree.lemmas[i],
        verbs=(),
        arguments=tuple(arguments),
        negations=tuple(c for c in tree.children[i] if tree.words[c] in {"no", "not", "never"}),
        parent=above,
        relation=tree.deps[i],
        sent=tree.sents[i],
    )


def _before(tree: Tree, i: int, inherited: str = "") -> list[Argument]:
    slots = {"poss": Slot.POSSESSOR, "compound": Slot.COMPOUND, "nmod": Slot.COMPOUND, "amod": Slot.MODIFIER}
    return [
        Argument(slots[tree.deps[c]], c, conjuncts=tree.conjuncts(c), inherited=inherited)
        for c in tree.children[i]
        if tree.deps[c] in slots and c < i
    ]


def phrase_obliques(doc: Doc, i: int, *, nested: bool = False) -> list[tuple[str, int, tuple[int, ...]]]:
    """Return the prepositional phrases that hang on noun ``i`` as (preposition, head, conjuncts), in text order.

    For fillers that the parser may have hung on the object instead of the verb: "hold talks with X on Y". ``nested``
    adds, after those, the phrases that hang on them: "talks with X on Y" where Y was hung on X.
    """
    tree = tree_of(doc)
    found = phrase_arguments(tree, i)
    if nested:
        for at in found:
            found += phrase_arguments(tree, at.head)
    return [(a.preposition, a.head, a.conjuncts) for a in found]


def appositive_clauses(doc: Doc, ids: Mapping[int, int]) -> list[Clause]:
    """Return a clause "subject is attribute" for each apposition and each title before a name, in text order.

    For an apposition of a name to a title ("the president, Ann Lee") the name is the subject. The clause's ``head``
    is the attribute's noun, its ``parent`` the clause in which the name stands.

    Args:
        doc: A parsed ``Doc``.
        ids: The numbers of the clauses before, by the token that heads them.
    """
    tree = tree_of(doc)
    found: list[Clause] = []
    for i, dep in enumerate(tree.deps):
        if dep == "appos" and _names(tree, tree.heads[i], i):
            found.append(_appositive(tree, i))
        elif dep == "compound" and (name := _titled(tree, i)) is not None:
            found.append(_is(tree, ClauseKind.TITULAR, name, i))
    for number, clause in enumerate(found, start=len(ids)):
        clause.id = number
        clause.parent = next((ids[a] for a in tree.ancestors(clause.head) if a in ids), None)
    return found


def _names(tree: Tree, anchor: int, i: int) -> bool:
    """Say whether apposition ``i`` says what its anchor is, and is no place in a place, date or suffix."""
    if tree.tags[i] not in _NOUN_TAGS or tree.tags[anchor] not in _NOUN_TAGS or tree.words[i] in _SUFFIXES:
        return False
    if tree.ents[anchor] in _DATES or tree.ents[i] in _DATES:
        return False
    if tree.ents[anchor] in _PLACES and tree.ents[i] in _PLACES and tree.child(i, "det") is None:
        return False
    one = tree.tags[anchor] in {"NN", "NNP"} and not any(tree.deps[c] == "conj" for c in tree.children[anchor])
    return not (one and tree.tags[i] == "NNS" and tree.deps[anchor] != "dobj")


def _appositive(tree: Tree, i: int) -> Clause:
    anchor = tree.heads[i]
    if tree.tags[i] in _PROPER and tree.tags[anchor] not in _PROPER:
        return _is(tree, ClauseKind.APPOSITIVE, i, anchor)
    return _is(tree, ClauseKind.APPOSITIVE, anchor, i)


def _titled(tree: Tree, i: int) -> int | None:
    """Return the name that follows title ``i``, when ``i`` is the last word of the title."""
    name = tree.heads[i]
    if tree.tags[name] not in _PROPER or tree.words[i] not in TITLES or tree.words[name] in TITLES:
        return None
    later = [c for c in range(i + 1, name) if tree.words[c] in TITLES or tree.tags[c] not in _PROPER]
    return None if later or name - i > 4 or tree.ents[name] not in {"PERSON", ""} else name


def _is(tree: Tree, kind: ClauseKind, subject: int, attribute: int) -> Clause:
    arguments = [
        Argument(Slot.SUBJECT, subject, conjuncts=(subject,)),
        Argument(Slot.ATTRIBUTE, attribute, conjuncts=tree.conjuncts(attribute)),
        *_title_words(tree, subject, attribute),
    ]
    return Clause(
        id=-1,
        kind=kind,
        head=attribute,
        lemma="be",
        verbs=(),
        arguments=tuple(arguments),
        relation=tree.deps[attribute],
        sent=tree.sents[attribute],
    )


def _title_words(tree: Tree, subject: int, attribute: int) -> list[Argument]:
    """Return what qualifies the attribute: its own modifiers and phrases, or the words before it in a title."""
    own = _before(tree, attribute) + phrase_arguments(tree, attribute)
    if tree.heads[attribute] == subject and tree.deps[attribute] == "compound":
        own += [a for a in _before(tree, subject) if a.head < attribute]
    return own
