"""Which words fill a role that no entity fills: noun phrases with what belongs to them, reported clauses, quotes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import takewhile

from kg.annotate.clauses.tree import Tree, sets_scene
from kg.annotate.openie.extents import trim
from kg.annotate.quotations import Quote

__all__ = ["clause_span", "noun_span", "quote_spans", "span_of"]

_OFF_NOUN = frozenset({"relcl", "appos", "parataxis", "advcl", "dep", "ccomp"})
_DANGLING = frozenset({"and", "or", "but", ","})


def span_of(tree: Tree, head: int, conjuncts: tuple[int, ...] = ()) -> tuple[int, int]:
    """Return the token range that a filler covers: a clause for a verb, else a noun phrase with its conjuncts."""
    if tree.is_verb(head) and tree.deps[head] in {"ccomp", "xcomp", "pcomp", "advcl", "relcl", "ROOT", "acl", "conj"}:
        return clause_span(tree, head)
    return noun_span(tree, head, conjuncts or (head,))


def noun_span(tree: Tree, head: int, conjuncts: tuple[int, ...]) -> tuple[int, int]:
    """Return a noun phrase: modifiers, phrases and participles that hang on it, without relative clauses.

    Coordinated nouns are one phrase, from the first to the last.
    """
    tokens: set[int] = set()
    for i in conjuncts:
        tokens |= _kept(tree, i)
    first = min(tokens)
    last = max(conjuncts)
    while last + 1 in tokens:
        last += 1
    start = min(conjuncts)
    while start - 1 in tokens:
        start -= 1
    kept = trim(tree, list(range(max(first, start), last + 1)))
    while len(kept) > 1 and tree.words[kept[-1]] in _DANGLING:
        kept = kept[:-1]
    return (kept[0], kept[-1] + 1) if kept else (head, head + 1)


def _kept(tree: Tree, i: int) -> set[int]:
    kept = {i}
    for c in tree.children[i]:
        dep = tree.deps[c]
        if dep in _OFF_NOUN or (
            dep == "punct" and not tree.words[c].isalnum() and tree.words[c] not in {'"', "“", "”", "-"}
        ):
            continue
        if dep == "conj" and tree.is_verb(c):
            continue
        kept.update(range(tree.left[c], tree.right[c]))
    return kept


def clause_span(tree: Tree, head: int) -> tuple[int, int]:
    """Return a clause from its first to its last word, without "that" and the marks around it."""
    start, end = tree.left[head], tree.right[head]
    if tree.deps[head] == "xcomp" and start < tree.heads[head] < head:
        start = tree.heads[head] + 1  # "which he refused | to sign": the pronoun hangs low
    if tree.deps[head] in {"xcomp", "pcomp", "acl"}:
        # "wants to expand trade but Peru ...": the small parser hangs the second clause too low
        end = next((c for c in tree.children[head] if c > head and tree.words[c] == "but"), end)
    if tree.deps[head] == "pcomp":  # "accused it of arming rebels | after it closed the border"
        end = min([end, *(tree.left[c] for c in tree.children[head] if c > head and sets_scene(tree, c))])
    tokens = trim(tree, list(range(start, end)))
    while len(tokens) > 1 and tree.words[tokens[-1]] in _DANGLING:
        tokens = tokens[:-1]
    if tokens and tree.words[tokens[0]] in {"for", "that"} and tree.deps[tokens[0]] == "mark":
        tokens = trim(tree, tokens[1:])
    return (tokens[0], tokens[-1] + 1) if tokens else (head, head + 1)


def quote_spans(tree: Tree, quotes: Sequence[Quote], start: int, end: int) -> list[tuple[int, int]]:
    """Return the stretches between quotation marks of two words or more in a token range, without the marks.

    ``quotes`` are those of the document, in text order.
    """
    first = bisect_left(quotes, start, key=lambda q: q.start)
    double = ((q.start, q.end) for q in takewhile(lambda q: q.start < end, quotes[first:]))
    both = (*double, *_single_quotes(tree, start, end))
    return sorted((a, b) for a, b in both if start < a and b < end and b - a > 1)


def _single_quotes(tree: Tree, start: int, end: int) -> list[tuple[int, int]]:
    """Return the stretches between single quotation marks that differ from apostrophes."""
    opened = [i for i in range(start, end) if tree.words[i] == "‘"]
    closing = ((i, next((j for j in range(i + 1, end) if tree.words[j] == "’"), -1)) for i in opened)
    return [(i + 1, j) for i, j in closing if j > i + 1]
