"""Hypothesis strategies: documents with annotations of every kind, with any text, whose graphs conform."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from kg.iris import digest, entity_key
from kg.lexicon import EventClass, Lexicon
from kg.model import (
    Annotation,
    BodyKind,
    BodySpan,
    Claim,
    Document,
    DurationValue,
    EntityValue,
    Family,
    LocalEntity,
    Mention,
    MentionKind,
    Modality,
    Origin,
    Polarity,
    Quantity,
    QuantityKind,
    Role,
    Span,
    TextValue,
    TimeValue,
)

# any text that can be read: control characters, quotes and backslashes more often than chance would have it
TEXTS = st.text(
    st.one_of(
        st.sampled_from('"\\\n\r\t\x00\x7f\x85\u2028\ufffe\uffff<>{}|^`%# é😀'),
        st.characters(exclude_categories=["Cs"]),
    ),
    min_size=1,
)
_NAMES = TEXTS.filter(lambda name: name.strip())
_DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
_NUMBERS = st.decimals(-(10**12), 10**12, allow_nan=False, allow_infinity=False, places=2)
_TYPES = ("schema:Person", "schema:Country", "schema:Organization", "kg:Bloc", "kg:Product")
_COMMON_KINDS = {
    "begin": "time", "end": "time", "deadline": "time", "duration": "duration", "frequency": "duration", "count": "count",
}  # fmt: skip


@st.composite
def records(draw: st.DrawFn, lexicon: Lexicon) -> tuple[Document, Annotation]:
    """A document with what was found in it; its graph conforms to the shapes of the lexicon."""
    document = draw(documents())
    entities = draw(st.lists(_entities(), min_size=2, max_size=4, unique_by=lambda entity: entity.key))
    keys = [entity.key for entity in entities]
    spans = _spans(len(document.text))
    mentions = draw(st.lists(_mentions(spans, keys), max_size=6, unique_by=lambda m: (m.start, m.end)))
    claims = draw(st.lists(_claims(document.id, lexicon, spans, keys), max_size=5, unique_by=lambda claim: claim.id))
    return document, Annotation(
        document_id=document.id,
        sentences=tuple(sorted(draw(st.sets(spans, max_size=4)))),
        entities=tuple(sorted(entities, key=lambda entity: entity.key)),
        mentions=tuple(sorted(mentions)),
        claims=tuple(claims),
    )


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document of any text."""
    text = draw(TEXTS)
    text_hash = hashlib.sha256(text.encode()).hexdigest()
    publisher, url = draw(st.none() | _NAMES), draw(st.none() | TEXTS)
    published = draw(_DAYS)
    origin = st.builds(Origin, publisher=st.none() | _NAMES, published=st.none() | _DAYS, url=st.none() | TEXTS)
    return Document(
        id=digest(text_hash, publisher or "", published.isoformat(), url or ""),
        source_key=url or "a.txt",
        source_path="a.txt",
        text=text,
        body=(BodySpan(0, len(text), BodyKind.PARAGRAPH),),
        headline=draw(st.none() | TEXTS),
        published=published,
        publisher=publisher,
        authors=tuple(draw(st.lists(TEXTS, max_size=2))),
        url=url,
        language="en",
        sha256=text_hash,
        text_sha256=text_hash,
        based_on=draw(st.none() | origin),
    )


def _spans(length: int) -> st.SearchStrategy[Span]:
    ends = st.tuples(st.integers(0, length - 1), st.integers(1, length))
    return ends.map(lambda pair: Span(min(pair[0], pair[1] - 1), max(pair[0] + 1, pair[1])))


def _entities() -> st.SearchStrategy[LocalEntity]:
    return st.builds(
        lambda name, kind: LocalEntity(key=entity_key(name, "other"), label=name, family=Family.OTHER, type=kind),
        _NAMES,
        st.sampled_from(_TYPES),
    )


