"""What stands around an event noun: its own phrases, and those that the words about it tell of."""

from __future__ import annotations

from collections.abc import Iterator

from kg.annotate.clauses.arguments import phrase_arguments
from kg.annotate.clauses.nominal import phrase_obliques
from kg.annotate.clauses.tree import Tree, word_set
from kg.annotate.events.frames import clause_fillers
from kg.annotate.events.governors import Governor, whole_of
from kg.annotate.events.scene import Scene
from kg.annotate.events.slots import Filled, Slots, add_phrases, heads_of, slots_of
from kg.annotate.layers import Clause, Slot

__all__ = ["adjacent", "own_slots", "shared", "with_scene"]

_NAMING = word_set("call codename code-name dub name title")
# Of what happens, the verb behind tells where and between whom: "protests erupted in Lima".
_HAPPENING = word_set(
    "begin break_out continue end erupt go_on happen occur open rage resume spread start take take_place unfold"
)
_SCENE = word_set("across against among at between in inside near on outside over throughout with")


def own_slots(scene: Scene, i: int, clause: Clause) -> Slots:
    """Return what stands around noun ``i``: its own phrases, clauses, appositions, and itself as ``head``."""
    slots = slots_of((name, a) for name, a in clause.logical() if name != "complement")
    for name, filled in _clauses_of(scene.tree, i):
        slots.setdefault(name, []).append(filled)
    _appose(scene, i, slots)
    for filled in slots.get("of", []):  # "an investment of $2 billion in Peru": in Peru hangs on the sum
        if "money" in scene.kinds(filled.head):
            for name, head, conjuncts in phrase_obliques(scene.doc, filled.head):
                slots.setdefault(name, []).append(Filled(head, conjuncts))
    years = [c for c in scene.tree.children[i] if c < i and _is_year(scene, c)]
    if years:
        slots["year"] = [Filled(years[0], (years[0],))]
    if scene.tree.deps[i] == "pobj" and scene.tree.words[scene.tree.heads[i]] == "without":
        slots["without"] = [Filled(i, (i,))]  # "ended without a deal"
    slots["head"] = [Filled(i, (i,))]
    return slots


def _is_year(scene: Scene, i: int) -> bool:
    return scene.tree.tags[i] == "CD" and len(scene.tree.words[i]) == 4 and scene.is_time(i)


def _clauses_of(tree: Tree, i: int) -> Iterator[tuple[str, Filled]]:
    """Yield the infinitives and that-clauses that hang on a noun."""
    for c in tree.children[i]:
        if tree.deps[c] in {"acl", "relcl", "ccomp"} and tree.is_verb(c):
            if tree.tags[c] == "VB" and any(tree.words[g] == "to" and g < c for g in tree.children[c]):
                yield "infinitive", Filled(c, (c,))
            elif any(tree.words[g] == "that" and tree.deps[g] == "mark" for g in tree.children[c]):
                yield "complement", Filled(c, (c,))


def _appose(scene: Scene, i: int, slots: Slots) -> None:
    """Add what stands beside a noun: the name that it describes, or that describes it."""
    tree = scene.tree
    whole = tree.heads[i] if tree.deps[i] == "conj" else i  # "Chad and Niger, neighbours and | allies"
    if tree.deps[whole] == "appos" and not tree.is_verb(tree.heads[whole]):
        named = tree.heads[whole]
        before = tuple(c for c in tree.conjuncts(named) if c < whole or c == named)  # "Ellison, a founder, and David"
        slots["apposition"] = [Filled(named, before)]
        if whole != i or "of" in slots:
            slots.pop("modifier", None)  # "Ruiz, a Ukrainian ally of Kern": where he comes from
    for c in tree.children[i]:
        if scene.mention(c) is not None and (tree.deps[c] == "appos" or _listed_behind(tree, i, c)):
            slots.setdefault("apposition", []).append(Filled(c, tree.conjuncts(c)))
    for c in _called(scene, i):
        slots.setdefault("apposition", []).append(Filled(c, (c,)))


def _called(scene: Scene, i: int) -> Iterator[int]:
    """Yield the name that a participle gives to a noun: "drills called | 'Storm'"."""
    tree = scene.tree
    for c in tree.children[i]:
        if tree.deps[c] == "acl" and tree.tags[c] == "VBN" and tree.lemmas[c] in _NAMING:
            for name in tree.children[c]:
                if name > c and tree.deps[name] in {"oprd", "dobj", "attr"} and tree.texts[name][:1].isupper():
                    yield name


def _listed_behind(tree: Tree, i: int, c: int) -> bool:
    """Say whether a conjunct without "and" before it names what the noun stands for ("its allies, Mali and Niger")."""
    return tree.deps[c] == "conj" and not any(tree.deps[g] == "cc" and i < g < c for g in tree.children[i])


def adjacent(scene: Scene, i: int, above: Governor | None) -> Iterator[tuple[str, Filled]]:
    """Yield the phrases right behind a noun that the parser has hung on the verb above."""
    tree = scene.tree
    end = tree.right[i]
    if above is None and tree.deps[i] == "pobj":  # "its troops along the border | with Chad"
        hosts = (a for a in tree.ancestors(i) if end in tree.children[a] and tree.words[end] == "with")
        for argument in (a for host in hosts for a in phrase_arguments(tree, host)):
            if argument.markers == (end,):
                yield "with", Filled(argument.head, argument.conjuncts or (argument.head,), far=True)
        return
    if above is None or above.clause.head not in {tree.heads[i], tree.heads[tree.heads[i]]}:
        return
    for argument in above.clause.arguments:
        blamed = argument.preposition == "on" and above.clause.lemma == "blame"  # "blamed the attack | on Chad"
        if argument.slot is Slot.OBLIQUE and argument.markers and argument.markers[0] == end and not blamed:
            yield argument.preposition, Filled(argument.head, argument.conjuncts or (argument.head,), far=True)


def shared(scene: Scene, i: int) -> Iterator[tuple[str, Filled]]:
    """Yield the phrases that coordinated nouns share: "a loan and supply agreement | from Qatar"."""
    whole = whole_of(scene, i)
    if whole != i:
        for name, head, conjuncts in phrase_obliques(scene.doc, whole):
            yield name, Filled(head, conjuncts, far=True)


def with_scene(scene: Scene, own: Slots, above: Governor | None) -> Slots:
    """Add where and between whom something happens, as the verb behind its noun tells."""
    if above is None or above.slot != "subject" or above.clause.lemma not in _HAPPENING:
        return own
    told = clause_fillers(scene, above.clause)
    if any(not scene.fits(i, ("lemma:place",)) for i in heads_of(told, "object")):
        return own  # "the protest began a debate", but "took place"
    return add_phrases(own, [(name, f._replace(far=True)) for name in _SCENE & told.keys() for f in told[name]])
