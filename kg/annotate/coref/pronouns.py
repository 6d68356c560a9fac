"""To whom "he", "their", "it", "our" refer. Better unresolved than wrong: rivals of equal weight cancel each other."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.annotate.coref.discourse import SUBJECTS, Discourse, Resolution, acting, is_definite, is_human, is_plural
from kg.annotate.coref.things import candidates, resolve_thing
from kg.annotate.layers import EntityMention
from kg.annotate.names.nouns import gender_of_title, noun_classes, words
from kg.model import MentionKind

__all__ = ["resolve_pronoun"]

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
_IT = frozenset({"it", "its", "itself"})
_I = frozenset({"i", "me", "my", "mine", "myself"})
_WE = frozenset({"we", "us", "our", "ours", "ourselves"})
_TOWARDS = frozenset({"to", "for", "against", "about", "from", "by"})
_MENTAL = frozenset({"be", "feel", "forget", "know", "live", "remember", "see", "think", "understand"})
_RECENCY = (1.0, 0.65, 0.35, 0.2)
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


def resolve_pronoun(discourse: Discourse, token: Token) -> Resolution | None:
    """Return what a personal or possessive pronoun refers to, None for other tokens and where it is not clear."""
    word = token.lower_
    if word in _HE or word in _SHE:
        return _person(discourse, token, "m" if word in _HE else "f")
    if word in _THEY:
        return _plural(discourse, token)
    if word in _IT:
        return resolve_thing(discourse, token)
    if word in _I:
        speaker = discourse.speaker(token.i)
        return None if speaker is None or discourse.kind(speaker) != "person" else ((speaker,), 0.9)
    return _we(discourse, token) if word in _WE else None


# ------------------------------------------------------------- he and she


def _person(discourse: Discourse, token: Token, gender: str) -> Resolution | None:
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
    for mention in discourse.behind(token.i, _LEAD):
        if discourse.kind(mention.entities[0]) != "person" or mention.kind is not MentionKind.NAME:
            continue
        told = discourse.doc[mention.end : mention.end + 3]
        aged = len(told) == 3 and told[0].text == "," and told[1].like_num and told[2].text == ","
        subject = acting(discourse.doc[mention.head]).dep_ in SUBJECTS and discourse.sentence(mention.start) > own
        fits = discourse.genders.get(mention.entities[0], gender) == gender
        return (mention.entities, 0.6) if aged and subject and fits else None
    return None


def _rivals(discourse: Discourse, token: Token, gender: str) -> Iterator[tuple[float, int | None]]:
    """Yield the persons that may be meant, with their weights; None stands for somebody without a name."""
    speaker = discourse.speaker(token.i)
    own = discourse.sentence(token.i)
    acted_on = _objects(discourse, token)
    objects = {i for i in range(discourse.starts[own], token.i) if _is_seen(discourse.doc[i])}
    for mention in discourse.before(token.i, 3):
        entity = mention.entities[0]
        known = discourse.genders.get(entity, "")
        if len(mention.entities) > 1 or discourse.kind(entity) != "person" or known not in {"", gender}:
            continue
        if entity == speaker or entity in acted_on or _bound(discourse, token, mention):
            continue
        weight = _weight(discourse, token, mention.head, own)
        doubt = 0.0 if known else 0.1 if discourse.likely_genders.get(entity, gender) == gender else _CALLED_OTHERWISE
        if mention.kind is MentionKind.PRONOUN and discourse.sentence(mention.start) == own:
            weight += _ALIKE if mention.head in objects else 0.0
        yield weight - doubt, entity
    said = _last_speaker(discourse, token)
    if said is not None and discourse.kind(said) == "person" and discourse.genders.get(said, gender) == gender:
        yield 1.5, said
    serving = _employed(discourse, token)
    if serving is not None and discourse.genders.get(serving, gender) == gender:
        yield 2.0, serving
    later = _coming_subject(discourse, token)
    if later is not None and discourse.genders.get(later, gender) == gender:
        yield _COMING if token.dep_ == "poss" else 1.35, later
    for noun in _unnamed(discourse, token, own):
        if gender_of_title(noun.lemma_) in {"", gender}:
            aside = noun.dep_ == "pobj" and not is_definite(noun)  # "born to a miner and a nurse"
            yield _weight(discourse, token, noun.i, own) - (0.4 if aside else 0.1), None


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
    return discourse.speaker(closing[0]) if goes_on and closing else None


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


def _weight(discourse: Discourse, token: Token, head: int, own: int) -> float:
    """Weigh an antecedent: near ones, subjects, and the subject of the verb that reports the pronoun's clause."""
    candidate = acting(discourse.doc[head])
    distance = own - discourse.sentence(head)
    weight = _RECENCY[min(distance, 3)]
    if discourse.in_quotation(head) and not discourse.in_quotation(token.i):
        weight -= 0.4  # '"Ali is ill," Omar said. He left.': not Ali
    if candidate.dep_ in SUBJECTS or (candidate.dep_ == "attr" and candidate.head.lemma_ == "be"):
        weight += 0.35 if distance < 2 else 0.2
        if token.dep_ in SUBJECTS:
            weight += 0.1
        if distance == 1 and _is_main(candidate.head):
            weight += 0.2
    elif candidate.dep_ == "poss" and distance == 0 and (owned := _counted(candidate.head)).dep_ in SUBJECTS:
        # "X's supporters wept outside his house", "his critics say that he"
        weight += 0.6 if owned.head.lemma_ in words("say_verbs") and is_human(candidate.head) else 0.35
    elif candidate.dep_ in {"poss", "compound", "nmod"}:
        weight -= 0.2
    elif (
        candidate.dep_ == "dobj" and candidate.head.lemma_ in words("party_verbs") and candidate.head.is_ancestor(token)
    ):
        weight += 0.6  # "X urged Y to leave his post": either may be meant
    elif candidate.dep_ == "pobj" and candidate.head.lower_ != "by":
        weight -= 0.05
    if distance == 0:
        if head == _nearest_person(discourse, token):
            weight += 0.35
        if token.dep_ == "poss" and token.head in candidate.conjuncts:
            weight += 0.6
    return weight


