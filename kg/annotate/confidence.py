"""``kg_confidence``: how probable it is that a claim says what its sentence says, from its parse, rule and arguments.

A logistic model over some features. Coefficients and where they come from stand in ``confidence.toml`` beside this
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
from kg.annotate.cues import cues_of
from kg.annotate.layers import (
    ClauseKind,
    DocEntity,
    EntityFiller,
    EventDraft,
    QuantityFiller,
    Slot,
    TextFiller,
    TimeFiller,
    declare_extensions,
)
from kg.annotate.names.cut import Mentions, cut_names
from kg.errors import AnnotateError
from kg.model import MentionKind

__all__ = ["FEATURES", "ConfidenceModel", "features", "load_coefficients", "make_confidence"]

FEATURES = (
    "noun", "participle", "titled", "speech", "loose", "passive", "root", "depth", "headline", "length",
    "commas", "distance", "inherited", "compound", "one_party", "no_party", "lone", "unnamed", "context", "coreference",
    "pronoun", "nominal", "reflexive", "crowded", "values", "two_texts", "long_text",
)  # fmt: skip
"""What the model looks at, in the order in which :func:`features` is explained."""

_FILE = Path(__file__).with_name("confidence.toml")
_PARTIES = frozenset({"agent", "recipient", "participant", "destination", "origin", "theme"})
# Classes whose words mean much else: "release a song", "gather dust", "threaten rain".
_LOOSE = frozenset({"Concede", "Coerce", "Meet", "Threaten", "Sanction", "Cooperate"})
_NAMING = frozenset({ClauseKind.APPOSITIVE, ClauseKind.TITULAR})
_OWN = frozenset({Slot.SUBJECT, Slot.OBJECT, Slot.AGENT, Slot.IOBJECT})


@Language.factory("kg_confidence", requires=["doc._.kg_events", "doc._.kg_mentions"], assigns=["doc._.kg_events"])
def make_confidence(nlp: Language, name: str) -> ConfidenceModel:
    """Make the component with the coefficients that ship with kg.

    Raises:
        AnnotateError: The file of coefficients is broken.
    """
    declare_extensions()
    return ConfidenceModel(load_coefficients())


class ConfidenceModel:
    """Set the confidence of the drafts in ``doc._.kg_events``, two decimals above 0 and below 1, and their cues."""

    def __init__(self, coefficients: Mapping[str, float]) -> None:
        self.coefficients = dict(coefficients)

    def __call__(self, doc: Doc) -> Doc:
        """Weigh the drafts of one document."""
        mentions = {(m.start, m.end): m for m in doc._.kg_mentions}
        cut = cut_names(doc, mentions)
        for draft in doc._.kg_events:
            draft.confidence = self.probability(features(doc, draft, mentions))
            draft.cues = cues_of(doc, draft, mentions, cut)
        return doc

    def probability(self, values: Mapping[str, float]) -> Decimal:
        """Return the probability of a claim with these features, rounded to hundredths within 0.01 and 0.99."""
        total = self.coefficients["bias"] + sum(self.coefficients[name] * values[name] for name in FEATURES)
        hundredths = round(100 / (1 + math.exp(-total)))
        return Decimal(min(max(hundredths, 1), 99)) / 100


def features(doc: Doc, draft: EventDraft, mentions: Mentions) -> dict[str, float]:
    """Return the features of a draft.

    ``noun`` to ``root`` are 0 or 1: what carries the claim (a noun, a bare participle, a title), that it is
    an act of speech, or of a class whose words mean much else, its voice, that it heads its sentence. ``depth`` is how
    far below the head it hangs, in 5 steps; ``headline`` that the sentence opens the document. ``length`` is the
    sentence's in 40 tokens, ``commas`` its commas in 5, ``distance`` that of the farthest filler in 20, each at most 2.
    ``one_party`` and ``no_party`` say that fewer than two entities are known, ``lone`` that one of them is a single
    word without an identifier, ``unnamed`` how many fillers are no entities, ``inherited`` that an argument comes from
    another clause, ``context`` that a party stands nowhere in the sentence, ``coreference`` how unsure the least sure
    mention is, ``pronoun`` and ``nominal`` that a party is named by one, ``reflexive`` that one entity fills two roles,
    ``crowded`` how many share a role. ``values`` counts times and amounts, ``two_texts`` says that more than one role
    is filled by words, ``long_text`` is the longest of those in 20 tokens, at most 2, ``compound`` that a compound
    fills an argument.

    Args:
        doc: The document.
        draft: One of ``doc._.kg_events``.
        mentions: The document's mentions by token range.
    """
    return _form(doc, draft) | _parties(doc, draft, mentions) | _words(draft)


def _form(doc: Doc, draft: EventDraft) -> dict[str, float]:
    """Return what the clause and its sentence look like."""
    tree, i, kind = tree_of(doc), draft.head, draft.clause.kind
    above = list(tree.ancestors(i))
    root = above[-1] if above else i
    start, end = tree.left[root], tree.right[root]
    heads = [h for role, h in draft.heads if role in _PARTIES]
    used = [a for a in draft.clause.arguments if a.slot in _OWN]
    return {
        "noun": float(not tree.is_verb(i) and kind not in _NAMING),
        "participle": float(kind is ClauseKind.PARTICIPIAL),
        "titled": float(draft.event_type == "HoldOffice"),
        "speech": float(draft.event_type == "Say"),
        "loose": float(draft.event_type in _LOOSE),
        "passive": float(draft.clause.passive),
        "root": float(not above),
        "depth": min(len(above) / 5, 2.0),
        "headline": float(start == 0),
        "length": min((end - start) / 40, 2.0),
        "commas": min(tree.words[start:end].count(",") / 5, 2.0),
        "distance": min(max((abs(h - i) for h in heads), default=0) / 20, 2.0),
        "inherited": float(any(a.inherited for a in used)),
        "compound": float(any(a.slot is Slot.COMPOUND for a in draft.clause.arguments)),
    }


def _parties(doc: Doc, draft: EventDraft, mentions: Mentions) -> dict[str, float]:
    """Return how many entities fill the roles, and how sure they are."""
    entities = [(role, f) for role, f in draft.roles if role in _PARTIES and isinstance(f, EntityFiller)]
    parties = [f for _, f in entities]
    named = {f.entity for f in parties}
    known = [m for f in parties if (m := mentions.get((f.start, f.end))) is not None]
    heads = [h for role, h in draft.heads if role in _PARTIES]
    return {
        "one_party": float(len(named) == 1),
        "no_party": float(not named),
        "lone": float(any(_is_lone(doc._.kg_entities[e]) for e in named)),
        "unnamed": float(sum(1 for h in heads if not any(f.start <= h < f.end for f in parties))),
        "context": float(any(f.end <= f.start for f in parties)),
        "coreference": 1.0 - min((m.score for m in known), default=1.0),
        "pronoun": float(any(m.kind is MentionKind.PRONOUN for m in known)),
        "nominal": float(any(m.kind is MentionKind.NOMINAL for m in known)),
        "reflexive": float(len({(f.entity, role) for role, f in entities}) > len(named)),
        "crowded": min(max(Counter(role for role, _ in entities).values(), default=0) - 1, 3) / 3 if entities else 0.0,
    }


def _is_lone(entity: DocEntity) -> bool:
    """Tell a name of one word that no reference data vouches for."""
    return " " not in entity.name and entity.wikidata is None and entity.geonames is None


def _words(draft: EventDraft) -> dict[str, float]:
    """Return what fills the roles beside entities."""
    texts = [f for _, f in draft.roles if isinstance(f, TextFiller)]
    values = sum(isinstance(f, TimeFiller | QuantityFiller) for _, f in draft.roles)
    return {
        "values": float(values),
        "two_texts": float(len(texts) > 1),
        "long_text": min(max((f.end - f.start for f in texts), default=0) / 20, 2.0),
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