@st.composite
def _mentions(draw: st.DrawFn, spans: st.SearchStrategy[Span], keys: list[str]) -> Mention:
    span = draw(spans)
    entities = tuple(sorted(draw(st.sets(st.sampled_from(keys), min_size=1, max_size=2))))
    return Mention(start=span.start, end=span.end, kind=draw(st.sampled_from(MentionKind)), entities=entities)


@st.composite
def _claims(
    draw: st.DrawFn, document_id: str, lexicon: Lexicon, spans: st.SearchStrategy[Span], keys: list[str]
) -> Claim:
    event_class = lexicon.classes[draw(st.sampled_from(sorted(lexicon.classes)))]
    roles = draw(_all_roles(event_class, spans, keys))
    evidence, trigger = draw(spans), draw(spans)
    names = st.lists(st.sampled_from(keys), max_size=2, unique=True).map(tuple)
    return Claim(
        id=digest(document_id, event_class.name, repr(roles), repr(evidence), repr(trigger)),
        document_id=document_id,
        event_type=event_class.name,
        predicate=draw(TEXTS),
        roles=roles,
        evidence=evidence,
        trigger=trigger,
        polarity=draw(st.sampled_from(Polarity)),
        modality=draw(st.sampled_from(Modality)),
        attributed_to=draw(names),
        via=draw(names),
        confidence=draw(st.decimals(0, 1, places=2)),
        rule=draw(TEXTS),
    )


@st.composite
def _all_roles(
    draw: st.DrawFn, event_class: EventClass, spans: st.SearchStrategy[Span], keys: list[str]
) -> tuple[Role, ...]:
    """Roles that the class takes, each with a value of a kind that it takes there."""
    found = []
    for name, spec in sorted(event_class.roles.items()):
        least = max(1, spec.minimum) if spec.required else 0
        kinds = (_COMMON_KINDS[name],) if name in _COMMON_KINDS else spec.values
        values = st.sampled_from(kinds).flatmap(lambda kind: _values(kind, spans, keys))
        most = max(least, draw(st.sampled_from((0, 0, 1, 2))))
        chosen = draw(st.lists(values, min_size=least, max_size=most, unique_by=_identity))
        found += [Role(name, value) for value in chosen]
    return tuple(found)


def _identity(value: Any) -> Any:
    """What makes a value another one in the graph: amounts are named by their place in the text."""
    return value.key if isinstance(value, EntityValue) else value.span


def _values(kind: str, spans: st.SearchStrategy[Span], keys: list[str]) -> st.SearchStrategy[Any]:
    match kind:
        case "entity":
            return st.builds(EntityValue, st.sampled_from(keys), st.none() | spans)
        case "text":
            return st.builds(TextValue, spans, st.just("as in the text"))
        case "time":
            return st.builds(_time, _DAYS, st.sampled_from((4, 7, 10)), spans)
        case "duration":
            months, days = st.integers(0, 99), st.integers(0, 99)
            lexical = st.builds("P{}M{}D".format, months, days)
            return st.builds(DurationValue, lexical=lexical, span=spans)
        case "money":
            return _quantities(QuantityKind.MONEY, spans)
        case "count":
            return _quantities(QuantityKind.COUNT, spans)
    raise AssertionError(f"no values of the kind {kind}")


def _time(day: date, precision: int, span: Span) -> TimeValue:
    return TimeValue(lexical=day.isoformat()[:precision], earliest=day, latest=day, span=span)


@st.composite
def _quantities(draw: st.DrawFn, kind: QuantityKind, spans: st.SearchStrategy[Span]) -> Quantity:
    low, high = sorted((draw(_NUMBERS), draw(_NUMBERS)))
    given: dict[str, Decimal] = draw(
        st.sampled_from([{"value": low}, {"minimum": low}, {"maximum": high}, {"minimum": low, "maximum": high}])
    )
    currency = draw(st.sampled_from(("USD", "KES"))) if kind is QuantityKind.MONEY else None
    unit = draw(st.none() | TEXTS)
    return Quantity(kind=kind, span=draw(spans), currency=currency, unit=unit, approximate=draw(st.booleans()), **given)
