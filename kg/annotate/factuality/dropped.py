"""Plans that are dropped, chances that are lost, and claims that are dismissed: what they are about is not so."""

from __future__ import annotations

from kg.annotate.clauses.tree import Tree, word_set

__all__ = ["COPULAS", "forgone_by", "is_dismissed", "is_dropped", "is_judged_claim"]

COPULAS = word_set("be remain seem appear become look prove stay")

# Who drops such a thing will not do what it was about: "abandoned plans to sell".
_DROPPING = word_set("abandon scrap drop ditch axe shelve cancel withdraw")
_PROPOSED = word_set("plan proposal bid offer bill idea attempt effort scheme project")
# Whoever drops these will not do what they are about either, though they stand themselves: "scrapped a deal to buy".
_BINDING = word_set("deal agreement contract pact promise pledge commitment order decision")
_LOSING = word_set("lose miss forgo waste squander")
_CHANCES = word_set("chance opportunity bid battle fight right race")
# Who rejects such a thing says that it is not so: "dismissed reports that".
_CLAIMED = word_set("claim allegation accusation report suggestion rumour rumor assertion notion speculation charge")
_DISMISSING = word_set("reject dismiss deny refute dispute rebut repudiate")


def is_dropped(tree: Tree, noun: int, verb: int) -> bool:
    """Tell "abandoned plans"."""
    return tree.lemmas[verb] in _DROPPING and tree.lemmas[noun] in _PROPOSED


def forgone_by(tree: Tree, noun: int) -> int | None:
    """Return the verb of "scrapped a deal to buy" and "lost the chance to buy", of which nothing comes; else None.

    Args:
        tree: The document's.
        noun: On which the infinitive hangs, or the verb where it hangs there: "scrapped the deal with Chad | to buy".
    """
    inner = tree.child(noun, "dobj") if tree.is_verb(noun) else None
    noun = noun if inner is None else inner
    verb, lemma = tree.heads[noun], tree.lemmas[noun]
    if tree.deps[noun] not in {"dobj", "nsubjpass"}:
        return None
    pairs = ((_DROPPING, _BINDING), (_LOSING, _CHANCES))
    return verb if any(tree.lemmas[verb] in verbs and lemma in nouns for verbs, nouns in pairs) else None


def is_dismissed(tree: Tree, noun: int) -> bool:
    """Tell "rejected claims (that)" and "the report (that) was denied", where nobody is named who made them."""
    if tree.lemmas[noun] not in _CLAIMED or tree.deps[noun] not in {"dobj", "nsubjpass"}:
        return False
    authored = any(tree.deps[c] == "poss" or tree.words[c] in {"by", "from"} for c in tree.children[noun])
    return not authored and tree.lemmas[tree.heads[noun]] in _DISMISSING


def is_judged_claim(tree: Tree, noun: int) -> bool:
    """Tell "the report (that …) is", of which what follows says whether it is true."""
    predicated = tree.deps[noun] == "nsubj" and tree.lemmas[tree.heads[noun]] in COPULAS
    return predicated and tree.lemmas[noun] in _CLAIMED
