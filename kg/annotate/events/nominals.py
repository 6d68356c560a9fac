"""Typed events that nouns carry: with arguments of their own, of the verb that supports them, or inherited.

"his crackdown on the opposition"            own arguments
"held talks with Oslo", "took delivery of"   a light verb, the noun's frame or one of its own
"agreed to deepen cooperation"               the parties of the predicate above
"a visit to Rome for talks with the pope"    the party of the noun above
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.annotate.clauses.nominal import nominal_clause
from kg.annotate.clauses.tree import Tree
from kg.annotate.events.frames import Match, clause_fillers, match
from kg.annotate.events.governors import Governor, governor_of, relative_governor
from kg.annotate.events.index import Entry, TriggerIndex
from kg.annotate.events.noun_slots import adjacent, own_slots, shared, with_scene
from kg.annotate.events.scene import Scene
from kg.annotate.events.slots import Slots, add_phrases, heads_of
from kg.annotate.layers import Clause
from kg.annotate.names.nouns import words
from kg.lexicon import Trigger
from kg.model import MentionKind

__all__ = ["Nominal", "match_noun"]

_LASTING = frozenset({"Ally", "Member", "Employ", "HoldOffice", "Own", "Border"})
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
# "described Chad as a neighbour": what is said of the object.
_CALLING = frozenset({"describe", "see", "regard", "view", "call", "consider", "portray", "characterise", "hail"})
# Where a noun stands under a verb that lends it arguments: "hold talks", "provide Chad with aid", "engage in talks".
_LENDING = frozenset({"object", "iobject", "attribute", "subject", "with", "in", "on", "into", "to", "at"})
_RANKING = frozenset({"first", "second", "third", "fourth", "fifth", "last", "only"})
_EQUATING = frozenset({"attribute", "among"})  # "is a member", "are among the members"
_FILLING = frozenset({"object", "iobject", "subject"})


@dataclass(slots=True)
class Nominal:
    """A noun that carries an event: the match, its clause, its tokens, and the verb that lent it arguments, or -1."""

    match: Match
    clause: Clause
    start: int
    end: int
    light: int = -1


def match_noun(scene: Scene, index: TriggerIndex, i: int) -> Nominal | None:
    """Return the event that noun ``i`` carries, None where it carries none."""
    tree = scene.tree
    entries = index.nouns.get(tree.lemmas[i]) or index.nouns.get(tree.words[i]) or ()
    entries = [entry for entry in entries if _phrase_at(scene, entry, i) is not None]
    if not entries or not _is_noun(tree, i) or scene.is_time(i) or not _may_carry(scene, i):
        return None
    clause = nominal_clause(scene.doc, i, scene.clause_at)
    own = own_slots(scene, i, clause)
    above = governor_of(scene, i)
    called = _is_called(tree, i)
    own = add_phrases(add_phrases(own, adjacent(scene, i, above)), shared(scene, i))
    inside = relative_governor(scene, i)
    found = [
        n
        for entry in entries
        if not (_is_former(tree, i) or is_ranked(tree, i) if entry.kind.name in _LASTING else called)
        for verb in ((inside, above) if inside is not None and _light(scene, entry.trigger, inside) else (above,))
        if (n := _match_entry(scene, entry, own, verb, clause)) is not None
    ]

    def rank(nominal: Nominal) -> tuple[bool, int, int, int]:
        entry = nominal.match.entry
        return entry.added, nominal.match.score, nominal.end - nominal.start, -entry.order

    return max(found, key=rank, default=None)


def _is_called(tree: Tree, i: int) -> bool:
    """Tell "condemned it as an attack", "called it an attack": what somebody calls something did not happen by that."""
    if tree.deps[i] == "oprd":
        return tree.lemmas[tree.heads[i]] in {"call", "brand", "label", "dub", "deem", "consider"}
    return tree.deps[i] == "pobj" and tree.words[tree.heads[i]] == "as"


def _is_former(tree: Tree, i: int) -> bool:
    """Tell "a former ally" from one that still is."""
    return any(tree.words[c] in words("former") for c in tree.children[i] if c < i)


def is_ranked(tree: Tree, i: int) -> bool:
    """Tell "is the second minister to leave", "became the first to visit", which tell of no office that is held."""
    children = tree.children[i]
    ordinal = any(tree.words[c] in _RANKING for c in children)
    return ordinal and any(tree.deps[c] in {"acl", "relcl"} and tree.tags[c] == "VB" for c in children)


def _is_noun(tree: Tree, i: int) -> bool:
    """Say whether a token is a noun, by its tag or by its place ("after the talks" is sometimes tagged as a verb)."""
    return tree.tags[i] in _NOUNS or (tree.deps[i] in {"pobj", "dobj"} and tree.child(i, "det", "compound") is not None)


def _may_carry(scene: Scene, i: int) -> bool:
    """Leave out parts of names, and nouns that only qualify another one ("trade talks" is about talks)."""
    name = scene.name_around(i)
    kinds = {"named_event", "agreement"} if scene.doc[i].is_lower else {"named_event"}  # "the Paris Agreement"
    if name is not None and not (name.head == i and scene.entity_classes(i) & kinds):
        return False
    tree = scene.tree
    if tree.deps[i] in {"compound", "nmod"}:  # "a loan and a supply contract" is often read as one compound
        return i + 1 < len(tree.words) and tree.tags[i + 1] == "CC"
    return tree.deps[i] not in {"amod", "poss"}


def _match_entry(scene: Scene, entry: Entry, own: Slots, above: Governor | None, clause: Clause) -> Nominal | None:
    span = _phrase_at(scene, entry, clause.head)
    if span is None:
        return None
    own = _without_words(own, span)
    light = _light(scene, entry.trigger, above)
    if light is not None and above is not None:
        slots, frame = light
        lent = [(name, filled) for name, fillers in slots.items() for filled in fillers]
        filled = _with_receiver(scene, entry.trigger, add_phrases(own, lent))
        found = match(scene, entry, filled, frame=frame, supported=True)
        if found is not None:
            found.score += 2 + 4 * (len(entry.phrase) - 1)
            return Nominal(found, clause, *span, light=above.clause.head)
    if not entry.trigger.alone:
        return None
    found = match(scene, entry, _with_copula(scene, clause.head, with_scene(scene, own, above), above))
    if found is None:
        return None
    found.score += 4 * (len(entry.phrase) - 1)
    return Nominal(found, clause, *span)


def _with_receiver(scene: Scene, trigger: Trigger, slots: Slots) -> Slots:
    """Take a name before the noun as who is given to ("offers Chad loans" is often read as "Chad loans")."""
    before = slots.get("compound", [])
    name = scene.mention(before[0].head) if before else None
    if "iobject" not in trigger.frame or "iobject" in slots or "subject" not in slots or name is None:
        return slots
    if name.kind is MentionKind.DEMONYM or not scene.entity_classes(before[0].head) <= {"country", "person", "bloc"}:
        return slots
    return {**{k: v for k, v in slots.items() if k != "compound"}, "iobject": before}


def _phrase_at(scene: Scene, entry: Entry, i: int) -> tuple[int, int] | None:
    """Return the tokens of a trigger of one or several words that hangs by token ``i``, None where others stand."""
    words, tree = entry.phrase, scene.tree
    if len(words) == 1:
        return (i, i + 1) if words[0] in {tree.words[i], tree.lemmas[i]} else None
    start = i if "of" in words else i - len(words) + 1
    end = start + len(words)
    if start < 0 or end > len(tree.words):
        return None
    hit = all(w in {tree.words[t], tree.lemmas[t]} for w, t in zip(words, range(start, end), strict=True))
    return (start, end) if hit else None


def _without_words(slots: Slots, span: tuple[int, int]) -> Slots:
    """Drop the modifiers that are part of the trigger itself ("military" in "military exercise")."""
    if span[1] - span[0] == 1:
        return slots
    kept = {
        name: [f for f in fillers if name == "head" or not span[0] <= f.head < span[1]]
        for name, fillers in slots.items()
    }
    return {name: fillers for name, fillers in kept.items() if fillers}


def _light(
    scene: Scene, trigger: Trigger, above: Governor | None
) -> tuple[Slots, dict[str, tuple[str, ...]] | None] | None:
    """Return the slots that a light verb lends, and the frame that it brings if it turns the noun's round."""
    if above is None:
        return None
    verb = above.clause.lemma
    slots = clause_fillers(scene, above.clause)
    turned = trigger.reversed.get(verb) if verb != "be" or above.slot == "under" else None  # "is under pressure"
    if turned is not None:
        mapped = {name: fillers for name, fillers in slots.items() if name in turned}
        return mapped, {**{k: v for k, v in trigger.frame.items() if k not in _FILLING}, **turned}
    if above.slot not in _LENDING or not _supports(scene, trigger, above.clause):
        return None
    lent = {
        name: fillers
        for name, fillers in slots.items()
        if name not in {"complement", "infinitive", "adverbial", "attribute"}
    }
    if above.slot == "with" and "object" in lent:  # "provide Chad with aid"
        lent["iobject"] = lent.pop("object")
    elif above.slot == "object" or above.via in heads_of(lent, "object"):
        given = [f for f in lent.pop("object", []) if f.head < above.via and above.via not in f.conjuncts]
        if given:  # "gave the government a loan", read as two objects
            lent.setdefault("iobject", given)
    if _is_owned(scene, above.via):
        lent.pop("subject", None)
    lent = {name: [f for f in fillers if f.head != above.via] for name, fillers in lent.items()}
    return {name: fillers for name, fillers in lent.items() if fillers}, None


