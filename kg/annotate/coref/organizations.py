"""To what "the company", "the Chinese carmaker", "the alliance", "the court" refer: one body named elsewhere.

What the text calls a body ("the airline Aero", "Aero, an airline") or what its name says ("the court" for the High
Court) goes first; else the one that the sentences around tell of, among bodies of a class that the noun may name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from kg.annotate.coref.binding import is_other
from kg.annotate.coref.discourse import Discourse, Resolution
from kg.annotate.coref.tokens import SUBJECTS, acting
from kg.annotate.coref.trades import (
    AUTHORITIES,
    CLASSES,
    CLUBS,
    FIRMS,
    NAMED_BODIES,
    RATING,
    called_otherwise,
    is_named_so,
    like,
    may_be,
)
from kg.annotate.layers import DocEntity, EntityMention
from kg.annotate.names.nouns import words
from kg.model import MentionKind

__all__ = ["described_body", "own_body"]

_BLOCS = frozenset({"alliance", "bloc", "union"})
_RECENCY = (0.9, 1.0, 0.6, 0.4, 0.3, 0.2, 0.2)
_MARGIN = 0.2
_CALLED = 3
_CENTRAL = frozenset({"Central", "Reserve", "Sentral", "Bundesbank", "Riksbank"})
_NATIONAL = frozenset({"amod", "compound", "nmod"})


def described_body(discourse: Discourse, token: Token) -> Resolution | None:
    """Return the body that a definite singular description means, None where it is not clear."""
    lemma = token.lemma_.lower()
    if lemma == "bank" and _is_central(discourse, token):
        return _central_bank(discourse)
    found = _namesake(discourse, token) or _called(discourse, token, lemma)
    if found is None and lemma == "agency" and any(t.lower_ in {"rating", "ratings"} for t in token.children):
        found = _told_of(discourse, token, lambda e: e.name in RATING)
    if found is None and lemma in _BLOCS:
        found = _told_of(discourse, token, lambda e: _is_bloc(e, lemma)) or _only_bloc(discourse, token, lemma)
    if found is None and lemma in CLASSES:
        found = _told_of(discourse, token, lambda e: may_be(e, lemma))
        if found is None and lemma == "party":
            found = _told_of(discourse, token, lambda e: e.type in CLUBS)
    return found or _ever_called(discourse, token, lemma)


def _is_central(discourse: Discourse, token: Token) -> bool:
    """Tell whether a bank is the central one, or called so in the sentences before: "the central bank ... the bank"."""
    begin = discourse.starts[max(0, discourse.sentence(token.i) - _CALLED)]
    near = (t for t in discourse.doc[begin : token.i + 1] if t.lemma_.lower() == "bank" and t.i not in discourse.heads)
    return any(c.lower_ == "central" for t in near for c in t.children)


def _central_bank(discourse: Discourse) -> Resolution | None:
    """Return the only central bank that a text names, by its name or its governor."""
    governed = {t.of for t in discourse.titles if t.lemma == "governor"}
    bodies = (e for e in discourse.entities if e.type in AUTHORITIES | FIRMS)
    found = [e.id for e in bodies if e.id in governed or _CENTRAL.intersection(e.name.split())]
    return ((found[0],), 0.7) if len(found) == 1 else None


def _ever_called(discourse: Discourse, token: Token, lemma: str) -> Resolution | None:
    """Return the only body that the text has called so, however far: "Belavia, the state airline ... The airline"."""
    said = [m for noun in like(lemma) for m in discourse.described.get(noun, ()) if m.end <= token.i]
    ever = {m.entities[0] for m in said}
    return (tuple(ever), 0.6) if len(ever) == 1 and lemma not in words("general_firm_nouns") else None


def own_body(discourse: Discourse, token: Token) -> Resolution | None:
    """Resolve "his firm", "Ali's party" to the body that a person is said to lead, to speak for, or to have."""
    lemma = token.lemma_.lower()
    owner = next((t for t in token.children if t.dep_ == "poss" and t.i in discourse.heads), None)
    if owner is None or lemma not in CLASSES or len(discourse.heads[owner.i].entities) != 1:
        return None
    person = discourse.heads[owner.i].entities[0]
    if discourse.kind(person) != "person":
        return None
    side = discourse.side(person)
    if side is not None and discourse.kind(side) == "organization":
        return (side,), 0.75
    had = {e for e in _owned(discourse, person) if may_be(discourse.entities[e], lemma)}
    return (tuple(had), 0.7) if len(had) == 1 else None


def _owned(discourse: Discourse, person: int) -> Iterator[int]:
    """Yield the bodies that the text calls somebody's: "Ali's Reform Party"."""
    for mention in discourse.mentions:
        if mention.kind is MentionKind.NAME and discourse.kind(mention.entities[0]) == "organization":
            owners = (discourse.heads.get(t.i) for t in discourse.doc[mention.head].children if t.dep_ == "poss")
            if any(m is not None and m.entities == (person,) for m in owners):
                yield mention.entities[0]


