"""Turn a ``Doc`` with all layers into plain records with offsets of the user's file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import Any

from spacy.tokens import Doc

from kg.annotate.align import char_span
from kg.annotate.asides import mentions_aside
from kg.annotate.claim_ids import claim_id, role_order, value_key
from kg.annotate.layers import (
    DocEntity,
    DurationExpression,
    EntityFiller,
    EntityMention,
    EventDraft,
    Filler,
    QuantityExpression,
    QuantityFiller,
    TextFiller,
    TimeExpression,
)
from kg.iris import GEONAMES, WIKIDATA, entity_key
from kg.model import (
    Annotation,
    Claim,
    Document,
    DurationValue,
    EntityValue,
    LocalEntity,
    Mention,
    Polarity,
    Quantity,
    Role,
    RoleValue,
    Span,
    TextValue,
    TimeValue,
)

__all__ = ["claims_json", "local_key", "to_annotation"]


def to_annotation(doc: Doc, document: Document) -> Annotation:
    """Return everything that the components found in a document.

    Drafts without a role say nothing that could be queried and are left out, but for those that deny an event: "There
    was no signing ceremony."

    Args:
        doc: From :func:`kg.annotate.align.make_doc`, gone through the whole pipeline.
        document: What it was made from.
    """
    layers = _Layers(doc)
    claims = [_claim(layers, document, draft) for draft in layers.events if draft.roles or _is_denied(draft)]
    unique = {c.id: c for c in claims if c.roles or c.polarity is Polarity.NEGATED}
    entities, mentions = _entities(layers), _mentions(layers)
    return Annotation(
        document_id=document.id,
        sentences=tuple(sorted({layers.span(start, end) for start, end in layers.sentences})),
        entities=entities,
        mentions=mentions,
        asides=mentions_aside(document, mentions, entities),
        claims=tuple(sorted(unique.values(), key=lambda c: (c.trigger, c.event_type, c.id))),
    )


class _Layers:
    """The layers of a ``Doc``, fetched once, and the offsets of its stretches."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.events: list[EventDraft] = doc._.kg_events
        self.entities: list[DocEntity] = doc._.kg_entities
        self.mentions: list[EntityMention] = doc._.kg_mentions
        self.times: list[TimeExpression | DurationExpression] = doc._.kg_times
        self.quantities: list[QuantityExpression] = doc._.kg_quantities
        self.keys = [local_key(e) for e in self.entities]
        self.sentences = [(sent.start, sent.end) for sent in doc.sents]
        self._spans: dict[tuple[int, int], Span] = {}

    def span(self, start: int, end: int) -> Span:
        """Return the offsets of a stretch of tokens; many claims share theirs."""
        found = self._spans.get((start, end))
        if found is None:
            found = self._spans[start, end] = char_span(self.doc, start, end)
        return found

    def sentence(self, i: int) -> Span:
        """Return the offsets of the sentence that holds a token."""
        number = bisect_right(self.sentences, i, key=lambda sentence: sentence[0]) - 1
        return self.span(*self.sentences[number])

    def named(self, ids: Iterable[int]) -> tuple[str, ...]:
        """Return the keys of entities, each once."""
        return tuple(dict.fromkeys([self.keys[i] for i in ids]))


def local_key(entity: DocEntity) -> str:
    """Return the key of an entity of one document: its own, the reference name of a linked one, else its name's."""
    if entity.key:
        return entity.key
    if entity.wikidata or entity.geonames:
        return "_".join(entity.name.split())
    return entity_key(entity.name, entity.family.value)


def _entities(layers: _Layers) -> tuple[LocalEntity, ...]:
    """Return the entities by key; those that share a key are one."""
    merged: dict[str, LocalEntity] = {}
    used = {e for m in layers.mentions for e in m.entities} | {
        f.entity for d in layers.events for _, f in d.roles if isinstance(f, EntityFiller)
    }
    used |= {e for d in layers.events for e in (*d.attributed_to, *d.via)}
    for entity, key in zip(layers.entities, layers.keys, strict=True):
        if entity.id in used:
            first = merged.get(key)
            merged[key] = _local(entity, key) if first is None else _join(first, _local(entity, key))
    return tuple(merged[key] for key in sorted(merged))


def _local(entity: DocEntity, key: str) -> LocalEntity:
    same = [f"{WIKIDATA}{entity.wikidata}"] if entity.wikidata else []
    same += [f"{GEONAMES}{entity.geonames}/"] if entity.geonames else []
    names = tuple(sorted({n for n in entity.names if n != entity.name}))
    return LocalEntity(
        key=key, label=entity.name, family=entity.family, type=entity.type, names=names, same_as=tuple(same)
    )


def _join(a: LocalEntity, b: LocalEntity) -> LocalEntity:
    names = {*a.names, *b.names, b.label} - {a.label}
    return LocalEntity(
        key=a.key,
        label=a.label,
        family=a.family,
        type=a.type,
        names=tuple(sorted(names)),
        same_as=tuple(dict.fromkeys((*a.same_as, *b.same_as))),
    )


