"""To whom "he", "their", "it", "our" refer. Better unresolved than wrong: rivals of equal weight cancel each other."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.annotate.coref.discourse import Discourse, acting, is_human, is_plural
from kg.annotate.layers import EntityMention
from kg.annotate.names.nouns import gender_of_title, noun_classes, words
from kg.annotate.names.titles import owner_of

__all__ = ["Resolution", "resolve_pronoun"]

Resolution = tuple[tuple[int, ...], float]
"""Entity ids and how sure, 0 to 1."""

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
_IT = frozenset({"it", "its", "itself"})
_I = frozenset({"i", "me", "my", "mine", "myself"})
_WE = frozenset({"we", "us", "our", "ours", "ourselves"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_RECENCY = (1.0, 0.6, 0.4, 0.3)
_MARGIN = 0.15


def resolve_pronoun(discourse: Discourse, token: Token) -> Resolution | None:
    """Return what a personal or possessive pronoun refers to, None for other tokens and where it is not clear."""
    word = token.lower_
    if word in _HE or word in _SHE:
        return _person(discourse, token, "m" if word in _HE else "f")
    if word in _THEY:
        return _plural(discourse, token)
    if word in _IT:
        return _thing(discourse, token)
    if word in _I:
        speaker = discourse.speaker(token.i)
        return None if speaker is None or discourse.kind(speaker) != "person" else ((speaker,), 0.9)
    return _we(discourse, token) if word in _WE else None


# ------------------------------------------------------------- he and she


def _person(discourse: Discourse, token: Token, gender: str) -> Resolution | None:
    weights: dict[int | None, float] = {}
    for weight, entity in _rivals(discourse, token, gender):
        weights[entity] = max(weights.get(entity, 0.0), weight)
    ranked = sorted(weights.items(), key=lambda w: -w[1])
    if not ranked or ranked[0][0] is None:
        return None
    best, first = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    if best is None or first - second < _MARGIN:
        return None
    discourse.genders[best] = gender
    return (best,), min(0.95, 0.6 + 0.35 * (first - second))


def _rivals(discourse: Discourse, token: Token, gender: str) -> Iterator[tuple[float, int | None]]:
    """Yield the persons that may be meant, with their weights; None stands for somebody without a name."""
    speaker = discourse.speaker(token.i)
    own = discourse.sentence(token.i)
    acted_on = _objects(discourse, token)
    for mention in discourse.before(token.i, 3):
        entity = mention.entities[0]
        known = discourse.genders.get(entity, "")
        if len(mention.entities) > 1 or discourse.kind(entity) != "person" or known not in {"", gender}:
            continue
        if entity == speaker or entity in acted_on or _bound(discourse, token, mention):
            continue
        weight = _weight(discourse, token, mention.head, own)
        yield weight - (0.0 if known else 0.1), entity
    later = _coming_subject(discourse, token)
    if later is not None and discourse.genders.get(later, gender) == gender:
        yield 1.35, later
    for noun in _unnamed(discourse, token, own):
        if gender_of_title(noun.lemma_) in {"", gender}:
            yield _weight(discourse, token, noun.i, own) - 0.1, None


def _objects(discourse: Discourse, token: Token) -> frozenset[int]:
    """Return whom a pronoun that is a subject acts on: "she called X" is not X."""
    if token.dep_ not in _SUBJECTS:
        return frozenset()
    heads = (t.i for t in token.head.children if t.dep_ in {"dobj", "dative"} and t.pos_ != "PRON")
    objects = (discourse.heads[i] for i in heads if i in discourse.heads)
    return frozenset(e for m in objects for e in m.entities)


def _coming_subject(discourse: Discourse, token: Token) -> int | None:
    """Return the person who is the subject of the main clause behind: "As his party fell apart, X resigned"."""
    for verb in token.ancestors:
        if verb.dep_ == "advcl" and verb.head.i > verb.i:
            subject = next((t for t in verb.head.children if t.dep_ in _SUBJECTS and t.i > token.i), None)
            mention = discourse.named_by(subject) if subject is not None else None
            if mention is not None and len(mention.entities) == 1 and discourse.kind(mention.entities[0]) == "person":
                return mention.entities[0]
    return None


def _weight(discourse: Discourse, token: Token, head: int, own: int) -> float:
    """Weigh an antecedent: near ones, subjects, and the subject of the verb that reports the pronoun's clause."""
    candidate = acting(discourse.doc[head])
    distance = own - discourse.sentence(head)
    weight = _RECENCY[min(distance, 3)]
    if candidate.dep_ in _SUBJECTS:
        weight += 0.35
        if token.dep_ in _SUBJECTS:
            weight += 0.1
        if candidate.head.dep_ == "ROOT" and distance > 0:
            weight += 0.2
    elif candidate.dep_ == "poss" and distance == 0 and candidate.head.dep_ in _SUBJECTS:
        weight += 0.2  # "X's supporters wept outside his house"
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
    reflexive = token.lower_.endswith("self")
    same_clause = acting(head).dep_ in _SUBJECTS and acting(head).head == _subject_verb(token.head)
    return same_clause and not reflexive and token.dep_ in {"dobj", "dative", "iobj"}


