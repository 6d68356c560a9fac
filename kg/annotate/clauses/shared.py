"""What coordinated predicates share besides their subject: objects, phrases behind the last, settings in front."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.annotate.clauses.arguments import own_arguments
from kg.annotate.clauses.subjects import SUBJECTS
from kg.annotate.clauses.tree import Tree
from kg.annotate.layers import Argument, Slot

__all__ = ["shared_arguments"]

_OBJECTS = frozenset({Slot.OBJECT, Slot.ATTRIBUTE})
_COMPLEMENTS = _OBJECTS | {Slot.COMPLEMENT, Slot.INFINITIVE}
_PHRASES = frozenset({Slot.OBLIQUE, Slot.AGENT})


def shared_arguments(tree: Tree, i: int, own: list[Argument]) -> list[Argument]:
    """Return the arguments that predicate ``i`` has from one coordinated to it, marked as inherited by ``conj``.

    Twins, with only a conjunction between them ("designed and built the bridge in Porto"), share what follows. A
    later predicate also takes over the setting in front of the first one's subject ("In 1990 she left and ...").
    """
    found = _behind(tree, i, own)
    if tree.deps[i] == "conj" and tree.is_verb(tree.heads[i]) and tree.child(i, *SUBJECTS) is None:
        found += _setting(tree, tree.heads[i])
    return _inherited(found)


def _behind(tree: Tree, i: int, own: list[Argument]) -> list[Argument]:
    twin = _twin(tree, i)
    if twin is None or any(a.slot in _COMPLEMENTS for a in own):
        return []
    last = max(i, twin)
    wanted = _OBJECTS if not any(a.slot in _PHRASES and a.head > last for a in own) else frozenset()
    if twin > i and not any(a.head > i for a in own):
        wanted |= _PHRASES
    return [a for a in own_arguments(tree, twin) if a.head > last and a.slot in wanted]


def _twin(tree: Tree, i: int) -> int | None:
    """Return the verb that is coordinated to ``i`` with nothing but the conjunction (and an adverb) between them."""
    before = tree.heads[i] if tree.deps[i] == "conj" else None
    if before is not None and tree.is_verb(before) and i - before <= 2:
        return before
    after = tree.child(i, "conj")
    if after is None or not tree.is_verb(after) or after - i > 2 or tree.child(after, *SUBJECTS) is not None:
        return None
    return after


def _setting(tree: Tree, first: int) -> list[Argument]:
    """Return the phrases in front of the subject of a predicate."""
    subject = tree.child(first, *SUBJECTS)
    if subject is None:
        return []
    return [
        a
        for a in own_arguments(tree, first)
        if a.head < tree.left[subject] and (a.slot is Slot.OBLIQUE or tree.deps[a.head] == "npadvmod")
    ]


def _inherited(arguments: Iterable[Argument]) -> list[Argument]:
    return [replace(a, inherited="conj") for a in arguments]