def _mentions(layers: _Layers) -> tuple[Mention, ...]:
    found: dict[Span, Mention] = {}
    for m in layers.mentions:
        span, entities = layers.span(m.start, m.end), layers.named(m.entities)
        if entities:
            mention = Mention(start=span.start, end=span.end, kind=m.kind, entities=entities, score=m.score)
            if span not in found or m.score > found[span].score:
                found[span] = mention
    return tuple(found[span] for span in sorted(found))


def _is_denied(draft: EventDraft) -> bool:
    return draft.polarity is Polarity.NEGATED and not draft.heads


def _claim(layers: _Layers, document: Document, draft: EventDraft) -> Claim:
    evidence, trigger = layers.sentence(draft.head), layers.span(draft.start, draft.end)
    roles = tuple(sorted(_roles(layers, document, draft.roles), key=role_order))
    attributed = layers.named(draft.attributed_to)
    return Claim(
        id=claim_id(document.id, draft, trigger=trigger, evidence=evidence, roles=roles, attributed=attributed),
        document_id=document.id,
        event_type=draft.event_type,
        predicate=draft.predicate,
        roles=roles,
        evidence=evidence,
        trigger=trigger,
        polarity=draft.polarity,
        modality=draft.modality,
        attributed_to=attributed,
        via=layers.named(draft.via),
        confidence=draft.confidence,
        rule=draft.rule,
        cues=draft.cues,
    )


def _roles(layers: _Layers, document: Document, roles: list[tuple[str, Filler]]) -> list[Role]:
    found: dict[tuple[str, str], Role] = {}
    for name, filler in roles:
        value = _value(layers, document, filler)
        if value is not None:
            found.setdefault((name, value_key(value)), Role(name, value))
    return list(found.values())


def _value(layers: _Layers, document: Document, filler: Filler) -> RoleValue | None:
    if isinstance(filler, EntityFiller):
        span = layers.span(filler.start, filler.end) if filler.end > filler.start else None
        return EntityValue(layers.keys[filler.entity], span)
    if isinstance(filler, TextFiller):
        span = layers.span(filler.start, filler.end)
        return TextValue(span, document.quote(span))
    if isinstance(filler, QuantityFiller):
        return _quantity(layers, layers.quantities[filler.index])
    return _time(layers, layers.times[filler.index])


def _time(layers: _Layers, time: TimeExpression | DurationExpression) -> TimeValue | DurationValue | None:
    span = layers.span(time.start, time.end)
    if isinstance(time, DurationExpression):
        return DurationValue(lexical=time.lexical, span=span)
    if not time.lexical or time.earliest is None or time.latest is None:
        return None
    return TimeValue(lexical=time.lexical, earliest=time.earliest, latest=time.latest, span=span)


def _quantity(layers: _Layers, quantity: QuantityExpression) -> Quantity | None:
    if quantity.value is None and quantity.minimum is None and quantity.maximum is None:
        return None
    return Quantity(
        kind=quantity.kind,
        span=layers.span(quantity.start, quantity.end),
        value=quantity.value,
        minimum=quantity.minimum,
        maximum=quantity.maximum,
        currency=quantity.currency,
        unit=quantity.unit,
        approximate=quantity.approximate,
    )


# ------------------------------------------------------------------ for kg extract


def claims_json(annotation: Annotation, text: str) -> dict[str, Any]:
    """Return an annotation's claims as plain data for JSON Lines: ``{"id", "claims": [...]}``.

    Each claim has ``type``, ``predicate``, ``trigger`` and ``evidence`` (``[begin, end, words]``), ``roles`` (role to
    values: a label, words, a date, ``630000000 USD``), ``polarity``, ``modality``, ``attributedTo``, ``via``,
    ``confidence`` and ``rule``.
    """
    labels = {e.key: e.label for e in annotation.entities}
    return {"id": annotation.document_id, "claims": [_plain(c, labels, text) for c in annotation.claims]}


def _plain(claim: Claim, labels: Mapping[str, str], text: str) -> dict[str, Any]:
    roles: dict[str, list[str]] = {}
    for role in claim.roles:
        roles.setdefault(role.name, []).append(_shown(role.value, labels))
    return {
        "type": claim.event_type,
        "predicate": claim.predicate,
        "trigger": _marked(claim.trigger, text),
        "evidence": _marked(claim.evidence, text),
        "roles": roles,
        "polarity": claim.polarity.value,
        "modality": claim.modality.value,
        "attributedTo": [labels.get(k, k) for k in claim.attributed_to],
        "via": [labels.get(k, k) for k in claim.via],
        "confidence": float(claim.confidence),
        "rule": claim.rule,
    }


def _marked(span: Span, text: str) -> list[int | str]:
    return [span.start, span.end, text[span.start : span.end]]


def _shown(value: RoleValue, labels: Mapping[str, str]) -> str:
    if isinstance(value, EntityValue):
        return labels.get(value.key, value.key)
    if isinstance(value, TextValue):
        return value.text
    if isinstance(value, TimeValue | DurationValue):
        return value.lexical
    bounds = [("", value.value), ("min ", value.minimum), ("max ", value.maximum)]
    number = " ".join(f"{word}{n:f}" for word, n in bounds if n is not None)
    hedge = "about " if value.approximate else ""
    unit = f" per {value.unit}" if value.currency and value.unit else ""
    return f"{hedge}{number}{' ' + value.currency if value.currency else ''}{unit}"
