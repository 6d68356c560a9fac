"""Active or passive: auxiliaries, reduced participles, and headlines that leave the auxiliary out."""

from __future__ import annotations

from collections.abc import Collection

from kg.annotate.clauses.tree import Tree, word_set

__all__ = ["is_passive"]

# Verbs that hardly stand without an object: in a headline that has none, their subject is what it is done to
# ("Opposition leader jailed"), however the form is tagged.
_WANT_OBJECT = word_set(
    """
    accuse acquit appoint arrest assassinate ban bar behead blame capture charge condemn convict deport detain elect
    evacuate execute exile expel extradite fine free hospitalise hospitalize imprison indict injure jail kidnap kill
    murder name nominate oust pardon poison prosecute release rescue sack sanction sentence shoot suspend urge wound
    """
)
_CAUSING = frozenset({"have", "get", "want", "see", "need"})
_STOPS = frozenset({".", "!", "?", '"', "”", "''", "…", "..."})
_OBJECTS = ("dobj", "ccomp", "attr", "oprd")


def is_passive(tree: Tree, i: int, group: Collection[int]) -> bool:
    """Say whether predicate ``i`` with the auxiliaries in ``group``, own and shared, is in the passive voice."""
    if any(tree.deps[c] == "auxpass" for c in group) or tree.child(i, "nsubjpass", "csubjpass") is not None:
        return True
    if tree.tags[i] not in {"VBN", "VBD"} or any(tree.deps[c] == "aux" for c in group):
        return False
    if tree.child(i, "agent") is not None:
        return True
    if tree.child(i, *_OBJECTS) is not None:
        return False
    if tree.child(i, "nsubj") is not None:
        if tree.tags[i] == "VBN" and tree.deps[i] in {"ccomp", "xcomp"} and tree.lemmas[tree.heads[i]] in _CAUSING:
            return True  # "wants the mayor arrested"
        return _is_headline(tree, i) and (tree.tags[i] == "VBN" or tree.lemmas[i] in _WANT_OBJECT)
    return tree.tags[i] == "VBN" and not _follows_active(tree, i)


def _follows_active(tree: Tree, i: int) -> bool:
    """Tell a past tense that the tagger takes for a participle: "she stood up and fled"."""
    return tree.deps[i] == "conj" and tree.tags[tree.heads[i]] in {"VBD", "VBZ", "VBP"}


def _is_headline(tree: Tree, i: int) -> bool:
    root = next((a for a in tree.ancestors(i) if tree.heads[a] == a), i)
    return tree.words[tree.right[root] - 1] not in _STOPS
