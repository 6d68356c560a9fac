"""``kg_confidence``: how probable it is that a claim says what its sentence says, from its parse, rule and arguments.

A logistic model over a dozen features. Coefficients and where they come from stand in ``confidence.toml`` beside this
file; ``benchmarks/fit_confidence.py`` fits them and reports how well they are calibrated.
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.clauses.tree import tree_of
from kg.annotate.layers import ClauseKind, EntityFiller, EventDraft, Slot, declare_extensions
from kg.errors import AnnotateError

__all__ = ["FEATURES", "ConfidenceModel", "features", "load_coefficients", "make_confidence"]

FEATURES = (
    "noun", "participle", "copular", "naming", "act", "speech", "loose", "passive", "length", "distance", "one_party",
    "no_party", "unnamed", "inherited", "context", "coreference", "reflexive", "crowded",
)  # fmt: skip
"""What the model looks at, in the order in which :func:`features` is explained."""

_FILE = Path(__file__).with_name("confidence.toml")
_PARTIES = frozenset({"agent", "recipient", "participant", "destination", "origin", "theme"})
# Classes whose verbs mean much else: "support a format", "call for a vote", "release a song".
_LOOSE = frozenset({"Support", "Concede", "Demand", "Threaten", "Aid", "Cooperate"})
_NAMING = frozenset({ClauseKind.APPOSITIVE, ClauseKind.TITULAR})


@Language.factory("kg_confidence", requires=["doc._.kg_events", "doc._.kg_mentions"], assigns=["doc._.kg_events"])
def make_confidence(nlp: Language, name: str) -> ConfidenceModel:
    """Make the component with the coefficients that ship with kg.

    Raises:
        AnnotateError: The file of coefficients is broken.
    """
    declare_extensions()
    return ConfidenceModel(load_coefficients())


class ConfidenceModel:
    """Set the confidence of the drafts in ``doc._.kg_events``: two decimals, above 0 and below 1."""

    def __init__(self, coefficients: Mapping[str, float]) -> None:
        self.coefficients = dict(coefficients)

    def __call__(self, doc: Doc) -> Doc:
        """Weigh the drafts of one document."""
        scores = {(m.start, m.end): m.score for m in doc._.kg_mentions}
        for draft in doc._.kg_events:
            draft.confidence = self.probability(features(doc, draft, scores))
        return doc

    def probability(self, values: Mapping[str, float]) -> Decimal:
        """Return the probability of a claim with these features, rounded to hundredths within 0.01 and 0.99."""
        total = self.coefficients["bias"] + sum(self.coefficients[name] * values[name] for name in FEATURES)
        hundredths = round(100 / (1 + math.exp(-total)))
        return Decimal(min(max(hundredths, 1), 99)) / 100


def features(doc: Doc, draft: EventDraft, scores: Mapping[tuple[int, int], float]) -> dict[str, float]:
    """Return the features of a draft.

    ``noun`` to ``passive`` are 0 or 1: what carries the claim (a noun, a bare participle, a copula, a title or
    apposition), that its predicate is in no class, that it is an act of speech, or of a class whose words mean much
    else, its voice. ``length`` is the sentence's
    in 40 tokens and ``distance`` that of the farthest filler in 20, both at most 2. ``one_party`` and ``no_party``
    say that fewer than two entities are known, ``unnamed`` how many fillers are no entities, ``inherited`` that an
    argument comes from another clause, ``context`` that a party stands nowhere in the sentence, ``coreference``
    how unsure the least sure mention is, ``reflexive`` that one entity fills two roles, ``crowded`` how many entities
    share a role.

    Args:
        doc: The document.
        draft: One of ``doc._.kg_events``.
        scores: How sure the mention at a token range is, 0 to 1.
    """
    tree = tree_of(doc)
    entities = [(role, f) for role, f in draft.roles if role in _PARTIES and isinstance(f, EntityFiller)]
    parties = [f for _, f in entities]
    named = {f.entity for f in parties}
    sure = [scores.get((f.start, f.end), 1.0) for f in parties if f.end > f.start]
    root = draft.head
    while tree.heads[root] != root:
        root = tree.heads[root]
    sentence = tree.right[root] - tree.left[root]
    heads = [i for role, i in draft.heads if role in _PARTIES]
    used = [a for a in draft.clause.arguments if a.slot in {Slot.SUBJECT, Slot.OBJECT, Slot.AGENT, Slot.IOBJECT}]
    kind = draft.clause.kind
    return {
        "noun": float(not tree.is_verb(draft.head) and kind not in _NAMING),
        "participle": float(kind is ClauseKind.PARTICIPIAL),
        "copular": float(kind is ClauseKind.COPULAR),
        "naming": float(kind in _NAMING),
        "act": float(draft.event_type == "Act"),
        "speech": float(draft.event_type == "Say"),
        "loose": float(draft.event_type in _LOOSE),
        "passive": float(draft.clause.passive),
        "length": min(sentence / 40, 2.0),
        "distance": min(max((abs(i - draft.head) for i in heads), default=0) / 20, 2.0),
        "one_party": float(len(named) == 1),
        "no_party": float(not named),
        "unnamed": float(sum(1 for i in heads if not any(f.start <= i < f.end for f in parties))),
        "inherited": float(any(a.inherited for a in used)),
        "context": float(any(f.end <= f.start for f in parties)),
        "coreference": 1.0 - min(sure, default=1.0),
        "reflexive": float(len({(f.entity, role) for role, f in entities}) > len({f.entity for _, f in entities})),
        "crowded": min(max(Counter(role for role, _ in entities).values(), default=0) - 1, 3) / 3 if entities else 0.0,
    }


def load_coefficients(path: Path = _FILE) -> dict[str, float]:
    """Read the coefficients of a model.

    Raises:
        AnnotateError: The file cannot be read or lacks a coefficient.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))["coefficients"]
        return {name: float(table[name]) for name in ("bias", *FEATURES)}
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise AnnotateError(
            f"the confidence model cannot be read: {error!r}; expected a number for bias, {', '.join(FEATURES)}",
            where=str(path),
            remedy="Run benchmarks/fit_confidence.py, or reinstall kg-news",
        ) from error
