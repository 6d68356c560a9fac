"""What the lexicon does not name: one ``kg:Act`` a clause, so that nothing stated between entities is lost."""

from __future__ import annotations

from kg.annotate.events.named import entity_fillers
from kg.annotate.events.scene import Scene
from kg.annotate.events.slots import Filled, Slots
from kg.annotate.events.spans import span_of
from kg.annotate.layers import Clause, EntityFiller, EventDraft, Filler, TextFiller

__all__ = ["act"]

# Verbs that only support others, or whose complement says everything.
_EMPTY = frozenset(
    {"be", "have", "do", "become", "seem", "appear", "go", "let", "get", "continue", "begin", "start", "remain"}
)
# What tells, with an object, what really happens to it.
_BEYOND = frozenset({
    "as", "attribute", "complement", "from", "infinitive", "into", "iobject", "off", "onto", "out of", "under", "with",
})  # fmt: skip
_GRAMMATICAL = frozenset(
    {
        "subject",
        "object",
        "iobject",
        "attribute",
        "complement",
        "infinitive",
        "adverbial",
        "adverbial_clause",
        "modifier",
    }
)


def act(scene: Scene, clause: Clause, slots: Slots) -> EventDraft | None:
    """Return the draft of an untyped clause: subject as agent, object as theme, else the first phrase as recipient.

    None where no entity takes part, or where only a subject does.
    """
    if not scene.tree.is_verb(clause.head):
        return None
    agents = _entities(scene, slots.get("subject", []))
    name, fillers = _second(scene, slots)
    others = _entities(scene, fillers)
    if not agents and not others:
        return None
    if clause.lemma in _EMPTY and not (agents and others):
        return None
    roles: list[tuple[str, Filler]] = [("agent", f) for f in agents]
    role = "theme" if name in {"object", "attribute"} else "recipient"
    roles += [(role, f) for f in others]
    if not others and fillers and not scene.is_time(fillers[0].head):
        roles.append(("theme", TextFiller(*span_of(scene.tree, fillers[0].head, fillers[0].conjuncts))))
    if len(roles) < 2:
        return None
    predicate = clause.lemma if name in _GRAMMATICAL or not name else f"{clause.lemma}_{name.replace(' ', '_')}"
    heads = [("agent", f.head) for f in slots.get("subject", [])] + [(role, f.head) for f in fillers]
    i = clause.head
    rule = "Act/complex" if _is_complex(slots) else "Act/clause"
    return EventDraft("Act", rule, predicate, i, i, i + 1, clause, roles, heads=heads)


def _is_complex(slots: Slots) -> bool:
    """Tell "named Kenya an ally", "struck Mali off a list", where subject, verb and object alone say something else."""
    return "object" in slots and not _BEYOND.isdisjoint(slots)


def _second(scene: Scene, slots: Slots) -> tuple[str, list[Filled]]:
    """Return the slot that tells most beside the subject: an object, or the first phrase with an entity."""
    for name in ("object", "iobject", "attribute"):
        if name in slots and (name != "attribute" or _entities(scene, slots[name])):
            return name, slots[name]
    for name, fillers in slots.items():
        if name not in _GRAMMATICAL and name != "possessor" and _entities(scene, fillers):
            return name, fillers
    return "", []


def _entities(scene: Scene, fillers: list[Filled]) -> list[EntityFiller]:
    """Return the entities of the fillers; a name listed behind words that name nobody is no party of theirs.

    "sent two experts, and Poland, home to many, offered generators" is often read as one list.
    """
    found = []
    for filled in fillers:
        heads = filled.conjuncts if entity_fillers(scene, filled.conjuncts[0]) else filled.conjuncts[:1]
        found += [f for head in heads for f in entity_fillers(scene, head)]
    return found
