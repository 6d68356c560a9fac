"""To what country or body "it" and "its" refer.

First what grammar says: who is given something to help it, who is told that it must. Then the subjects around,
nearest first, as far as they can be meant: only a country has an army, only a firm has customers, nobody is the object
of his own act. Where these are silent and the words ask for a country or body, the likeliest one named before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.annotate.coref.bodies import ACTORS, country_or_body, first_of, named_before, represented
from kg.annotate.coref.discourse import Discourse, Resolution
from kg.annotate.coref.governed import GRAMMAR, OBJECTS, is_expletive
from kg.annotate.coref.tokens import SUBJECTS, acting, is_human, is_plural
from kg.annotate.layers import EntityMention
from kg.annotate.names.nouns import noun_classes, words
from kg.model import MentionKind

__all__ = ["candidates", "resolve_thing"]

_RECENCY = (1.0, 0.6, 0.35)
_MARGIN = 0.25
_ACTED_ON = words("party_verbs") | words("acted_on_verbs") | words("supplying_verbs")
_URGING = words("party_verbs") - {"join", "follow", "cost"}
"""Verbs that act on somebody to make him act; who joins somebody speaks of himself."""
_PROMINENT = SUBJECTS | {"dobj", "attr"}
_POLICE = frozenset({"police", "force"})
_NEAR = 16
"""So many words into a sentence a subject of the one before may be meant."""


@dataclass(frozen=True, slots=True)
class _Sought:
    """What may be meant: the kinds of entities, and whether the words around ask for one of them."""

    kinds: frozenset[str]
    sure: bool


def resolve_thing(discourse: Discourse, token: Token) -> Resolution | None:
    """Return the country or body that "it" or "its" means, None where it is not clear."""
    for rule, score in GRAMMAR:
        found = rule(discourse, token)
        if found is not None:
            return (found,), score
    sought = _sought(token)
    if token.lower_ == "it" and _says_nothing(token, sought):
        return None
    resolved, stopped = _by_subject(discourse, token, sought)
    if resolved is not None or stopped:
        return resolved
    if speaking := _side_of_speaker(discourse, token, sought):
        return speaking
    return _likeliest(discourse, token, sought) if sought.sure or not _things_near(discourse, token, sought) else None


def _sought(token: Token) -> _Sought:
    """Tell from the noun possessed, or the verb, what "its" or "it" can be."""
    if token.dep_ == "poss":
        owned = {token.head.lemma_.lower(), *(t.lemma_.lower() for t in token.head.children if t.dep_ == "compound")}
        if owned & words("force_possessions") or owned >= _POLICE:  # cities have one, too
            return _Sought(ACTORS, sure=True)
        if owned & words("state_possessions"):
            return _Sought(frozenset({"country"}), sure=True)
        if owned & words("firm_possessions") and not _goes_on(token.head) and not _is_part(token.head):
            return _Sought(frozenset({"organization"}), sure=True)
        return _Sought(ACTORS, sure=bool(owned & words("actor_possessions")))
    verb = token.head
    if token.dep_ in SUBJECTS:
        open_to = next((t for t in verb.children if t.dep_ == "xcomp"), verb)  # "it has yet to say"
        acts = verb.lemma_ in words("actor_verbs") or open_to.lemma_ in words("actor_verbs")
        return _Sought(ACTORS, sure=acts and token.dep_ == "nsubj")
    return _Sought(ACTORS, sure=token.dep_ == "dative" or (token.dep_ in OBJECTS and verb.lemma_ in _ACTED_ON))


def _is_part(noun: Token) -> bool:
    """Tell whether "its share" is one of a sum, as anybody has: "its share of the cost"."""
    return noun.lemma_.lower() == "share" and any(t.lower_ == "of" for t in noun.children)


def _goes_on(noun: Token) -> bool:
    """Tell whether a noun is the subject of a second clause: "Canada digs potash, and its customers"."""
    return noun.dep_ in SUBJECTS and noun.head.dep_ == "conj"


def _says_nothing(token: Token, sought: _Sought) -> bool:
    """Tell whether "it" is an object of which nothing tells that it acts, or stands for nothing."""
    return not sought.sure if token.dep_ not in SUBJECTS else is_expletive(token)


# ------------------------------------------------------------- by subjects


def _by_subject(discourse: Discourse, token: Token, sought: _Sought) -> tuple[Resolution | None, bool]:
    """Return the nearest subject that can be meant, and whether something unnamed stands nearer."""
    grouped = _grouped(discourse, token)
    for subject in map(represented, candidates(discourse, token)):
        if token.dep_ in OBJECTS and (_acts_with(subject, token.head) or _is_which(token.head, subject)):
            continue  # "Peru accused it" of something, "Peru, which owes it money": not Peru
        found = country_or_body(discourse, subject, sought.kinds)
        if (found in grouped and not _owns_here(subject, token)) or _takes(token, subject) or _wants(subject, token):
            continue
        near = discourse.sentence(subject.i) == discourse.sentence(token.i)
        controlled = _controlled(discourse, token, subject, sought.kinds) if token.dep_ == "poss" else None
        if subject.head.lemma_ in _URGING and near and subject.head != token.head.head:
            found = found if controlled is None else controlled
        if found is not None:
            return ((found,), 0.8 if near else 0.65), True
        if _stands_between(discourse, subject, sought):
            if _is_feared(token, subject):
                continue
            return None, True
        if controlled is not None:
            return ((controlled,), 0.65), True
    return None, False


def _owns_here(subject: Token, token: Token) -> bool:
    """Tell whether what a subject has is spoken of in its own clause: "during which Peru sold its gas"."""
    owned = token.head.head if token.head.dep_ == "poss" else token.head  # "used its neighbour's territory"
    return token.dep_ == "poss" and owned.dep_ in {"dobj", "pobj"} and subject.head.is_ancestor(token)


def _is_feared(token: Token, thing: Token) -> bool:
    """Tell whether somebody fears what a thing does to what is his: "Peru fears that the dam will flood its land"."""
    verb = thing.head
    told = verb.dep_ == "ccomp" and verb.head.lemma_ in words("say_verbs") | words("fearing_verbs")
    return told and token.dep_ == "poss" and token.head.dep_ in OBJECTS and thing.dep_ in SUBJECTS


def _wants(subject: Token, token: Token) -> bool:
    """Tell whether somebody wants "it" to do something: "Peru wants it to pay" is not Peru."""
    verb = token.head
    wanted = token.dep_ in SUBJECTS and verb.tag_ == "VB" and any(t.lower_ == "to" for t in verb.children)
    return wanted and verb.head == subject.head and token.i > subject.i


def _acts_with(subject: Token, verb: Token) -> bool:
    """Tell whether a verb has a subject, its own or that of the verb it is coordinated with, or completes."""
    while verb != subject.head and verb.dep_ in {"conj", "xcomp"}:
        if any(t.dep_ in SUBJECTS for t in verb.children):
            return False
        verb = verb.head
    return subject.head == verb


def _is_which(verb: Token, noun: Token) -> bool:
    """Tell whether a noun acts in the relative clause of a verb: "Peru, which owes"."""
    return (
        verb.dep_ == "relcl"
        and verb.head == noun
        and any(t.dep_ in SUBJECTS and t.tag_[0] == "W" for t in verb.children)
    )


def _grouped(discourse: Discourse, token: Token) -> frozenset[int]:
    """Return who is meant together in the same sentence: in "they told Malaysia that it" the one is none of them."""
    begin = discourse.starts[discourse.sentence(token.i)]
    together = (m.entities for m in discourse.before(token.i, 0) if m.start >= begin and len(m.entities) > 1)
    return frozenset(e for entities in together for e in entities)


def _takes(token: Token, subject: Token) -> bool:
    """Tell whether a subject is to take what "its" belongs to: "Peru wants Chile to buy its gas" is Peru's."""
    verb = subject.head
    asked = token.dep_ == "poss" and token.head.dep_ == "dobj" and token.head.lemma_ in words("requests")
    if asked and token.head.head == verb and verb.lemma_ in words("answering_verbs"):
        return True  # "a court rejected its claim"
    return (
        token.dep_ == "poss"
        and verb.lemma_ in words("taking_verbs")
        and verb.dep_ in {"ccomp", "xcomp"}
        and verb.head.lemma_ in words("control_verbs")
    )


