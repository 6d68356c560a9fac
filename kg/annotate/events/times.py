"""Give dates and durations to the event that they belong to."""

from __future__ import annotations

from kg.annotate.align import published
from kg.annotate.events.above import STRUCTURAL, Owners, owners_above
from kg.annotate.events.scene import Scene
from kg.annotate.layers import DurationExpression, EventDraft, Filler, TextFiller, TimeExpression, TimeFiller

__all__ = ["attach_times"]

_ROLE = {"at": "begin", "since": "begin", "begin": "begin", "end": "end", "deadline": "deadline"}
_LATER = frozenset({"after", "within"})  # "freed after three weeks"
_SPANNING = frozenset({"in", "within"})  # "the second massacre in a week"
_INSIDE = frozenset({"amod", "compound", "nmod", "nummod"})
_ENDING = frozenset({"cancel", "break", "end", "freeze", "halt", "postpone", "pause", "stop", "suspend", "terminate"})


def attach_times(scene: Scene, owners: Owners) -> None:
    """Add begin, end, deadline, duration and frequency to the drafts."""
    for index, expression in enumerate(scene.doc._.kg_times):
        role = _time_role(expression)
        draft = next(iter(owners_above(scene, owners, expression.head)), None) if role else None
        if draft is None or draft.event_type in STRUCTURAL or _is_said(draft, expression):
            continue
        if _is_anothers(scene, draft, expression):
            continue
        if _is_elsewhere(scene, draft, expression, role):
            continue
        if isinstance(expression, TimeExpression) and expression.role == "begin":
            draft.roles = [(r, f) for r, f in draft.roles if not (r == role and _is_coarser(scene, f, expression))]
        if not any(r == role for r, _ in draft.roles):
            draft.roles.append((role, TimeFiller(index)))


def _is_anothers(scene: Scene, draft: EventDraft, expression: TimeExpression | DurationExpression) -> bool:
    """Tell a time that qualifies a noun from that of the verb above: "rejected the 2015 accord"."""
    tree, i = scene.tree, expression.head
    if isinstance(expression, DurationExpression) or tree.deps[i] not in _INSIDE or not tree.is_verb(draft.head):
        return False
    if tree.words[expression.start - 1] in {"in", "on"} and len(expression.lexical) > 4:
        return False  # "on Sunday soldiers" is often read as one phrase
    return tree.heads[i] != draft.head and draft.event_type != "Win"


def _is_said(draft: EventDraft, expression: TimeExpression | DurationExpression) -> bool:
    """Tell whether a time belongs to the words that somebody says: 'called it "a day after 30 years of war"'."""
    said = (f for role, f in draft.roles if role == "content" and isinstance(f, TextFiller))
    return any(f.start <= expression.head < f.end for f in said)


def _is_elsewhere(scene: Scene, draft: EventDraft, expression: TimeExpression | DurationExpression, role: str) -> bool:
    """Tell a time that the verb of a claim cannot have: "freed after three weeks", "has promised elections in May"."""
    tree = scene.tree
    if isinstance(expression, DurationExpression):
        before = tree.words[tree.left[expression.head] - 1] if tree.left[expression.head] else ""
        if role == "duration" and tree.is_verb(draft.head) and tree.deps[expression.head] in _INSIDE:
            return True  # "rejected a three-month ceasefire"
        return role == "duration" and before in (_LATER if tree.is_verb(draft.head) else _SPANNING | _LATER)
    if not tree.is_verb(draft.head):
        return role == "begin" and _is_ended(scene, draft, expression)
    auxiliaries = {tree.words[c] for c in tree.children[draft.head] if tree.deps[c] in {"aux", "auxpass"}}
    perfect = bool(auxiliaries & {"has", "have"}) and "will" not in auxiliaries
    return perfect and role == "begin" and expression.role == "at" and not _is_now(scene, expression)


def _is_ended(scene: Scene, draft: EventDraft, expression: TimeExpression) -> bool:
    """Tell when talks are suspended or cancelled from when they are held."""
    tree, i = scene.tree, expression.head
    while not tree.is_verb(i) and tree.heads[i] != i and i != draft.head:
        i = tree.heads[i]
    return i != draft.head and tree.is_verb(i) and tree.lemmas[i] in _ENDING


def _is_now(scene: Scene, expression: TimeExpression) -> bool:
    """Say whether a time holds the day of publication: "has met him three times this year"."""
    day = published(scene.doc)
    if day is None or expression.earliest is None or expression.latest is None:
        return True
    return expression.earliest <= day <= expression.latest


def _is_coarser(scene: Scene, filler: Filler, expression: TimeExpression) -> bool:
    """Say whether a known time only holds a more exact one ("the 2021 drills ... from 10 to 16 May")."""
    known = scene.doc._.kg_times[filler.index].lexical if isinstance(filler, TimeFiller) else ""
    return bool(known) and len(known) < len(expression.lexical) and expression.lexical.startswith(known)


def _time_role(expression: TimeExpression | DurationExpression) -> str:
    if isinstance(expression, DurationExpression):
        return "frequency" if expression.frequency else "duration"
    return _ROLE.get(expression.role, "begin") if expression.lexical else ""
