"""Polarity and modality as they are worked out: what an operator makes of what it governs."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Modality

__all__ = ["ACTUAL", "State"]

_RANK = (Modality.ACTUAL, Modality.PLANNED, Modality.POSSIBLE, Modality.DESIRED)


@dataclass(frozen=True, slots=True)
class State:
    """Polarity and modality so far."""

    negated: bool = False
    modality: Modality = Modality.ACTUAL

    def under(self, effect: str) -> State:
        """Return what an operator in this state makes of what it governs.

        A negated operator of plans or wishes governs something that is not so; a negated denial leaves it open.
        """
        match effect:
            case "negated" | "denied":
                if not self.negated:
                    return State(negated=True, modality=self.modality)
                return (
                    State()
                    .at_least(self.modality)
                    .at_least(Modality.POSSIBLE if effect == "denied" else Modality.ACTUAL)
                )
            case "planned" | "possible" | "desired":
                return self.at_least(Modality(effect))
        return self

    def and_not(self, *, negated: bool) -> State:
        """Return this state, turned round by a negation of its own."""
        return State(self.negated != negated, self.modality)

    def at_least(self, modality: Modality) -> State:
        """Return this state with the less real of two modalities: actual, planned, possible, desired."""
        return State(self.negated, max(self.modality, modality, key=_RANK.index))

    def only_modality(self) -> State:
        """Return what is passed on without the negation."""
        return State(modality=self.modality)


ACTUAL = State()
"""It is so: the state of what nothing governs."""
