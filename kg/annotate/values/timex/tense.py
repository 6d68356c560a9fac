"""Tell from the tree whether the words around a date look back or ahead."""

from __future__ import annotations

from enum import IntEnum

from spacy.tokens import Token

from kg.annotate.clauses.tree import word_set

__all__ = ["Direction", "direction"]


class Direction(IntEnum):
    """Where a date lies that is named without its year or week; ``NEAR`` where nothing tells."""

    PAST = -1
    NEAR = 0
    FUTURE = 1


_DUE = word_set("due schedule expect set slate plan upcoming forthcoming aim intend await pencil book")
_TIMETABLE = word_set("start begin open close end expire finish run kick vote depart resume reopen")
_IMPLICATIVE = word_set(
    "decline refuse begin start manage fail continue help cause allow force use have come go prompt lead"
)
_AHEAD = frozenset({"will", "'ll", "’ll", "wo", "shall", "would", "'d"})
_MODALS = word_set("may might could should must can ca ought")


def direction(token: Token) -> Direction:
    """Return where the clause that holds a token lies in time, seen from the day of publication.

    "will", "to" infinitives that are not implied by their verb ("decided to leave", but not "managed to leave"),
    participles of planning ("scheduled for Friday") and present tenses of timetable verbs ("opens on Friday") look
    ahead, and so does "for" before a date; past tenses look back, and the plain present tells nothing.
    """
    if token.dep_ == "pobj" and token.head.lower_ in {"for", "since"}:
        return Direction.FUTURE if token.head.lower_ == "for" else Direction.PAST
    if _is_behind_speech(token):
        return Direction.PAST
    behind = False  # "will lead it after winning the vote on Friday"
    for node in (token, *token.ancestors):
        if node.lemma_ in _DUE and (node.tag_ in {"VBN", "JJ"} or node.lemma_ == "due"):
            return Direction.FUTURE
        if node.lower_ in {"ahead", "eve"} and node is not token:
            return Direction.NEAR
        if node.pos_ in {"VERB", "AUX"}:
            found = _tense(node)
            if found is not None:
                return Direction.NEAR if behind and found is Direction.FUTURE else found
            behind = behind or (node.tag_ == "VBG" and node.dep_ == "pcomp" and node.head.lower_ == "after")
    return Direction.NEAR


def _is_behind_speech(token: Token) -> bool:
    """Tell "said in December | it would leave", where the parser hangs the month on what is said."""
    prep = token.head
    before = token.doc[prep.i - 1] if prep.i else prep
    hung = token.dep_ == "pobj" and prep.head.i > token.i
    return hung and before.tag_ == "VBD" and before in prep.head.ancestors


def _tense(verb: Token) -> Direction | None:
    """Return where a verb lies in time, None where its governor decides."""
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}} or _shared(verb)
    if auxiliaries & _AHEAD:
        return Direction.FUTURE
    if auxiliaries & _MODALS:
        return Direction.PAST if "have" in auxiliaries else Direction.FUTURE
    if "to" in auxiliaries:
        if "have" in auxiliaries:
            return Direction.PAST
        governor = verb.head if verb.dep_ in {"xcomp", "ccomp"} else verb
        return None if governor is not verb and governor.lemma_ in _IMPLICATIVE else Direction.FUTURE
    if verb.tag_ == "VBG":
        if verb.lemma_ in {"start", "begin"} and not auxiliaries:
            return Direction.FUTURE  # "a truce starting on Thursday"
        if auxiliaries & {"was", "were", "been"}:
            return Direction.PAST
        return Direction.FUTURE if auxiliaries & {"is", "are", "'re", "'s", "am"} else None
    if verb.tag_ in {"VBP", "VBZ"}:
        return Direction.FUTURE if verb.lemma_ in _TIMETABLE else Direction.NEAR
    return Direction.PAST


def _shared(verb: Token) -> set[str]:
    """Return the auxiliaries that a coordinated verb takes from the first: "will meet and sign"."""
    if verb.dep_ != "conj" or verb.tag_ not in {"VB", "VBN", "VBG"} or verb.head.pos_ != "VERB":
        return set()
    return {c.lower_ for c in verb.head.children if c.dep_ in {"aux", "auxpass"}}
