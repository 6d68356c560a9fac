"""To whom "the activist", "the former midfielder", "the mother of two", "the 71-year-old" refer: what a person is.

One person known as that in the text, else whoever the sentences around are about, as "he" or "she" would mean. A
description that tells a country ("the Senegalese striker") means nobody known to be of another one.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.coref.discourse import Discourse, Resolution
from kg.annotate.coref.holders import sets_apart, title_fits
from kg.annotate.coref.tokens import SUBJECTS, acting, is_definite
from kg.annotate.layers import EntityMention
from kg.annotate.names.gazetteer import load_gazetteer, territory_code
from kg.annotate.names.nouns import gender_of_title, noun_classes, words
from kg.annotate.names.titles import owner_of

__all__ = ["AGE_WORDS", "described_person", "is_age", "is_character"]

_RECENCY = (0.8, 1.0, 0.5, 0.3)
"""By sentences back: who is described in a sentence that names him is most often somebody else in it."""

_MARGIN = 0.2
_FAR = 6
AGE_WORDS = 5
"""So many words stand before the last of "the 71-year-old"."""
_RULERS = frozenset({"president", "leader", "premier", "ruler", "strongman", "dictator", "autocrat", "chancellor"})
_KIN = frozenset({"mother", "father"})
_NO_PERSONS = frozenset({"organization", "country", "place", "group"})
_WALKS = ("arts", "business", "church", "law", "medicine", "office", "science", "sport")
_PARTICULAR = frozenset({"relcl", "acl", "appos", "prep"})
_OFFICES = frozenset({"leader", "office"})
_ANOTHER = frozenset({"new", "next", "future", "other", "acting", "deputy"})


def is_age(token: Token) -> bool:
    """Tell whether a token is the head of "the 71-year-old", said of somebody and not before a noun."""
    if token.lower_ != "old" or token.i < AGE_WORDS or token.dep_ in {"compound", "acomp", "attr"}:
        return False
    the, number, *rest = token.doc[token.i - AGE_WORDS : token.i]
    before_noun = token.dep_ == "amod" and token.head.pos_ not in {"VERB", "AUX"}
    return (
        the.lower_ == "the" and number.like_num and [t.lower_ for t in rest] == ["-", "year", "-"] and not before_noun
    )


def is_character(token: Token) -> bool:
    """Tell whether a noun says what a person named in the news may be: "activist", "mother of two"."""
    lemma = token.lemma_.lower()
    if any(t.lower_ == "former" for t in token.children) and not noun_classes(lemma) & _NO_PERSONS:
        return token.pos_ == "NOUN" and lemma not in words("firm_nouns")
    kin = lemma in _KIN and _counts_children(token)
    if token.text in words("party_members"):
        return True
    return kin or lemma in words("newsmakers") or token.text in load_gazetteer().people


def described_person(discourse: Discourse, token: Token) -> Resolution | None:
    """Return the person whom a definite singular description means, None where it is not clear."""
    lemma = token.lemma_.lower()
    if not is_age(token) and (not is_definite(token) or _is_particular(token)):
        return None
    owner = owner_of(token, discourse.heads)
    owner = _nation(discourse, token) if owner is None else owner
    if lemma in _RULERS and (ruler := _ruler(discourse, owner)) is not None:
        return (ruler,), 0.75
    weights = _weights(discourse, token, owner)
    called = {e for e in weights if _is_called(discourse, token, e)}
    if not called and not _may_be_new(discourse, token, owner):
        return None
    called |= {e for e in weights if not called and owner is not None and _works_for(discourse, e, owner)}
    weights = {e: w + 0.5 * (e in called) for e, w in weights.items()}
    ranked = sorted(weights.items(), key=lambda w: (-w[1], w[0]))
    if not ranked or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _MARGIN):
        return None
    person = ranked[0][0]
    if owner is not None and lemma in _RULERS and discourse.kind(owner) == "country":
        discourse.countries[person] = owner
    return (person,), 0.8 if called else 0.6


def _ruler(discourse: Discourse, owner: int | None) -> int | None:
    """Return whom the text has called a country's leader before without a title."""
    ruling = [person for person, country in discourse.countries.items() if country == owner]
    return ruling[0] if owner is not None and len(ruling) == 1 else None


