"""The dependency tree of a ``Doc`` as plain lists: what the clause rules and the renderers walk.

spaCy's ``Token`` objects and ``subtree`` are too slow to ask again and again; one pass here reads everything once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.annotate.clauses.repairs import Parse, repair
from kg.annotate.lemmas import repaired

__all__ = ["VERB_TAGS", "Tree", "tree_of", "word_set"]

VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})

_KEY = "kg_tree"


@dataclass(slots=True)
class Tree:
    """One ``Doc``'s words and dependencies, a list entry a token.

    ``words`` and ``lemmas`` are lower-case. ``left[i]`` and ``right[i]`` bound the subtree of ``i`` (end exclusive),
    ``sents[i]`` is the number of its sentence, ``ents[i]`` spaCy's entity type or empty.
    """

    words: list[str]
    lemmas: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    children: list[list[int]]
    left: list[int]
    right: list[int]
    sents: list[int]
    ents: list[str]

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


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text; for the small closed word lists of the clause rules."""
    return frozenset(text.split())


def tree_of(doc: Doc) -> Tree:
    """Return the tree of a parsed ``Doc``, read once and kept with it."""
    tree = doc.user_data.get(_KEY)
    if isinstance(tree, Tree) and len(tree.words) == len(doc):
        return tree
    tree = doc.user_data[_KEY] = _read(doc)
    return tree


def _read(doc: Doc) -> Tree:
    lemmas, tags, deps, ents = (_strings(doc, column) for column in ("LEMMA", "TAG", "DEP", "ENT_TYPE"))
    words = [t.text.lower() for t in doc]  # lower_ is empty under a vocabulary without getters
    heads = (doc.to_array("HEAD").astype("int64") + range(len(doc))).tolist()
    lemmas = [repaired(word, (lemma or word).lower()) for lemma, word in zip(lemmas, words, strict=True)]
    repair(Parse(words, lemmas, tags, ents, deps, heads))
    children: list[list[int]] = [[] for _ in heads]
    left, right = list(range(len(heads))), list(range(1, len(heads) + 1))
    for i, head in enumerate(heads):
        if head != i:
            children[head].append(i)
        at = i
        while heads[at] != at:
            at = heads[at]
            left[at], right[at] = min(left[at], i), max(right[at], i + 1)
    return Tree(
        words=words,
        lemmas=lemmas,
        tags=tags,
        deps=deps,
        heads=heads,
        children=children,
        left=left,
        right=right,
        sents=_sentence_numbers(heads),
        ents=ents,
    )


def _strings(doc: Doc, attribute: str) -> list[str]:
    """Return an attribute of every token; by array, since asking token by token takes five times as long."""
    column = doc.to_array(attribute).tolist()
    text = {key: doc.vocab.strings[key] for key in set(column)}
    return [text[key] for key in column]


def _sentence_numbers(heads: list[int]) -> list[int]:
    """Number the sentences by their roots, in text order: each tree of the forest is one."""
    roots: dict[int, int] = {}
    for i, head in enumerate(heads):
        if i == head:
            roots[i] = len(roots)
    numbers = []
    for i in range(len(heads)):
        at = i
        while heads[at] != at:
            at = heads[at]
        numbers.append(roots[at])
    return numbers
