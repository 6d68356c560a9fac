"""How far a phrase goes: the words of a filler, cut as a view wants them. All extents are token indices in order."""

from __future__ import annotations

from collections.abc import Iterable

from kg.annotate.clause_tree import Tree

__all__ = ["clause_words", "noun_core", "noun_phrase", "subject_phrase", "trim", "whole"]

_OFF_NOUN = frozenset({"relcl", "acl", "appos", "conj", "cc", "preconj", "punct", "prep", "advcl", "ccomp", "dep",
                       "parataxis", "nsubj", "cop", "mark", "xcomp", "npadvmod", "aux", "neg", "advmod", "intj"})
_KEPT_BEFORE = frozenset({"punct", "advmod", "npadvmod", "neg"})
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")
_MARKS = frozenset({",", ";", ":", ".", "!", "?", "-", "--", "–", "—", "..."})


def noun_core(tree: Tree, head: int) -> list[int]:
    """Return a noun with the words before it: determiner, modifiers, compounds, possessor."""
    return trim(tree, _gather(tree, head, of=False))


def noun_phrase(tree: Tree, head: int) -> list[int]:
    """Return a noun with the words before it and its of-phrase."""
    return trim(tree, _gather(tree, head, of=True))


def subject_phrase(tree: Tree, head: int) -> list[int]:
    """Return a noun with its prepositional phrases, without relative clauses, participles and appositions."""
    return trim(tree, _without(tree, head, frozenset({"relcl", "acl", "appos", "conj", "cc", "preconj", "advcl", "parataxis"})))


def whole(tree: Tree, head: int, *, drop: Iterable[str] = ()) -> list[int]:
    """Return everything below ``head``, less the children of the head itself with labels in ``drop``."""
    return trim(tree, _without(tree, head, frozenset(drop)))


def clause_words(tree: Tree, head: int) -> list[int]:
    """Return a clause as it stands."""
    return trim(tree, list(range(tree.left[head], tree.right[head])))


def _without(tree: Tree, head: int, drop: frozenset[str]) -> list[int]:
    found = [head]
    for c in tree.children[head]:
        if tree.deps[c] not in drop:
            found += range(tree.left[c], tree.right[c])
    return sorted(found)


def _gather(tree: Tree, head: int, *, of: bool) -> list[int]:
    found = [head]
    for c in tree.children[head]:
        dep = tree.deps[c]
        if dep == "prep":
            if of and tree.words[c] == "of":
                found += _of_phrase(tree, c)
        elif dep not in _OFF_NOUN or (c < head and dep in _KEPT_BEFORE):
            found += range(tree.left[c], tree.right[c])
    return sorted(found)


def _of_phrase(tree: Tree, prep: int) -> list[int]:
    found = [prep]
    for c in tree.children[prep]:
        found += _gather(tree, c, of=True) if tree.deps[c] == "pobj" else range(tree.left[c], tree.right[c])
    return found


def trim(tree: Tree, tokens: list[int]) -> list[int]:
    """Return tokens without marks at either end and without one half of a pair of brackets or quotes."""
    while tokens:
        first, last = tree.words[tokens[0]], tree.words[tokens[-1]]
        words = [tree.words[t] for t in tokens]
        if first in _MARKS or first in _CLOSE or (first in _OPEN and not _CLOSE & set(words)) or _lone_quote(words, 0):
            tokens = tokens[1:]
        elif last in _MARKS or last in _OPEN or (last in _CLOSE and not _OPEN & set(words)) or _lone_quote(words, -1):
            tokens = tokens[:-1]
        else:
            break
    return tokens


def _lone_quote(words: list[str], end: int) -> bool:
    return words[end] in {'"', "'", "“", "”", "‘", "’", "''", "``", "`"} and (
        sum(w == words[end] for w in words) == 1
        if words[end] in {'"', "'"}
        else not {"“", "‘", "”", "’"} & {words[-1 - end if end else -1]}
    )
