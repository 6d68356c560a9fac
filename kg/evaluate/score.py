"""Match predicted claims with annotated ones and count what is right.

A prediction may stand for a gold claim when its class is the type, or one that the annotation allows, and its evidence
meets the quote. The heaviest one-to-one matching of each document decides: most pairs first, then common triggers, then
equal classes, then roles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import networkx as nx

from kg.evaluate.compare import Names, RoleScore, compare_roles, same_value
from kg.evaluate.entities import EntityFigures, score_entities
from kg.evaluate.figures import Rate, Scores
from kg.evaluate.gold import Gold, GoldClaim
from kg.evaluate.graph import PredictedClaim, Prediction

__all__ = ["Match", "Report", "evaluate"]


@dataclass(frozen=True, slots=True)
class Match:
    """A gold claim with the prediction that stands for it."""

    gold: GoldClaim
    claim: PredictedClaim
    roles: RoleScore
    attribution: bool

    @property
    def polarity(self) -> bool:
        """Whether the polarity is right."""
        return self.gold.polarity == self.claim.polarity

    @property
    def modality(self) -> bool:
        """Whether the modality is one that counts as right."""
        return self.claim.modality in self.gold.modalities


@dataclass(slots=True)
class Report:
    """All figures, and what was missed, spurious or set aside."""

    matches: list[Match] = field(default_factory=list)
    missed: list[GoldClaim] = field(default_factory=list)
    spurious: list[PredictedClaim] = field(default_factory=list)
    aside: list[PredictedClaim] = field(default_factory=list)
    documents: int = 0
    bad_offsets: list[str] = field(default_factory=list)
    entities: EntityFigures | None = None

    def _scores(self, right: int) -> Scores:
        n = len(self.matches)
        return Scores(right, n + len(self.spurious), n + len(self.missed))

    @property
    def detection(self) -> Scores:
        """Claims found with the right class."""
        return self._scores(len(self.matches))

    @property
    def full_match(self) -> Scores:
        """Claims with the right class and all required roles."""
        return self._scores(sum(m.roles[3] for m in self.matches))

    @property
    def full_match_with_attributes(self) -> Scores:
        """Full matches whose polarity, modality and attribution are right too."""
        return self._scores(sum(m.roles[3] and m.polarity and m.modality and m.attribution for m in self.matches))

    @property
    def roles_given_claim(self) -> Scores:
        """Role fillers within matched pairs."""
        right, missing, wrong = (sum(m.roles[k] for m in self.matches) for k in range(3))
        return Scores(right, right + wrong, right + missing)

    def rates(self) -> dict[str, Rate]:
        """Return polarity, modality and attribution on matched claims, and the recall of the uncommon ones."""
        n = len(self.matches)
        return {
            "polarity": Rate(sum(m.polarity for m in self.matches), n),
            "modality": Rate(sum(m.modality for m in self.matches), n),
            "attribution": Rate(sum(m.attribution for m in self.matches), n),
            "recall on negated": self._recall(lambda g: g.polarity == "negated"),
            "recall on not actual": self._recall(lambda g: g.modality != "actual"),
            "recall on attributed": self._recall(lambda g: bool(g.attributed_to)),
        }

    def _recall(self, test: Callable[[GoldClaim], bool]) -> Rate:
        found = sum(test(m.gold) for m in self.matches)
        return Rate(found, found + sum(test(g) for g in self.missed))


def evaluate(gold: Gold, prediction: Prediction) -> Report:
    """Score what a graph holds for the gold documents."""
    names = Names(gold, prediction)
    report = Report(documents=len(prediction.documents), bad_offsets=sorted(prediction.bad_offsets))
    for doc in dict.fromkeys(g.doc for g in gold.claims):
        _match_document(
            [g for g in gold.claims if g.doc == doc], [p for p in prediction.claims if p.doc == doc], names, report
        )
    if gold.entities:
        report.entities = score_entities(gold, prediction, names)
    return report


def _match_document(gold: list[GoldClaim], claims: list[PredictedClaim], names: Names, report: Report) -> None:
    counted = [g for g in gold if not g.ignore]
    ignored = [g for g in gold if g.ignore]
    rest: list[PredictedClaim] = []
    for claim in claims:
        arguable = _meets_trigger(claim, ignored) and not _meets_trigger(claim, counted)
        (report.aside if arguable else rest).append(claim)
    pairs = _pair(counted, rest, names)
    for i, j in sorted(pairs.items()):
        gold_claim, claim = counted[i], rest[j]
        roles = compare_roles(gold_claim, claim, names)
        report.matches.append(Match(gold_claim, claim, roles, _attribution(gold_claim, claim, names)))
    report.missed += [g for i, g in enumerate(counted) if i not in pairs]
    taken = set(pairs.values())
    for j, claim in enumerate(rest):
        if j not in taken:
            (report.aside if _meets_trigger(claim, ignored) else report.spurious).append(claim)


def _pair(gold: list[GoldClaim], claims: list[PredictedClaim], names: Names) -> dict[int, int]:
    """Return gold index -> claim index of the heaviest matching with the most pairs."""
    graph: nx.Graph[tuple[str, int]] = nx.Graph()
    for i, g in enumerate(gold):
        for j, claim in enumerate(claims):
            if _fits(g, claim):
                right, missing, wrong, _ = compare_roles(g, claim, names)
                dice = 2 * right / max(1, 2 * right + missing + wrong)
                weight = 100 * _on_trigger(g, claim) + 10 * (g.event_type == claim.event_type) + 10 * dice
                graph.add_edge(("gold", i), ("claim", j), weight=1000 + weight)
    matching = nx.max_weight_matching(graph, maxcardinality=True)
    return dict((a[1], b[1]) if a[0] == "gold" else (b[1], a[1]) for a, b in matching)


def _fits(gold: GoldClaim, claim: PredictedClaim) -> bool:
    return claim.event_type in gold.types and _cross(claim.evidence or claim.trigger, [(gold.begin, gold.end)])


def _on_trigger(gold: GoldClaim, claim: PredictedClaim) -> bool:
    return _cross(claim.trigger, gold.triggers)


def _meets_trigger(claim: PredictedClaim, gold: Iterable[GoldClaim]) -> bool:
    return any(_fits(g, claim) and _on_trigger(g, claim) for g in gold)


def _cross(spans: Iterable[tuple[int, int]], others: Iterable[tuple[int, int]]) -> bool:
    others = list(others)
    return any(b < end and begin < e for b, e in spans for begin, end in others)


def _attribution(gold: GoldClaim, claim: PredictedClaim, names: Names) -> bool:
    if not claim.attributed_to:
        return not gold.attributed_to or gold.optional_attribution
    return all(any(same_value("theme", w, p, names) for w in gold.attributed_to) for p in claim.attributed_to)