def _namesake(discourse: Discourse, token: Token) -> Resolution | None:
    """Resolve "the court", "the Fund" to the body whose name has that word."""
    word = token.lemma_.capitalize()
    if not word.isalpha() or not any(word in e.name for e in discourse.entities):
        return None
    found = _told_of(discourse, token, lambda e: e.type in NAMED_BODIES and word in _heads_of_name(e.name))
    if found is not None:
        return found
    bodies = [e for m in discourse.recent(token.i) for e in m.entities if discourse.entities[e].type in NAMED_BODIES]
    named = [e for e in bodies if word in _heads_of_name(discourse.entities[e].name)]
    return ((named[-1],), 0.65 if len(set(named)) == 1 else 0.55) if named else None


def _heads_of_name(name: str) -> tuple[str, ...]:
    """Return the words of a name that say what it is: its last, and the last before "of" or "for"."""
    parts = name.split()
    cuts = [i for i, part in enumerate(parts) if i and part in {"of", "for"}]
    return (parts[-1], *(parts[i - 1] for i in cuts[:1]))


def _called(discourse: Discourse, token: Token, lemma: str) -> Resolution | None:
    """Resolve "the company" to what was called a company beside its name, and near."""
    own = discourse.sentence(token.i)
    said = [m for noun in like(lemma) for m in discourse.described.get(noun, ())]
    near = [m for m in said if m.end <= token.i and own - discourse.sentence(m.start) < len(_RECENCY)]
    near = [m for m in near if not is_other(discourse, token, m)]
    named = {m.entities[0] for m in near}
    return (near[-1].entities, 0.85) if len(named) == 1 else None


def _told_of(discourse: Discourse, token: Token, fits: Callable[[DocEntity], bool]) -> Resolution | None:
    """Return the entity that fits and that the sentences before are about, surer where no other is near."""
    home = _home(discourse, token)
    weights: dict[int, float] = {}
    near = list(discourse.before(token.i, len(_RECENCY) - 1))
    others = {
        e for m in near if is_other(discourse, token, m) or discourse.doc[m.head].head == token for e in m.entities
    }
    for mention in near:
        entity = discourse.entities[mention.entities[0]]
        if len(mention.entities) > 1 or not fits(entity) or entity.country not in {None, home or entity.country}:
            continue
        if entity.id not in others:
            weight = _weight(discourse, token, mention) + 0.4 * (home is not None and entity.country == home)
            weights[entity.id] = max(weights.get(entity.id, 0.0), weight)
    if len(weights) == 1:
        return tuple(weights), 0.85
    often = discourse.frequent(token.i, weights)
    share = 0.5 if token.lemma_.lower() in words("general_firm_nouns") else 0.25
    ranked = sorted(((w + share * often[e], e) for e, w in weights.items()), key=lambda w: (-w[0], w[1]))
    if not ranked or ranked[0][0] - ranked[1][0] < _MARGIN:
        return None
    return (ranked[0][1],), 0.65


def _home(discourse: Discourse, token: Token) -> int | None:
    """Return the country that a description names: "the Chinese carmaker"."""
    named = (discourse.heads[t.i] for t in token.children if t.dep_ in _NATIONAL and t.i in discourse.heads)
    return next((m.entities[0] for m in named if discourse.kind(m.entities[0]) == "country"), None)


def _weight(discourse: Discourse, token: Token, mention: EntityMention) -> float:
    name = acting(discourse.doc[mention.head])
    weight = _RECENCY[discourse.sentence(token.i) - discourse.sentence(mention.start)]
    if name.dep_ in SUBJECTS or name.head.dep_ == "agent":
        weight += 0.4 if name.head.dep_ in {"ROOT", "ccomp"} else 0.25
    elif name.dep_ in {"compound", "nmod", "amod"} or mention.kind is MentionKind.DEMONYM:
        weight -= 0.2
    lemma = token.lemma_.lower()
    if is_named_so(discourse.entities[mention.entities[0]], lemma):
        weight += 0.8
    if lemma in words("firm_nouns") and discourse.entities[mention.entities[0]].type == "schema:Corporation":
        weight += 0.3
    if called_otherwise(discourse, mention.entities[0], lemma):
        weight -= 1.0
    return weight


def _only_bloc(discourse: Discourse, token: Token, lemma: str) -> Resolution | None:
    """Return the bloc of the text so far where there is but one, however far."""
    so_far = {e for m in discourse.recent(token.i) for e in m.entities if _is_bloc(discourse.entities[e], lemma)}
    return (tuple(so_far), 0.6) if len(so_far) == 1 else None


def _is_bloc(entity: DocEntity, lemma: str) -> bool:
    if entity.type != "kg:Bloc":
        return False
    if lemma == "union":
        return any("Union" in name for name in (entity.name, *entity.names))
    return entity.name != ("European Union" if lemma == "alliance" else "NATO")
