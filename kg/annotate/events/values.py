"""Give dates, durations, amounts, counts and places to the event that they belong to.

Each is given to the nearest typed predicate above it in the tree, also where it stands outside the frame ("on Thursday"
behind a list, an amount inside the theme). Clause boundaries stop the climb, so that a date of a reported clause never
goes to the verb of speech.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.annotate.align import published
from kg.annotate.clauses.tree import Tree
from kg.annotate.events.frames import Match
from kg.annotate.events.named import entity_fillers
from kg.annotate.events.scene import Scene
from kg.annotate.layers import (
    DurationExpression,
    EntityFiller,
    EventDraft,
    Filler,
    QuantityExpression,
    QuantityFiller,
    TextFiller,
    TimeExpression,
    TimeFiller,
)
from kg.lexicon import Lexicon
from kg.model import MentionKind, QuantityKind

__all__ = ["Owners", "attach_places", "attach_quantities", "attach_times"]

Owners = Mapping[int, Sequence[EventDraft]]
"""The drafts that a token carries: its own, or those of the noun that it supports as a light verb; best first."""

_ROLE = {"at": "begin", "since": "begin", "begin": "begin", "end": "end", "deadline": "deadline"}
_STOPS = frozenset({"ccomp", "advcl", "csubj", "parataxis", "juxtaposed", "appos"})
_PLACE_PREPOSITIONS = frozenset(
    {"in", "at", "near", "inside", "outside", "across", "throughout", "along", "around", "within", "where"}
)
_PLACES = frozenset({"country", "city", "place"})
_STRUCTURAL = frozenset({"Locate", "Border"})
# The place of what is bought, asked for or judged is not where that is done: "bought a mill in Iowa".
_ELSEWHERE = frozenset({"Buy", "Sell", "Acquire", "Own", "Reject", "Accuse", "Support", "Demand", "Say", "Threaten"})
_PROPERTY = frozenset({"Buy", "Sell", "Acquire", "Own"})
# What stands behind these belongs to the noun there: "impeached for a decree last May".
_REASONS = frozenset({"for", "over", "after", "before", "about", "despite", "following"})
# Whatever stands behind these has its own time: "in debt since the fall of the peso in 1994".
_ANCHORING = frozenset({"since"})
_COMPARING = frozenset({"compared", "than", "like", "unlike", "versus"})
_PRICE_WORDS = frozenset({"price", "rate", "discount", "cost"})
# What happens so many times: "six meetings", "their sixth meeting", "met six times".
_REPEATED = frozenset({"Meet", "Visit", "Negotiate"})
# What says of its subject when it is: "the drill is scheduled to be held from".
_HAPPENING = frozenset(
    {"hold", "schedule", "set", "plan", "slate", "begin", "start", "run", "last", "take", "due", "stage", "conduct"}
)
# "the talks, which began in May", but not "the talks, which they left in May".
_OCCURRING = _HAPPENING | {"be", "erupt", "follow", "happen", "occur", "open", "reach", "resume", "sign", "strike"}
_LATER = frozenset({"after", "within"})  # "freed after three weeks"
_SPANNING = frozenset({"in", "within"})  # "the second massacre in a week"
_INSIDE = frozenset({"amod", "compound", "nmod", "nummod"})
_STARTING = frozenset({"begin", "start"})  # "a truce starting on Thursday"
_ENDING = frozenset({"cancel", "break", "end", "freeze", "halt", "postpone", "pause", "stop", "suspend", "terminate"})
_INVOLVING = frozenset({"involve", "include", "feature"})  # "will be held in Peru, involving 500 soldiers"
_SUBJECTS = ("nsubj", "nsubjpass")


def attach_times(scene: Scene, owners: Owners) -> None:
    """Add begin, end, deadline, duration and frequency to the drafts."""
    for index, expression in enumerate(scene.doc._.kg_times):
        role = _time_role(expression)
        draft = next(iter(_owners(scene, owners, expression.head)), None) if role else None
        if draft is None or draft.event_type in _STRUCTURAL or _is_said(draft, expression):
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


def _owners(scene: Scene, owners: Owners, i: int) -> Iterator[EventDraft]:
    """Yield the drafts above token ``i``, nearest first, up to the edge of the clause."""
    tree, happening, first = scene.tree, False, i
    while True:
        if tree.is_verb(i) and _only_acts(owners, i):
            yield from _below(scene, owners, i)
        yield from owners.get(i, ())
        happening = happening or tree.lemmas[i] in _HAPPENING
        if happening and (subject := tree.child(i, *_SUBJECTS)) is not None:
            yield from owners.get(subject, ())
        if tree.heads[i] == i or (
            tree.deps[i] in _STOPS and not (tree.tags[i] == "VBG" and tree.lemmas[i] in _INVOLVING)
        ):
            return
        if tree.deps[i] == "relcl":  # "the games, which begin in May", but not "the man, who served since May, said"
            if tree.lemmas[i] in _OCCURRING:
                yield from owners.get(tree.heads[i], ())
            return
        if tree.deps[i] == "conj" and tree.is_verb(i) and (i in owners or tree.child(i, "aux", *_SUBJECTS) is not None):
            return
        if tree.deps[i] == "acl" and tree.tags[i] == "VBG" and tree.lemmas[i] in _STARTING:
            yield from owners.get(tree.heads[i], ())
            return
        if tree.deps[i] == "pobj" and i != first and _has_own_time(tree, i):
            return
        if tree.words[i] in _COMPARING:
            return
        i = tree.heads[i]


def _has_own_time(tree: Tree, i: int) -> bool:
    """Tell a noun behind a preposition to which a time belongs: "impeached for a decree last May"."""
    preposition = tree.words[tree.heads[i]]
    return preposition in _ANCHORING or (preposition in _REASONS and _is_deed(tree.words[i]))


def _is_deed(word: str) -> bool:
    """Tell a noun made of a verb ("declaration", "removal") from a thing."""
    return len(word) > 5 and word.endswith(("tion", "sion", "ment", "ance", "ence", "al", "ure", "ing"))


def _only_acts(owners: Owners, i: int) -> bool:
    return all(draft.event_type == "Act" for draft in owners.get(i, ()))


def _below(scene: Scene, owners: Owners, i: int) -> Iterator[EventDraft]:
    """Yield the drafts of the infinitive below a verb that carries none of a class ("will continue to supply")."""
    tree = scene.tree
    while _only_acts(owners, i) and (inner := tree.child(i, "xcomp")) is not None:
        i = inner
        yield from owners.get(i, ())


def attach_quantities(scene: Scene, owners: Owners, lexicon: Lexicon) -> None:
    """Add amounts, prices and counts to the drafts whose class takes them."""
    for index, quantity in enumerate(scene.doc._.kg_quantities):
        if quantity.converted:
            continue
        for draft in _owners(scene, owners, quantity.head):
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
    if draft.event_type in _STRUCTURAL or any(role in {"place", "destination"} for role, _ in draft.roles):
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
