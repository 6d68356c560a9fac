"""Typed events that verbs, copulas with an adjective, and phrases such as "in power" carry."""

from __future__ import annotations

from collections.abc import Iterator

from kg.annotate.clauses.nominal import phrase_obliques
from kg.annotate.events.frames import Match, best, clause_fillers, match
from kg.annotate.events.index import Entry, TriggerIndex
from kg.annotate.events.nominals import is_ranked
from kg.annotate.events.scene import Scene
from kg.annotate.events.slots import SETTINGS, Filled, Slots, add_phrases, heads_of
from kg.annotate.layers import Clause, Slot

__all__ = ["clause_slots", "match_adjectives", "match_phrases", "match_verb"]

_MARGINS = frozenset({"vote", "margin", "majority"})  # "passed by 83 votes"
_LAPSES = frozenset({"minute", "hour", "day", "week", "month", "year"})
_SPEECH = "Say"
# Prepositions that open adjuncts of the verb more often than they belong to its object.
_OWN = frozenset({"of"})
# With these the verb says what it does to what stands behind "of": "took control of the town".
_CARRYING = frozenset(
    {"all", "charge", "command", "control", "custody", "leadership", "most", "much", "ownership", "part", "possession"}
)
_STANDING = frozenset({"attribute", "complement", "infinitive"})  # "urged Chad not to leave"
_GRAMMATICAL = frozenset({"subject", "object", "iobject", "attribute", "complement", "infinitive", "adverbial"})


def clause_slots(scene: Scene, clause: Clause) -> Slots:
    """Return the slots of a clause, with the phrases on its object where the verb has none of that preposition."""
    slots = _listed_subject(scene, _without_denied(scene, _without_times(scene, clause_fillers(scene, clause))))
    if clause.passive and any(scene.tree.lemmas[f.head] in _MARGINS for f in slots.get("subject", [])):
        slots = {name: fillers for name, fillers in slots.items() if name != "subject"}
    slots = _without_firsts(scene, slots)
    extra = [
        (name, Filled(head, conjuncts, far=True))
        for i in heads_of(slots, "object")
        if not scene.tree.is_verb(i)
        for name, head, conjuncts in phrase_obliques(scene.doc, i)
        if name not in _OWN or scene.tree.lemmas[i] in _CARRYING
    ]
    return _with_agent(scene, clause, add_phrases(slots, extra))


def _without_firsts(scene: Scene, slots: Slots) -> Slots:
    """Drop "became the first president to visit": what somebody was first to do is no office that he took."""
    attributes = slots.get("attribute", [])
    kept = [f for f in attributes if not is_ranked(scene.tree, f.head)]
    if len(kept) == len(attributes):
        return slots
    rest = {name: fillers for name, fillers in slots.items() if name != "attribute"}
    return {**rest, "attribute": kept} if kept else rest


def _with_agent(scene: Scene, clause: Clause, slots: Slots) -> Slots:
    """Take an actor behind "by" in a passive as who does it, where the parser saw a plain phrase."""
    by = slots.get("by")
    if not clause.passive or "subject" in slots or not by or not scene.fits(by[0].head, ("actor",)):
        return slots
    return {**{name: fillers for name, fillers in slots.items() if name != "by"}, "subject": by}


def _without_times(scene: Scene, slots: Slots) -> Slots:
    """Drop dates from prepositional slots: "called on Sunday" calls on nobody."""
    kept = {name: [f for f in fillers if not _is_setting(scene, name, f.head)] for name, fillers in slots.items()}
    return {name: fillers for name, fillers in kept.items() if fillers}


def _is_setting(scene: Scene, slot: str, i: int) -> bool:
    if slot in _GRAMMATICAL:
        return slot == "object" and _is_lapse(scene, i)
    return scene.is_time(i) or scene.tree.lemmas[i] in SETTINGS


def _is_lapse(scene: Scene, i: int) -> bool:
    """Tell "arrested | days | after the vote" from a thing that is done to."""
    tree = scene.tree
    return tree.lemmas[i] in _LAPSES and tree.words[i + 1 : i + 2] in (["after"], ["before"], ["later"])


def _without_denied(scene: Scene, slots: Slots) -> Slots:
    """Drop what is named to be left out: "shipped tents to Mali, not to Chad", "met the minister, not X"."""
    kept: Slots = {}
    for name, fillers in slots.items():
        for filled in fillers:
            heads = tuple(h for h in filled.conjuncts if name in _STANDING or not _is_denied(scene, h))
            if heads:
                kept.setdefault(name, []).append(filled._replace(head=heads[0], conjuncts=heads))
    return kept


def _is_denied(scene: Scene, head: int) -> bool:
    """Tell whether "not" stands right before a phrase, its preposition included."""
    tree = scene.tree
    top = tree.heads[head] if tree.deps[head] == "pobj" else head
    start = tree.left[top]
    return tree.words[start] == "not" or (start > 0 and tree.words[start - 1] == "not" and not tree.is_verb(head))


def _listed_subject(scene: Scene, slots: Slots) -> Slots:
    """Join the first name of a headline's list ("Chile, Peru sign ..."), parsed as adverbial, to the subject."""
    subject, adverbials = slots.get("subject"), slots.get("adverbial")
    if not subject or not adverbials:
        return slots
    first = subject[0]
    kinds = scene.entity_classes(first.head)
    before = [a.head for a in adverbials if a.head < first.head and kinds and scene.entity_classes(a.head) & kinds]
    if not before or scene.tree.words[before[-1] + 1] != ",":
        return slots
    return {**slots, "subject": [Filled(first.head, (*before, *first.conjuncts), first.far)]}


