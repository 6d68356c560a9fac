"""To whom "the Russian leader", "the president", "the alliance", "the kingdom" refer: one entity named elsewhere."""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.coref.characters import described_person, is_character
from kg.annotate.coref.countries import capital, described_country, governed, home_state, homeland, neighbour, side_of
from kg.annotate.coref.discourse import Discourse, Resolution
from kg.annotate.coref.holders import office_holder
from kg.annotate.coref.organizations import described_body, own_body
from kg.annotate.coref.places import described_place
from kg.annotate.coref.relations import related_person
from kg.annotate.coref.tokens import is_definite, is_plural
from kg.annotate.coref.trades import CLASSES
from kg.annotate.names.nouns import noun_classes, words
from kg.model import MentionKind

__all__ = ["resolve_description"]

_ACTING = frozenset({"person", "country", "organization"})
_PLACES = frozenset({"city", "town", "district", "province"})
_COLONIES = frozenset({"colony", "ex-colony"})
_NAMING = frozenset({"known", "called", "named", "dubbed", "codenamed"})


def resolve_description(discourse: Discourse, token: Token) -> Resolution | None:
    """Return the entity that a definite singular noun phrase describes, by its head; None where it is not clear."""
    if is_plural(token) and token.lemma_.lower() not in words("exercise_nouns"):
        return None
    if token.lower_ == "latter":
        return _latter(discourse, token)
    if token.dep_ in {"attr", "oprd"}:
        return None  # "is the only country": says what somebody is
    lemma = token.lemma_.lower()
    if (named := _known_as(discourse, token)) is not None:
        return (named,), 0.85
    if found := related_person(discourse, token):
        return found
    if lemma in words("peer_nouns") and (found := neighbour(discourse, token)):
        return found
    if lemma in words("body_nouns") and (found := homeland(discourse, token)):
        return found
    if found := own_body(discourse, token):
        return found
    if noun_classes(lemma) & {"leader", "office"}:
        return office_holder(discourse, token) or described_person(discourse, token)
    if is_character(token) and lemma not in CLASSES:
        return described_person(discourse, token)
    if lemma in words("home_nouns") and (found := homeland(discourse, token)):
        return found
    return _defined(discourse, token, lemma) if is_definite(token) else None


def _latter(discourse: Discourse, token: Token) -> Resolution | None:
    """Resolve "the latter" to whoever was named last."""
    if not is_definite(token):
        return None
    named = (m for m in discourse.before(token.i, 1) if m.kind is MentionKind.NAME and len(m.entities) == 1)
    return next(((m.entities, 0.7) for m in named if discourse.kind(m.entities[0]) in _ACTING), None)


def _known_as(discourse: Discourse, token: Token) -> int | None:
    """Return what is named behind a description: "The drills, known as Union Shield"."""
    if not token.n_rights or not is_definite(token):
        return None
    for verb in (t for t in token.children if t.dep_ == "acl" and t.lower_ in _NAMING):
        inner = (*verb.children, *(t for prep in verb.children if prep.lower_ == "as" for t in prep.children))
        mention = next((discourse.heads[t.i] for t in inner if t.i > verb.i and t.i in discourse.heads), None)
        if mention is not None and len(mention.entities) == 1:
            return mention.entities[0]
    return None


def _defined(discourse: Discourse, token: Token, lemma: str) -> Resolution | None:
    """Resolve "the ..." by the class of thing that its noun names."""
    if lemma in {"government", "state"} and (found := governed(discourse, token) or home_state(discourse, token)):
        return found
    if lemma in words("body_nouns"):
        return governed(discourse, token)
    if lemma == "capital":
        return capital(discourse, token)
    if lemma == "side" and (found := side_of(discourse, token)):
        return found
    if (lemma in words("home_nouns") and _is_of_region(discourse, token)) or lemma in _COLONIES:
        return described_country(discourse, token)
    if _is_narrowed(discourse, token):
        return described_body(discourse, token) if _is_national(discourse, token) else None
    if lemma in words("exercise_nouns") or lemma in words("summit_nouns"):
        return _only(discourse, token, "kg:NamedEvent", 8)
    if is_plural(token):
        return None
    if lemma in {"kingdom", "island", "archipelago", "country", "nation", "republic"}:
        return described_country(discourse, token)
    if lemma in {"treaty", "pact", "accord", "deal", "agreement", "ceasefire"}:
        return _only(discourse, token, "kg:Agreement", 6)
    if lemma in _PLACES:
        return described_place(discourse, token)
    return described_body(discourse, token)


def _is_narrowed(discourse: Discourse, token: Token) -> bool:
    """Tell whether a name or an of-phrase inside the phrase makes it something else ("the EU country")."""
    if any(t.i in discourse.heads and t.dep_ in {"amod", "compound", "nmod", "poss"} for t in token.children):
        return True
    behind = (t for t in token.children if t.dep_ == "prep" and t.i == token.i + 1)
    return any(t.lower_ in {"of", "between", "with", "on"} and not _tells_nothing(t) for t in behind)


def _tells_nothing(prep: Token) -> bool:
    """Tell whether what stands behind "of" narrows nothing: a number ("of 330,000"), a deed ("accused it of lying")."""
    return any((t.dep_ == "pobj" and t.like_num) or t.dep_ == "pcomp" for t in prep.children)


def _is_of_region(discourse: Discourse, token: Token) -> bool:
    """Tell whether all that narrows a phrase is the region of a country: "the West African nation"."""
    inner = [t for t in token.children if t.i in discourse.heads]
    kinds = [discourse.kind(discourse.heads[t.i].entities[0]) for t in inner]
    return kinds in (["place"], ["group"]) and inner[0].i < token.i


def _is_national(discourse: Discourse, token: Token) -> bool:
    """Tell whether all that narrows a phrase is a country, or a league: "the Chinese carmaker", "the NBA team"."""
    inner = [discourse.heads[t.i] for t in token.children if t.i in discourse.heads]
    behind = any(t.dep_ == "prep" and t.lower_ == "of" for t in token.children)
    kinds = [discourse.kind(m.entities[0]) for m in inner]
    return not behind and (kinds == ["country"] or (kinds == ["organization"] and token.lemma_ in words("club_nouns")))


def _only(discourse: Discourse, token: Token, kind: str, sentences: int) -> Resolution | None:
    """Return the entity of a class if it is the only one so far and not far away."""
    near = {e for m in discourse.before(token.i, sentences) for e in m.entities}
    so_far = {e for m in discourse.recent(token.i) for e in m.entities if discourse.entities[e].type == kind}
    years = [t.text for t in token.children if t.dep_ == "nummod" and len(t.text) == 4 and t.text.isdigit()]
    if years and any(years[0] not in discourse.entities[e].name for e in so_far):
        return None  # "the 2017 drills" after "Unitas-2021"
    if len(so_far) == 1:
        return (tuple(so_far), 0.85) if so_far <= near else None
    last = {m.entities for m in discourse.before(token.i, 1) if so_far.issuperset(m.entities)}
    return (next(iter(last)), 0.65) if len(last) == 1 else None
