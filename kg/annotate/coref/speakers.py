"""For whom somebody says "we" and "our" in a quotation: his body, his country, those who act together."""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.coref.discourse import Discourse, Resolution
from kg.annotate.coref.together import is_shared, the_two
from kg.annotate.coref.tokens import SUBJECTS
from kg.annotate.names.nouns import noun_classes, words

__all__ = ["resolve_speakers"]

_MENTAL = frozenset({"be", "feel", "forget", "know", "live", "remember", "see", "think", "understand"})


def resolve_speakers(discourse: Discourse, token: Token) -> Resolution | None:
    """Resolve "we" in a quote: the body that speaks, those who did something together, the side of the speaker."""
    speaker = discourse.speaker(token.i)
    if speaker is None:
        return None
    if discourse.kind(speaker) == "organization":
        return (speaker,), 0.75
    if discourse.kind(speaker) != "person":
        return None
    if token.dep_ == "poss" and (found := _ours(discourse, token, speaker)):
        return found
    if token.dep_ == "dobj" and token.head.lemma_ in words("parting_verbs"):
        both = discourse.likely_group(token.i, "country", 2)
        return (both.entities, 0.6) if both and discourse.country(speaker) in both.entities else None
    if _is_joint(token):
        pair = discourse.last_group(token.i, "person", 2)
        if pair and speaker in pair.entities:
            return pair.entities, 0.6
        both = discourse.likely_group(token.i, "country", 2)
        if both and discourse.country(speaker) in both.entities:
            return both.entities, 0.6
    if is_shared(token) and (two := the_two(discourse, token, speaker)):
        return two, 0.6
    return _side(discourse, token, speaker)


def _is_joint(token: Token) -> bool:
    """Tell whether what "we" do takes two: "we met", "we hope to meet"."""
    verbs = (token.head, *(t for t in token.head.children if t.dep_ == "xcomp")) if token.dep_ in SUBJECTS else ()
    return any(verb.lemma_ in words("joint_verbs") for verb in verbs)


def _side(discourse: Discourse, token: Token, speaker: int) -> Resolution | None:
    """Resolve "we" to the country or body that somebody speaks for: "We reject it," its minister said.

    A country's official means the country where it acts; the head of a firm or union speaks of little else.
    """
    side = discourse.side(speaker)
    if side is None:
        return None
    if discourse.kind(side) == "organization":
        return (side,), 0.6
    thinks = token.dep_ == "nsubj" and token.head.lemma_ in _MENTAL
    return None if thinks or token.dep_ == "poss" else ((side,), 0.55)


def _ours(discourse: Discourse, token: Token, speaker: int) -> Resolution | None:
    country = discourse.country(speaker)
    noun = token.head.lemma_.lower()
    pair = discourse.likely_group(token.i, "country", 2)
    if noun in words("joint_nouns") and pair and (country is None or country in pair.entities):
        return pair.entities, 0.6
    if country is not None and (noun in words("own_nouns") or "country" in noun_classes(noun)):
        return (country,), 0.65
    return None
