"""Fill the roles of a matched trigger: entities by their mentions, else words where the role takes words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.annotate.events.frames import Match
from kg.annotate.events.named import THINGS, apposed, entity_fillers, fillers_of, named_inside, represented
from kg.annotate.events.scene import Scene
from kg.annotate.events.slots import SETTINGS, Filled
from kg.annotate.events.spans import span_of
from kg.annotate.layers import EntityFiller, Filler, TextFiller
from kg.annotate.names.nouns import noun_classes
from kg.lexicon import EventClass
from kg.model import MentionKind

__all__ = ["Roles", "fill", "has_role"]

Roles = list[tuple[str, Filler]]
"""Role names with their fillers, in the order of the trigger's frame."""

_PLACES = frozenset({"city", "place"})
# What stands before a noun is an actor only where it is a name: "mass protests", "peace talks".
_BEFORE = frozenset({"compound", "modifier", "possessor"})
_DESCRIBING = frozenset({"compound", "modifier"})
_CORE = frozenset({"amod", "compound", "nmod", "advmod"})
_GROUNDS = frozenset({"airspace", "border", "coast", "frontier"})
_PARTIES = frozenset({"agent", "recipient", "participant"})
# What is done to some people is not done to the state or body that they serve: "sanctions on two Swiss officials".
_PERSONAL = frozenset({"Coerce", "Sanction", "Try"})


def fill(scene: Scene, match: Match) -> tuple[Roles, list[tuple[str, int]]]:
    """Return the roles of a match, and for every filler, entity or not, its role and head (for the PLOVER view)."""
    roles: Roles = []
    heads: list[tuple[str, int]] = []
    taken: set[int] = set()
    for slot, allowed, filled in match.roles:
        aimed = slot == "compound" and match.entry.kind.name == "Sanction" and _is_aimed_at(scene, filled.head)
        choices = ("recipient",) if aimed else _undergone(scene, match, slot) or allowed
        if slot == "head" and match.entry.trigger.kind == "noun":
            roles += _own_topic(scene, match, choices[0], filled.head, roles)
            continue
        # "troops deployed", but not "the army deployed troops"
        fitting = choices[:1] if slot == "subject" and "object" in match.slots else choices
        for role, head, fillers in _fillers(scene, match.entry.kind, slot, fitting, filled):
            if head in taken and role in {r for r, h in heads if h == head}:
                continue
            taken.add(head)
            heads.append((role, head))
            if role == "content" and slot == "object":
                roles += [(role, filler) for filler in _with_complement(scene, match, fillers)]
                continue
            told = _described(scene, roles, role, head, fillers)
            roles += [(role, filler) for filler in told if not _known(roles, role, filler)]
    roles = _joined(scene, roles)
    return [(r, f) for r, f in roles if not _repeated(roles, r, f)], heads


def _undergone(scene: Scene, match: Match, slot: str) -> tuple[str, ...] | None:
    """Return the roles of an owner to whom it is done: "its acquisition by Acme", as in "the acquisition of it"."""
    frame = match.trigger.frame
    if slot != "possessor" or "by" not in match.slots or "of" not in frame or frame[slot] != frame.get("by"):
        return None
    return frame["of"] if any(entity_fillers(scene, f.head) for f in match.slots["by"]) else None


def _described(scene: Scene, roles: Roles, role: str, head: int, fillers: list[Filler]) -> list[Filler]:
    """Take the words where what somebody becomes names himself: "Lind will become | chairman of the bank"."""
    parties = {f.entity for r, f in roles if r in _PARTIES and isinstance(f, EntityFiller)}
    same = role == "theme" and any(isinstance(f, EntityFiller) and f.entity in parties for f in fillers)
    return [TextFiller(*span_of(scene.tree, head, (head,)))] if same else fillers


def _joined(scene: Scene, roles: Roles) -> Roles:
    """Join the parts of a hyphened word: "re", "-" and "election"."""
    out: Roles = []
    for role, filler in roles:
        last = out[-1][1] if out and out[-1][0] == role else None
        if isinstance(filler, TextFiller) and isinstance(last, TextFiller) and _is_hyphened(scene, last, filler):
            out[-1] = (role, TextFiller(last.start, filler.end))
        else:
            out.append((role, filler))
    return [(r, f) for r, f in out if not (r == "topic" and _is_when(scene, f))]


def _is_hyphened(scene: Scene, first: TextFiller, second: TextFiller) -> bool:
    words = scene.tree.words
    return first.end == second.start and "-" in {words[second.start], words[first.end - 1]}


def _is_when(scene: Scene, filler: Filler) -> bool:
    """Tell "post-election" talks, which are about something else."""
    words = scene.tree.words
    return isinstance(filler, TextFiller) and words[filler.start] in {"post", "pre"} and words[filler.start + 1] == "-"


