"""To whom "the two leaders", "both countries", "the pair", "neither" refer: several entities at once."""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.coref.discourse import Discourse, Group, Resolution
from kg.annotate.coref.tokens import PLURAL, SUBJECTS, acting, is_plural
from kg.annotate.names.nouns import noun_classes, words

__all__ = ["group_head", "is_group_word", "resolve_group"]

_ALONE = frozenset({"two", "both", "neither"})
_COUNTS = frozenset({"three", "four"})
_SINGULAR = frozenset(
    {"president", "leader", "country", "side", "government", "minister", "nation", "company", "firm", "state"}
) | {"man", "party"}
_DETERMINERS = frozenset({"the", "these", "both", "their", "those", "all", "neither", "either"})
_NUMBERS = {"two": 2, "both": 2, "neither": 2, "either": 2, "three": 3, "trio": 3, "four": 4}
_SELECTING = frozenset({"first", "last", "other", "foreign", "rival", "several", "many", "few", "next", "top"})
"""Adjectives that set those meant apart from those just named: "the first foreign leaders"."""
_VAGUE = frozenset({"rival", "official", "diplomat", "negotiator", "counterpart"})
"""Words for many: those meant were named a moment ago, or are not clear."""
_NEAR = 2
_LEAD = 2
_FEW = 4
_PEOPLE = frozenset({"investor", "shareholder", "owner", "operator", "supplier", "builder", "developer", "maker"})
"""Words for firms that may be people or many others."""
_HARMLESS = frozenset({"Soviet Union"})
"""Countries whose adjective only describes ("the two ex-Soviet states")."""


def is_group_word(word: str, tag: str) -> bool:
    """Tell by word and tag whether a token can be the head of a phrase for several; :func:`group_head` looks closer."""
    return tag in PLURAL or word in _ALONE or word in _COUNTS or word in _SINGULAR or word in words("pair_nouns")


def group_head(token: Token) -> bool:
    """Tell whether a token can be the head of a phrase for several: "leaders", "pair", "two", "neither"."""
    if not is_group_word(token.lower_, token.tag_):
        return False
    if token.lower_ in words("pair_nouns"):
        return any(t.dep_ == "det" and t.lower_ == "the" for t in token.children)
    if token.lower_ in _ALONE or token.lower_ in _COUNTS:
        if token.lower_ in _COUNTS and not any(t.lower_ == "the" for t in token.children):
            return False
        return token.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj"} and token.pos_ in {"NUM", "PRON", "DET", "CCONJ"}
    if token.lower_ in _SINGULAR:
        return any(t.lower_ in {"neither", "either"} for t in token.children)
    return is_plural(token) and bool(_kinds(token.lemma_.lower()) or _are_persons(token.lemma_.lower()))


def resolve_group(discourse: Discourse, token: Token) -> Resolution | None:
    """Return the entities of a phrase for several, None where they are not clear."""
    inner = [t for t in token.children if t.i < token.i]
    determiner = next((t.lower_ for t in inner if t.lower_ in _DETERMINERS), "")
    size = next((_NUMBERS[t.lower_] for t in (token, *inner) if t.lower_ in _NUMBERS), 0)
    size = size or (2 if token.lower_ in words("pair_nouns") else 0)
    if not determiner and not size:
        return None
    country = _country_named(discourse, inner)
    if country is not None or _restricted(discourse, token) or any(t.lower_ in _SELECTING for t in inner):
        return None
    if determiner == "their" or any(t.lower_ in {"their", "our"} for t in inner):
        return _theirs(discourse, token)
    if not determiner and not _opens(token):
        return None
    kinds = _kinds(token.lemma_.lower())
    if not kinds and _are_persons(token.lemma_.lower()):
        if size != 2:
            return _called_so(discourse, token, size)
        kinds = ("person",)
    for kind in kinds or _bare_kinds(token):
        found = _group(discourse, token, kind, size)
        if found is not None:
            return found
    return None


def _called_so(discourse: Discourse, token: Token, size: int) -> Resolution | None:
    """Return the few whom the text has called what a plural noun says: "Senator X, Senator Y ... the senators"."""
    plain = all(t.dep_ in {"det", "nummod", "predet"} for t in token.children if t.i < token.i)
    so_far = {m.entities[0] for m in discourse.recent(token.i) if len(m.entities) == 1} if plain else set()
    called = {e for e in so_far if token.lemma_.lower() in discourse.known_as(e)}
    fits = len(called) == size if size else 1 < len(called) <= _FEW
    return (tuple(sorted(called)), 0.65) if fits else None


def _bare_kinds(token: Token) -> tuple[str, ...]:
    """Return what "the pair" and "both" may be; persons only where they do something: "exports milk to both"."""
    if token.dep_ == "dobj" and token.head.lemma_ in words("pair_verbs"):
        return ("person", "country")
    acts = token.dep_ in {"nsubj", "nsubjpass"} or token.lower_ in words("pair_nouns")
    return ("person", "country", "organization") if acts else ("country", "person", "organization")


def _opens(token: Token) -> bool:
    """Tell whether a bare "two leaders" may still be definite: only as "both", "neither" and the like."""
    return token.lower_ in {"both", "neither"} or any(t.lower_ in {"both", "neither", "either"} for t in token.children)


def _are_persons(lemma: str) -> bool:
    """Tell whether a noun says what two people may be: "both generals", "the two climbers"."""
    return lemma in words("newsmakers") or bool(noun_classes(lemma) & {"leader", "office"})


