"""What "it" and "its" mean by grammar alone: who is given something, urged, told that it must; or nothing at all."""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.coref.bodies import country_or_body
from kg.annotate.coref.discourse import SUBJECTS, Discourse
from kg.annotate.names.nouns import words

__all__ = ["OBJECTS", "accused", "addressed", "demanded", "is_expletive", "obliged", "receiver", "supplied", "urged"]

OBJECTS = frozenset({"dobj", "dative", "iobj"})
_DUTIES = frozenset({"must", "should", "ought"})


def addressed(discourse: Discourse, token: Token) -> int | None:
    """Return what "it" means in "urged it to": the subject of the sentence before, unless that acts here."""
    verb = token.head if token.dep_ == "dobj" else token.head.head if token.head.dep_ == "ccomp" else None
    if token.lower_ != "it" or verb is None or verb.lemma_ not in words("party_verbs"):
        return None
    subject = next((t for t in verb.children if t.dep_ in SUBJECTS), None)
    before = discourse.main_subject(discourse.sentence(token.i) - 1)
    acting_here = country_or_body(discourse, subject) if subject is not None else None
    meant = country_or_body(discourse, before) if before is not None else None
    return meant if meant != acting_here else None


def receiver(discourse: Discourse, token: Token) -> int | None:
    """Return to whom something is given for a purpose that "it" serves: "gave Mali boats to help it patrol"."""
    for verb in token.ancestors:
        joined = verb.dep_ == "conj" and token.dep_ == "poss" and _is_thing(discourse, verb.head)
        if joined or (verb.dep_ in {"advcl", "xcomp"} and verb.tag_ == "VB"):
            given = next((t for t in verb.head.children if t.dep_ == "dative" and t.i < token.i), None)
            return country_or_body(discourse, given) if given is not None else None
        if verb.dep_ not in {"ccomp", "dobj", "pobj", "prep"}:
            return None
    return None


def _is_thing(discourse: Discourse, verb: Token) -> bool:
    """Tell whether a thing acts: "the deal would give Peru a port and cut its costs"."""
    subject = next((t for t in verb.children if t.dep_ in SUBJECTS), None)
    return subject is not None and subject.pos_ == "NOUN" and country_or_body(discourse, subject) is None


def obliged(discourse: Discourse, token: Token) -> int | None:
    """Return who is told what he must do: "Peru told Shell that it must leave"."""
    verb = token.head
    told = verb.head
    if token.dep_ not in SUBJECTS or verb.dep_ != "ccomp" or told.lemma_ not in words("addressing_verbs") | {"tell"}:
        return None
    if not any(t.dep_ == "aux" and t.lower_ in _DUTIES for t in verb.children):
        return None
    objects = (t for t in told.children if t.dep_ in OBJECTS and t.i < verb.i)
    return next((o for t in objects if (o := country_or_body(discourse, t)) is not None), None)


def urged(discourse: Discourse, token: Token) -> int | None:
    """Return whose "its" is in what somebody is urged to do: "urged the bank to raise its rates"."""
    if token.dep_ != "poss":
        return None
    for verb in token.ancestors:
        if verb.tag_ != "VB" or verb.dep_ not in {"xcomp", "ccomp", "advcl"}:
            if verb.pos_ in {"VERB", "AUX"}:
                return None
            continue
        if verb.lemma_ in words("taking_verbs") or verb.head.lemma_ not in words("control_verbs"):
            return None
        asked = (
            *(t for t in verb.head.children if t.dep_ in OBJECTS),
            *(t for t in verb.children if t.dep_ == "nsubj"),
        )
        return next((o for t in asked if t.i < verb.i and (o := country_or_body(discourse, t)) is not None), None)
    return None


def accused(discourse: Discourse, token: Token) -> int | None:
    """Return whose "its" is in what somebody is accused of or praised for: "accused Peru of building up its forces"."""
    if token.dep_ != "poss":
        return None
    for verb in token.ancestors:
        if verb.dep_ == "pcomp" and verb.head.head.lemma_ in words("party_verbs"):
            objects = (t for t in verb.head.head.children if t.dep_ in {"dobj", "nsubjpass"} and t.i < verb.i)
            return next((o for t in objects if (o := country_or_body(discourse, t)) is not None), None)
        if verb.pos_ in {"VERB", "AUX"}:
            return None
    return None


def demanded(discourse: Discourse, token: Token) -> int | None:
    """Return of whom something is demanded who was just accused: "accused Peru of theft and demanded that it pay"."""
    verb, asking = token.head, token.head.head
    if token.dep_ not in SUBJECTS or verb.dep_ != "ccomp" or asking.dep_ != "conj" or verb.tag_ not in {"VB", "VBP"}:
        return None
    if asking.lemma_ not in {"demand", "insist", "request", "propose", "suggest", "recommend", "ask"}:
        return None
    objects = (t for t in asking.head.children if t.dep_ == "dobj" and t.i < verb.i)
    return next((o for t in objects if (o := country_or_body(discourse, t)) is not None), None)


def supplied(discourse: Discourse, token: Token) -> int | None:
    """Return whose "its" is in what somebody is supplied with or robbed of: "supplies Peru with all its gas"."""
    if token.dep_ != "poss" or token.head.dep_ != "pobj":
        return None
    prep = token.head.head
    if prep.lower_ not in {"with", "of"} or prep.head.lemma_ not in words("supplying_verbs"):
        return None
    objects = (t for t in prep.head.children if t.dep_ in {"dobj", "nsubjpass"} and t.i < prep.i)
    return next((o for t in objects if (o := country_or_body(discourse, t)) is not None), None)


def is_expletive(token: Token) -> bool:
    """Tell whether "it" stands for nothing: "it is clear that", "it seems", "it was first necessary to"."""
    verb = token.head
    if verb.lemma_ in words("expletive_verbs"):
        return not any(t.dep_ == "prt" for t in verb.children)  # "it will not take over"
    if verb.lemma_ != "be":
        return False
    what = [t for t in verb.children if t.dep_ in {"acomp", "attr"}]
    if any(t.lemma_.lower() in words("mental_adjectives") for t in what):
        return False  # "it is ready to": only somebody is
    later = (t for t in (*verb.children, *(c for t in what for c in t.children)) if t.i > verb.i)
    return bool(what) or any(t.dep_ in {"ccomp", "xcomp", "advcl", "csubj"} for t in later)
