"""To whom "the Russian leader", "the president", "the alliance", "the kingdom" refer: one entity named elsewhere."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from kg.annotate.coref.discourse import Discourse, Resolution, is_definite, is_plural
from kg.annotate.coref.holders import described_person, office_holder
from kg.annotate.layers import DocEntity
from kg.annotate.names.gazetteer import territory_code
from kg.annotate.names.nouns import is_monarchy, noun_classes, words
from kg.model import MentionKind

__all__ = ["resolve_description"]

_OFTEN = 3
_TOPICS = frozenset({"nsubj", "nsubjpass"})
_NAMED_BODIES = frozenset(
    {
        "kg:GovernmentBody",
        "kg:PoliticalParty",
        "schema:Organization",
        "schema:Corporation",
        "schema:NewsMediaOrganization",
        "kg:MilitaryUnit",
    }
)
_FIRMS = frozenset({"schema:Corporation", "schema:Organization"})
_GROUPS = _FIRMS | {"kg:MilitaryUnit", "kg:Group"}
_BODIES = {
    **dict.fromkeys(words("firm_nouns"), _FIRMS),
    **dict.fromkeys(("group", "organisation", "organization"), _GROUPS),
    **dict.fromkeys(("militia", "movement", "charity", "foundation", "union", "club"), _GROUPS),
    "bank": {"schema:Corporation"},
    "lender": {"schema:Corporation"},
    "ministry": {"kg:GovernmentBody"},
    "agency": {"kg:GovernmentBody", "schema:NewsMediaOrganization"},
    "regulator": {"kg:GovernmentBody"},
    "party": {"kg:PoliticalParty"},
    "newspaper": {"schema:NewsMediaOrganization"},
    "broadcaster": {"schema:NewsMediaOrganization"},
}


def resolve_description(discourse: Discourse, token: Token) -> Resolution | None:
    """Return the entity that a definite singular noun phrase describes, by its head; None where it is not clear."""
    if is_plural(token) and token.lemma_.lower() not in words("exercise_nouns"):
        return None
    lemma = token.lemma_.lower()
    if lemma in words("body_nouns") and (found := _homeland(discourse, token)):
        return found
    if noun_classes(lemma) & {"leader", "office"}:
        found = office_holder(discourse, token)
        return found or (described_person(discourse, token) if lemma in words("newsmakers") else None)
    if lemma in words("newsmakers"):
        return described_person(discourse, token)
    if lemma in words("home_nouns") and (found := _homeland(discourse, token)):
        return found
    return _defined(discourse, token, lemma) if is_definite(token) else None


def _defined(discourse: Discourse, token: Token, lemma: str) -> Resolution | None:
    """Resolve "the ..." by the class of thing that its noun names."""
    if lemma in words("body_nouns"):
        return _government(discourse, token)
    if _is_narrowed(discourse, token):
        return _foreign_firm(discourse, token, lemma)
    if lemma in words("exercise_nouns") or lemma in words("summit_nouns"):
        return _only(discourse, token, lambda e: e.type == "kg:NamedEvent", 8)
    if is_plural(token):
        return None
    if lemma in {"kingdom", "island", "country", "nation", "republic"}:
        return _country(discourse, token, lemma)
    if lemma in {"treaty", "pact", "accord", "deal", "agreement", "ceasefire"}:
        return _only(discourse, token, lambda e: e.type == "kg:Agreement", 6)
    return _body(discourse, token, lemma)


def _body(discourse: Discourse, token: Token, lemma: str) -> Resolution | None:
    """Resolve "the alliance", "the company", "the city" to the one named last."""
    if lemma in {"alliance", "bloc", "union"}:
        return _latest(discourse, token, lambda e: _is_bloc(e, lemma), 6)
    if found := _namesake(discourse, token, lemma) or _described(discourse, token, lemma):
        return found
    if lemma in _BODIES:
        return _latest(discourse, token, lambda e: e.type in _BODIES[lemma] and not _is_institution(e, lemma), 4)
    if lemma in {"city", "town", "capital"}:
        return _latest(discourse, token, lambda e: e.type == "schema:City", 2)
    if lemma in {"town", "village"}:
        return _latest(discourse, token, lambda e: e.type == "schema:Place", 1)
    return None


def _foreign_firm(discourse: Discourse, token: Token, lemma: str) -> Resolution | None:
    """Resolve "the Chinese carmaker" to the only firm that two sentences name, if it may be of that country."""
    inner = [t for t in token.children if t.i in discourse.heads]
    if lemma not in words("firm_nouns") or [t.dep_ for t in inner] != ["amod"]:
        return None
    home = discourse.heads[inner[0].i].entities[0]
    near = [m for m in discourse.before(token.i, 1) if m.kind is MentionKind.NAME]
    near = [m for m in near if discourse.entities[m.entities[0]].type in _FIRMS]
    fit = {m.entities[0] for m in near if discourse.entities[m.entities[0]].country in {None, home}}
    return ((next(iter(fit)),), 0.65) if len(fit) == 1 else None


def _described(discourse: Discourse, token: Token, lemma: str) -> Resolution | None:
    """Resolve "the company" to what was called a company beside its name, and near."""
    own = discourse.sentence(token.i)
    near = [
        m for m in discourse.described.get(lemma, ()) if m.end <= token.i and own - discourse.sentence(m.start) <= 6
    ]
    near = [m for m in near if not _acts_on(discourse, token, m.head)]
    named = {m.entities[0] for m in near}
    return (near[-1].entities, 0.85) if len(named) == 1 else None


def _is_institution(entity: DocEntity, lemma: str) -> bool:
    """Tell whether a name says that its bearer is no firm: "the University of Ghent"."""
    return any(w.lower() in words("institutions") and w.lower() != lemma for w in entity.name.split())


def _homeland(discourse: Discourse, token: Token) -> Resolution | None:
    """Resolve "his country", "her nation" to the country of the person meant."""
    owner = next((t for t in token.children if t.dep_ == "poss" and t.pos_ == "PRON" and t.i in discourse.heads), None)
    if owner is None or len(discourse.heads[owner.i].entities) != 1:
        return None
    person = discourse.entities[discourse.heads[owner.i].entities[0]]
    if person.country is None:
        return _home_of_text(discourse, token) if person.type == "schema:Person" else None
    return (person.country,), 0.85


def _government(discourse: Discourse, token: Token) -> Resolution | None:
    """Resolve "the government in Minsk" and "the Lukashenko government" to the country."""
    for child in token.children:
        inner = child.children if child.dep_ == "prep" and child.lower_ == "in" else ()
        for name in (*inner, *([child] if child.dep_ in {"compound", "nmod"} else ())):
            mention = discourse.heads.get(name.i)
            if mention is not None and len(mention.entities) == 1:
                entity = discourse.entities[mention.entities[0]]
                country = entity.id if entity.type == "schema:Country" else entity.country
                if country is not None and (inner or entity.type == "schema:Person"):
                    return (country,), 0.8
    return None


def _is_narrowed(discourse: Discourse, token: Token) -> bool:
    """Tell whether a name or an of-phrase inside the phrase makes it something else ("the EU country")."""
    if any(t.i in discourse.heads and t.dep_ in {"amod", "compound", "nmod", "poss"} for t in token.children):
        return True
    return any(
        t.dep_ == "prep" and t.lower_ in {"of", "between", "with", "on"} and t.i == token.i + 1 for t in token.children
    )


def _latest(discourse: Discourse, token: Token, fits: Callable[[DocEntity], bool], sentences: int) -> Resolution | None:
    """Return the entity named last that fits, a little surer when it is the only one near."""
    near = [m for m in discourse.before(token.i, sentences) if len(m.entities) == 1]
    near = [m for m in near if fits(discourse.entities[m.entities[0]])]
    near = [m for m in near if not (_acts_on(discourse, token, m.head) or _is_told(discourse, token, m.head))]
    rivals = {m.entities[0] for m in near}
    if len(rivals) == 1:
        return near[0].entities, 0.85
    topics = [m for m in near if discourse.doc[m.head].dep_ in _TOPICS or discourse.doc[m.head].head.dep_ == "agent"]
    last = discourse.sentence(token.i) - 1
    topical = {m.entities[0] for m in topics if discourse.sentence(m.start) >= last}
    return ((next(iter(topical)),), 0.7) if len(topical) == 1 else None


def _acts_on(discourse: Discourse, token: Token, head: int) -> bool:
    """Tell whether a name is the subject of the verb whose object the phrase is: "China lent the country money"."""
    name = discourse.doc[head]
    return name.dep_ in _TOPICS and name.head == token.head and token.dep_ in {"dobj", "dative", "iobj"}


def _is_told(discourse: Discourse, token: Token, head: int) -> bool:
    """Tell whether a name is told what the phrase is part of: "she told Le Monde that the company"."""
    name = discourse.doc[head]
    return name.dep_ in {"dobj", "dative"} and name.head.lemma_ == "tell" and name.head.is_ancestor(token)


def _namesake(discourse: Discourse, token: Token, lemma: str) -> Resolution | None:
    """Resolve "the court", "the Fund" to the body whose name has that word."""
    word = lemma.capitalize()
    if not word.isalpha() or token.pos_ not in {"NOUN", "PROPN"}:
        return None
    return _latest(discourse, token, lambda e: e.type in _NAMED_BODIES and word in _heads_of_name(e.name), 5)


def _heads_of_name(name: str) -> tuple[str, ...]:
    """Return the words of a name that say what it is: its last, and the last before "of" or "for"."""
    parts = name.split()
    cuts = [i for i, part in enumerate(parts) if i and part in {"of", "for"}]
    return (parts[-1], *(parts[i - 1] for i in cuts[:1]))


def _only(discourse: Discourse, token: Token, fits: Callable[[DocEntity], bool], sentences: int) -> Resolution | None:
    """Return the entity that fits if it is the only one so far and not far away."""
    found = _latest(discourse, token, fits, sentences)
    so_far = {e for m in discourse.recent(token.i) for e in m.entities if fits(discourse.entities[e])}
    return found if found is not None and len(so_far) == 1 else None


def _is_bloc(entity: DocEntity, lemma: str) -> bool:
    if entity.type != "kg:Bloc":
        return False
    if lemma == "union":
        return any("Union" in name for name in (entity.name, *entity.names))
    return (entity.name == "European Union") is not (lemma == "alliance")


def _country(discourse: Discourse, token: Token, lemma: str) -> Resolution | None:
    """Resolve "the country" to the country that the sentences are about: a subject, or the only one near."""
    near = [
        m for m in discourse.before(token.i, 1) if discourse.kind(m.entities[0]) == "country" and len(m.entities) == 1
    ]
    acting = {e for m in near if _acts_on(discourse, token, m.head) for e in m.entities}
    near = [m for m in near if acting.isdisjoint(m.entities)]
    codes = {e: _code(discourse.entities[e]) for m in near for e in m.entities}
    if lemma == "kingdom":
        near = [m for m in near if is_monarchy(codes[m.entities[0]])]
    if lemma == "island":
        near = [m for m in near if codes[m.entities[0]] in words("island_codes")]
    if len({m.entities[0] for m in near}) == 1:
        return near[0].entities, 0.8
    for subject in discourse.subjects(token):
        mention = discourse.heads.get(subject.i)
        if mention is not None and mention in near:
            return mention.entities, 0.7
    return None if lemma in {"kingdom", "island"} else _home_of_text(discourse, token)


def _home_of_text(discourse: Discourse, token: Token) -> Resolution | None:
    """Return the country that a document is about where none is named near: far more often named than any other."""
    ranked = discourse.counts(token.i, "country").most_common(2)
    if not ranked or ranked[0][1] < _OFTEN or (len(ranked) > 1 and ranked[1][1] * 1.6 > ranked[0][1]):
        return None
    return (ranked[0][0],), 0.6


def _code(entity: DocEntity) -> str:
    return territory_code(entity.name)