def _stands_between(discourse: Discourse, noun: Token, sought: _Sought) -> bool:
    """Tell whether an unnamed noun may be what is meant: any thing, or only a body where the words ask for one."""
    if noun.pos_ not in {"NOUN", "PROPN"} or is_human(noun) or is_plural(noun):
        return False
    if discourse.named_by(noun) is not None or named_before(discourse, noun) is not None:
        return False
    if noun.dep_ in {"compound", "nmod"}:
        return False
    if not sought.sure or noun.pos_ == "PROPN":
        return True
    return bool(noun_classes(noun.lemma_.lower()) & {"organization", "country", "bloc", "group"})


def candidates(discourse: Discourse, token: Token) -> Iterator[Token]:
    """Yield possible antecedents: what the possessed noun is coordinated with, the subjects around, the one before."""
    if token.dep_ == "poss":
        partner = token.head.head if token.head.dep_ == "conj" else None
        if partner is not None and partner.i < token.i and (partner.i in discourse.heads or is_plural(partner)):
            yield partner
    yield from _reported(discourse, token)
    seen = False
    for subject in discourse.subjects(token):
        if subject.pos_ == "PRON" and subject.i not in discourse.heads:
            if subject.lower_ in {"who", "which", "that"} and subject.head.head.i < token.i:
                seen = True
                yield subject.head.head
            continue
        seen = True
        if not _describes(token, subject):
            yield subject
    own = discourse.sentence(token.i)
    if not seen or token.dep_ in SUBJECTS:
        previous = discourse.main_subject(own - 1)
        if previous is not None and token.i - discourse.starts[own] < _NEAR:
            yield previous


def _describes(token: Token, noun: Token) -> bool:
    """Tell "China, its biggest partner": whose partner it is cannot be China."""
    return token.dep_ == "poss" and token.head.dep_ == "appos" and token.head.head == noun


