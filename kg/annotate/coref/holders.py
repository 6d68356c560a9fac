"""To whom "the Russian leader", "the prime minister" refer: the one person who is said to hold the office."""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.coref.discourse import Discourse, Resolution
from kg.annotate.coref.tokens import is_definite
from kg.annotate.layers import Title
from kg.annotate.names.nouns import words
from kg.annotate.names.titles import owner_of

__all__ = ["office_holder", "sets_apart", "title_fits"]

_RULING = frozenset({"leader", "strongman", "ruler", "dictator", "autocrat", "head", "monarch"})
"""Words that fit whoever heads a state."""
_FULL = {"pm": "minister"}
_SECOND = frozenset({"vice", "deputy"})
_STATE_HEADS = (
    frozenset({"president", "king", "queen", "emir", "sultan", "emperor", "chancellor", "counterpart"}) | _RULING
)


def office_holder(discourse: Discourse, token: Token) -> Resolution | None:
    """Resolve "the Russian leader", "the Belarusian President", "the prime minister"."""
    owner = owner_of(token, discourse.heads)
    shouted = owner is not None and (token.text[0].isupper() or _acts_bare(token))
    possessed = any(t.dep_ == "poss" and t.i in discourse.heads for t in token.children)
    if not (is_definite(token) or shouted or possessed):
        return None
    past = any(t.lower_ == "former" for t in token.children)
    if any(t.dep_ == "amod" and t.lower_ != "former" and sets_apart(discourse, t) for t in token.children):
        return None
    fits = [t for t in discourse.titles if title_fits(token, t, past=past) and _is_peer(discourse, token, t)]
    fits = [t for t in fits if owner is None or _belongs(discourse, t, owner)]
    persons = dict.fromkeys(t.person for t in fits)
    if owner is not None:
        return ((next(iter(persons)),), 0.9) if len(persons) == 1 else _without_country(discourse, token, owner)
    return _nearest_of(discourse, token, frozenset(persons))


def _acts_bare(token: Token) -> bool:
    """Tell whether an office acts without an article, as in a headline: "Kenyan president vows reform"."""
    bare = all(t.dep_ in {"amod", "compound", "nmod"} for t in token.children if t.i < token.i)
    return token.dep_ in {"nsubj", "nsubjpass"} and bare


def _without_country(discourse: Discourse, token: Token, owner: int) -> Resolution | None:
    """Resolve "the Russian president" to the only president of whom the text does not say of what country."""
    if token.lemma_.lower() not in _STATE_HEADS or discourse.kind(owner) != "country":
        return None
    if owner in discourse.countries.values():
        return None  # somebody else was called so before
    titled = {t.person for t in discourse.titles}
    unknown = {e for m in discourse.before(token.i, 4) for e in m.entities if discourse.kind(e) == "person"} - titled
    if any(discourse.country(e) is None for e in unknown):
        return None  # "the Belarusian leader" after "President Putin met Lukashenko"
    past = any(t.lower_ == "former" for t in token.children)
    fits = [t for t in discourse.titles if title_fits(token, t, past=past) and _is_peer(discourse, token, t)]
    homeless = {t.person for t in fits if discourse.owner(t) is None and discourse.country(t.person) is None}
    if len(homeless) != 1 or any(_belongs(discourse, t, owner) for t in fits):
        return None
    person = next(iter(homeless))
    discourse.countries[person] = owner
    return (person,), 0.65


def _is_peer(discourse: Discourse, token: Token, title: Title) -> bool:
    """Tell whether the counterpart of somebody may be what a description says: that of a minister rules no state."""
    if title.lemma != "counterpart":
        return True
    own = discourse.sentence(title.head)
    peers = [t for t in discourse.titles if t.person != title.person and discourse.sentence(t.head) == own]
    return not peers or (title_fits(token, peers[-1], past=False) and peers[-1].lemma in _STATE_HEADS)


def sets_apart(discourse: Discourse, adjective: Token) -> bool:
    """Tell whether an adjective may mean somebody else: "the new president", "the third-placed candidate"."""
    lower = adjective.lower_
    harmless = lower in words("portfolios") or lower in words("harmless_adjectives") or adjective.i in discourse.heads
    return not harmless or lower in {"new", "next", "future", "other", "former"}


def _belongs(discourse: Discourse, title: Title, owner: int) -> bool:
    return owner in {title.of, discourse.country(title.person)}


def title_fits(token: Token, title: Title, *, past: bool) -> bool:
    """Tell whether a description may mean the bearer of a title; "the former minister" is one who was."""
    lemma, held = (_FULL.get(word, word) for word in (token.lemma_.lower(), title.lemma))
    if title.former is not past:
        return False
    borne = {t.lower_ for t in token.doc[title.start : title.end]}
    borne |= {"prime"} if "pm" in borne else set()
    if lemma in _RULING:
        return held in _STATE_HEADS or held == "premier" or "prime" in borne
    if held == "counterpart":
        return lemma in _STATE_HEADS
    if borne & _SECOND and not any(t.lower_ in _SECOND for t in token.children):
        return False
    portfolio = {t.lower_ for t in token.children if t.dep_ in {"compound", "amod"}} & words("portfolios")
    portfolio |= {"prime"} if token.lower_ == "pm" else set()
    return lemma == held and portfolio <= borne


def _nearest_of(discourse: Discourse, token: Token, persons: frozenset[int]) -> Resolution | None:
    """Return the bearer of the title who was named last, if no other bearer is near."""
    near = [m.entities[0] for m in discourse.before(token.i, 4) if len(m.entities) == 1 and m.entities[0] in persons]
    if not near:
        return (tuple(persons), 0.65) if len(persons) == 1 and _was_named(discourse, token, persons) else None
    if len(set(near)) == 1:
        return (near[0],), 0.8
    home = discourse.home(token.i)
    own = [p for p in dict.fromkeys(near) if home is not None and discourse.country(p) == home]
    return ((own[0],), 0.6) if len(own) == 1 else None


def _was_named(discourse: Discourse, token: Token, persons: frozenset[int]) -> bool:
    return any(not persons.isdisjoint(m.entities) for m in discourse.recent(token.i))
