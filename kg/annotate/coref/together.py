"""Who "they" and "we" are in what takes two: "They met in Rome", "their talks", "we work together"."""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.coref.discourse import Discourse
from kg.annotate.coref.tokens import SUBJECTS, is_human, is_plural
from kg.annotate.names.nouns import noun_classes, words

__all__ = ["is_shared", "the_two"]

_KINDS = ("person", "country", "organization")
_SIGNS = frozenset({"together", "common", "mutual", "same"})
_COUNTS = frozenset({"first", "second", "third", "fourth", "fifth", "sixth", "last", "latest"})
_BODIES = frozenset({"organization", "country", "bloc", "group"})


def is_shared(token: Token) -> bool:
    """Tell whether a pronoun does what takes two, or has it: "they met", "their talks", "we like each other"."""
    if token.dep_ == "poss":
        return token.head.lower_ in _COUNTS or token.head.lemma_.lower() in words("joint_nouns")
    if token.dep_ not in SUBJECTS:
        return False
    verb = token.head
    if verb.lemma_ in words("joint_verbs") and not any(t.dep_ == "dobj" for t in verb.children):
        return True
    inside = (t for t in verb.subtree if t.i > token.i and not _is_apart(t, verb))
    return any(t.lower_ in _SIGNS or (t.lower_ == "other" and t.nbor(-1).lower_ == "each") for t in inside)


def _is_apart(token: Token, verb: Token) -> bool:
    """Tell whether a word stands in another clause that has a subject of its own."""
    for above in token.ancestors:
        if above == verb:
            return False
        if any(t.dep_ in SUBJECTS for t in above.children):
            return True
    return False


def the_two(discourse: Discourse, token: Token, speaker: int | None = None) -> tuple[int, ...]:
    """Return the only two persons, countries or bodies of whom a sentence and the one before it tell.

    Args:
        discourse: The document.
        token: The pronoun.
        speaker: Who says "we": one of the two.

    Returns:
        Two entities of a kind; none where there are more, or where unnamed people may be meant.
    """
    own = discourse.sentence(token.i)
    if speaker is None and _others(discourse, discourse.starts[own], token):
        return ()
    kinds = _KINDS if speaker is None else (discourse.kind(speaker),)
    for sentences in (0, 1):
        for kind in kinds:
            near = [m for m in discourse.before(token.i, sentences) if discourse.kind(m.entities[0]) == kind]
            named = {e for m in near for e in m.entities} | ({speaker} if speaker is not None else set())
            if len(named) == 2:
                return tuple(sorted(named))
            if len(named) > 2:
                return ()
    return ()


def _others(discourse: Discourse, begin: int, token: Token) -> bool:
    """Tell whether people or bodies without a name act, or are acted on, as many before a pronoun."""
    for noun in discourse.doc[begin : token.i]:
        many = is_plural(noun) and noun.i not in discourse.heads and _takes_part(noun, token)
        if many and (is_human(noun) or noun.lemma_ in words("newsmakers") or noun_classes(noun.lemma_) & _BODIES):
            return True
    return False


def _takes_part(noun: Token, token: Token) -> bool:
    return noun.dep_ in SUBJECTS or (noun.dep_ in {"dobj", "dative", "conj"} and noun.head.is_ancestor(token))