def _reported(discourse: Discourse, token: Token) -> Iterator[Token]:
    """Yield the subject of the clause in front: "Peru will pay, its envoy said", "While Peru paid, it now expects"."""
    place = token.head if token.dep_ == "poss" else token
    if place.dep_ in SUBJECTS:
        quoted = discourse.in_quotation(token.i)
        leading = {"ccomp", "advcl"} if place is token else {"ccomp"}
        for clause in (t for t in place.head.children if t.dep_ in leading and t.i < token.i):
            if discourse.in_quotation(clause.i) and not quoted:
                return  # '"Rain is bad," its chief said': not the rain's
            yield from (t for t in clause.children if t.dep_ in SUBJECTS)


def _controlled(discourse: Discourse, token: Token, subject: Token, kinds: frozenset[str]) -> int | None:
    """Return the country or body that is the object of the subject's verb: "X accused Y of closing its border".

    Not where the object takes something of the subject: "X urged Y to buy its gas".
    """
    if token.head.dep_ == "dobj" and token.head.head.lemma_ in words("taking_verbs"):
        return None
    if any(t.dep_ == "conj" and t.head == subject.head and t.lemma_ in words("say_verbs") for t in token.ancestors):
        return None  # "Peru accuses Chile of fraud and says its people are angry"
    objects = (t for t in subject.head.children if t.dep_ in {"dobj", "nsubjpass"} and subject.i < t.i < token.i)
    return first_of(discourse, objects, kinds)


def _side_of_speaker(discourse: Discourse, token: Token, sought: _Sought) -> Resolution | None:
    """Return the country or body for which somebody says what it does: "its envoy said it would pay"."""
    for subject in discourse.subjects(token):
        mention = discourse.heads.get(subject.i)
        if mention is None or len(mention.entities) > 1 or discourse.kind(mention.entities[0]) != "person":
            continue
        side = discourse.side(mention.entities[0]) if subject.head.lemma_ in words("say_verbs") else None
        if side is not None and discourse.kind(side) in sought.kinds:
            return (side,), 0.6
    return None


# ------------------------------------------------------- the likeliest one


def _things_near(discourse: Discourse, token: Token, sought: _Sought) -> bool:
    """Tell whether something without a name, near, may be meant: a thing in this sentence or acting in the last."""
    own = discourse.sentence(token.i)
    here = [t for t in discourse.doc[discourse.starts[own] : token.i] if t.dep_ in _PROMINENT]
    before = discourse.main_subject(own - 1)
    return any(_stands_between(discourse, t, sought) for t in (*here, *([before] if before is not None else ())))


def _likeliest(discourse: Discourse, token: Token, sought: _Sought) -> Resolution | None:
    """Return the country or body that two sentences before point to, if no other comes near it."""
    begin = discourse.starts[discourse.sentence(token.i)]
    between = (discourse.doc[i] for i in range(begin, token.i))
    if any(_stands_between(discourse, t, sought) and not _takes(token, t) for t in between):
        return None
    weights: dict[int, float] = {}
    grouped = _grouped(discourse, token)
    for mention in discourse.before(token.i, 2):
        entity = mention.entities[0]
        if len(mention.entities) > 1 or entity in grouped:
            continue
        if discourse.kind(entity) in sought.kinds and not _acts_here(discourse, token, mention):
            weights[entity] = max(weights.get(entity, 0.0), _weight(discourse, token, mention))
    often = discourse.frequent(token.i, weights)
    ranked = sorted(((w + 0.4 * often[e], e) for e, w in weights.items()), key=lambda w: (-w[0], w[1]))
    if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _MARGIN):
        return None
    return (ranked[0][1],), 0.6


def _acts_here(discourse: Discourse, token: Token, mention: EntityMention) -> bool:
    """Tell whether a name is the subject of the verb whose object the pronoun is, or is told what the pronoun does."""
    head = discourse.doc[mention.head]
    if _describes(token, head) or (acting(head).dep_ in SUBJECTS and _takes(token, acting(head))):
        return True
    acts = (acting(head).dep_ in SUBJECTS and acting(head).head == token.head) or _is_which(token.head, acting(head))
    if token.dep_ in OBJECTS and acts:
        return True
    return head.dep_ in OBJECTS and head.head.lemma_ == "tell" and head.head.is_ancestor(token)


def _weight(discourse: Discourse, token: Token, mention: EntityMention) -> float:
    candidate = acting(discourse.doc[mention.head])
    weight = _RECENCY[min(discourse.sentence(token.i) - discourse.sentence(mention.start), 2)]
    if candidate.dep_ in SUBJECTS:
        weight += 0.4 if candidate.head.dep_ == "ROOT" else 0.3
    elif mention.kind is MentionKind.DEMONYM or candidate.dep_ in {"compound", "nmod", "amod"}:
        weight -= 0.3
    elif candidate.dep_ == "pobj":
        weight -= 0.2
    elif candidate.dep_ == "poss":
        weight += 0.1
    if any(t.dep_ in {"relcl", "acl"} for t in candidate.ancestors):
        weight -= 0.25  # "Force, a party that controls Congress"
    return weight
