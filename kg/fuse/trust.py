"""Which entities a direct triple may join, whatever else speaks for it.

A direct triple falls with either of its names, and its claim stays in the graph without it: what is doubtful is left
to the claim. What can be weighed is weighed by :mod:`kg.fuse.gate`; here is what never makes a triple.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.lexicon import DirectProperty, Lexicon
from kg.lexicon.model import ACTORS, ENTITY_CLASSES
from kg.model import Claim, EntityValue

__all__ = ["Ends"]

_ACT = "Act"
# The rule of acts that subject, verb and object alone do not tell ("named Kenya an ally"): see kg.annotate.events.acts.
_COMPLEX = "Act/complex"
# Ends the rule of claims whose parties deal with somebody else ("its deals with A and B"): see kg.annotate.events.
_APART = "/apart"
# Ends the rule of claims that somebody receives somebody: see the pack of diplomacy.
_HOSTING = "/host"
_ALLY = "Ally"
_PARTY = "participant"
# Cues (kg.annotate.cues) and marks (kg.fuse.marks) that are not weighed.
_NEVER = {
    "answered": "who turns it down need not be whom it is addressed to",
    "bare": "its verb has the form of none, and may be a noun",
    "cut": "a name seems to go on beyond what was recognised of it",
    "early": "a name is cut, and its whole is told further down only, where somebody else may bear it",
    "shared": "a part of a name is given that another entity bears as well",
    "ended": "the words say that it was ended, suspended or put off",
}
# Verbs that say next to nothing without what follows them: "called him 'a boy'".
_EMPTY = frozenset({"be", "brand", "call", "consider", "deem", "describe", "do", "dub", "get", "have", "label", "make"})
# Verbs that say next to nothing of what they are done to without a place or state: "put Kenya on a list".
_PLACING = frozenset({"hand", "leave", "place", "put", "render", "set"})
_PLACES = frozenset((*ENTITY_CLASSES["city"], *ENTITY_CLASSES["place"]))
_BESIDE = frozenset({"against", "by", "of", "with"})
_LEAVING = frozenset({"bind", "depart", "embark", "fly", "head", "leave", "run", "sail"})
_ACTED_ON = frozenset((*ACTORS, *_PLACES))


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

    def refusal(self, claim: Claim, pair: tuple[str, str], marks: Mapping[str, Iterable[str]], lexicon: Lexicon) -> str:
        """Return why a claim may not assert its property of two entities, "" where it may.

        Args:
            claim: With canonical keys, affirmed, actual or planned.
            pair: Subject and object of the triple.
            marks: What is doubtful about the words for each entity, by canonical key: see :mod:`kg.fuse.marks`.
            lexicon: Gives the classes.
        """
        doubtful = (*claim.cues, *marks.get(pair[0], ()), *marks.get(pair[1], ()))
        told = next((reason for cue, reason in _NEVER.items() if cue in doubtful), "")
        if told:
            return told
        if claim.rule.endswith(_APART):
            return "both deal with somebody else, whom the words do not name"
        if claim.event_type == _ACT:
            return self._refused_act(claim, pair)
        event_class = lexicon.classes.get(claim.event_type)
        if event_class is None or event_class.property is None:
            return "its class has no direct property"
        if not event_class.is_direct(claim.rule):
            return f"the words of {claim.rule} say less than {event_class.property.name}"
        if not _deal(claim, pair):
            return "both deal with a third, and need not have dealt with each other"
        return self._unfit(event_class.property, pair)

    def _refused_act(self, claim: Claim, pair: tuple[str, str]) -> str:
        """Say why an act without class makes no triple: what it says needs more words, or who acts is no actor.

        A place is acted on only where a preposition leads to it ("fly to"): else it is often a name misread, or that of
        a team ("score for Milan").
        """
        verb, _, preposition = claim.predicate.partition("_")
        empty = verb in _EMPTY or claim.predicate in _PLACING or preposition == "as"
        if claim.rule == _COMPLEX or empty:
            return "subject, verb and object alone do not say what the sentence says"
        actor, other = (self.types.get(key) for key in pair)
        if actor is not None and actor not in ACTORS:
            return f"a {actor} does not act"
        if other is None or (other in _ACTED_ON and (other not in _PLACES or _leads(verb, preposition))):
            return ""
        return f"a {other} is not acted on so"

    def _unfit(self, found: DirectProperty, pair: tuple[str, str]) -> str:
        if self._own_side(found, pair):
            return f"{pair[0]} acts for {pair[1]}, or the other way round, and is no other party"
        kinds = [self.types.get(key) for key in pair]
        return "" if found.joins(*kinds) else f"{found.name} does not join a {kinds[0]} with a {kinds[1]}"

    def _own_side(self, found: DirectProperty, pair: tuple[str, str]) -> bool:
        """Tell whether somebody is said to deal with the country or firm for which he acts, as with another party."""
        between_persons = found.joins(*ENTITY_CLASSES["person"], *ENTITY_CLASSES["person"])
        acts_for = self.sides.get(pair[0]) == pair[1] or (found.symmetric and self.sides.get(pair[1]) == pair[0])
        return between_persons and acts_for


def _leads(verb: str, preposition: str) -> bool:
    """Tell whether a verb and its preposition lead to a place."""
    return bool(preposition) and preposition not in _BESIDE and (preposition != "for" or verb in _LEAVING)


def _deal(claim: Claim, pair: tuple[str, str]) -> bool:
    """Tell whether two parties deal with each other.

    In "X's talks with A and B", A and B need not have met, nor have two hosts: "A and B received X". "A and B, both X
    allies" are allies of X.
    """
    found = [(r.value.key, r.value.span) for r in claim.roles if r.name == _PARTY and isinstance(r.value, EntityValue)]
    before = {key for key, span in found if span is not None and span.start < claim.trigger.start}
    beyond = {key for key, _ in found} - before
    if claim.rule.endswith(_HOSTING) and before and beyond:
        return len(before.intersection(pair)) == 1
    owning = {key for key, span in found if span is not None and span.end == claim.trigger.start - 1}
    if claim.event_type == _ALLY and len(before) > 2 and owning:
        return not owning.isdisjoint(pair)
    return len(before) != 1 or len(beyond) < 2 or not before.isdisjoint(pair)