def _subject_verb(verb: Token) -> Token:
    """Return the verb whose subject a verb shares: "wrote" for "asking" in "she wrote, asking him to stay"."""
    for _ in range(4):
        above = verb.head
        if verb.dep_ == "pcomp":
            above = next((t for t in above.ancestors if t.pos_ in {"VERB", "AUX"}), verb)
        elif verb.dep_ not in {"advcl", "xcomp", "conj"}:
            return verb
        own = any(t.dep_ in _SUBJECTS for t in verb.children)
        if own or any(t.dep_ == "dobj" and t.i < verb.i for t in above.children):
            return verb  # "asked X to help him": the object is who helps
        verb = above
    return verb


def _unnamed(discourse: Discourse, token: Token, own: int) -> Iterator[Token]:
    """Yield the singular human nouns near a pronoun that no mention covers ("the minister said he ...")."""
    for i in range(discourse.starts[max(0, own - 1)], token.i):
        noun = discourse.doc[i]
        if noun.pos_ == "NOUN" and noun.i not in discourse.heads and not is_plural(noun) and is_human(noun):
            if noun.dep_ in {"compound", "appos", "attr", "nmod"} or _titles_name(discourse, noun):
                continue
            yield noun


def _titles_name(discourse: Discourse, noun: Token) -> bool:
    """Tell whether a human noun is only the description of somebody named: "the leader, X"."""
    return any(t.dep_ == "appos" and t.i in discourse.heads for t in noun.children)


# ----------------------------------------------------------- they and it


def _plural(discourse: Discourse, token: Token) -> Resolution | None:
    for subject in _candidates(discourse, token):
        if _acts_on(subject, token):
            return None  # "the men bought engines and shipped them": not the men
        mention = discourse.heads.get(subject.i)
        if mention is None:
            if is_plural(subject) or is_human(subject) or any(t.dep_ == "conj" for t in subject.children):
                return None
            continue
        together = discourse.conjoined(mention)
        if len(together) > 1:
            alike = len({discourse.kind(e) for e in together}) == 1
            return (together, 0.85) if alike else None
        if discourse.kind(together[0]) == "group":
            return together, 0.75
        kind = discourse.kind(together[0])
        group = discourse.last_group(token.i, kind)
        if group and together[0] in group.entities and discourse.sentence(group.at - 1) == discourse.sentence(token.i):
            return group.entities, 0.7
    return None


def _acts_on(subject: Token, token: Token) -> bool:
    """Tell whether a pronoun is an object in the clause of a subject, or in one coordinated with it."""
    verbs = (subject.head, *subject.head.conjuncts)
    return subject.dep_ in _SUBJECTS and token.dep_ in {"dobj", "dative"} and token.head in verbs


def _thing(discourse: Discourse, token: Token) -> Resolution | None:
    receiver = _receiver(discourse, token)
    if receiver is not None:
        return (receiver,), 0.75
    addressed = _addressed(discourse, token)
    if addressed is not None:
        return (addressed,), 0.7
    if token.lower_ == "it" and (token.dep_ not in _SUBJECTS or _is_expletive(token)):
        return None
    for subject in _candidates(discourse, token):
        found = _country_or_body(discourse, subject)
        near = discourse.sentence(subject.i) == discourse.sentence(token.i) and subject.head != token.head.head
        if subject.head.lemma_ in words("party_verbs") and token.dep_ == "poss" and near:
            controlled = _controlled(discourse, token, subject)
            found = found if controlled is None else controlled
        if found is not None:
            return (found,), 0.8 if discourse.sentence(subject.i) == discourse.sentence(token.i) else 0.65
        unnamed = subject.i not in discourse.heads and subject.pos_ in {"NOUN", "PROPN"}
        if unnamed and not is_human(subject) and not is_plural(subject):
            return None  # something unnamed is nearer
        controlled = _controlled(discourse, token, subject)
        if controlled is not None and token.dep_ == "poss":
            return (controlled,), 0.65
    return None