def match_verb(scene: Scene, index: TriggerIndex, clause: Clause, slots: Slots) -> tuple[Match | None, Match | None]:
    """Return the best statement and the best other event that the verb of a clause carries."""
    entries = _entries(scene, index, clause)
    if not entries:
        return None, None
    purpose = _with_purpose(scene, clause, slots)
    matches = [
        m
        for entry in entries
        if _voice(entry, clause)
        and (m := match(scene, entry, purpose if ("infinitive",) in entry.trigger.needs else slots)) is not None
    ]
    said = best(m for m in matches if m.entry.kind.name == _SPEECH)
    done = best(m for m in matches if m.entry.kind.name != _SPEECH)
    return said, done


def _with_purpose(scene: Scene, clause: Clause, slots: Slots) -> Slots:
    """Take a to-clause that the parser saw as adverbial for an infinitive ("have sworn to fight")."""
    if "infinitive" in slots or "object" in slots:
        return slots
    tree = scene.tree
    found = [
        Filled(a.head, a.conjuncts or (a.head,))
        for a in clause.arguments
        if a.slot is Slot.ADVERBIAL_CLAUSE
        and tree.tags[a.head] == "VB"
        and any(tree.words[c] == "to" for c in tree.children[a.head])
    ]
    return {**slots, "infinitive": found[:1]} if found else slots


def _entries(scene: Scene, index: TriggerIndex, clause: Clause) -> list[Entry]:
    if not scene.tree.is_verb(clause.head):
        return []
    bare = clause.lemma.partition("_")[0]
    found = list(index.verbs.get(clause.lemma, ()))
    if scene.tree.words[clause.head] != bare and any(scene.tree.lemmas[v] == "do" for v in clause.verbs[:-1]):
        found = list(index.verbs.get(scene.tree.words[clause.head], found))
    adverbs = [scene.tree.words[a.head] for a in clause.arguments if a.slot is Slot.ADVERBIAL]
    prepositions = [m for a in clause.arguments if a.slot is Slot.OBLIQUE for m in a.preposition.split()[:1]]
    for word in dict.fromkeys((*adverbs, *prepositions)):
        found += index.verbs.get(f"{clause.lemma}_{word}", ())
    if "_" in clause.lemma and not found:
        found += index.verbs.get(bare, ())
    return found or list(index.verbs.get(_repaired(scene, clause), ()))


def _repaired(scene: Scene, clause: Clause) -> str:
    """Return a lemma that the lemmatizer may have got wrong: "staged" is no "stag", "to found" no "find"."""
    word, lemma = scene.tree.words[clause.head], clause.lemma
    return f"{lemma}e" if word.startswith((f"{lemma}ed", f"{lemma}ing")) else word


def _voice(entry: Entry, clause: Clause) -> bool:
    wanted = entry.trigger.voice
    return wanted is None or (wanted == "passive") == clause.passive


def match_adjectives(scene: Scene, index: TriggerIndex, i: int) -> tuple[Match, Clause | None] | None:
    """Return the event of an adjective before a noun ("neighbouring states") or behind "be" ("is adjacent to")."""
    entries = index.adjectives.get(scene.tree.words[i])
    if not entries:
        return None
    slots, clause = _adjective_slots(scene, i)
    found = best(m for entry in entries if (m := match(scene, entry, slots)) is not None)
    return (found, clause) if found is not None else None


def _adjective_slots(scene: Scene, i: int) -> tuple[Slots, Clause | None]:
    tree = scene.tree
    above = tree.heads[i]
    own: Slots = {}
    for name, head, conjuncts in phrase_obliques(scene.doc, i):
        own.setdefault(name, []).append(Filled(head, conjuncts))
    if tree.deps[i] in {"amod", "compound", "nmod"}:
        own["head"] = [Filled(above, (above,))]
        return own, scene.clause_at.get(above)
    clause = scene.clause_at.get(above)
    if tree.deps[i] in {"acomp", "attr", "oprd"} and clause is not None:
        slots = clause_slots(scene, clause)
        return add_phrases(
            {k: v for k, v in slots.items() if k != "attribute"}, [(k, f) for k, v in own.items() for f in v]
        ), clause
    if tree.deps[i] == "amod" or (tree.deps[i] in {"relcl", "acl"} and not tree.is_verb(above)):
        own["subject"] = [Filled(above, (above,))]
    return own, clause


def match_phrases(scene: Scene, index: TriggerIndex, i: int) -> Iterator[tuple[Match, int, int]]:
    """Yield the events of fixed phrases that begin at token ``i``, with the phrase's token range."""
    tree = scene.tree
    for entry in index.phrases.get(tree.words[i], ()):
        end = i + len(entry.phrase)
        if tuple(tree.words[i:end]) == entry.phrase:
            slots = _phrase_slots(scene, i)
            found = match(scene, entry, slots)
            if found is not None and slots:
                yield found, i, end


def _phrase_slots(scene: Scene, i: int) -> Slots:
    tree = scene.tree
    above = tree.heads[i]
    if not tree.is_verb(above):
        return {"subject": [Filled(above, (above,))]} if tree.tags[above].startswith("N") else {}
    clause = scene.clause_at.get(above)
    if clause is None:
        return {}
    slots = clause_fillers(scene, clause)
    # "He has been in power": whoever is the subject; "the generals put him in power": the object.
    holder = slots.get("object") or slots.get("subject")
    return {"subject": holder} if holder else {}
