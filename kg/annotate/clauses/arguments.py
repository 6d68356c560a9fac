"""The arguments that hang on a predicate itself: objects, attributes, prepositional phrases, clauses, adverbials."""

from __future__ import annotations

from dataclasses import replace

from kg.annotate.clauses.tree import Tree, word_set
from kg.annotate.layers import Argument, Slot

__all__ = ["COMPLEX_PREPOSITIONS", "oblique", "own_arguments", "phrase_arguments"]

COMPLEX_PREPOSITIONS = word_set(
    """
    as_part_of as_result_of at_odds_with by_means_of by_way_of for_lack_of in_accordance_with in_addition_to
    in_case_of in_charge_of in_combination_with in_conjunction_with in_connection_with in_cooperation_with
    in_course_of in_exchange_for in_face_of in_favor_of in_favour_of in_front_of in_lieu_of in_light_of
    in_line_with in_place_of in_protest_against in_reference_to in_regard_to in_relation_to in_respect_of
    in_response_to in_return_for in_spite_of in_support_of in_terms_of in_view_of in_wake_of on_account_of
    on_basis_of on_behalf_of on_eve_of on_part_of on_top_of with_regard_to with_respect_to
    """
)

_SLOTS = {
    "dobj": Slot.OBJECT,
    "attr": Slot.ATTRIBUTE,
    "acomp": Slot.ATTRIBUTE,
    "oprd": Slot.ATTRIBUTE,
    "ccomp": Slot.COMPLEMENT,
    "npadvmod": Slot.ADVERBIAL,
    "advmod": Slot.ADVERBIAL,
}
_BEFORE_TO = frozenset({"close", "contrary", "due", "next", "prior", "thanks"})
_SCENES = frozenset({"among", "at", "behind", "beside", "in", "on", "under"})
_RELATIVE = frozenset({"who", "whom", "which", "that"})


def own_arguments(tree: Tree, i: int) -> list[Argument]:
    """Return the arguments that hang on predicate ``i`` by an edge of their own, subject excluded, in text order."""
    found: list[Argument] = []
    for c in tree.children[i]:
        if tree.words[c] == "with" and _is_absolute(tree, c):
            continue
        found += _argument(tree, c)
        if tree.deps[c] in {"acomp", "oprd"}:  # "is ready to sell": the infinitive says what the subject does
            found += [a for inner in tree.children[c] for a in _argument(tree, inner) if a.slot is Slot.INFINITIVE]
    return found


def _is_absolute(tree: Tree, c: int) -> bool:
    """Tell whether "with" sets a scene beside the clause: "left, with Moreno among the favourites to succeed her"."""
    held = tree.child(c, "pobj")
    apart = tree.texts[c - 1] == "," if c > tree.left[tree.heads[c]] else tree.texts[c] == "With"
    if held is None or not apart:
        return False
    behind = (k for k in (*tree.children[held], *tree.children[c]) if k > held)
    return any(tree.tags[k] in {"VBG", "VBN"} or (tree.deps[k] == "prep" and tree.words[k] in _SCENES) for k in behind)


def _argument(tree: Tree, c: int) -> list[Argument]:
    dep = tree.deps[c]
    if dep == "xcomp":
        slot = Slot.INFINITIVE if tree.is_verb(c) else Slot.ATTRIBUTE
        return [Argument(slot, c, conjuncts=tree.conjuncts(c))]
    if dep == "advcl":
        marks = tuple(m for m in tree.children[c] if m < c and tree.deps[m] == "mark")
        if [tree.words[m] for m in marks] == ["for"] and any(tree.words[a] == "to" for a in tree.children[c] if a < c):
            return [Argument(Slot.OBLIQUE, c, "for", marks, tree.conjuncts(c))]  # "called for them to leave"
        return [Argument(Slot.ADVERBIAL_CLAUSE, c, _text(tree, marks), marks, tree.conjuncts(c))]
    if dep == "dative" and tree.children[c] and tree.child(c, "pobj") is not None:
        return oblique(tree, c)
    if dep == "dative":
        return [Argument(Slot.IOBJECT, c, conjuncts=tree.conjuncts(c))]
    if dep in {"prep", "agent"}:
        return oblique(tree, c)
    if dep in _SLOTS and tree.words[c] not in _RELATIVE and not (dep == "advmod" and tree.tags[c] == "WRB"):
        behind = _adverb_phrases(tree, c) if dep == "advmod" else []
        return [Argument(_SLOTS[dep], c, conjuncts=tree.conjuncts(c)), *behind]
    return []


