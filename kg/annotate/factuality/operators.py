"""The operators of the lexicon, found by the word that governs and the slot in which the governed thing stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.annotate.clauses.tree import Tree
from kg.lexicon import Operator

__all__ = ["Operators", "find_phrases"]

# What belongs to a verb like a particle, though it is tagged as an adverb or adjective.
_ADVERBS = {"fall": "through", "make": "clear"}
_KIND_OF_TAG = {"V": "verb", "N": "noun", "J": "adjective", "R": "adverb", "M": "auxiliary"}


@dataclass(frozen=True, slots=True)
class Operators:
    """Effects by (kind, lemma, slot), by (kind, lemma) for words without slots, and phrases by their last word."""

    governing: Mapping[tuple[str, str, str], str]
    bare: Mapping[tuple[str, str], str]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...]]

    @classmethod
    def of(cls, operators: Mapping[str, Operator]) -> Operators:
        """Build the index; where two entries give one word and slot an effect, the first of the pack stands.

        "said" goes into an index of its own kind (``said-verb``), since it says who speaks, not how real it is.
        """
        governing: dict[tuple[str, str, str], str] = {}
        bare: dict[tuple[str, str], str] = {}
        phrases: dict[str, list[tuple[tuple[str, ...], str, tuple[str, ...]]]] = {}
        for operator in operators.values():
            prefix = "said-" if operator.effect == "said" else ""
            for kind, words in operator.words.items():
                for word in words:
                    if kind == "phrase":
                        parts = tuple(word.split())
                        phrases.setdefault(parts[-1], []).append((parts, operator.effect, operator.slots))
                    elif not operator.slots or kind in {"adverb", "auxiliary"}:
                        bare.setdefault((kind, word), operator.effect)
                    else:
                        for slot in operator.slots:
                            governing.setdefault((prefix + kind, word, slot), operator.effect)
        ordered = {last: tuple(sorted(found, key=lambda p: -len(p[0]))) for last, found in phrases.items()}
        return cls(governing, bare, ordered)

    def effect(self, tree: Tree, i: int, slot: str) -> str | None:
        """Return how the word at ``i`` makes what stands in its slot, None where it is no operator there."""
        kind = _KIND_OF_TAG.get(tree.tags[i][:1])
        return self.governing.get((kind, _lemma(tree, i), slot)) if kind else None

    def describes(self, tree: Tree, i: int) -> str | None:
        """Return how a word makes the noun that it describes; a participle counts as it stands: "alleged"."""
        adjective = self.governing.get(("adjective", tree.words[i], "modifier"))
        return adjective or self.effect(tree, i, "modifier")

    def says(self, tree: Tree, i: int, slot: str) -> bool:
        """Tell whether the subject of the word at ``i`` says what stands in its slot ("denies" says too)."""
        kind = _KIND_OF_TAG.get(tree.tags[i][:1])
        if kind is None:
            return False
        lemma = _lemma(tree, i)
        denied = self.governing.get((kind, lemma, slot)) == "denied"
        return denied or (f"said-{kind}", lemma, slot) in self.governing

    def word(self, tree: Tree, i: int, kind: str) -> str | None:
        """Return the effect of an adverb or auxiliary at ``i``."""
        return self.bare.get((kind, tree.words[i])) or self.bare.get((kind, tree.lemmas[i]))


def _lemma(tree: Tree, i: int) -> str:
    """Return a word's lemma with its particle: ``call_off``, ``make_clear``."""
    particle = next((c for c in tree.children[i] if tree.deps[c] == "prt"), None)
    if particle is None and tree.words[i + 1 : i + 2] == [_ADVERBS.get(tree.lemmas[i])]:
        particle = i + 1
    return tree.lemmas[i] if particle is None else f"{tree.lemmas[i]}_{tree.words[particle]}"


def find_phrases(tree: Tree, operators: Operators) -> dict[int, tuple[int, str, tuple[str, ...]]]:
    """Return phrases of operators by the index after their last word: where they start, their effect and slots.

    A word matches as it stands or by its lemma ("stopped short of").
    """
    found: dict[int, tuple[int, str, tuple[str, ...]]] = {}
    for i, word in enumerate(tree.words):
        for parts, effect, slots in operators.phrases.get(word, ()):
            start = i + 1 - len(parts)
            if start >= 0 and all(p in {tree.words[start + k], tree.lemmas[start + k]} for k, p in enumerate(parts)):
                found[i + 1] = (start, effect, slots)
                break
    return found
