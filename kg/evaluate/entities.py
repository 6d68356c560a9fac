"""Score entity mentions, their resolution and their links."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from kg.evaluate.compare import Names
from kg.evaluate.figures import Rate, Scores
from kg.evaluate.gold import Gold, GoldEntity
from kg.evaluate.graph import Prediction
from kg.iris import expand

__all__ = ["EntityFigures", "Unresolved", "score_entities"]

_Place = tuple[str, int, int]
_Pair = tuple[_Place, str, str, GoldEntity]


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A gold mention that was not found or refers to others: to whom it should, to whom it does (empty: not found)."""

    doc: str
    begin: int
    end: int
    kind: str
    gold: str
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntityFigures:
    """Mentions by exact span; the rates are over required gold mentions.

    ``coreference`` is the share of pronouns and descriptions resolved to the right entity, ``link_precision`` the share
    of Wikidata links made that are right, ``linked`` the share of linkable mentions with the right link, ``types`` the
    share of found entities with the right class. ``unresolved`` are the mentions that ``resolved`` misses.
    """

    mentions: Scores
    resolved: Rate
    coreference: Rate
    link_precision: Rate
    linked: Rate
    types: Rate
    by_kind: dict[str, Rate]
    unresolved: tuple[Unresolved, ...]


def score_entities(gold: Gold, prediction: Prediction, names: Names) -> EntityFigures:
    """Compare the mentions of a graph with those of the gold.

    Spans are compared without a leading determiner and a trailing possessive. A predicted span that meets no gold
    mention counts as wrong only if it has a capital: plain noun phrases are outside the task.
    """
    wanted = _gold_places(gold)
    found = {p: {names.of(e): e for e in entities} for p, entities in _trimmed(gold, prediction).items()}
    required = {p for p, entities in wanted.items() if not all(optional for _, _, optional in entities.values())}
    exact = [p for p in found if p in required]
    wrong = [p for p in found if p not in wanted and _is_name(p, gold, wanted)]
    pairs = [(p, name, kind, e) for p, es in wanted.items() for name, (e, kind, optional) in es.items() if not optional]
    hits = [(p, name, kind, e) for p, name, kind, e in pairs if name in found.get(p, {})]
    linkable = [(p, name, e) for p, name, _, e in pairs if e.wikidata]
    made = [
        (e.wikidata, prediction.wikidata[iri])
        for p, _, e in linkable
        if len(found.get(p, {})) == 1
        for iri in found[p].values()
        if prediction.wikidata[iri]
    ]
    typed = {(e.type, found[p][name]) for p, name, _, e in hits}
    return EntityFigures(
        mentions=Scores(len(exact), len(exact) + len(wrong), len(required)),
        resolved=_rate(pairs, hits),
        coreference=_rate(pairs, hits, "pronoun", "nominal"),
        link_precision=Rate(sum(want in have for want, have in made), len(made)),
        linked=Rate(
            sum(any(e.wikidata in prediction.wikidata[i] for i in found.get(p, {}).values()) for p, _, e in linkable),
            len(linkable),
        ),
        types=Rate(sum(expand(kind) in prediction.types[iri] for kind, iri in typed), len(typed)),
        by_kind={k: _rate(pairs, hits, k) for k in ("name", "nominal", "pronoun", "demonym", "metonym")},
        unresolved=tuple(
            _unresolved(p, kind, name, found)
            for p, name, kind, _ in sorted(pairs, key=lambda pair: pair[0])
            if name not in found.get(p, {})
        ),
    )


def _unresolved(place: _Place, kind: str, name: str, found: dict[_Place, dict[str, str]]) -> Unresolved:
    return Unresolved(*place, kind, name, tuple(sorted(found.get(place, {}))))


def _rate(pairs: list[_Pair], hits: list[_Pair], *kinds: str) -> Rate:
    return Rate(sum(not kinds or h[2] in kinds for h in hits), sum(not kinds or p[2] in kinds for p in pairs))


def _gold_places(gold: Gold) -> dict[_Place, dict[str, tuple[GoldEntity, str, bool]]]:
    out: dict[_Place, dict[str, tuple[GoldEntity, str, bool]]] = defaultdict(dict)
    for entity in gold.entities:
        for mention in entity.mentions:
            place = _trim(gold, entity.doc, mention.begin, mention.end)
            out[place][entity.name] = (entity, mention.kind, mention.optional or entity.optional)
    return out


def _trimmed(gold: Gold, prediction: Prediction) -> dict[_Place, set[str]]:
    out: dict[_Place, set[str]] = defaultdict(set)
    for place, entities in sorted(prediction.mentions.items()):
        out[_trim(gold, *place)] |= entities
    return out


def _trim(gold: Gold, doc: str, begin: int, end: int) -> _Place:
    piece = gold.texts[doc][begin:end]
    head = re.match(r"(?:the|an?|this|these)\s+(?=\w)", piece, re.IGNORECASE)
    tail = re.search(r"['’]s?$", piece)
    return doc, begin + (head.end() if head else 0), end - (len(tail[0]) if tail and tail.start() else 0)


def _is_name(place: _Place, gold: Gold, wanted: dict[_Place, dict[str, tuple[GoldEntity, str, bool]]]) -> bool:
    doc, begin, end = place
    touches = any(d == doc and b < end and begin < e for d, b, e in wanted)
    return touches or any(c.isupper() for c in gold.texts[doc][begin:end])
