"""Whom a verb implies by "he" or "his": "praised Ali for his work", "ordered Ali to pay his debts"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.annotate.coref.discourse import Discourse
from kg.annotate.coref.tokens import SUBJECTS
from kg.annotate.layers import EntityMention
from kg.annotate.names.nouns import words

__all__ = ["implied_person", "is_set_apart"]

_PATIENTS = frozenset({"dobj", "nsubjpass"})
_SELF = frozenset({"promise", "vow", "threaten", "pledge", "swear"})
"""Verbs whose subject does what the infinitive tells: "promised Ali to leave"."""
_REASONS = frozenset({"after", "because", "since", "once", "when"})


def implied_person(discourse: Discourse, token: Token) -> EntityMention | None:
    """Return the person whom the construction around "he", "him" or "his" points to, None without one."""
    rules = (_judged, _possessor, _reporting, _removed, _refused, _controlled)
    found = (discourse.named_by(noun) for rule in rules for noun in rule(discourse, token))
    return next((m for m in found if m is not None and _is_person(discourse, m)), None)


def is_set_apart(token: Token, head: Token) -> bool:
    """Tell whether somebody is made what is another's: "named Ali as his heir" is not Ali's."""
    if token.dep_ != "poss":
        return False
    above = token.head.head
    verb = above.head if token.head.dep_ == "pobj" and above.lower_ == "as" else above
    return (above.lower_ == "as" or token.head.dep_ == "oprd") and head.dep_ in _PATIENTS and head.head == verb


def _is_person(discourse: Discourse, mention: EntityMention) -> bool:
    return len(mention.entities) == 1 and discourse.kind(mention.entities[0]) == "person"


def _patient(verb: Token, before: int) -> Token | None:
    """Return on whom a verb acts."""
    return next((t for t in verb.children if t.dep_ in _PATIENTS and t.i < before), None)


def _judged(discourse: Discourse, token: Token) -> Iterator[Token]:
    """Yield who is praised or blamed: for what is his, or in what is said with it ("praised Ali, saying he")."""
    if token.dep_ == "poss":
        verb = next((t.head for t in token.ancestors if t.dep_ == "prep" and t.lower_ in {"for", "over"}), None)
    else:
        saying = token.head.head if token.dep_ in SUBJECTS and token.head.dep_ == "ccomp" else token.head
        verb = saying.head if saying.dep_ == "advcl" and saying.tag_ == "VBG" else None
    if verb is not None and verb.lemma_ in words("judging_verbs") and (patient := _patient(verb, token.i)) is not None:
        yield patient


def _possessor(discourse: Discourse, token: Token) -> Iterator[Token]:
    """Yield who has what is directed to something of his: "Ali's letter to his mother"."""
    prep = token.head.head
    if token.dep_ == "poss" and token.head.dep_ == "pobj" and prep.dep_ == "prep" and prep.lower_ != "of":
        yield from (t for t in prep.head.children if t.dep_ == "poss" and t.i < prep.i)


def _reporting(discourse: Discourse, token: Token) -> Iterator[Token]:
    """Yield who says something of himself in a relative clause: "Ali, who said he"."""
    verb = token.head.head
    told = token.dep_ in SUBJECTS and token.head.dep_ == "ccomp"
    if told and verb.dep_ == "pcomp" and verb.head.lower_ == "as":  # "quoted Ali as saying he"
        yield from (t for t in verb.head.head.children if t.dep_ in _PATIENTS)
    if told and verb.tag_ == "VBG" and verb.dep_ == "advcl":  # "left, with Ali saying he"
        yield from (t for t in (verb.nbor(-1),) if t.dep_ == "pobj" and t.head.lower_ == "with")
    if told and verb.dep_ == "relcl" and any(t.dep_ in SUBJECTS and t.lower_ == "who" for t in verb.children):
        yield verb.head


def _removed(discourse: Discourse, token: Token) -> Iterator[Token]:
    """Yield who is replaced or arrested for what "he" did: "succeeded Ali after he fell"."""
    clause = token.head
    if token.dep_ in SUBJECTS and clause.dep_ == "advcl" and clause.head.lemma_ in words("removing_verbs"):
        marked = any(t.dep_ in {"mark", "advmod"} and t.lower_ in _REASONS for t in clause.children)
        if marked and (patient := _patient(clause.head, token.i)) is not None:
            yield patient


def _refused(discourse: Discourse, token: Token) -> Iterator[Token]:
    """Yield who asks for something that another grants or denies: "rejected Ali's plea while he"."""
    for above in token.ancestors:
        noun = above if above.dep_ == "dobj" else _patient(above.head, token.i) if above.dep_ == "advcl" else None
        if noun is not None and noun.lemma_ in words("requests") and noun.head.lemma_ in words("answering_verbs"):
            yield from (t for t in noun.children if t.dep_ == "poss" and t != token)


def _controlled(discourse: Discourse, token: Token) -> Iterator[Token]:
    """Yield who is to do something in which "his" stands: "ordered Ali to pay his fine"."""
    inner = token
    for verb in token.ancestors:
        told = verb.dep_ == "xcomp" and verb.tag_ == "VB" and verb.head.lemma_ not in _SELF
        acted_on = token.head == verb and token.dep_ in {"dobj", "dative"}
        if told and not acted_on and (patient := _patient(verb.head, verb.i)) is not None:
            yield patient
        subject = next((t for t in verb.children if t.dep_ in SUBJECTS and t != inner), None)
        if subject is not None and subject.i in discourse.heads:
            return
        inner = verb
