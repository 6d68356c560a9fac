"""How sure a claim is of its parties, and which of them may stand in a direct triple.

A direct triple falls with either of its names, and its claim stays in the graph without it: what is doubtful is left
to the claim.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.lexicon import DirectProperty, EventClass
from kg.lexicon.model import ACTORS, ENTITY_CLASSES
from kg.model import Annotation, Claim, EntityValue, Mention, Modality, Span

__all__ = ["Ends", "mentions_of", "trust_of"]

# How sure a filler is that stands nowhere in the sentence.
_INHERITED = 0.5
_SURE = 0.7
# An act without class has no frame that was checked: it asks for more.
_SURE_ACT = 0.8
# The rule of acts that subject, verb and object alone do not tell ("named Kenya an ally"): see kg.annotate.events.acts.
_COMPLEX = "Act/complex"
_PLACES = frozenset((*ENTITY_CLASSES["city"], *ENTITY_CLASSES["place"]))
_ACTED_ON = frozenset((*ACTORS, *_PLACES))
# Ends the key of a person of whom only one word is known, which may as well be a firm ("Alstom"): see LocalEntity.
_GUESSED = "_person"


def mentions_of(annotation: Annotation) -> dict[str, list[Mention]]:
    """Return the mentions of every entity of a document."""
    found: dict[str, list[Mention]] = {}
    for mention in annotation.mentions:
        for key in mention.entities:
            found.setdefault(key, []).append(mention)
    return found


def trust_of(claim: Claim, canonical: Mapping[str, str], mentions: Mapping[str, Sequence[Mention]]) -> dict[str, float]:
    """Return, by canonical key, how sure the least sure words are that fill a role of a claim with the entity.

    For a party taken over from elsewhere any mention in the same sentence will do; without one it is unsure.
    """
    trust: dict[str, float] = {}
    for value in (role.value for role in claim.roles):
        if isinstance(value, EntityValue):
            key = canonical.get(value.key, value.key)
            trust[key] = min(trust.get(key, 1.0), _score(value.span or claim.evidence, mentions.get(value.key, ())))
    return trust


def _score(span: Span, mentions: Sequence[Mention]) -> float:
    return max((m.score for m in mentions if m.start < span.end and span.start < m.end), default=_INHERITED)


@dataclass(frozen=True, slots=True)
class Ends:
    """Tells which entities a direct triple may join.

    ``types`` are those of the canonical entities (``schema:Person``), ``sides`` what persons hold office in. An entity
    that is in neither is not held against a triple.
    """

    types: Mapping[str, str] = field(default_factory=dict)
    sides: Mapping[str, str] = field(default_factory=dict)

    def is_person(self, key: str) -> bool:
        """Tell whether an entity is a person; one of unknown class is, if it acts for somebody."""
        return self.types[key] in ENTITY_CLASSES["person"] if key in self.types else key in self.sides

    def may_join(self, event_class: EventClass, pair: tuple[str, str], trust: Mapping[str, float]) -> bool:
        """Tell whether a claim of a class that trusts its parties so far may assert the class's property of them."""
        if event_class.property is None or self._doubtful(pair, trust, _SURE):
            return False
        if self._own_side(event_class.property, pair):
            return False
        return event_class.property.joins(self.types.get(pair[0]), self.types.get(pair[1]))

    def _own_side(self, found: DirectProperty, pair: tuple[str, str]) -> bool:
        """Tell whether somebody is said to deal with the country or firm for which he acts, as with another party."""
        between_persons = found.joins(*ENTITY_CLASSES["person"], *ENTITY_CLASSES["person"])
        acts_for = self.sides.get(pair[0]) == pair[1] or (found.symmetric and self.sides.get(pair[1]) == pair[0])
        return between_persons and acts_for

    def may_act(self, claim: Claim, pair: tuple[str, str], trust: Mapping[str, float]) -> bool:
        """Tell whether an act without class may: it is actual, told as "who does it to whom", by one who can act.

        A place is acted on only where a preposition leads to it ("fly to"): else it is often a name misread.
        """
        if (
            claim.rule == _COMPLEX
            or claim.modality is not Modality.ACTUAL
            or self._doubtful(pair, trust, _SURE_ACT)
            or not _in_order(claim, pair)
        ):
            return False
        actor, other = (self.types.get(key) for key in pair)
        reached = other is None or (other in _ACTED_ON and (other not in _PLACES or "_" in claim.predicate))
        return reached and (actor is None or actor in ACTORS)

    def _doubtful(self, pair: tuple[str, str], trust: Mapping[str, float], least: float) -> bool:
        return any(key.endswith(_GUESSED) or trust.get(key, 1.0) < least for key in pair)


def _in_order(claim: Claim, pair: tuple[str, str]) -> bool:
    """Tell whether the actor stands before the predicate and the other one after it, as in a plain active clause."""
    spans = {r.value.key: r.value.span for r in claim.roles if isinstance(r.value, EntityValue)}
    actor, other = (spans.get(key) for key in pair)
    return (actor is None or actor.start < claim.trigger.start) and (other is None or claim.trigger.start < other.start)
