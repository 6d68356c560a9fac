"""What a noun is and does, as its tag, its class and the tokens around it tell."""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.names.nouns import is_human_noun

__all__ = ["MOST_APPOSITIONS", "PLURAL", "SUBJECTS", "acting", "is_definite", "is_human", "is_plural"]

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
"""The labels of subjects."""

PLURAL = frozenset({"NNS", "NNPS"})
"""The tags of plural nouns."""

MOST_APPOSITIONS = 8
"""So many in a row are followed: hundreds, in a list that was parsed so, would take the cube of their number."""

_DEFINITE = frozenset({"the", "this", "that", "these", "those"})


def is_plural(token: Token) -> bool:
    """Tell whether a noun is plural by its tag."""
    return token.tag_ in PLURAL


def acting(token: Token) -> Token:
    """Return the noun whose place an apposition shares: "the minister" for X in "the minister, X, said"."""
    for _ in range(MOST_APPOSITIONS):
        if token.dep_ != "appos" or token.head.pos_ not in {"NOUN", "PROPN", "NUM", "PRON"}:
            break
        token = token.head
        if token.dep_ == "pobj" and token.pos_ == "PRON" and token.head.head.lower_ == "one":
            token = token.head.head  # "one of them, X"
    return token


def is_human(token: Token) -> bool:
    """Tell whether a noun names persons by what they are."""
    return is_human_noun(token.lemma_.lower())


def is_definite(token: Token) -> bool:
    """Tell whether a noun has "the", "this" or the like."""
    return any(t.dep_ == "det" and t.lower_ in _DEFINITE for t in token.children)
