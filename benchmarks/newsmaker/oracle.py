"""The records that a perfect extraction would give: fusing can be measured alone, and without the cost of reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from kg.fuse.signature import sign
from kg.fuse.sources import Record
from kg.iris import digest
from kg.model import (
    Annotation,
    Claim,
    Document,
    EntityValue,
    Family,
    LocalEntity,
    Mention,
    MentionKind,
    Modality,
    Polarity,
    Quantity,
    QuantityKind,
    Role,
    RoleValue,
    Span,
    TextValue,
    TimeValue,
)

__all__ = ["oracle_annotation", "oracle_records"]

_CONFIDENCE = Decimal("0.9")


def oracle_records(documents: Iterable[Document], truths: Mapping[str, dict[str, Any]]) -> Iterator[Record]:
    """Yield each document with the annotation that its truth tells.

    Args:
        documents: From :func:`kg.read.read_sources`, so that text and metadata come the way they always come.
        truths: Source path to the article's record in ``truth.records``.
    """
    for document in documents:
        annotation = oracle_annotation(document, truths[document.source_path])
        yield Record(document, annotation, sign(document, annotation))


def oracle_annotation(document: Document, truth: Mapping[str, Any]) -> Annotation:
    """Return what a perfect extraction would find of the planned facts."""
    statements = truth["statements"]
    entities = {
        entity["key"]: LocalEntity(
            key=entity["key"], label=entity["label"], family=Family(entity["family"]), type=entity["type"]
        )
        for entity in truth["entities"]
    }
    mentions = {
        (m["start"], m["end"]): Mention(
            start=m["start"], end=m["end"], kind=MentionKind(m["kind"]), entities=(m["key"],)
        )
        for m in truth["mentions"]
    }
    return Annotation(
        document_id=document.id,
        sentences=tuple(sorted({Span(s["start"], s["end"]) for s in statements})),
        entities=tuple(entities[key] for key in sorted(entities)),
        mentions=tuple(mentions[place] for place in sorted(mentions)),
        claims=tuple(sorted((_claim(document, s) for s in statements), key=lambda c: (c.trigger, c.event_type, c.id))),
    )


def _claim(document: Document, statement: Mapping[str, Any]) -> Claim:
    trigger = Span(*statement["trigger"])
    roles = tuple(Role(role["role"], _value(document, role)) for role in statement["roles"])
    return Claim(
        id=digest(document.id, statement["class"], f"{trigger}", statement["polarity"], [repr(r) for r in roles]),
        document_id=document.id,
        event_type=statement["class"],
        predicate=document.quote(trigger).lower(),
        roles=roles,
        evidence=Span(statement["start"], statement["end"]),
        trigger=trigger,
        polarity=Polarity(statement["polarity"]),
        modality=Modality(statement["modality"]),
        attributed_to=tuple(statement["attributed_to"]),
        via=(),
        confidence=_CONFIDENCE,
        rule="oracle",
    )


def _value(document: Document, role: Mapping[str, Any]) -> RoleValue:
    span = Span(role["start"], role["end"])
    kind = role["kind"]
    if kind == "entity":
        return EntityValue(role["key"], span)
    if kind == "text":
        return TextValue(span, document.quote(span))
    if kind == "date":
        first, last = (date.fromisoformat(role[end]) for end in ("earliest", "latest"))
        return TimeValue(lexical=role["value"], earliest=first, latest=last, span=span)
    return Quantity(
        kind=QuantityKind(kind),
        span=span,
        currency=role.get("currency"),
        unit=role.get("unit"),
        approximate=bool(role.get("approximate")),
        **{name: Decimal(role[name]) for name in ("value", "minimum", "maximum") if name in role},
    )