def _is_aimed_at(scene: Scene, head: int) -> bool:
    """Tell "Iran sanctions", which hit Iran, from "US sanctions": only abbreviations stand for an adjective."""
    mention = scene.mention(head)
    named = mention is not None and mention.kind is MentionKind.NAME
    return named and scene.entity_classes(head) == {"country"} and not scene.doc[head].text.isupper()


def _with_complement(scene: Scene, match: Match, fillers: list[Filler]) -> list[Filler]:
    """Add what something is called to the words for it: "called | the increase absurd"."""
    said = [f.head for name in ("attribute", "as") for f in match.slots.get(name, [])]
    return [_reaching(scene, f, said) if isinstance(f, TextFiller) else f for f in fillers]


def _reaching(scene: Scene, text: TextFiller, heads: list[int]) -> TextFiller:
    """Return words that reach over what follows them, unless a verb stands between ("which he called a farce")."""
    behind = [h for h in heads if h >= text.end and not any(scene.tree.is_verb(i) for i in range(text.end, h))]
    if heads and not behind and heads[0] >= text.end:  # "the offer, which it called | opportunistic"
        return TextFiller(*span_of(scene.tree, heads[0], (heads[0],)))
    return TextFiller(text.start, max([text.end, *(span_of(scene.tree, h, (h,))[1] for h in behind)]))


def _repeated(roles: Roles, role: str, filler: Filler) -> bool:
    """Say whether a filler stands inside longer words of the same role ("a treaty on gas with Peru", "gas", "Peru")."""
    return isinstance(filler, TextFiller | EntityFiller) and any(
        r == role and isinstance(f, TextFiller) and f != filler and f.start <= filler.start and filler.end <= f.end
        for r, f in roles
    )


def _known(roles: Roles, role: str, filler: Filler) -> bool:
    """Say whether a role has a filler already; what is said is told once."""
    if role == "content":
        return has_role(roles, role)
    if isinstance(filler, EntityFiller):
        return any(r == role and isinstance(f, EntityFiller) and f.entity == filler.entity for r, f in roles)
    return (role, filler) in roles


def _own_topic(scene: Scene, match: Match, role: str, head: int, roles: Roles) -> Roles:
    """Return the trigger's noun phrase as a role that nothing else fills: an entity, or a noun with modifiers."""
    if has_role(roles, role):
        return []
    mention = scene.mention(head)
    if mention is not None and (scene.entity_classes(head) <= THINGS or len(mention.entities) > 1):
        return [(role, filler) for filler in fillers_of(mention)]
    start, end = _core(scene, head)
    if match.entry.kind.name == "Exercise" and roles:
        return []  # the noun itself says nothing that the class does not say
    if "text" in match.entry.kind.roles[role].values and (end - start > 1 or match.entry.kind.name == "HoldOffice"):
        return [(role, TextFiller(start, end))]
    return []


def _fillers(
    scene: Scene, kind: EventClass, slot: str, choices: tuple[str, ...], filled: Filled
) -> Iterator[tuple[str, int, list[Filler]]]:
    """Yield (role, head, fillers); coordinated entities each, words as one phrase."""
    text: list[int] = []
    for head in filled.conjuncts:
        entities = entity_fillers(scene, head)
        if entities and _is_listed_apart(scene, filled, head):
            continue
        role = _role_for(scene, kind, choices, head, bool(entities))
        if role == "participant" and slot in _BEFORE and scene.entity_classes(head) <= _PLACES:
            role = None  # "a Bonn meeting" is held there
        party = next((r for r in choices if r in _PARTIES), None) if choices[0] in {"amount", *_PARTIES} else None
        if role == party and scene.entity_classes(head) == {"product"} and (states := represented(scene, head)):
            entities = states  # "a Kenyan F-5 bombed": Kenya did
        personal = party == "recipient" and kind.name in _PERSONAL and _are_some(scene, head)
        if role is None and party is not None and not personal and (entities := represented(scene, head)):
            role = party
        elif role is None and (entities := named_inside(scene, head)):
            role = next((r for r in choices if r in {"theme", "topic"} and "entity" in kind.roles[r].values), None)
        if entities and role is not None:
            yield role, head, list(entities)
        elif entities and scene.entity_classes(head) <= _PLACES and slot in _BEFORE:
            yield "place", head, list(entities)
        elif not (entities and choices == ("place",)):  # "jailed in X's purge"
            text.append(head)
    yield from _words(scene, kind, slot, choices, text)