def _counted(noun: Token) -> Token:
    """Return what a noun is counted by: "thousands" for "thousands of supporters", else the noun."""
    above = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
    return above if is_plural(above) or above.like_num else noun


def _is_main(verb: Token) -> bool:
    """Tell whether a verb is that of the sentence, or coordinated with it."""
    return verb.dep_ == "ROOT" or (verb.dep_ == "conj" and verb.head.dep_ == "ROOT")


def _nearest_person(discourse: Discourse, token: Token) -> int | None:
    """Return the nearest subject around a pronoun that is a person; "who" counts as its antecedent."""
    for subject in discourse.subjects(token):
        noun = subject.head.head if subject.tag_ in {"WP", "WDT"} and subject.head.dep_ == "relcl" else subject
        mention = discourse.named_by(noun)
        if mention is not None and discourse.kind(mention.entities[0]) == "person":
            return mention.head
    return None


def _bound(discourse: Discourse, token: Token, mention: EntityMention) -> bool:
    """Tell whether grammar forbids it: "his brother Ali" is not his own brother, "X saw him" is not X."""
    head = discourse.doc[mention.head]
    if token.dep_ == "poss" and (token.head.i == mention.head or token.head in (head.head, *head.children)):
        return token.head.i == mention.head or head.dep_ == "appos" or any(t.dep_ == "appos" for t in head.children)
    if token.lower_.endswith("self"):
        return False
    if _subject_verb(token.head).dep_ == "relcl" and token.dep_ in {"dobj", "dative"}:
        verb = _subject_verb(token.head)
        named = verb.head.head if verb.head.dep_ == "appos" else verb.head  # "X, a doctor who examined her"
        if (head in {verb.head, named} or acting(head) == verb.head) and any(
            t.dep_ in SUBJECTS and t.tag_ == "WP" for t in verb.children
        ):
            return True  # "X, who promoted Y and decorated him": not X
    if acting(head).dep_ not in SUBJECTS:
        return False
    if token.dep_ == "pobj" and token.head.lower_ in _TOWARDS:  # "X apologised to him" is not X
        return acting(head).head == _subject_verb(token.head.head)
    return token.dep_ in {"dobj", "dative", "iobj"} and acting(head).head == _subject_verb(token.head)


def _subject_verb(verb: Token) -> Token:
    """Return the verb whose subject a verb shares: "wrote" for "asking" in "she wrote, asking him to stay"."""
    for _ in range(4):
        above = verb.head
        if verb.dep_ == "pcomp":
            above = next((t for t in above.ancestors if t.pos_ in {"VERB", "AUX"}), verb)
        elif verb.dep_ not in {"advcl", "xcomp", "conj"}:
            return verb
        own = any(t.dep_ in SUBJECTS for t in verb.children)
        if own or (verb.dep_ != "conj" and any(t.dep_ == "dobj" and t.i < verb.i for t in above.children)):
            return verb  # "asked X to help him": the object is who helps
        verb = above
    return verb


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


# ------------------------------------------------------------------- they


def _plural(discourse: Discourse, token: Token) -> Resolution | None:
    if found := _urged(discourse, token):
        return found, 0.75
    return _by_subject(discourse, token) or _named_together(discourse, token)


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
    if kind == "organization" and subject.dep_ in SUBJECTS and _is_many(subject):
        return (entity,), 0.65
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


def _is_joint(token: Token) -> bool:
    """Tell whether "they" is what a sentence is about, or "their" owns what takes two: "It was their third meeting"."""
    if token.dep_ == "poss":
        return token.head.lemma_.lower() in words("joint_nouns")
    return token.dep_ in SUBJECTS and _is_main(token.head)


def _is_many(subject: Token) -> bool:
    """Tell whether a body is spoken of as its people: "Leeds have lost", "the police say they"."""
    verb = subject.head
    finite = [t for t in (verb, *verb.children) if t.tag_ in {"VBP", "VBZ"} and t.dep_ in {"aux", "ROOT", "conj"}]
    return bool(finite) and finite[0].tag_ == "VBP"


def _acts_on(subject: Token, token: Token) -> bool:
    """Tell whether a pronoun is an object in the clause of a subject, or in one coordinated with it without its own."""
    if subject.dep_ not in SUBJECTS or token.dep_ not in {"dobj", "dative"}:
        return False
    shares = not any(t.dep_ in SUBJECTS for t in token.head.children)
    return token.head == subject.head or (shares and token.head in subject.head.conjuncts)


# ------------------------------------------------------------ we and our


def _we(discourse: Discourse, token: Token) -> Resolution | None:
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
    pair = discourse.last_group(token.i, "person", 2)
    if pair and speaker in pair.entities and token.head.lemma_ in words("joint_verbs"):
        return pair.entities, 0.6
    return _side(discourse, token, speaker)


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
