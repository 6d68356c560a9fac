"""To whom "he" and "she" refer. Better unresolved than wrong: rivals of equal weight cancel each other."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.annotate.coref.binding import is_bound
from kg.annotate.coref.discourse import Discourse, Resolution
from kg.annotate.coref.implied import implied_person, is_set_apart
from kg.annotate.coref.salience import salience
from kg.annotate.coref.tokens import SUBJECTS, acting, is_definite, is_human, is_plural
from kg.annotate.layers import EntityMention
from kg.annotate.names.nouns import gender_of_title, words
from kg.model import MentionKind

__all__ = ["resolve_person"]

_MARGIN = 0.15
_CLEAR = 0.5
_OFTEN = 0.2
_ACTING = 1.5
_COMING = 1.5
_LEAD = 3
"""So many sentences behind a lead its person is named."""
_ALIKE = 0.6
"""What it tells for a person that a relative clause acts on the same pronoun: "X, who saw her, said she"."""
_CALLED_OTHERWISE = 0.6
"""What it costs a person of unknown gender to have been meant by "he" where "she" is looked for."""


def resolve_person(discourse: Discourse, token: Token, gender: str) -> Resolution | None:
    """Return the person whom "he" (``gender`` m) or "she" (f) means, None where it is not clear."""
    weights: dict[int | None, float] = {}
    for weight, entity in _rivals(discourse, token, gender):
        weights[entity] = max(weights.get(entity, 0.0), weight)
    if max(weights.values(), default=_ACTING) < _ACTING:  # nobody acts here: of whom does the text tell most?
        often = discourse.frequent(token.i, [e for e in weights if e is not None])
        weights = {e: w + _OFTEN * often.get(e, 0.0) if e is not None else w for e, w in weights.items()}
    sure = {e for e in weights if e is not None and discourse.genders.get(e)}
    if sure:  # "Ana met Toral. She": Toral may be a woman, Ana is; of the news's unknown names few are women's
        less = 0.3 if gender == "f" else 0.15
        weights = {e: w if e in sure or e is None else w - less for e, w in weights.items()}
    ranked = sorted(weights.items(), key=lambda w: -w[1])
    if not ranked or ranked[0][0] is None:
        return _named_later(discourse, token, gender) if ranked else None
    best, first = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else min(0.0, first - _MARGIN)
    if best is None or first - second < _MARGIN:
        return None
    discourse.likely_genders.setdefault(best, gender)
    if first - second >= _CLEAR:
        discourse.genders[best] = gender
    return (best,), min(0.95, 0.6 + 0.35 * (first - second))


def _named_later(discourse: Discourse, token: Token, gender: str) -> Resolution | None:
    """Return whom a lead describes before the text names anybody: "A minister wept at her trial. Ana Rey, 61, ..."."""
    own = discourse.sentence(token.i)
    if any(discourse.kind(e) == "person" for m in discourse.recent(token.i) for e in m.entities):
        return None
    if len(list(_unnamed(discourse, token, own))) > 1:
        return None  # "A jury convicted a deputy for shooting a driver on his way"
    for mention in discourse.behind(token.i, _LEAD):
        if discourse.kind(mention.entities[0]) != "person" or mention.kind is not MentionKind.NAME:
            continue
        told = discourse.doc[mention.end : mention.end + 3]
        aged = len(told) == 3 and told[0].text == "," and told[1].like_num and told[2].text == ","
        subject = acting(discourse.doc[mention.head]).dep_ in SUBJECTS and discourse.sentence(mention.start) > own
        fits = discourse.genders.get(mention.entities[0], gender) == gender
        return (mention.entities, 0.6) if aged and subject and fits else None
    return None


def _fits(discourse: Discourse, mention: EntityMention, gender: str) -> bool:
    """Tell whether a mention is of one person who may be of a gender."""
    entity = mention.entities[0]
    alone = len(mention.entities) == 1 and discourse.kind(entity) == "person"
    return alone and discourse.genders.get(entity, "") in {"", gender}


def _rivals(discourse: Discourse, token: Token, gender: str) -> Iterator[tuple[float, int | None]]:
    """Yield the persons that may be meant, with their weights; None stands for somebody without a name."""
    speaker = discourse.speaker(token.i)
    own = discourse.sentence(token.i)
    named = [m for m in discourse.before(token.i, 3) if _fits(discourse, m, gender)]
    # Who acts on "him" is not him by another mention either: "X, who was 22 when he won, congratulated him".
    barred = {
        m.entities[0] for m in named if is_bound(discourse, token, m) or is_set_apart(token, discourse.doc[m.head])
    } | {speaker, *_objects(discourse, token)}
    for mention in named:
        entity = mention.entities[0]
        known = discourse.genders.get(entity, "")
        if entity in barred:
            continue
        weight = salience(discourse, token, mention.head, own)
        doubt = 0.0 if known else 0.1 if discourse.likely_genders.get(entity, gender) == gender else _CALLED_OTHERWISE
        if mention.kind is MentionKind.PRONOUN and discourse.sentence(mention.start) == own:
            weight += _ALIKE if _is_seen(discourse.doc[mention.head]) else 0.0
        yield weight - doubt, entity
    said = _last_speaker(discourse, token)
    if said is not None and discourse.kind(said) == "person" and discourse.genders.get(said, gender) == gender:
        yield 1.5, said
    serving = _employed(discourse, token)
    if serving is not None and discourse.genders.get(serving, gender) == gender:
        yield 2.0, serving
    implied = implied_person(discourse, token)
    if implied is not None and _fits(discourse, implied, gender) and implied.entities[0] not in barred:
        yield 2.3, implied.entities[0]
    later = _coming_subject(discourse, token)
    if later is not None and discourse.genders.get(later, gender) == gender:
        yield _COMING if token.dep_ == "poss" else 1.35, later
    for noun in _unnamed(discourse, token, own):
        somebody = EntityMention(noun.i, noun.i + 1, noun.i, MentionKind.NOMINAL, ())
        if gender_of_title(noun.lemma_) in {"", gender} and not is_bound(discourse, token, somebody):
            aside = noun.dep_ == "pobj" and not is_definite(noun)  # "born to a miner and a nurse"
            yield salience(discourse, token, noun.i, own) - (0.4 if aside else 0.1), None


def _is_seen(token: Token) -> bool:
    """Tell whether a relative clause acts on a token: "her" in "X, a doctor who examined her, said she"."""
    return token.dep_ in {"dobj", "dative"} and token.head.dep_ == "relcl"


def _employed(discourse: Discourse, token: Token) -> int | None:
    """Return the lawyer who speaks of "his client": the subject of the verb that tells what the client does."""
    if token.dep_ != "poss" or token.head.lemma_ != "client":
        return None
    for subject in discourse.subjects(token):
        mention = discourse.named_by(subject) if subject.head.lemma_ in words("say_verbs") else None
        if mention is not None and len(mention.entities) == 1 and discourse.kind(mention.entities[0]) == "person":
            return mention.entities[0]
    return None


def _last_speaker(discourse: Discourse, token: Token) -> int | None:
    """Return who spoke last where the pronoun goes on speaking: '"Rain is near," Ali said. "Eva knows." He added'."""
    begin = discourse.starts[discourse.sentence(token.i)]
    goes_on = token.dep_ == "nsubj" and token.head.lemma_ in words("say_verbs") and token.head.dep_ == "ROOT"
    closing = [i for i in range(max(0, begin - 2), begin) if discourse.in_quotation(i)]
    if any(_is_person_outside(discourse, m) for m in discourse.before(token.i, 0)):
        return None  # '"Rain is near," Ali said. Eva hit back: "No," she said'
    return discourse.speaker(closing[0]) if goes_on and closing else None


def _is_person_outside(discourse: Discourse, mention: EntityMention) -> bool:
    """Tell whether a mention is of a person who acts, and not inside a quotation."""
    acts = acting(discourse.doc[mention.head]).dep_ in SUBJECTS and not discourse.in_quotation(mention.head)
    return acts and discourse.kind(mention.entities[0]) == "person"


def _objects(discourse: Discourse, token: Token) -> frozenset[int]:
    """Return whom a pronoun that is a subject acts on, or owns something with: "she called X", "his talks with X"."""
    if token.dep_ == "poss":
        parties = (t.i for prep in token.head.children if prep.lower_ in {"with", "against"} for t in prep.children)
        return frozenset(e for i in parties if i in discourse.heads for e in discourse.heads[i].entities)
    if token.dep_ not in SUBJECTS:
        return frozenset()
    heads = (t.i for t in token.head.children if t.dep_ in {"dobj", "dative"} and t.pos_ != "PRON")
    named = (t.i for o in token.head.children if o.dep_ == "oprd" for t in o.children if t.dep_ in {"nmod", "compound"})
    objects = (discourse.heads[i] for i in (*heads, *named) if i in discourse.heads)
    return frozenset(e for m in objects for e in m.entities)


def _coming_subject(discourse: Discourse, token: Token) -> int | None:
    """Return the person who is the subject of the main clause behind.

    "As his party fell apart, X resigned", "Ahead of his meeting with Y, X said", "In his speech X vowed".
    """
    for inner in (token, *token.ancestors):
        if inner.dep_ == "advcl" and token.head == inner and token.dep_ in {"dobj", "dative"}:
            return None  # "Sentencing him, X said": not X
        before = inner.dep_ == "advcl" or (token.dep_ == "poss" and inner.dep_ in {"prep", "advmod"})
        if before and inner.head.i > inner.i and inner.head.pos_ in {"VERB", "AUX"}:
            subject = next((t for t in inner.head.children if t.dep_ in SUBJECTS and t.i > token.i), None)
            mention = discourse.named_by(subject) if subject is not None else None
            if mention is not None and len(mention.entities) == 1 and discourse.kind(mention.entities[0]) == "person":
                return mention.entities[0]
    return None


def _unnamed(discourse: Discourse, token: Token, own: int) -> Iterator[Token]:
    """Yield the singular human nouns near a pronoun that no mention covers ("the minister said he ...")."""
    for i in range(discourse.starts[max(0, own - 1)], token.i):
        noun = discourse.doc[i]
        if noun.pos_ == "NOUN" and noun.i not in discourse.heads and not is_plural(noun) and is_human(noun):
            if noun.dep_ in {"compound", "appos", "attr", "oprd", "nmod"} or _titles_name(discourse, noun):
                continue
            if noun.head.lemma_ == "be" and any(
                t.dep_ == "attr" and t.i in discourse.heads for t in noun.head.children
            ):
                continue  # "the man was X"
            if noun.dep_ in SUBJECTS and noun.head.is_ancestor(token) and _speaks_for(discourse, noun):
                continue
            yield noun


def _speaks_for(discourse: Discourse, noun: Token) -> bool:
    """Tell whether somebody speaks for a person named: "his lawyer said he had paid", "Musa's aide said he would"."""
    agent = noun.lemma_ in words("spokespeople") and noun.head.lemma_ in words("say_verbs")
    return agent and any(t.dep_ == "poss" and t.i in discourse.heads for t in noun.children)


def _titles_name(discourse: Discourse, noun: Token) -> bool:
    """Tell whether a human noun is only the description of somebody named: "the leader, X"."""
    return any(t.dep_ == "appos" and t.i in discourse.heads for t in noun.children)
