"""Clubs that bear the name of their town: told by a score and what they do in the sentence that gives it, or by games.

Liverpool beat Chelsea 2-1     a 3-0 defeat by Getafe     Granada have won two matches     the Leeds midfielder
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Span

from kg.annotate.clauses.tree import Tree, tree_of
from kg.annotate.names.names import Name
from kg.annotate.names.nouns import words

__all__ = ["is_score", "retype_clubs"]

_PLACES = frozenset({"schema:City", "schema:Place", "schema:Organization"})
_TO = frozenset({"to", "against", "with", "over", "by", "at"})
_RESULTS = frozenset({"defeat", "draw", "loss", "victory", "win"})
_PLAYED = frozenset({"lose", "win", "draw", "play"})
_GAMES = frozenset({"derby", "fixture", "game", "match"})
_PLAYERS = frozenset({"coach", "defender", "goalkeeper", "midfielder", "striker", "winger"})


def is_score(tree: Tree, i: int) -> bool:
    """Tell whether the score of a game begins at a token: "2-1", "2 – 1"."""
    texts = tree.texts[i : i + 3]
    joined = len(texts) == 3 and texts[1] in {"-", "–"} and tree.spaced[i] == tree.spaced[i + 1]
    return joined and texts[0].isdigit() and texts[2].isdigit() and max(map(len, texts)) < 4


def retype_clubs(doc: Doc, names: Sequence[Name]) -> None:
    """Make clubs of towns that win or lose games or have players, not where they stand in space; changes ``names``."""
    tree = tree_of(doc)
    sents = tree.sents
    scored = {sents[i] for i, text in enumerate(tree.texts) if text.isdigit() and is_score(tree, i)}
    towns = [(n, doc[n.start : n.end]) for n in names if n.type in _PLACES and n.reference is None]
    clubs = {s.text for n, s in towns if _has_games(s) or (sents[n.start] in scored and _plays(s))}
    for name, span in towns if clubs else ():
        placed = name.start > 0 and doc[name.start - 1].lower_ in {"in", "near", "of"}
        if span.text in clubs and not placed:
            name.type, name.label, name.capital, name.seat = "schema:Organization", "ORG", None, None


def _plays(span: Span) -> bool:
    """Tell whether a name does, or has done to it, what is done in games: "beat Leeds", "lost to Leeds"."""
    root, games = span.root, words("game_verbs")
    if span.start and span.doc[span.start - 1].lemma_ in games and span.doc[span.start - 1].pos_ == "VERB":
        return True
    while root.dep_ == "conj" and root.head.pos_ == "PROPN":
        root = root.head
    verb = root.head
    if root.dep_ == "pobj" and verb.lower_ in _TO:
        if verb.head.lemma_ in _RESULTS:
            return True
        verb = verb.head.head if verb.head.pos_ in {"NOUN", "NUM"} else verb.head
    elif root.dep_ not in {"nsubj", "nsubjpass", "dobj"}:
        return False
    return verb.lemma_ in games


def _has_games(span: Span) -> bool:
    """Tell whether a name wins or loses games, or has a player: "Leeds lost four matches", "the Leeds striker"."""
    root, head = span.root, span.root.head
    if root.dep_ in {"compound", "nmod"}:
        return head.i == span.end and head.lower_ in _PLAYERS
    played = root.dep_ == "nsubj" and head.lemma_ in _PLAYED
    return played and any(t.dep_ == "dobj" and t.is_lower and t.lemma_ in _GAMES for t in head.children)