def _adverb_phrases(tree: Tree, adverb: int) -> list[Argument]:
    """Return the phrases behind an adverb, which opens them too: "away from shore" (from), "ahead of us" (ahead of)."""
    found = []
    for a in phrase_arguments(tree, adverb):
        word = tree.words[adverb]
        compound = a.preposition == "of" or (a.preposition == "to" and word in _BEFORE_TO)
        preposition = f"{word} {a.preposition}" if compound else a.preposition
        found.append(replace(a, preposition=preposition, markers=(adverb, *a.markers)) if a.head > adverb else a)
    return found


def phrase_arguments(tree: Tree, i: int) -> list[Argument]:
    """Return the prepositional phrases that hang on token ``i`` as obliques, in text order."""
    return [a for c in tree.children[i] if tree.deps[c] in {"prep", "agent"} for a in oblique(tree, c)]


def oblique(tree: Tree, prep: int, markers: tuple[int, ...] = ()) -> list[Argument]:
    """Return the phrase that preposition ``prep`` opens, and those coordinated to it ("in Oslo and on the coast").

    Compound prepositions count as one ("because of", "according to", "in front of"). A preposition without a
    complement ("the house he lived in") opens nothing.
    """
    markers = (*markers, prep)
    filler = tree.child(prep, "pobj")
    slot = Slot.AGENT if tree.deps[markers[0]] == "agent" else Slot.OBLIQUE
    found: list[Argument] = []
    for c in tree.children[prep]:
        dep = tree.deps[c]
        if dep == "pobj":
            found += _complement(tree, slot, (*markers, *_second_half(tree, prep, c)), c)
        elif dep == "prep" and filler is not None and filler < c:
            found += oblique(tree, c)  # "from Oslo to Bergen": "to" opens a phrase of its own
        elif dep == "prep" or (dep == "pcomp" and tree.tags[c] in {"IN", "TO"}):
            found += oblique(tree, c, markers)
        elif dep == "pcomp" or (dep == "advmod" and filler is None and c > prep):
            found.append(Argument(slot, c, _text(tree, markers), markers, tree.conjuncts(c)))
        elif dep == "conj":
            found += oblique(tree, c)
    return found


def _second_half(tree: Tree, prep: int, complement: int) -> tuple[int, ...]:
    """Return the "of" in "because of X" where the parser hangs X on "because"."""
    return tuple(
        c
        for c in tree.children[prep]
        if prep < c < complement and tree.deps[c] in {"pcomp", "prep"} and not tree.children[c]
    )


def _complement(tree: Tree, slot: Slot, markers: tuple[int, ...], head: int) -> list[Argument]:
    inner = _complex(tree, markers, head)
    if inner is not None:
        return oblique(tree, inner, (*markers, head))
    if tree.words[head] in _RELATIVE:
        return []
    return [Argument(slot, head, _text(tree, markers), markers, tree.conjuncts(head))]


def _complex(tree: Tree, markers: tuple[int, ...], head: int) -> int | None:
    """Return the second preposition where preposition, noun and it make one ("in front of")."""
    for c in tree.children[head]:
        if tree.deps[c] == "prep" and c == head + 1:
            key = "_".join((*(tree.words[m] for m in markers), tree.words[head], tree.words[c]))
            return c if key in COMPLEX_PREPOSITIONS else None
    return None


def _text(tree: Tree, tokens: tuple[int, ...]) -> str:
    return " ".join(tree.words[t] for t in tokens)
