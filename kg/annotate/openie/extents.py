"""How far a phrase goes: the words of a filler, cut as a view wants them. All extents are token indices in order."""

from __future__ import annotations

from collections.abc import Iterable

from kg.annotate.clauses.tree import Tree, word_set

__all__ = ["clause_words", "noun_core", "noun_phrase", "trim", "whole"]

_KEPT_AFTER = word_set("amod case compound det nmod nummod poss prt quantmod")
_NOT_BEFORE = word_set(
    """
    acl advcl appos aux auxpass cc ccomp conj csubj dep expl intj mark nsubj nsubjpass parataxis preconj prep
    relcl
    """
)
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")
_QUOTES = frozenset({'"', "''", "``", "`", "“", "”", "‘", "’"})
_MARKS = frozenset({",", ";", ":", ".", "!", "?", "-", "--", "–", "—", "..."})


def noun_core(tree: Tree, head: int) -> list[int]:
    """Return a noun with the words before it: determiner, modifiers, compounds, possessor."""
    return trim(tree, _gather(tree, head, of=False))


def noun_phrase(tree: Tree, head: int) -> list[int]:
    """Return a noun with the words before it and its of-phrase."""
    return trim(tree, _gather(tree, head, of=True))


def whole(tree: Tree, head: int, *, drop: Iterable[str] = ()) -> list[int]:
    """Return everything below ``head``, less the children of the head itself with labels in ``drop``."""
    unwanted = frozenset(drop)
    found = [head]
    for c in tree.children[head]:
        if tree.deps[c] not in unwanted:
            found += range(tree.left[c], tree.right[c])
    return trim(tree, sorted(found))


def clause_words(tree: Tree, head: int) -> list[int]:
    """Return a clause as it stands."""
    return trim(tree, list(range(tree.left[head], tree.right[head])))


def _gather(tree: Tree, head: int, *, of: bool) -> list[int]:
    found = [head]
    for c in tree.children[head]:
        dep = tree.deps[c]
        if dep == "prep":
            if of and tree.words[c] == "of":
                found += _of_phrase(tree, c)
        elif (
            (c < head and dep not in _NOT_BEFORE)
            or (c > head and dep in _KEPT_AFTER)
            or (c > head and dep == "npadvmod" and tree.tags[head] in {"$", "CD"})
        ):
            found += range(tree.left[c], tree.right[c])
        elif c > head and dep in {"punct", "appos"} and _continues_date(tree, c):
            found.append(c)
    return sorted(found)


def _continues_date(tree: Tree, c: int) -> bool:
    """Say whether a comma or number goes on with a date: "May 3 , 1998"."""
    at = c + 1 if tree.words[c] == "," else c
    return at < len(tree.words) and tree.tags[at] == "CD" and len(tree.words[at]) == 4 and tree.tags[at - 2] == "CD"


def _of_phrase(tree: Tree, prep: int) -> list[int]:
    found = [prep]
    for c in tree.children[prep]:
        found += _gather(tree, c, of=True) if tree.deps[c] == "pobj" else range(tree.left[c], tree.right[c])
    return found


def trim(tree: Tree, tokens: list[int]) -> list[int]:
    """Return tokens without marks at either end and without one half of a pair of brackets or quotes."""
    tokens = _balance(tree, tokens)
    while tokens:
        if tree.words[tokens[0]] in _MARKS:
            tokens = tokens[1:]
        elif tree.words[tokens[-1]] in _MARKS:
            tokens = tokens[:-1]
        else:
            break
    return tokens


def _balance(tree: Tree, tokens: list[int]) -> list[int]:
    words = [tree.words[t] for t in tokens]
    if sum(w in _QUOTES for w in words) % 2:
        tokens = [t for t in tokens if tree.words[t] not in _QUOTES]
    if sum(w in _OPEN for w in words) != sum(w in _CLOSE for w in words):
        tokens = [t for t in tokens if tree.words[t] not in _OPEN | _CLOSE]
    return tokens
