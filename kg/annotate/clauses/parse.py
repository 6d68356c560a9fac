"""A parse as lists that can be changed, before anything reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["FINITE", "SUBJECTS", "Parse"]

FINITE = frozenset({"MD", "VBD", "VBP", "VBZ"})
"""The tags of verbs that have a tense."""

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
"""The labels of subjects, of "it" and "there" as well."""


@dataclass(frozen=True, slots=True)
class Parse:
    """A document's tokens as lists; words and lemmas are lower-case, ``ents`` spaCy's entity types or empty."""

    words: Sequence[str]
    lemmas: Sequence[str]
    tags: list[str]
    ents: Sequence[str]
    deps: list[str]
    heads: list[int]

    def hanging(self, head: int, start: int, end: int, *deps: str) -> list[int]:
        """Return the tokens in a range that hang on ``head`` by one of the labels, in text order."""
        return [i for i in range(start, end) if self.heads[i] == head and self.deps[i] in deps]

    def leads_to(self, i: int, to: int) -> bool:
        """Tell whether a token hangs below another, a few steps at most."""
        for _ in range(4):
            if self.heads[i] == to:
                return True
            i = self.heads[i]
        return False
