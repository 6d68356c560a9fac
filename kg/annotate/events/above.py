"""Find the event that a date, amount or count belongs to.

It is the nearest typed predicate above it in the tree, also where it stands outside the frame ("on Thursday" behind a
list, an amount inside the theme). Clause boundaries stop the climb, so that a date of a reported clause never goes to
the verb of speech.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.annotate.clauses.tree import Tree
from kg.annotate.events.scene import Scene
from kg.annotate.layers import EventDraft

__all__ = ["STRUCTURAL", "Owners", "owners_above"]

Owners = Mapping[int, Sequence[EventDraft]]
"""The drafts that a token carries: its own, or those of the noun that it supports as a light verb; best first."""

STRUCTURAL = frozenset({"Locate", "Border"})  # what holds at all times
_STOPS = frozenset({"ccomp", "advcl", "csubj", "parataxis", "juxtaposed", "appos"})
# What stands behind these belongs to the noun there: "impeached for a decree last May".
_REASONS = frozenset({"for", "over", "after", "before", "about", "despite", "following"})
# Whatever stands behind these has its own time: "in debt since the fall of the peso in 1994".
_ANCHORING = frozenset({"since"})
_COMPARING = frozenset({"compared", "than", "like", "unlike", "versus"})
# What says of its subject when it is: "the drill is scheduled to be held from".
_HAPPENING = frozenset(
    {"hold", "schedule", "set", "plan", "slate", "begin", "start", "run", "last", "take", "due", "stage", "conduct"}
)
# "the talks, which began in May", but not "the talks, which they left in May".
_OCCURRING = _HAPPENING | {"be", "erupt", "follow", "happen", "occur", "open", "reach", "resume", "sign", "strike"}
_STARTING = frozenset({"begin", "start"})  # "a truce starting on Thursday"
_INVOLVING = frozenset({"involve", "include", "feature"})  # "will be held in Peru, involving 500 soldiers"
_SUBJECTS = ("nsubj", "nsubjpass")


def owners_above(scene: Scene, owners: Owners, i: int) -> Iterator[EventDraft]:
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
