"""To which country "the country", "the island nation", "his country", "the government in Oslo" refer."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.annotate.coref.binding import is_other
from kg.annotate.coref.discourse import Discourse, Resolution
from kg.annotate.coref.tokens import SUBJECTS, acting
from kg.annotate.layers import EntityMention
from kg.annotate.names.gazetteer import load_gazetteer, territory_code
from kg.annotate.names.nouns import is_monarchy, words
from kg.model import MentionKind

__all__ = ["capital", "described_country", "governed", "home_state", "homeland", "neighbour", "side_of"]

_WAYS = frozenset({"of", "to", "from", "towards", "toward"})
_RECENCY = (0.9, 1.0, 0.5)
_MARGIN = 0.1


def homeland(discourse: Discourse, token: Token) -> Resolution | None:
    """Resolve "his country", "her nation" to the country of the person meant."""
    owner = next((t for t in token.children if t.dep_ == "poss" and t.pos_ == "PRON" and t.i in discourse.heads), None)
    if owner is None or len(discourse.heads[owner.i].entities) != 1:
        return None
    person = discourse.heads[owner.i].entities[0]
    country = discourse.country(person)
    if country is not None:
        return (country,), 0.85
    return _home_of_text(discourse, token) if discourse.kind(person) == "person" else None


def neighbour(discourse: Discourse, token: Token) -> Resolution | None:
    """Resolve "its neighbour", "its rival" to the other of the two countries of which the text tells together."""
    owner = next((discourse.heads[t.i] for t in token.children if t.dep_ == "poss" and t.i in discourse.heads), None)
    inner = [t for t in token.children if t.i < token.i]
    plain = all(t.dep_ in {"poss", "case", "punct"} or t.lower_ in words("peer_adjectives") for t in inner)
    if owner is None or not plain or len(owner.entities) != 1 or discourse.kind(owner.entities[0]) != "country":
        return None
    pair = discourse.likely_group(token.i, "country", 2)
    named = pair.entities if pair is not None else tuple(discourse.counts(token.i, "country"))
    others = [e for e in named if e not in owner.entities]
    return ((others[0],), 0.6) if len(others) == 1 else None


def governed(discourse: Discourse, token: Token) -> Resolution | None:
    """Resolve "the government in Minsk" and "the Lukashenko government" to the country."""
    for child in token.children:
        inner = child.children if child.dep_ == "prep" and child.lower_ == "in" else ()
        for name in (*inner, *([child] if child.dep_ in {"compound", "nmod"} else ())):
            mention = discourse.heads.get(name.i)
            if mention is not None and len(mention.entities) == 1:
                entity = discourse.entities[mention.entities[0]]
                country = entity.id if entity.type == "schema:Country" else discourse.country(entity.id)
                if country is not None and (inner or entity.type == "schema:Person"):
                    return (country,), 0.8
    return None


def side_of(discourse: Discourse, token: Token) -> Resolution | None:
    """Resolve "the Kenyan side" to the country, where it speaks or acts."""
    inner = [t for t in token.children if t.i < token.i and t.dep_ != "det"]
    mention = discourse.heads.get(inner[0].i) if len(inner) == 1 else None
    if mention is None or len(mention.entities) > 1 or inner[0].dep_ not in {"amod", "compound", "nmod"}:
        return None
    acts = token.dep_ in SUBJECTS or token.head.lower_ in {"by", "with", "from"}
    return (mention.entities, 0.75) if acts and discourse.kind(mention.entities[0]) == "country" else None


def home_state(discourse: Discourse, token: Token) -> Resolution | None:
    """Resolve "the government", "the state" that acts, or is acted on, to the country that a text is about."""
    plain = all(t.dep_ == "det" or (t.i > token.i and t.dep_ != "prep") for t in token.children)
    acts = token.dep_ in SUBJECTS | {"dobj", "dative", "iobj"} or token.head.dep_ == "agent"
    found = _home_of_text(discourse, token) if plain and acts else None
    near = (m for m in discourse.before(token.i, 0) if found is not None and m.entities == found[0])
    return None if any(is_other(discourse, token, m) for m in near) else found


def capital(discourse: Discourse, token: Token) -> Resolution | None:
    """Resolve "the capital" to the only capital named so far, where it is a place: "the south of the capital"."""
    plain = all(t.dep_ in {"det", "case"} for t in token.children)
    placed = token.dep_ == "pobj" and token.head.lower_ in words("place_prepositions") | _WAYS
    if not plain or not (placed or token.dep_ == "poss"):
        return None
    home = discourse.counts(token.i, "country").most_common(1)
    country = discourse.entities[home[0][0]].name if home else ""
    cities = {e for m in discourse.recent(token.i) for e in m.entities if _is_capital(discourse, e, country)}
    return (tuple(cities), 0.7) if len(cities) == 1 else None


def _is_capital(discourse: Discourse, entity: int, country: str) -> bool:
    """Tell whether a city is the capital of a country, of any where none is named."""
    found = discourse.entities[entity]
    of = [load_gazetteer().capitals[name].name for name in found.names if name in load_gazetteer().capitals]
    return found.type == "schema:City" and bool(of) and country in {"", *of}


def described_country(discourse: Discourse, token: Token) -> Resolution | None:
    """Resolve "the country" to the one that the sentences before are about, or the whole text is."""
    kind = token.lemma_.lower()
    if kind == "archipelago" or any(t.dep_ == "compound" and t.lower_ == "island" for t in token.children):
        kind = "island"
    weights: dict[int, float] = {}
    for mention in discourse.before(token.i, len(_RECENCY) - 1):
        entity = mention.entities[0]
        if len(mention.entities) > 1 or discourse.kind(entity) != "country" or not _may_be(discourse, entity, kind):
            continue
        if not is_other(discourse, token, mention) and discourse.doc[mention.head].head != token:
            weights[entity] = max(weights.get(entity, 0.0), _weight(discourse, token, mention))
    for country, weight in _of_subjects(discourse, token):
        if country in weights or _may_be(discourse, country, kind):
            weights[country] = max(weights.get(country, 0.0), weight)
    often = discourse.frequent(token.i, weights)
    ranked = sorted(((w + 0.4 * often[e], e) for e, w in weights.items()), key=lambda w: (-w[0], w[1]))
    if len(ranked) == 1 or (ranked and ranked[0][0] - ranked[1][0] >= _MARGIN):
        return (ranked[0][1],), 0.8 if len(ranked) == 1 else 0.7
    home = None if ranked else _home_of_text(discourse, token)
    return home if home is not None and _may_be(discourse, home[0][0], kind) else None


def _of_subjects(discourse: Discourse, token: Token) -> Iterator[tuple[int, float]]:
    """Yield the countries for which those speak or act of whom the sentence and the one before tell."""
    before = discourse.main_subject(discourse.sentence(token.i) - 1)
    subjects = [*((s, 1.4) for s in discourse.subjects(token)), *([(before, 0.6)] if before is not None else ())]
    for subject, weight in subjects:
        mention = discourse.named_by(subject)
        if mention is not None and len(mention.entities) == 1 and discourse.kind(mention.entities[0]) == "person":
            country = discourse.country(mention.entities[0])
            if country is not None and discourse.kind(country) == "country":
                yield country, weight


def _may_be(discourse: Discourse, entity: int, kind: str) -> bool:
    code = territory_code(discourse.entities[entity].name)
    if kind == "kingdom":
        return is_monarchy(code)
    return kind != "island" or code in words("island_codes")


def _weight(discourse: Discourse, token: Token, mention: EntityMention) -> float:
    name = acting(discourse.doc[mention.head])
    weight = _RECENCY[discourse.sentence(token.i) - discourse.sentence(mention.start)]
    if name.dep_ in SUBJECTS:
        weight += 0.4
    elif mention.kind is MentionKind.DEMONYM:
        weight -= 0.3
    return weight


def _home_of_text(discourse: Discourse, token: Token) -> Resolution | None:
    """Return the country that a document is about where none is named near: far more often named than any other."""
    home = discourse.home(token.i)
    return ((home,), 0.6) if home is not None else None