def _is_called(discourse: Discourse, token: Token, person: int) -> bool:
    """Tell whether the text calls a person what a description says: an office held, or a noun beside the name."""
    lemma = token.lemma_.lower()
    titles = [t for t in discourse.titles if t.person == person]
    if any(t.lemma == lemma for t in titles):
        return any(title_fits(token, t, past=t.former) for t in titles)
    return lemma in discourse.known_as(person)


def _works_for(discourse: Discourse, person: int, owner: int) -> bool:
    """Tell whether a person holds an office of a body: "Aero's director Ana Rey ... the Aero spokeswoman"."""
    return any(t.person == person and not t.former and discourse.owner(t) == owner for t in discourse.titles)


def _nation(discourse: Discourse, token: Token) -> int | None:
    """Return the country of "the Swede", where the text names it."""
    people = load_gazetteer().people.get(token.text)
    if people is None or not people.code:
        return None
    countries = (e for e in discourse.entities if e.type == "schema:Country")
    return next((e.id for e in countries if territory_code(e.name) == people.code), None)


def _counts_children(token: Token) -> bool:
    """Tell whether "of two" or "of three" stands behind a noun."""
    inner = (t for prep in token.children if prep.lower_ == "of" for t in prep.children)
    return any(t.dep_ == "pobj" and t.like_num for t in inner)


def _is_particular(token: Token) -> bool:
    """Tell whether words behind a noun say which one: "the actor in the car", "the man who fled", but not ", who"."""
    later = [t for t in token.children if t.i > token.i and t.dep_ in _PARTICULAR]
    told = [t for t in later if "," not in {i.text for i in token.doc[token.i + 1 : max(t.left_edge.i, token.i + 1)]}]
    return bool(told) and not _counts_children(token)


def _may_be_new(discourse: Discourse, token: Token, owner: int | None) -> bool:
    """Tell whether a description that the text has not used may mean somebody named, not somebody else or nobody."""
    lemma = token.lemma_.lower()
    if not _OFFICES & noun_classes(lemma):
        return not _introduced(discourse, token, lemma)
    if any(t.lower_ in _ANOTHER or (t.dep_ == "amod" and t.like_num) for t in token.children):
        return False
    if any(t.dep_ == "amod" and t.lower_ != "former" and sets_apart(discourse, t) for t in token.children):
        return False  # "the third-placed candidate", "the supreme leader"
    if owner is not None:
        return lemma in _RULERS or lemma in words("newsmakers") or "leader" not in noun_classes(lemma)
    led = lemma == "leader" and any(
        t.dep_ == "compound" and t.tag_ == "NN" for t in token.children
    )  # "the opposition leader"
    held = any(title_fits(token, t, past=t.former) for t in discourse.titles)
    once = lemma not in _RULERS and any(t.lower_ == "former" for t in token.children)  # "the former spy chief"
    return led or once or (lemma in words("newsmakers") and not held)


def _introduced(discourse: Discourse, token: Token, lemma: str) -> bool:
    """Tell whether somebody without a name was called the same before: "a teacher ... the teacher"."""
    begin = discourse.starts[max(0, discourse.sentence(token.i) - _FAR)]
    for other in discourse.doc[begin : token.i]:
        if other.lemma_.lower() == lemma and other.pos_ == "NOUN" and other.i not in discourse.heads:
            named = any(t.dep_ == "appos" and t.i in discourse.heads for t in other.children)
            if not named and other.dep_ not in {"compound", "appos", "attr", "nmod"}:
                return True
    return False


