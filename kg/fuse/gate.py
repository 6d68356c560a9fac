"""How probable it is that a direct triple says what its sentence says, and from where on it may stand.

A logistic model over what fusing knows: how sure the claim is, its cues (the form of the sentence), the marks of both
ends (names, pronouns, descriptions), its class and state. Coefficients, threshold and where they come from stand in
``gate.toml`` beside this file; ``benchmarks/fit_triples.py`` fits them on judged triples and reports what they cost.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import ResourceError
from kg.lexicon import Lexicon
from kg.model import Claim, EntityValue, Modality

__all__ = ["FEATURES", "Gate", "features", "load_gate", "word_of"]

CUES = ("borrowed", "embedded")
"""The cues of :data:`kg.annotate.cues.CUES` that are weighed; for the others see :mod:`kg.fuse.trust`."""

_REFERRING = frozenset({"description", "pronoun", "unsure"})
_ONLY_NAMED = frozenset({"office"})
_ONLY_REFERRING = frozenset({"embedded", "disordered"})
_WEIGHED = ("guessed", "passed", "stale", "unsure")

FEATURES = (
    "confidence", "planned", "act", "loose_act", "office", "symmetric", "disordered", "referring", "untried",
    *CUES, *_WEIGHED,
)  # fmt: skip
"""What the model looks at, in the order in which :func:`features` is explained."""

_FILE = Path(__file__).with_name("gate.toml")
_ACT = "Act"
_POSTS = frozenset({"HoldOffice", "Employ", "Locate", "Member"})
_CONFIRMED = 1
_MODEST = 0.5


def word_of(claim: Claim) -> str:
    """Return what of the lexicon carries a claim: its rule, or the predicate of an act without class."""
    return f"{_ACT}/{claim.predicate}" if claim.event_type == _ACT else claim.rule


def features(
    claim: Claim,
    pair: tuple[str, str],
    marks: Mapping[str, Iterable[str]],
    lexicon: Lexicon,
    tried: Collection[str] = (),
) -> set[str]:
    """Return which of the features a triple has, all but ``confidence``, which is a number.

    ``planned`` says that it is to come, ``act`` that it has no class, ``loose_act`` that such a one is to come or has
    its subject from another clause, ``symmetric`` that both deal with each other, ``referring`` that an end is no name
    or not surely resolved, ``office`` that a fixed phrase tells of a post or place, between names. ``embedded`` and
    ``disordered`` (the ends of a property with a direction do not stand before and behind what carries the claim) count
    only with ``referring``: between two names, they have told nothing. ``untried`` says that no judged triple of the
    same words was right: what is made of words for the first time is wrong more often. The rest are the claim's cues
    and the ends' marks; that somebody is quoted and how many others are near has told nothing.

    Args:
        claim: With canonical keys.
        pair: Subject and object.
        marks: By canonical key.
        lexicon: Gives the direct properties.
        tried: The words (:func:`word_of`) of triples that were judged right.
    """
    event_class = lexicon.classes.get(claim.event_type)
    symmetric = event_class is not None and event_class.property is not None and event_class.property.symmetric
    doubts = {*claim.cues, *(mark for key in pair for mark in marks.get(key, ()))}
    found = {
        "planned": claim.modality is Modality.PLANNED,
        "act": claim.event_type == _ACT,
        "loose_act": claim.event_type == _ACT and (claim.modality is Modality.PLANNED or "borrowed" in claim.cues),
        "referring": bool(doubts & _REFERRING),
        "untried": word_of(claim) not in tried,
        "office": claim.event_type in _POSTS,
        "symmetric": symmetric,
        "disordered": not symmetric and claim.event_type not in _POSTS and _is_disordered(claim, pair),
    }
    names = {name for name, holds in found.items() if holds} | doubts
    return names.intersection(FEATURES) - (_ONLY_NAMED if doubts & _REFERRING else _ONLY_REFERRING)


def _is_disordered(claim: Claim, pair: tuple[str, str]) -> bool:
    """Tell whether what carries a claim does not stand between its ends, or an act without class is told backwards."""
    spans = {r.value.key: r.value.span for r in claim.roles if isinstance(r.value, EntityValue)}
    first, second = spans.get(pair[0]), spans.get(pair[1])
    if first is None or second is None:
        return False
    early, late = sorted((first, second))
    around = early.start < claim.trigger.start < late.start
    return not around or (claim.event_type == _ACT and second < first)


@dataclass(frozen=True, slots=True)
class Gate:
    """Weighs direct triples.

    ``coefficients`` hold ``bias`` and :data:`FEATURES`; ``threshold`` is the probability from which a triple stands,
    ``tried`` are the words of which judged triples were right.
    """

    coefficients: Mapping[str, float]
    threshold: float
    tried: frozenset[str] = frozenset()

    def features(
        self, claim: Claim, pair: tuple[str, str], marks: Mapping[str, Iterable[str]], lexicon: Lexicon
    ) -> set[str]:
        """Return which of the features a triple has: see :func:`features`."""
        return features(claim, pair, marks, lexicon, self.tried)

    def probability(
        self, claim: Claim, pair: tuple[str, str], marks: Mapping[str, Iterable[str]], lexicon: Lexicon
    ) -> float:
        """Return how probable it is that a claim is right about two entities; 1 where a person has confirmed it."""
        if claim.confidence == _CONFIRMED:
            return 1.0
        names = self.features(claim, pair, marks, lexicon)
        sure = self.coefficients["confidence"] * logit(float(claim.confidence))
        total = self.coefficients["bias"] + sure + sum(self.coefficients[name] for name in sorted(names))
        return round(1 / (1 + math.exp(-total)), 4)

    def may_count(self, probability: float) -> bool:
        """Tell whether a claim is right more often than not, so that it counts for a triple that others make stand."""
        return probability >= _MODEST

    def passes(self, weighed: Iterable[tuple[str, float]]) -> bool:
        """Tell whether claims that say the same let a triple stand.

        One that reaches the threshold does, and so do several that reach it together, each from an independent source:
        then it is as probable that at least one of them is right.

        Args:
            weighed: Source and probability of each claim.
        """
        best: dict[str, float] = {}
        for source, probability in weighed:
            best[source] = max(best.get(source, 0.0), probability)
        return 1 - math.prod(1 - probability for probability in best.values()) >= self.threshold


def logit(confidence: float) -> float:
    """Return the logarithm of the odds, of 0.02 to 0.98."""
    kept = min(max(confidence, 0.02), 0.98)
    return math.log(kept / (1 - kept))


@cache
def load_gate(path: Path = _FILE) -> Gate:
    """Read the gate that ships with kg.

    Raises:
        ResourceError: The file cannot be read or lacks a coefficient.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        coefficients = {name: float(table["coefficients"][name]) for name in ("bias", *FEATURES)}
        return Gate(coefficients, float(table["threshold"]), frozenset(table["tried"]))
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise ResourceError(
            f"the gate of direct triples cannot be read: {error!r}; expected a threshold, words that were "
            f"tried, and a number for bias, {', '.join(FEATURES)}",
            where=str(path),
            remedy="Run benchmarks/fit_triples.py, or reinstall kg-news",
        ) from error