def _addressed(discourse: Discourse, token: Token) -> int | None:
    """Return what "it" means in "urged it to": the subject of the sentence before, unless that acts here."""
    verb = token.head if token.dep_ == "dobj" else token.head.head if token.head.dep_ == "ccomp" else None
    if token.lower_ != "it" or verb is None or verb.lemma_ not in words("party_verbs"):
        return None
    subject = next((t for t in verb.children if t.dep_ in _SUBJECTS), None)
    before = discourse.main_subject(discourse.sentence(token.i) - 1)
    acting_here = _country_or_body(discourse, subject) if subject is not None else None
    meant = _country_or_body(discourse, before) if before is not None else None
    return meant if meant != acting_here else None


def _receiver(discourse: Discourse, token: Token) -> int | None:
    """Return to whom something is given for a purpose that "it" serves: "gave Mali boats to help it patrol"."""
    for verb in token.ancestors:
        if verb.dep_ in {"advcl", "xcomp"} and verb.tag_ == "VB":
            given = next((t for t in verb.head.children if t.dep_ == "dative" and t.i < token.i), None)
            return _country_or_body(discourse, given) if given is not None else None
        if verb.dep_ not in {"ccomp", "dobj", "pobj", "prep"}:
            return None
    return None


def _controlled(discourse: Discourse, token: Token, subject: Token) -> int | None:
    """Return the country or body that is the object of the subject's verb: "X accused Y of closing its border"."""
    objects = (t for t in subject.head.children if t.dep_ in {"dobj", "nsubjpass"} and subject.i < t.i < token.i)
    return next((o for t in objects if (o := _country_or_body(discourse, t)) is not None), None)


def _candidates(discourse: Discourse, token: Token) -> Iterator[Token]:
    """Yield possible antecedents: what the possessed noun is coordinated with, the subjects around, the one before."""
    if token.dep_ == "poss":
        partner = token.head.head if token.head.dep_ == "conj" else None
        if partner is not None and partner.i < token.i and (partner.i in discourse.heads or is_plural(partner)):
            yield partner
        yield from _reported(token)
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
    if not seen or token.dep_ in _SUBJECTS:
        previous = discourse.main_subject(own - 1)
        if previous is not None and token.i - discourse.starts[own] < 16:
            yield previous


def _describes(token: Token, noun: Token) -> bool:
    """Tell "China, its biggest partner": whose partner it is cannot be China."""
    return token.dep_ == "poss" and token.head.dep_ == "appos" and token.head.head == noun


def _reported(token: Token) -> Iterator[Token]:
    """Yield the subject of what is reported in front: "Peru will pay, its envoy said"."""
    verb = token.head.head
    if token.head.dep_ in _SUBJECTS:
        for clause in (t for t in verb.children if t.dep_ == "ccomp" and t.i < token.i):
            yield from (t for t in clause.children if t.dep_ in _SUBJECTS)


def _country_or_body(discourse: Discourse, token: Token) -> int | None:
    mention = discourse.heads.get(token.i)
    if mention is None and is_human(token):  # "World Bank officials", "Polish diplomats"
        owner = owner_of(token, discourse.heads)
        return owner if owner is not None and discourse.kind(owner) in {"country", "organization"} else None
    if mention is None or len(discourse.conjoined(mention)) > 1:
        return None
    return mention.entities[0] if discourse.kind(mention.entities[0]) in {"country", "organization"} else None


def _is_expletive(token: Token) -> bool:
    """Tell whether "it" stands for nothing: "it is clear that", "it seems", "it was first necessary to"."""
    verb = token.head
    if verb.lemma_ in words("expletive_verbs"):
        return True
    clausal = any(t.dep_ in {"ccomp", "xcomp", "advcl", "csubj"} and t.i > verb.i for t in verb.children)
    complement = any(t.dep_ in {"acomp", "attr"} for t in verb.children)
    return verb.lemma_ == "be" and (complement or clausal)


# ------------------------------------------------------------ we and our


def _we(discourse: Discourse, token: Token) -> Resolution | None:
    """Resolve "we" of a quoted person: those who did something together, or the speaker's country."""
    speaker = discourse.speaker(token.i)
    if speaker is None or discourse.kind(speaker) != "person":
        return None
    if token.dep_ == "poss":
        return _ours(discourse, token, speaker)
    pair = discourse.last_group(token.i, "person", 2)
    if pair and speaker in pair.entities and token.head.lemma_ in words("joint_verbs"):
        return pair.entities, 0.6
    return None


def _ours(discourse: Discourse, token: Token, speaker: int) -> Resolution | None:
    country = discourse.entities[speaker].country
    noun = token.head.lemma_.lower()
    pair = discourse.likely_group(token.i, "country", 2)
    if noun in words("joint_nouns") and pair and (country is None or country in pair.entities):
        return pair.entities, 0.6
    if country is not None and (noun in words("own_nouns") or "country" in noun_classes(noun)):
        return (country,), 0.65
    return None