def _words(
    scene: Scene, kind: EventClass, slot: str, choices: tuple[str, ...], text: list[int]
) -> Iterator[tuple[str, int, list[Filler]]]:
    """Yield the role that takes words, with those of the heads that name no entity."""
    role = next((r for r in choices if "text" in kind.roles[r].values), None)
    if text and role is None:
        if slot not in _BEFORE:
            yield choices[0], text[0], []
    elif text and kind.name == "Exercise" and role == "theme":
        yield role, text[0], []  # a drill is told by its name
    elif text and role is not None and not _says_nothing(scene, kind, text[0]) and _is_about(scene, slot, role, text):
        start, end = span_of(scene.tree, text[0], tuple(text))
        yield role, text[0], [TextFiller(start, _before_participle(scene, slot, text[0], end))]


def _before_participle(scene: Scene, slot: str, head: int, end: int) -> int:
    """End an object before the participle that is done to it, as in a headline: "Opposition leader | jailed"."""
    tree = scene.tree
    done = (c for c in tree.children[head] if head < c < end and tree.deps[c] == "acl" and tree.tags[c] == "VBN")
    last = next((c for c in done if tree.heads[head] == head), end) if slot == "object" else end
    return max(head + 1, tree.left[last]) if last != end else end


def _are_some(scene: Scene, head: int) -> bool:
    """Say whether people are counted, and no envoys, who stand for their state."""
    return scene.is_counted(head) and scene.tree.lemmas[head] not in {"ambassador", "attache", "diplomat", "envoy"}


def _is_listed_apart(scene: Scene, filled: Filled, head: int) -> bool:
    """Tell a party listed behind things: "sends two planes, France a helicopter", read as one list."""
    first = filled.conjuncts[0]
    if head == first or entity_fillers(scene, first):
        return False
    behind_comma = scene.tree.words[scene.tree.left[head] - 1] == ","
    return behind_comma and scene.entity_classes(head) <= {"country", "person", "bloc"}


def _is_about(scene: Scene, slot: str, role: str, heads: list[int]) -> bool:
    """Say whether words fit a role: places are places, and "an emergency meeting" is about no emergency."""
    lemma = scene.tree.lemmas[heads[0]]
    if role == "place":
        if scene.doc[heads[0]].ent_type_ == "PERSON":
            return False
        place = scene.tree.tags[heads[0]] in {"NNP", "NNPS"} or "place" in noun_classes(lemma)
        return place or lemma in _GROUNDS or lemma in scene.lexicon.words.get("building", ())
    if slot in _DESCRIBING and role not in {"theme", "topic"}:
        return False
    if role == "topic" and slot == "on" and lemma in SETTINGS:
        return False  # "a meeting on the sidelines of the summit"
    setting = scene.lexicon.words.get("setting_word", ())
    return not (role == "topic" and slot in _BEFORE and (lemma in setting or scene.tree.words[heads[0]] in setting))


def _says_nothing(scene: Scene, kind: EventClass, i: int) -> bool:
    """Say whether words would tell nothing: dates, bare pronouns, sums that are the amount, "the exercises"."""
    if "amount" in kind.main_roles and "money" in scene.kinds(i):
        return True
    if scene.tree.deps[i] in {"csubj", "csubjpass"}:
        return True
    if scene.tree.lemmas[i] == kind.name.lower() and all(scene.tree.deps[c] == "det" for c in scene.tree.children[i]):
        return True
    return (
        scene.tree.words[i] == "own"
        or scene.is_time(i)
        or scene.tree.tags[i] in {"PRP", "PRP$", "WP", "WP$", "WDT", "DT", "EX"}
    )


def _core(scene: Scene, i: int) -> tuple[int, int]:
    """Return the words of an event's own noun phrase as its topic: the noun with its modifiers, without owners."""
    tree, start = scene.tree, i
    while start > 0 and tree.heads[start - 1] in range(start, i + 1) and tree.deps[start - 1] in _CORE:
        if scene.mention(start - 1) is not None or scene.name_around(start - 1) is not None:
            break
        start -= 1
    return start, i + 1


def _role_for(scene: Scene, kind: EventClass, choices: tuple[str, ...], head: int, named: bool) -> str | None:
    """Return the first role that takes an entity of this class: a place is no party where else it fits."""
    beside = apposed(scene, head)
    classes = scene.entity_classes(head) or (scene.entity_classes(beside.head) if beside is not None else frozenset())
    for role in choices:
        if named and "entity" in kind.roles[role].values:
            if role == "participant" and classes and classes <= (_PLACES - {"city"}) and kind.name != "Border":
                continue
            if role == "place" and classes and not classes & {*_PLACES, "country"}:
                continue  # "jailed in X's purge"
            if (
                role in _PARTIES
                and classes
                and classes <= {"product", "work", "agreement", "named_event", "law", "office"}
                and len(choices) > 1
            ):
                continue
            return role
    return None


def has_role(roles: Iterable[tuple[str, Filler]], *names: str) -> bool:
    """Say whether one of the roles is filled."""
    return any(role in names for role, _ in roles)
