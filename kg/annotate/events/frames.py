"""Match a trigger's conditions and frame against the filled slots of a predicate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.annotate.events.index import Entry
from kg.annotate.events.scene import Scene
from kg.annotate.events.slots import Filled, Slots, heads_of, slots_of
from kg.annotate.layers import Clause
from kg.lexicon import Trigger

__all__ = ["Match", "best", "clause_fillers", "match"]

# Where a filler that does not fit says that another event is meant; behind a preposition it may be an adjunct.
_STRICT = frozenset({
    "subject", "object", "iobject", "attribute", "complement", "infinitive", "adverbial", "possessor", "compound",
    "modifier", "apposition", "head",
})  # fmt: skip


@dataclass(slots=True)
class Match:
    """A trigger that fits a predicate: ``roles`` are (slot, role choices, filler) in frame order.

    The higher the score, the better the fit.
    """

    entry: Entry
    slots: Slots
    roles: list[tuple[str, tuple[str, ...], Filled]] = field(default_factory=list)
    score: int = 0

    @property
    def trigger(self) -> Trigger:
        """The trigger that matched."""
        return self.entry.trigger


def clause_fillers(scene: Scene, clause: Clause) -> Slots:
    """Return the slots that a clause's own arguments fill; read once a clause, so not to be changed."""
    known = scene.fillers.get(id(clause))
    if known is None:
        known = scene.fillers[id(clause)] = (clause, slots_of(clause.logical()))
    return known[1]


def match(
    scene: Scene,
    entry: Entry,
    slots: Slots,
    *,
    frame: Mapping[str, tuple[str, ...]] | None = None,
    supported: bool = False,
) -> Match | None:
    """Return how a trigger fits filled slots, None where a condition fails.

    Args:
        scene: The document.
        entry: The trigger.
        slots: What stands where; ``head`` is the trigger's own noun phrase.
        frame: In place of the trigger's frame, for a light verb that turns it round.
        supported: A light verb stands by, whose subject counts as there even where it is not said.
    """
    trigger = entry.trigger
    if not _on_subject(scene, trigger):
        return None
    slots = _fitting(scene, trigger, slots)
    if not _allowed(scene, trigger, slots) or not _complete(scene, trigger, slots, supported=supported):
        return None
    frame = trigger.frame if frame is None else frame
    found = Match(entry, slots)
    for slot, roles in frame.items():
        for filled in slots.get(slot, ()):
            found.roles.append((slot, roles, filled))
    filled_conditions = sum(slot in slots for slot in trigger.require)
    found.score = 4 * filled_conditions + 3 * len(trigger.needs) + len(found.roles)
    return found


def _on_subject(scene: Scene, trigger: Trigger) -> bool:
    """Say whether the document is about what the trigger wants, and not about what it shuns."""
    if trigger.about and not any(scene.is_about(name) for name in trigger.about):
        return False
    return not any(scene.is_about(name) for name in trigger.unless_about)


def _fitting(scene: Scene, trigger: Trigger, slots: Slots) -> Slots:
    """Return the slots without phrases that are no arguments: "flew to Rome in a jet" where "in" wants a place."""
    out = slots
    for slot, wanted in trigger.require.items():
        if slot in slots and slot not in _STRICT:
            kept = [f for f in slots[slot] if any(scene.fits(h, wanted) for h in f.conjuncts)]
            if len(kept) < len(slots[slot]):
                out = {**out, slot: kept} if kept else {k: v for k, v in out.items() if k != slot}
    return out


def _allowed(scene: Scene, trigger: Trigger, slots: Slots) -> bool:
    for slot, wanted in trigger.require.items():
        heads = heads_of(slots, slot)
        if heads and not any(scene.fits(i, wanted) for i in heads):
            return False
    return not any(scene.fits(i, unwanted) for slot, unwanted in trigger.exclude.items() for i in heads_of(slots, slot))


def _complete(scene: Scene, trigger: Trigger, slots: Slots, *, supported: bool) -> bool:
    return all(
        (supported and "subject" in group) or any(_is_filled(scene, slots, need) for need in group)
        for group in trigger.needs
    )


def _is_filled(scene: Scene, slots: Slots, need: str) -> bool:
    slot, _, form = need.partition(":")
    heads = heads_of(slots, slot)
    if not form or not heads:
        return bool(heads)
    if form == "plural":
        return scene.is_plural(heads)
    return any(scene.fits(i, (form,)) or (form == "count" and scene.is_counted(i)) for i in heads)


def best(matches: Iterable[Match]) -> Match | None:
    """Return the match that fits best: of an added class, the most conditions met, then the order of the packs."""
    return max(matches, key=lambda m: (m.entry.added, m.score, -m.entry.order), default=None)
