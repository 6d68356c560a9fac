"""To whom "they" and "their" refer: several who act together, or a body spoken of as many."""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.coref.discourse import Discourse, Resolution
from kg.annotate.coref.salience import is_main
from kg.annotate.coref.things import candidates
from kg.annotate.coref.together import is_shared, the_two
from kg.annotate.coref.tokens import SUBJECTS, is_human, is_plural
from kg.annotate.names.nouns import noun_classes, words

__all__ = ["resolve_several"]


def resolve_several(discourse: Discourse, token: Token) -> Resolution | None:
    """Return the several, or the body spoken of as many, that "they" means, None where it is not clear."""
    if several := _urged(discourse, token) or _coming(discourse, token):
        return several, 0.75
    found = _by_subject(discourse, token) or _named_together(discourse, token)
    if found is None and is_shared(token) and (both := the_two(discourse, token)):
        return both, 0.6
    return found


def _by_subject(discourse: Discourse, token: Token) -> Resolution | None:
    """Return the several who are the subject around, or of the sentence before."""
    for subject in candidates(discourse, token):
        if token.dep_ in {"dobj", "dative"} and subject.is_ancestor(token):
            continue
        if _acts_on(subject, token):
            if subject.head == token.head and token.head.dep_ == "conj":
                continue  # "The drills began, and NATO opposed them"
            return None  # "the men bought engines and shipped them": not the men
        mention = discourse.heads.get(subject.i)
        if mention is None:
            if _has_none(token, subject):
                continue
            if is_plural(subject) or is_human(subject) or any(t.dep_ == "conj" for t in subject.children):
                return None
            continue
        together = discourse.conjoined(mention)
        if len(together) > 1:
            alike = len({discourse.kind(e) for e in together}) == 1
            return (together, 0.85) if alike else None
        if found := _of_one(discourse, token, subject, together[0]):
            return found
    return None


def _has_none(token: Token, subject: Token) -> bool:
    """Tell whether a thing cannot have what is owned: "sanctions that closed their border"."""
    owned = token.dep_ == "poss" and token.head.lemma_.lower() in words("state_possessions")
    return owned and not is_human(subject) and not noun_classes(subject.lemma_.lower())


def _of_one(discourse: Discourse, token: Token, subject: Token, entity: int) -> Resolution | None:
    """Return whom "they" means behind one subject: a people, exercises, the pair it is of, a body spoken of as many."""
    kind = discourse.kind(entity)
    if kind == "group" or (kind == "other" and is_plural(subject)):
        return (entity,), 0.75
    group = discourse.last_group(token.i, kind)
    if group and entity in group.entities:
        far = discourse.sentence(token.i) - discourse.sentence(group.at - 1)
        if far == 0 or (far <= 2 and _is_joint(token)):
            return group.entities, 0.7 if far == 0 else 0.6
    begin = discourse.starts[discourse.sentence(subject.i)]
    team = kind == "country" and not any(is_plural(t) for t in discourse.doc[begin : subject.i])
    if (team or kind == "organization") and subject.dep_ in SUBJECTS and _is_many(subject):
        return (entity,), 0.65
    if kind == "organization" and subject.dep_ in SUBJECTS and _goes_on(subject, token):
        return (entity,), 0.6
    return None


def _named_together(discourse: Discourse, token: Token) -> Resolution | None:
    """Return those of whom a phrase for several spoke last, if nothing plural stands between: "both sides ... them"."""
    own = discourse.sentence(token.i)
    for mention in discourse.before(token.i, 1):
        together = discourse.conjoined(mention)
        if token.dep_ in {"dobj", "dative"} and discourse.doc[mention.head].is_ancestor(token):
            continue  # "Qatar, which has invited them, and Oman"
        if len(together) > 1 and len({discourse.kind(e) for e in together}) == 1:
            between = discourse.doc[mention.head + 1 : token.i]
            plural = any(is_plural(t) and t.dep_ not in {"compound", "npadvmod"} for t in between)
            acts = _acts_on(discourse.doc[mention.head], token)
            near = discourse.sentence(mention.head) == own or token.dep_ in SUBJECTS
            return None if plural or acts or not near else (together, 0.6)
    return None


def _urged(discourse: Discourse, token: Token) -> tuple[int, ...]:
    """Return whose "their" is in what several are urged to do: "urged Peru and Chile to open their border"."""
    if token.dep_ != "poss":
        return ()
    for verb in token.ancestors:
        if verb.tag_ == "VB" and verb.dep_ in {"xcomp", "ccomp", "advcl"}:
            asked = (*verb.children, *(verb.head.children if verb.head.lemma_ in words("control_verbs") else ()))
            named = (t for t in asked if t.dep_ in {"dobj", "nsubj"} and t.i < verb.i and t.i in discourse.heads)
            together = (discourse.conjoined(discourse.heads[t.i]) for t in named)
            return next((entities for entities in together if len(entities) > 1), ())
        if verb.pos_ in {"VERB", "AUX"}:
            return ()
    return ()


def _coming(discourse: Discourse, token: Token) -> tuple[int, ...]:
    """Return the several who are the subject of the clause behind: "In their first debate, X and Y clashed"."""
    if token.dep_ != "poss":
        return ()
    prep = next((t for t in token.ancestors if t.dep_ == "prep"), None)
    if prep is None or prep.head.i < prep.i or prep.left_edge.i != prep.i:
        return ()
    subject = next((t for t in prep.head.children if t.dep_ in SUBJECTS and t.i > token.i), None)
    mention = discourse.named_by(subject) if subject is not None else None
    together = discourse.conjoined(mention) if mention is not None else ()
    return together if len(together) > 1 else ()


def _is_joint(token: Token) -> bool:
    """Tell whether "they" is what a sentence is about, or "their" owns what takes two: "It was their third meeting"."""
    if token.dep_ == "poss":
        return token.head.lemma_.lower() in words("joint_nouns")
    return token.dep_ in SUBJECTS and is_main(token.head)


def _is_many(subject: Token) -> bool:
    """Tell whether a body is spoken of as its people: "Leeds have lost", "the police say they"."""
    verb = subject.head
    finite = [t for t in (verb, *verb.children) if t.tag_ in {"VBP", "VBZ"} and t.dep_ in {"aux", "ROOT", "conj"}]
    return bool(finite) and finite[0].tag_ == "VBP"


def _goes_on(subject: Token, token: Token) -> bool:
    """Tell whether a clause goes on about the body that is its subject: "Leeds sold their captain", "said they would".

    Not where the verb says that it is one, nor where some who are many stand between.
    """
    inside = subject.head.is_ancestor(token) and (token.dep_ == "poss" or token.dep_ in SUBJECTS)
    if not inside or any(t.tag_ == "VBZ" for t in (subject.head, *subject.head.children) if t.dep_ in {"aux", "ROOT"}):
        return False
    return not any(is_plural(t) for t in subject.doc[subject.i + 1 : token.i])


def _acts_on(subject: Token, token: Token) -> bool:
    """Tell whether a pronoun is an object in the clause of a subject, or in one coordinated with it without its own."""
    if subject.dep_ not in SUBJECTS or token.dep_ not in {"dobj", "dative"}:
        return False
    shares = not any(t.dep_ in SUBJECTS for t in token.head.children)
    return token.head == subject.head or (shares and token.head in subject.head.conjuncts)
