"""The verb above a noun, through coordination, through nouns that only count, and in relative clauses."""

from __future__ import annotations

from dataclasses import dataclass

from kg.annotate.events.scene import Scene
from kg.annotate.layers import Clause

__all__ = ["Governor", "governor_of", "relative_governor", "whole_of"]

# "a series of talks", "$20 million in loans", "a new round of sanctions": the noun that counts stands behind.
_CONTAINERS = frozenset(
    [
        "series",
        "round",
        "rounds",
        "number",
        "set",
        "package",
        "packages",
        "wave",
        "waves",
        "string",
        "spate",
        "dozen",
        "dozens",
        "scores",
        "raft",
        "range",
        "deal",
        "flurry",
        "billion",
        "million",
        "thousand",
        "hundred",
        "dollar",
        "euro",
        "pound",
        "period",
        "day",
        "days",
        "week",
        "hour",
        "hours",
        "kind",
        "form",
        "sort",
        "type",
        "lot",
        "amount",
        "tranche",
        "batch",
        "campaign",
        "act",
        "rest",
        "start",
        "beginning",
        "end",
        "course",
        "prospect",
        "possibility",
        "threat",
        "plan",
        "implementation",
        "signing",
        "process",
        "resumption",
        "expansion",
        "deepening",
        "strengthening",
        "continuation",
        "part",
        "level",
        "offer",
        "promise",
        "worth",
    ]
)


@dataclass(frozen=True, slots=True)
class Governor:
    """The verb above a noun: its clause, and the slot in which the noun stands ("object", a preposition, ...)."""

    clause: Clause
    slot: str
    via: int
    """The token that stands in the slot: the noun itself, its first conjunct, or the noun that counts it."""


def governor_of(scene: Scene, i: int) -> Governor | None:
    """Return the verb above noun ``i``, through coordination and nouns that count ("a series of talks")."""
    tree = scene.tree
    via = whole_of(scene, i)
    for _ in range(6):
        dep, head = tree.deps[via], tree.heads[via]
        if dep == "conj" and not tree.is_verb(head):
            via = head
        elif dep == "pobj" and tree.deps[head] == "prep" and _counts(scene, tree.heads[head]):
            via = tree.heads[head]
        else:
            break
    return _governor_at(scene, via)


def whole_of(scene: Scene, i: int) -> int:
    """Return the noun under which one of coordinated nouns is read: "a loan | and supply agreement"."""
    tree = scene.tree
    if i + 1 >= len(tree.words) or tree.tags[i + 1] != "CC":
        return i
    while tree.deps[i] in {"compound", "nmod"} and tree.heads[i] > i:
        i = tree.heads[i]
    return i


def _counts(scene: Scene, i: int) -> bool:
    tree = scene.tree
    return not tree.is_verb(i) and (
        tree.lemmas[i] in _CONTAINERS or tree.words[i] in _CONTAINERS or "money" in scene.kinds(i)
    )


def _governor_at(scene: Scene, via: int) -> Governor | None:
    tree = scene.tree
    dep, head = tree.deps[via], tree.heads[via]
    if dep in {"pobj", "pcomp"} and tree.deps[head] in {"prep", "agent", "dative", "conj"}:
        verb = tree.heads[tree.heads[head]] if tree.deps[head] == "conj" else tree.heads[head]
        clause = scene.clause_at.get(verb)
        return Governor(clause, tree.words[head], via) if clause is not None else None
    clause = scene.clause_at.get(head) or scene.clause_at.get(via)
    if clause is not None:
        slot = next((name for name, a in clause.logical() if via in (a.head, *a.conjuncts)), None)
        if slot is not None:
            return Governor(clause, slot, via)
    return None


def relative_governor(scene: Scene, i: int) -> Governor | None:
    """Return the verb of a relative or participial clause whose object a noun is ("the loan that they granted")."""
    tree = scene.tree
    for c in tree.children[i]:
        inner = scene.clause_at.get(c) if tree.deps[c] in {"relcl", "acl"} and tree.tags[c] != "VB" else None
        if inner is not None and any(name == "object" and a.head == i for name, a in inner.logical()):
            return Governor(inner, "object", i)
    return None
