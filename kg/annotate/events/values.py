"""Give amounts, counts and places to the event that they belong to."""

from __future__ import annotations

from collections.abc import Iterator

from kg.annotate.events.above import STRUCTURAL, Owners, owners_above
from kg.annotate.events.frames import Match
from kg.annotate.events.named import entity_fillers
from kg.annotate.events.scene import Scene
from kg.annotate.layers import EntityFiller, EventDraft, QuantityExpression, QuantityFiller
from kg.lexicon import Lexicon
from kg.model import MentionKind, QuantityKind

__all__ = ["attach_places", "attach_quantities"]

_PLACE_PREPOSITIONS = frozenset(
    {"in", "at", "near", "inside", "outside", "across", "throughout", "along", "around", "within", "where"}
)
_PLACES = frozenset({"country", "city", "place"})
# The place of what is bought, asked for or judged is not where that is done: "bought a mill in Iowa".
_ELSEWHERE = frozenset({"Buy", "Sell", "Acquire", "Own", "Reject", "Accuse", "Support", "Demand", "Say", "Threaten"})
_PROPERTY = frozenset({"Buy", "Sell", "Acquire", "Own"})
_PRICE_WORDS = frozenset({"price", "rate", "discount", "cost"})
# What happens so many times: "six meetings", "their sixth meeting", "met six times".
_REPEATED = frozenset({"Meet", "Visit", "Negotiate"})


def attach_quantities(scene: Scene, owners: Owners, lexicon: Lexicon) -> None:
    """Add amounts, prices and counts to the drafts whose class takes them."""
    for index, quantity in enumerate(scene.doc._.kg_quantities):
        if quantity.converted:
            continue
        for draft in owners_above(scene, owners, quantity.head):
            role = _quantity_role(scene, quantity, draft, lexicon)
            if role is not None and not any(r == role for r, _ in draft.roles):
                draft.roles.append((role, QuantityFiller(index)))
                break


def _quantity_role(scene: Scene, quantity: QuantityExpression, draft: EventDraft, lexicon: Lexicon) -> str | None:
    main = lexicon.classes[draft.event_type].main_roles
    if quantity.kind is QuantityKind.COUNT:
        if draft.event_type in _REPEATED and _is_repetition(scene, quantity, draft):
            return "count"
        return "count" if "count" in main and not quantity.ordinal and _is_counted(scene, quantity, draft) else None
    if "price" in main and (quantity.unit or _is_price(scene, quantity)):
        return "price"
    if "amount" in main and not _is_compared(scene, quantity):
        return "amount"
    return None


def _is_repetition(scene: Scene, quantity: QuantityExpression, draft: EventDraft) -> bool:
    """Say whether a number counts the event itself: its noun ("six meetings"), or the times ("met six times")."""
    tree, counted = scene.tree, quantity.counted
    if counted < 0:
        return False
    times = tree.lemmas[counted] == "time" and tree.deps[counted] == "npadvmod" and tree.heads[counted] == draft.head
    return counted == draft.head or times


def _is_counted(scene: Scene, quantity: QuantityExpression, draft: EventDraft) -> bool:
    """Say whether a number counts a filler ("killed 12 miners"), or the forces that take part."""
    filled = {t for _, h in draft.heads for t in scene.counted(h)}
    if {quantity.head, quantity.counted} & filled:
        return True
    forces = scene.lexicon.words.get("force", ())
    return draft.event_type == "Exercise" and quantity.counted >= 0 and scene.tree.lemmas[quantity.counted] in forces


def _is_price(scene: Scene, quantity: QuantityExpression) -> bool:
    return any(scene.tree.lemmas[a] in _PRICE_WORDS for a in _nouns_above(scene, quantity.head))


def _is_compared(scene: Scene, quantity: QuantityExpression) -> bool:
    """Say whether an amount is only what another is compared with ("down from $3 billion a year ago")."""
    return any(scene.tree.words[a] in {"than", "from", "against"} for a in [scene.tree.heads[quantity.head]])


def _nouns_above(scene: Scene, i: int) -> Iterator[int]:
    for above in scene.tree.ancestors(i):
        if scene.tree.is_verb(above):
            return
        yield above


def attach_places(scene: Scene, draft: EventDraft, match: Match, used: set[int]) -> None:
    """Add the places in which a matched event happens, unless the frame has used the phrase."""
    if draft.event_type in STRUCTURAL or any(role in {"place", "destination"} for role, _ in draft.roles):
        return
    if draft.event_type == "Death":
        draft.roles += [("place", f) for f in _scene_of_disaster(scene, draft.head)]
    for name in (n for n in match.slots if n in _PLACE_PREPOSITIONS):
        for filled in match.slots[name]:
            if draft.event_type in (_ELSEWHERE if filled.far else _PROPERTY):
                continue
            for head in filled.conjuncts:
                acts = (mention := scene.mention(head)) is not None and mention.kind is MentionKind.METONYM
                if (
                    head not in used
                    and not acts
                    and scene.entity_classes(head)
                    and scene.entity_classes(head) <= _PLACES
                ):
                    draft.roles += [("place", f) for f in entity_fillers(scene, head) if _new(draft, f)]


def _scene_of_disaster(scene: Scene, verb: int) -> Iterator[EntityFiller]:
    """Yield where people die of what strikes there: "a quake in Peru killed 40 people"."""
    tree, subject = scene.tree, scene.tree.child(verb, "nsubj")
    for preposition in tree.children[subject] if subject is not None and tree.is_verb(verb) else ():
        place = tree.child(preposition, "pobj") if tree.words[preposition] in _PLACE_PREPOSITIONS else None
        if place is not None and scene.entity_classes(place) and scene.entity_classes(place) <= _PLACES:
            yield from entity_fillers(scene, place)


def _new(draft: EventDraft, filler: EntityFiller) -> bool:
    return not any(isinstance(f, EntityFiller) and f.entity == filler.entity for _, f in draft.roles)
