"""What "it" and "its" mean by grammar alone: who is given something, urged, told that it must; or nothing at all."""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.coref.bodies import country_or_body, first_of
from kg.annotate.coref.discourse import Discourse
from kg.annotate.coref.tokens import SUBJECTS
from kg.annotate.names.nouns import words

__all__ = ["GRAMMAR", "OBJECTS", "is_expletive"]

OBJECTS = frozenset({"dobj", "dative", "iobj"})
_DUTIES = frozenset({"must", "should", "ought"})


def _addressed(discourse: Discourse, token: Token) -> int | None:
    """Return what "it" means in "urged it to": the subject of the sentence before, unless that acts here."""
    verb = token.head if token.dep_ == "dobj" else token.head.head if token.head.dep_ == "ccomp" else None
    if token.lower_ != "it" or verb is None or verb.lemma_ not in words("party_verbs"):
        return None
    subject = next((t for t in verb.children if t.dep_ in SUBJECTS), None)
    before = discourse.main_subject(discourse.sentence(token.i) - 1)
    acting_here = country_or_body(discourse, subject) if subject is not None else None
    meant = country_or_body(discourse, before) if before is not None else None
    return meant if meant != acting_here else None


def _receiver(discourse: Discourse, token: Token) -> int | None:
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


def _obliged(discourse: Discourse, token: Token) -> int | None:
    """Return who is told what he must do: "Peru told Shell that it must leave"."""
    verb = token.head
    told = verb.head
    if token.dep_ not in SUBJECTS or verb.dep_ != "ccomp" or told.lemma_ not in words("addressing_verbs") | {"tell"}:
        return None
    if not any(t.dep_ == "aux" and t.lower_ in _DUTIES for t in verb.children):
        return None
    objects = (t for t in told.children if t.dep_ in OBJECTS and t.i < verb.i)
    return first_of(discourse, objects)


def _urged(discourse: Discourse, token: Token) -> int | None:
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
        return first_of(discourse, (t for t in asked if t.i < verb.i))
    return None


def _accused(discourse: Discourse, token: Token) -> int | None:
    """Return whose "its" is in what somebody is accused of or praised for: "accused Peru of building up its forces"."""
    if token.dep_ != "poss":
        return None
    for verb in token.ancestors:
        if verb.dep_ == "pcomp" and verb.head.lower_ != "in" and verb.head.head.lemma_ in words("party_verbs"):
            objects = (t for t in verb.head.head.children if t.dep_ in {"dobj", "nsubjpass"} and t.i < verb.i)
            return first_of(discourse, objects)
        if verb.pos_ in {"VERB", "AUX"}:
            return None
    return None


def _demanded(discourse: Discourse, token: Token) -> int | None:
    """Return of whom something is demanded who was just accused: "accused Peru of theft and demanded that it pay"."""
    verb, asking = token.head, token.head.head
    if token.dep_ not in SUBJECTS or verb.dep_ != "ccomp" or asking.dep_ != "conj" or verb.tag_ not in {"VB", "VBP"}:
        return None
    if asking.lemma_ not in {"demand", "insist", "request", "propose", "suggest", "recommend", "ask"}:
        return None
    objects = (t for t in asking.head.children if t.dep_ == "dobj" and t.i < verb.i)
    return first_of(discourse, objects)


def _supplied(discourse: Discourse, token: Token) -> int | None:
    """Return whose "its" is in what somebody is supplied with or robbed of: "supplies Peru with all its gas"."""
    if token.dep_ != "poss" or token.head.dep_ != "pobj":
        return None
    prep = token.head.head
    if prep.lower_ not in {"with", "of"} or prep.head.lemma_ not in words("supplying_verbs"):
        return None
    objects = (t for t in prep.head.children if t.dep_ in {"dobj", "nsubjpass"} and t.i < prep.i)
    return first_of(discourse, objects)


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


def _own(discourse: Discourse, token: Token) -> int | None:
    """Return the subject of the clause in whose object "its" stands: "NATO sees no threat to its territory"."""
    if token.dep_ != "poss" or token.head.dep_ not in {"dobj", "pobj"}:
        return None
    verb = next((t for t in token.ancestors if t.pos_ in {"VERB", "AUX"}), None)
    subject = next((t for t in verb.children if t.dep_ in SUBJECTS), None) if verb is not None else None
    if verb is None or subject is None or subject.i not in discourse.heads or subject.pos_ != "PRON":
        return None
    return None if verb.lemma_ in words("party_verbs") else country_or_body(discourse, subject)


def _possessor(discourse: Discourse, token: Token) -> int | None:
    """Return whose "its" is behind what somebody has: "Peru's influence over its neighbour"."""
    prep = token.head.head
    if token.dep_ != "poss" or token.head.dep_ != "pobj" or prep.dep_ != "prep" or prep.lower_ == "of":
        return None
    owner = next((t for t in prep.head.children if t.dep_ == "poss" and t.i < prep.i), None)
    return country_or_body(discourse, owner) if owner is not None and owner.pos_ != "PRON" else None


def _parallel(discourse: Discourse, token: Token) -> int | None:
    """Return what "it" in a second clause shares with the first: "said it had sent tents but that it was short"."""
    verb = token.head
    if token.dep_ not in SUBJECTS or verb.dep_ != "conj" or token.lower_ != "it":
        return None
    first = next((t for t in verb.head.children if t.dep_ in SUBJECTS and t.lower_ == "it"), None)
    return country_or_body(discourse, first) if first is not None and first.i in discourse.heads else None


def _same_object(discourse: Discourse, token: Token) -> int | None:
    """Return whom a first verb acts on as well: "sells Peru gas and lends it money"."""
    verb = token.head.head if token.head.dep_ == "xcomp" else token.head
    if token.dep_ not in OBJECTS or verb.dep_ != "conj" or any(t.dep_ in SUBJECTS for t in verb.children):
        return None
    objects = (t for t in verb.head.children if t.dep_ in OBJECTS and t.i < verb.i)
    return first_of(discourse, objects)


def _start_of_way(discourse: Discourse, token: Token) -> int | None:
    """Return where a way begins that leads to what is of it: "from Finland to its neighbour"."""
    prep = token.head.head
    if token.dep_ != "poss" or token.head.dep_ != "pobj" or prep.lower_ not in {"to", "into"}:
        return None
    beside = (*prep.head.children, *prep.head.head.children, *(t for o in prep.head.children for t in o.children))
    ways = (t for t in beside if t.lower_ == "from" and t.i < prep.i)
    starts = (t for way in ways for t in way.children if t.dep_ == "pobj")
    return first_of(discourse, starts)


def _sold(discourse: Discourse, token: Token) -> int | None:
    """Return what is sold to one of its own: "sell 15 percent of Safaricom to its shareholder"."""
    prep = token.head.head
    if token.dep_ != "poss" or token.head.lemma_.lower() not in words("stakeholders") or prep.lower_ != "to":
        return None
    objects = [t for t in prep.head.children if t.dep_ in OBJECTS and t.i < prep.i]
    objects += [t for o in objects for of in o.children if of.lower_ == "of" for t in of.children]
    return first_of(discourse, objects)


GRAMMAR = (
    (_sold, 0.75),
    (_start_of_way, 0.75),
    (_same_object, 0.7),
    (_parallel, 0.75),
    (_receiver, 0.75),
    (_accused, 0.75),
    (_demanded, 0.75),
    (_supplied, 0.75),
    (_own, 0.8),
    (_possessor, 0.75),
    (_addressed, 0.7),
    (_obliged, 0.75),
    (_urged, 0.75),
)
"""Rules that grammar alone gives, each with its score."""
