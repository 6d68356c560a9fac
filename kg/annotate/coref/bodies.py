"""The country or body that a noun names, stands before, or speaks for."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from kg.annotate.coref.discourse import Discourse
from kg.annotate.coref.tokens import is_human
from kg.annotate.layers import EntityMention
from kg.annotate.names.nouns import noun_classes
from kg.annotate.names.titles import owner_of

__all__ = ["ACTORS", "country_or_body", "first_of", "named_before", "represented"]

ACTORS = frozenset({"country", "organization"})
_STATES = frozenset({"government", "regime", "administration", "leadership"})


def country_or_body(discourse: Discourse, token: Token, kinds: frozenset[str] = ACTORS) -> int | None:
    """Return the one country or body that a noun names, or that unnamed people in it work for; None for others."""
    mention = discourse.named_by(token) or named_before(discourse, token)
    if mention is None and (is_human(token) or token.lemma_.lower() in _STATES):
        owner = owner_of(token, discourse.heads)  # "World Bank officials", "Polish diplomats", "the Polish government"
        return owner if owner is not None and discourse.kind(owner) in kinds else None
    if mention is None or len(discourse.conjoined(mention)) > 1:
        return None
    return mention.entities[0] if discourse.kind(mention.entities[0]) in kinds else None


def first_of(discourse: Discourse, tokens: Iterable[Token], kinds: frozenset[str] = ACTORS) -> int | None:
    """Return the first country or body that some tokens mean, in their order."""
    found = (country_or_body(discourse, token, kinds) for token in tokens)
    return next((entity for entity in found if entity is not None), None)


def named_before(discourse: Discourse, token: Token) -> EntityMention | None:
    """Return the name of a body before the noun for it: "the Solidarity union", "the Law and Order party"."""
    if not noun_classes(token.lemma_.lower()) & {"organization", "group"}:
        return None
    named = (discourse.heads[t.i] for t in token.children if t.dep_ in {"compound", "nmod"} and t.i in discourse.heads)
    return next((m for m in named if m.end == token.i and discourse.kind(m.entities[0]) == "organization"), None)


def represented(token: Token) -> Token:
    """Return the body that somebody speaks for: "a spokesman for the force said that it", else the token itself."""
    if not is_human(token):
        return token
    inner = (t for prep in token.children if prep.lower_ in {"for", "of", "at", "from"} for t in prep.children)
    return next((t for t in inner if t.dep_ == "pobj"), token)
