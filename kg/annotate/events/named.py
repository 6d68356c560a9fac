"""Which entities a noun names: by its mention, by what stands beside it, or by whom it acts for."""

from __future__ import annotations

from kg.annotate.events.scene import Scene
from kg.annotate.layers import EntityFiller, EntityMention
from kg.model import MentionKind

__all__ = ["THINGS", "apposed", "entity_fillers", "fillers_of", "named_inside", "owners", "represented"]

THINGS = frozenset({"named_event", "agreement", "product", "law"})
"""The classes of entities that are no actors and no places."""

_ELLIPTIC = frozenset({"conj", "dobj", "nsubj", "nsubjpass"})
_SPORTS = frozenset({"football", "soccer", "cricket", "rugby", "hockey", "basketball", "tennis", "olympic", "sport"})


def fillers_of(mention: EntityMention) -> list[EntityFiller]:
    """Return a filler for each entity that a mention names."""
    return [EntityFiller(e, mention.start, mention.end) for e in mention.entities]


def entity_fillers(scene: Scene, head: int) -> list[EntityFiller]:
    """Return the entities that a noun names, one filler each; of "the authorities in X" none."""
    mention = scene.mention(head)
    if mention is not None and _is_elliptic(scene, head, mention):
        return []
    if mention is None:
        title = scene.title_at(head)
        if title is not None:
            return [EntityFiller(title.person, title.mention, title.mention + 1)]
        mention = apposed(scene, head) or _named_before(scene, head)
        if mention is None:
            return []
    return fillers_of(mention)


def _is_elliptic(scene: Scene, head: int, mention: EntityMention) -> bool:
    """Tell a possessive that stands for what is owned: "Its shares rose; Acme's fell", "met Ruiz and Kern's son"."""
    tree = scene.tree
    behind = tree.tags[mention.end] if mention.end < len(tree.tags) else ""
    return behind == "POS" and tree.heads[mention.end] == head and tree.deps[head] in _ELLIPTIC


def named_inside(scene: Scene, head: int) -> list[EntityFiller]:
    """Return the thing that a noun's first part names: "Rafale fighter jets", "the Cobra Gold exercise"."""
    tree = scene.tree
    for c in tree.children[head]:
        mention = scene.mention(c)
        if mention is not None and tree.deps[c] in {"compound", "nmod", "amod"} and scene.entity_classes(c) <= THINGS:
            return fillers_of(mention)
    return []


def apposed(scene: Scene, head: int) -> EntityMention | None:
    """Return the name beside a description: "the snack maker Haldiram"."""
    for c in scene.tree.children[head]:
        if scene.tree.deps[c] == "appos":
            mention = scene.mention(c)
            if mention is None:  # "his attacker, the poet Juan Soto"
                return apposed(scene, c)
            return mention if mention.kind is MentionKind.NAME else None
    return None


def _named_before(scene: Scene, head: int) -> EntityMention | None:
    """Return the person whom a description behind the name tells of: "Ana Soto, the laureate who leads the party"."""
    tree = scene.tree
    above = tree.heads[head]
    mention = scene.mention(above) if tree.deps[head] == "appos" else None
    if mention is None or mention.kind is not MentionKind.NAME or scene.entity_classes(above) != {"person"}:
        return None
    return mention if tree.lemmas[head] in scene.lexicon.words.get("human", ()) else None


def represented(scene: Scene, head: int) -> list[EntityFiller]:
    """Return the state or body for which unnamed officials or forces act: "Greek coast guards", "the EU's envoys"."""
    tree = scene.tree
    armed = tree.lemmas[head] in scene.lexicon.words.get("state_arm", ()) or scene.entity_classes(head) == {"product"}
    if not armed or any(tree.lemmas[c] in _SPORTS for c in tree.children[head] if tree.deps[c] == "compound"):
        return []
    ruled = _ruled(scene, head)
    if ruled is not None:
        return fillers_of(ruled)
    allied = tree.lemmas[head] == "ally"  # "its allies" are others
    inside = [
        c
        for c in tree.children[head]
        if tree.deps[c] in {"amod", "compound", "nmod"} or (tree.deps[c] == "poss" and not allied)
    ]
    for c in (*inside, *_of(scene, head)):
        mention = scene.mention(c)
        if mention is None:
            continue
        if scene.entity_classes(c) <= {"country", "bloc", "organization"}:
            mentions = [m for i in tree.conjuncts(c) if (m := scene.mention(i)) is not None]
            return [filler for m in mentions for filler in fillers_of(m)]
    return []


def _of(scene: Scene, head: int) -> list[int]:
    """Return what stands behind "of" in a noun's phrase: "the government | of | Niger"."""
    tree = scene.tree
    preps = (c for c in tree.children[head] if tree.deps[c] == "prep" and tree.words[c] == "of")
    return [g for c in preps for g in tree.children[c] if tree.deps[g] == "pobj"]


def _ruled(scene: Scene, head: int) -> EntityMention | None:
    """Return the country whose capital stands behind its government: "the government in Nairobi"."""
    words = scene.tree.words
    if head + 2 >= len(words) or words[head + 1] != "in":
        return None
    mention = scene.mention(head + 2)
    return mention if mention is not None and mention.kind is MentionKind.METONYM else None


def owners(scene: Scene, head: int) -> list[tuple[int, EntityMention]]:
    """Return the mentions that own a noun: its possessor, and its of-phrase ("the laws of both countries")."""
    tree = scene.tree
    found = [c for c in tree.children[head] if tree.deps[c] == "poss"] + _of(scene, head)
    return [(i, m) for c in found for i in tree.conjuncts(c) if (m := scene.mention(i)) is not None]