def _is_owned(scene: Scene, i: int) -> bool:
    """Tell "paid for his mother's trip", whose trip is not the payer's, from "made a trip"."""
    tree = scene.tree
    return any(tree.deps[c] == "poss" and tree.tags[c].startswith("N") for c in tree.children[i])


def _supports(scene: Scene, trigger: Trigger, clause: Clause) -> bool:
    """Say whether a verb is among a trigger's light verbs ("staged" may come with the lemma "stag")."""
    lemmas = {clause.lemma}
    if scene.tree.words[clause.head].startswith(f"{clause.lemma}ed"):
        lemmas.add(f"{clause.lemma}e")
    return any(v in trigger.light for v in lemmas) or any(
        v in scene.lexicon.words.get(name, ()) for name in trigger.light for v in lemmas
    )


def _with_copula(scene: Scene, i: int, own: Slots, above: Governor | None) -> Slots:
    """Add the subject of "X is a member of Y" to the slots of the attribute's noun, and "Y, of which X is a member"."""
    if above is None:
        return own
    called = above.slot in {"as", "attribute"} and above.clause.lemma in _CALLING
    if not called and (above.slot not in _EQUATING or above.clause.lemma not in {"be", "become", "remain"}):
        return own
    lent = clause_fillers(scene, above.clause)
    fillers = [("subject", f) for f in lent.get("object" if called else "subject", []) if f.head != i]
    fillers += [("of", f) for f in lent.get("of", [])]
    return add_phrases(own, fillers)