def _weights(discourse: Discourse, token: Token, owner: int | None) -> dict[int, float]:
    """Weigh the persons named near: those of whom the sentence before tells most."""
    gender = gender_of_title(token.lemma_) or _gender_told(token)
    speaker = discourse.speaker(token.i)
    weights: dict[int, float] = {}
    for mention in discourse.before(token.i, 3):
        person = mention.entities[0]
        if len(mention.entities) > 1 or discourse.kind(person) != "person" or person == speaker:
            continue
        if token.lemma_.lower() in _RULERS and owner is not None and _serves(discourse, person):
            continue
        known = discourse.genders.get(person, "")
        if gender and (known or gender) != gender:
            continue
        if known and known == _gender_acted_on(token):
            continue  # "The guide saved her"
        if _is_of_elsewhere(discourse, person, owner) or _shares_clause(discourse, token, mention.head):
            weights[person] = -1.0
            continue
        weights.setdefault(person, 0.0)
        if weights[person] >= 0:
            weights[person] = max(weights[person], _weight(discourse, token, mention))
    return {e: w for e, w in weights.items() if w > 0}


def _serves(discourse: Discourse, person: int) -> bool:
    """Tell whether somebody holds an office, but rules nothing: a minister, a spokesman."""
    held = {t.lemma for t in discourse.titles if t.person == person and not t.former}
    return bool(held) and not held & (_RULERS | {"king", "queen", "emir", "counterpart", "head"})


def _gender_acted_on(token: Token) -> str:
    """Return the gender of the pronoun on which a subject acts, ``""`` if there is none."""
    objects = (t.lower_ for t in token.head.children if t.dep_ in {"dobj", "dative"}) if token.dep_ in SUBJECTS else ()
    return next((g for word in objects if (g := {"him": "m", "her": "f"}.get(word, ""))), "")


def _gender_told(token: Token) -> str:
    """Return the gender that a possessive in the same clause tells: "the defendant shook her head"."""
    if token.dep_ not in SUBJECTS:
        return ""
    owned = (o for t in token.head.children if t.dep_ in {"dobj", "prep"} for o in (t, *t.children))
    owners = (t.lower_ for o in owned for t in o.children if t.dep_ == "poss")
    return next((g for word in owners if (g := {"his": "m", "her": "f"}.get(word, ""))), "")


def _weight(discourse: Discourse, token: Token, mention: EntityMention) -> float:
    name = acting(discourse.doc[mention.head])
    weight = _RECENCY[min(discourse.sentence(token.i) - discourse.sentence(mention.start), 3)]
    weight += _fit(discourse, token, mention.entities[0])
    if name.dep_ in SUBJECTS:
        weight += 0.4 if name.head.dep_ in {"ROOT", "ccomp"} else 0.25
    elif name.dep_ == "poss":
        weight -= 0.1
    return weight


def _fit(discourse: Discourse, token: Token, person: int) -> float:
    """Weigh whether what a person is known as goes with a description: no cardinal is a businessman."""
    if any(t.lower_ == "former" for t in token.children):
        return 0.0
    wanted = _fields(token.lemma_.lower())
    known = {field for noun in discourse.known_as(person) for field in _fields(noun)}
    if not wanted or not known:
        return 0.0
    return 0.3 if wanted & known else -0.5


def _fields(noun: str) -> frozenset[str]:
    """Return the walks of life that a noun for a person belongs to."""
    return frozenset(field for field in _WALKS if noun in words(f"walk_{field}"))


def _is_of_elsewhere(discourse: Discourse, person: int, owner: int | None) -> bool:
    """Tell whether a person is known to be of another country, or another's man, than a description says."""
    if owner is None:
        return False
    home = discourse.country(person)
    country = owner if discourse.kind(owner) == "country" else discourse.country(owner)
    known = home is not None and country is not None and discourse.kind(home) == "country"
    return known and home != country


def _shares_clause(discourse: Discourse, token: Token, head: int) -> bool:
    """Tell whether a name and a description stand in the same clause, and so are two persons: "X met the activist"."""
    name = acting(discourse.doc[head])
    return discourse.sentence(head) == discourse.sentence(token.i) and (
        name.head == token.head
        or (name.dep_ in SUBJECTS and token.dep_ not in SUBJECTS and name.head.is_ancestor(token))
    )