def _kinds(lemma: str) -> tuple[str, ...]:
    kinds = [("person", "group_persons"), ("country", "group_countries"), ("organization", "group_organizations")]
    found = tuple(kind for kind, name in kinds if lemma in words(name))
    return found or (("organization",) if lemma in words("firm_nouns") - _PEOPLE else ())


def _country_named(discourse: Discourse, inner: list[Token]) -> int | None:
    """Return the country that narrows the phrase ("the two German ministers")."""
    for token in inner:
        mention = discourse.heads.get(token.i)
        if mention is None or token.pos_ == "PRON":
            continue
        entity = discourse.entities[mention.entities[0]]
        if entity.type in {"schema:Country", "kg:Bloc"} and entity.name not in _HARMLESS:
            return entity.id
    return None


def _restricted(discourse: Discourse, token: Token) -> bool:
    """Tell whether an of-phrase or a relative clause says which ones: "the leaders of Poland and Latvia"."""
    later = [t for t in token.children if t.i > token.i]
    if any(t.dep_ == "prep" and t.lower_ in {"of", "from"} for t in later):
        return True
    return any(t.dep_ in {"relcl", "acl"} and t.i == token.i + 2 for t in later) and not any(
        t.pos_ == "NUM" for t in token.children
    )


def _group(discourse: Discourse, token: Token, kind: str, size: int) -> Resolution | None:
    if token.lemma_.lower() == "side" and kind == "country" and (sides := _sides(discourse, token)):
        return sides, 0.65
    group = discourse.likely_group(token.i, kind, size)
    if group is not None:
        far = discourse.sentence(token.i) - discourse.sentence(max(0, group.at - 1))
        vague = token.lemma_.lower() in _VAGUE or _mentioned_by_the_way(discourse, token, group)
        if far > _NEAR and size != 2 and vague and not _in_office(discourse, group):
            return None
        return group.entities, max(0.6, 0.9 - 0.04 * far)
    if size == 2 and kind == "person" and (both := _holders(discourse, token)):
        return both, 0.65
    leading = _leading(discourse, token.i, kind)
    if leading and size in {0, 2} and token.lemma_.lower() != "side":
        return leading, 0.6
    lead = size > 2 or (size and discourse.sentence(token.i) < _LEAD)
    later = discourse.next_group(token.i, kind, size) if lead else None
    return (later.entities, 0.55) if later is not None else None


def _mentioned_by_the_way(discourse: Discourse, token: Token, group: Group) -> bool:
    """Tell whether the text names other countries far more often than those of a group."""
    if group.kind != "country":
        return False
    counts = discourse.counts(token.i, group.kind)
    return 3 * min(counts[e] for e in group.entities) < max(counts.values(), default=0)


def _in_office(discourse: Discourse, group: Group) -> bool:
    """Tell whether all of a group hold offices, as "the diplomats" may mean."""
    return group.kind == "person" and {t.person for t in discourse.titles}.issuperset(group.entities)


def _holders(discourse: Discourse, token: Token) -> tuple[int, ...]:
    """Return the only two holders of an office in the sentence and the two before it: "both presidents"."""
    held = {t.person for t in discourse.titles if t.lemma == token.lemma_.lower() and not t.former}
    near = [m for m in discourse.before(token.i, _NEAR) if len(m.entities) == 1 and m.entities[0] in held]
    act = [m for m in near if acting(discourse.doc[m.head]).dep_ in SUBJECTS]
    found = [{m.entities[0] for m in mentions} for mentions in (near, act)]
    return next((tuple(sorted(both)) for both in found if len(both) == 2), ())


def _sides(discourse: Discourse, token: Token) -> tuple[int, ...]:
    """Return the two countries of a quarrel: those named most, but not who calls on both sides."""
    speakers = {e for s in discourse.subjects(token) if s.i in discourse.heads for e in discourse.heads[s.i].entities}
    ranked = [r for r in discourse.counts(token.i, "country").most_common(4) if r[0] not in speakers]
    if len(ranked) < 2 or (len(ranked) > 2 and ranked[2][1] * 1.5 > ranked[1][1]):
        return ()
    return tuple(sorted((ranked[0][0], ranked[1][0])))


def _leading(discourse: Discourse, i: int, kind: str) -> tuple[int, ...]:
    """Return the two entities of a kind that the text so far is about; empty where others come near them."""
    ranked = discourse.counts(i, kind).most_common(3)
    if len(ranked) < 2 or (len(ranked) == 3 and ranked[2][1] * 2 > ranked[1][1]):
        return ()
    return tuple(sorted((ranked[0][0], ranked[1][0])))


def _theirs(discourse: Discourse, token: Token) -> Resolution | None:
    """Resolve "their countries" to the countries of those meant by "their"."""
    if "country" not in _kinds(token.lemma_.lower()):
        return None
    owner = next((discourse.heads[t.i] for t in token.children if t.dep_ == "poss" and t.i in discourse.heads), None)
    if owner is not None and discourse.kind(owner.entities[0]) == "person":
        countries = [discourse.entities[e].country for e in owner.entities]
        known = tuple(dict.fromkeys(c for c in countries if c is not None))
        if len(known) == len(owner.entities):
            return known, 0.8
    if owner is not None and discourse.kind(owner.entities[0]) == "country":
        return None
    if owner is None and token.lemma_.lower() not in words("home_nouns"):
        return None  # "the rebels and their allies"
    return _group(discourse, token, "country", 2)
