"""What people decided about a graph: claims marked wrong or confirmed, and names that are, or are not, one entity.

They are inputs of the world as the documents are, so they hold over rebuilds and win over what fusing would decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from kg.iris import digest
from kg.model import Annotation, Claim

__all__ = ["NOTHING", "Corrections", "NameRule", "Review", "ReviewVerdict", "judged_confidence", "reviewed"]

_SURE = Decimal("1.00")


class ReviewVerdict(StrEnum):
    """What somebody found of a claim."""

    WRONG = "wrong"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Review:
    """A claim that somebody judged.

    ``claim`` is its hash. ``source`` (the document's source key), ``quote`` (its sentence) and ``says`` (the hash of
    what it says) tell what it was, since the claim's own hash changes when any part of the text does.
    """

    claim: str
    verdict: ReviewVerdict
    note: str = ""
    source: str = ""
    quote: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRule:
    """Names that mean one entity (``same``), or of which no two do; each a label, key or CURIE (``ent:Norway``)."""

    same: bool
    names: tuple[str, ...]
    note: str = ""

    def __post_init__(self) -> None:
        if len(set(self.names)) < 2:
            raise ValueError("a rule needs two different names or more")


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """All corrections of a workspace."""

    reviews: tuple[Review, ...] = ()
    rules: tuple[NameRule, ...] = ()

    @property
    def by_claim(self) -> Mapping[str, Review]:
        """Claim hash to review."""
        return {review.claim: review for review in self.reviews}

    @property
    def digest(self) -> str:
        """The hash of everything that can change a world."""
        rules = (f"{rule.same}\x1d{rule.note}\x1d" + "\x1d".join(rule.names) for rule in self.rules)
        reviews = (f"{review.claim}\x1d{review.verdict}\x1d{review.note}" for review in sorted(self.reviews))
        return digest("corrections", rules, reviews)


NOTHING = Corrections()
"""No corrections."""


def reviewed(annotation: Annotation, reviews: Mapping[str, Review]) -> Annotation:
    """Return what is to be fused of an annotation: without wrong claims, confirmed ones with confidence 1.

    Args:
        annotation: What conforms of a document; not changed.
        reviews: Claim hash to review.
    """
    if not any(claim.id in reviews for claim in annotation.claims):
        return annotation
    verdicts = ((claim, reviews.get(claim.id)) for claim in annotation.claims)
    kept = (_judged(claim, review) for claim, review in verdicts)
    return replace(annotation, claims=tuple(claim for claim in kept if claim))


def _judged(claim: Claim, review: Review | None) -> Claim | None:
    confidence = judged_confidence(claim.confidence, review)
    return claim if review is None else replace(claim, confidence=confidence) if confidence is not None else None


def judged_confidence(confidence: Decimal, review: Review | None) -> Decimal | None:
    """Return how sure a claim is once it was judged: as before without a review, 1 if confirmed, None if wrong."""
    if review is None:
        return confidence
    return None if review.verdict is ReviewVerdict.WRONG else _SURE
