"""The dependency tree of a ``Doc`` as plain lists: what the clause rules and the renderers walk.

spaCy's ``Token`` objects and ``subtree`` are too slow to ask again and again; one pass here reads everything once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.annotate.clauses.parse import Parse
from kg.annotate.clauses.repairs import repair
from kg.annotate.lemmas import REPAIRS

__all__ = ["VERB_TAGS", "Tree", "first_of_list", "sets_scene", "tree_of", "word_set"]

VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})

_KEY = "kg_tree"
_WHEN = frozenset({"after", "as", "before", "while"})


@dataclass(slots=True)
class Tree:
    """One ``Doc``'s words and dependencies, a list entry a token.

    ``texts`` are the words as printed, ``words`` and ``lemmas`` are lower-case. ``left[i]`` and ``right[i]`` bound the
    subtree of ``i`` (end exclusive), ``sents[i]`` is the number of its sentence, ``ents[i]`` spaCy's entity type or
    empty, ``spaced[i]`` whether white space follows.
    """

    texts: list[str]
    words: list[str]
    lemmas: list[str]
    tags: list[str]
    pos: list[str]
    deps: list[str]
    heads: list[int]
    children: list[list[int]]
    left: list[int]
    right: list[int]
    sents: list[int]
    ents: list[str]
    spaced: list[bool]

    def child(self, i: int, *deps: str) -> int | None:
        """Return the first child of ``i`` with one of the dependency labels."""
        return next((c for c in self.children[i] if self.deps[c] in deps), None)

    def is_verb(self, i: int) -> bool:
        """Say whether a token is tagged as a form of a verb."""
        return self.tags[i] in VERB_TAGS

    def ancestors(self, i: int) -> Iterator[int]:
        """Yield the tokens that govern ``i``, nearest first."""
        while self.heads[i] != i:
            i = self.heads[i]
            yield i

    def conjuncts(self, i: int) -> tuple[int, ...]:
        """Return ``i`` and all that is coordinated to it further on, in text order.

        A verb coordinated to a noun (or the other way round) is left out: the small parser attaches clauses so.
        """
        found = [i]
        verbal = self.is_verb(i)
        for at in found:
            found += [c for c in self.children[at] if self.deps[c] == "conj" and self.is_verb(c) == verbal]
        return tuple(sorted(found))


def first_of_list(tree: Tree, i: int) -> int:
    """Return the first of coordinated words of one spelling: the first "of" in "of selling and of buying"."""
    while tree.deps[i] == "conj" and tree.words[tree.heads[i]] == tree.words[i]:
        i = tree.heads[i]
    return i


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text; for the small closed word lists of the clause rules."""
    return frozenset(text.split())


def sets_scene(tree: Tree, i: int) -> bool:
    """Tell whether a clause says when something else was: "after it closed the border"."""
    return tree.deps[i] == "advcl" and any(tree.words[c] in _WHEN for c in tree.children[i] if c < i)


def tree_of(doc: Doc) -> Tree:
    """Return the tree of a parsed ``Doc``, read once and kept with it."""
    tree = doc.user_data.get(_KEY)
    if isinstance(tree, Tree) and len(tree.words) == len(doc):
        return tree
    tree = doc.user_data[_KEY] = _read(doc)
    return tree


def _read(doc: Doc) -> Tree:
    texts, lemmas, tags, pos, deps, ents = _strings(doc, "ORTH", "LEMMA", "TAG", "POS", "DEP", "ENT_TYPE")
    words = list(map(str.lower, texts))  # LOWER is empty under a vocabulary without getters
    heads = (doc.to_array("HEAD").astype("int64") + range(len(doc))).tolist()
    lemmas = [REPAIRS.get(word) or (lemma or word).lower() for lemma, word in zip(lemmas, words, strict=True)]
    repair(Parse(words, lemmas, tags, ents, deps, heads))
    children: list[list[int]] = [[] for _ in heads]
    for i, head in enumerate(heads):
        if head != i:
            children[head].append(i)
    sents, left, right = _extents(heads, children)
    return Tree(
        texts=texts,
        words=words,
        lemmas=lemmas,
        tags=tags,
        pos=pos,
        deps=deps,
        heads=heads,
        children=children,
        left=left,
        right=right,
        sents=sents,
        ents=ents,
        spaced=doc.to_array("SPACY").astype(bool).tolist(),
    )


def _strings(doc: Doc, *attributes: str) -> list[list[str]]:
    """Return attributes of every token; by array, since asking token by token takes five times as long."""
    columns = doc.to_array(list(attributes)).T.tolist()
    text = {key: doc.vocab.strings[key] for key in set().union(*columns)}
    return [list(map(text.__getitem__, column)) for column in columns]


def _extents(heads: list[int], children: list[list[int]]) -> tuple[list[int], list[int], list[int]]:
    """Return for each token the number of its sentence, and where its subtree begins and ends (exclusive).

    Each tree of the forest is a sentence, numbered by its root in text order.
    """
    order = [i for i, head in enumerate(heads) if i == head]
    sents, left, right = [0] * len(heads), list(range(len(heads))), list(range(1, len(heads) + 1))
    for number, root in enumerate(order):
        sents[root] = number
    for at in order:  # grows: from the roots down to the leaves
        for child in children[at]:
            sents[child] = sents[at]
        order += children[at]
    for i in reversed(order):
        head = heads[i]
        left[head] = min(left[head], left[i])
        right[head] = max(right[head], right[i])
    return sents, left, right
