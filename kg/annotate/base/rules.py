"""Compile the patterns of spaCy's attribute ruler to bits, so that matching a token costs a look-up for each of three.

Every token of every pattern gets a bit. Its conditions fall into three: on the word, on the tag, on the dependency. For
each word, tag and dependency that turns up, spaCy's own ``Matcher`` is asked once which bits its conditions allow; a
token matches the bits that all three allow. Patterns with other conditions or with operators are not covered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.annotate.clauses.tree import word_set

__all__ = ["Rule", "RuleSet", "compile_rules"]

# Attributes that are decided by the word alone. NORM is not among them: tokens may have one of their own.
_OF_WORD = word_set(
    """
    ORTH TEXT LOWER SHAPE PREFIX SUFFIX LENGTH IS_ALPHA IS_ASCII IS_DIGIT IS_LOWER IS_UPPER IS_TITLE IS_PUNCT IS_SPACE
    IS_BRACKET IS_QUOTE IS_LEFT_PUNCT IS_RIGHT_PUNCT IS_CURRENCY IS_STOP IS_OOV LIKE_NUM LIKE_URL LIKE_EMAIL
    """
)
_PARTS = ("WORD", "TAG", "DEP")
_MAX_WORDS = 1 << 17
"""How many words are remembered; then remembering begins anew, so that memory does not grow with the text."""

Pattern = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern: the bits of its tokens, which of them is changed, and the rank of the rule that it belongs to."""

    bits: tuple[int, ...]
    target: int
    rank: int


def compile_rules(vocab: Vocab, patterns: Sequence[Sequence[Pattern]], indices: Sequence[int]) -> RuleSet | None:
    """Return the rules of an attribute ruler, None where they hold conditions that bits do not cover.

    Args:
        vocab: Of the documents.
        patterns: The alternative patterns of each rule, by rank: a later rule overrules an earlier one.
        indices: Which token of a match each rule changes, from the end where negative.
    """
    rules: list[Rule] = []
    conditions: list[dict[str, dict[str, Any]]] = []
    for rank, (alternatives, index) in enumerate(zip(patterns, indices, strict=True)):
        for pattern in alternatives:
            parts = [_split(token) for token in pattern]
            if not -len(pattern) <= index < len(pattern) or any(part is None for part in parts):
                return None
            bits = tuple(range(len(conditions), len(conditions) + len(pattern)))
            conditions += [part for part in parts if part is not None]
            rules.append(Rule(bits, index % len(pattern), rank))
    return RuleSet(vocab, rules, conditions)


def _split(token: Mapping[str, Any]) -> dict[str, dict[str, Any]] | None:
    """Return the conditions of a pattern's token by part, None if one is not covered."""
    parts: dict[str, dict[str, Any]] = {part: {} for part in _PARTS}
    for attribute, condition in token.items():
        name = str(attribute).upper()
        part = "WORD" if name in _OF_WORD else name
        if part not in parts:
            return None
        parts[part][name] = condition
    return parts


@dataclass(slots=True)
class _Part:
    """Which bits a value of one part allows: a word, a tag or a dependency."""

    vocab: Vocab
    matcher: Matcher
    always: int = 0
    lower: dict[int, int] = field(default_factory=dict)
    known: dict[int, int] = field(default_factory=dict)

    def add(self, bit: int, condition: dict[str, Any]) -> None:
        """Take up the conditions of a bit; plain words need no ``Matcher``."""
        plain = list(_plain_words(condition))
        if not condition:
            self.always |= 1 << bit
        elif plain:
            for word in plain:
                key = self.vocab.strings.add(word)
                self.lower[key] = self.lower.get(key, 0) | 1 << bit
        else:
            self.matcher.add(str(bit), [[condition]])

    def matched(self, doc: Doc) -> int:
        """Return the bits whose conditions the only token of a ``Doc`` meets."""
        found = self.always | self.lower.get(doc[0].lower, 0)
        for key, _, _ in self.matcher(doc, allow_missing=True) if len(self.matcher) else ():
            found |= 1 << int(self.vocab.strings[key])
        return found


def _plain_words(condition: Mapping[str, Any]) -> Iterator[str]:
    """Yield the words of a condition that says nothing but which words in lower case are meant."""
    if set(condition) == {"LOWER"}:
        words = condition["LOWER"]
        if isinstance(words, str):
            yield words
        elif isinstance(words, dict) and set(words) == {"IN"}:
            yield from words["IN"]


class RuleSet:
    """Compiled rules; :meth:`matches` tells which of them change which token."""

    def __init__(self, vocab: Vocab, rules: Sequence[Rule], conditions: Sequence[Mapping[str, dict[str, Any]]]) -> None:
        self.vocab = vocab
        self.rules = tuple(rules)
        self._parts = {name: _Part(vocab, Matcher(vocab)) for name in _PARTS}
        for bit, parts in enumerate(conditions):
            for name, condition in parts.items():
                self._parts[name].add(bit, condition)
        self._ranks: dict[int, frozenset[int]] = {}

    def matches(self, doc: Doc) -> list[frozenset[int]]:
        """Return for each token the ranks of the rules that change it."""
        masks = self._masks(doc)
        found = [self._single(mask) for mask in masks]
        openers = self._openers
        for i, mask in enumerate(masks):
            if mask & openers:
                for target, rank in self._longer(masks, i):
                    found[target] |= {rank}
        return found

    def _masks(self, doc: Doc) -> list[int]:
        """Return the bits that each token matches."""
        words, tags, deps = doc.to_array(["ORTH", "TAG", "DEP"]).T.tolist()
        word_bits, tag_bits, dep_bits = (self._parts[name].known for name in _PARTS)
        if len(word_bits) > _MAX_WORDS:
            word_bits.clear()
        for name, values in zip(_PARTS, (words, tags, deps), strict=True):
            known = self._parts[name].known
            for value in set(values).difference(known):
                known[value] = self._parts[name].matched(self._one_token(name, value))
        return [word_bits[w] & tag_bits[t] & dep_bits[d] for w, t, d in zip(words, tags, deps, strict=True)]

    def _one_token(self, part: str, value: int) -> Doc:
        """Return a ``Doc`` of one token with a word, a tag or a dependency."""
        if part == "WORD":
            return Doc(self.vocab, words=[self.vocab.strings[value]])
        column: Any = np.array([value], dtype=np.uint64)
        return Doc(self.vocab, words=["-"]).from_array([part], column)

    @cached_property
    def _openers(self) -> int:
        """The bits with which the patterns of two tokens or more begin."""
        return sum(1 << rule.bits[0] for rule in self.rules if len(rule.bits) > 1)

    def _single(self, mask: int) -> frozenset[int]:
        ranks = self._ranks.get(mask)
        if ranks is None:
            ranks = frozenset(r.rank for r in self.rules if len(r.bits) == 1 and mask >> r.bits[0] & 1)
            self._ranks[mask] = ranks
        return ranks

    def _longer(self, masks: Sequence[int], i: int) -> Iterator[tuple[int, int]]:
        """Yield the token changed and the rank for each longer pattern that matches from token ``i`` on."""
        for rule in self.rules:
            fits = len(rule.bits) > 1 and i + len(rule.bits) <= len(masks)
            if fits and all(masks[i + k] >> bit & 1 for k, bit in enumerate(rule.bits)):
                yield i + rule.target, rule.rank
