"""The frozen records that the stages pass to one another.

    read      -> Document
    annotate  -> Annotation (LocalEntity, Mention, Claim)
    fuse      -> World (Entity, Event, Statement, Dispute, Lineage)

Offsets are Unicode code points of ``Document.text``, 0-based, end exclusive. Every tuple is sorted or in
reading order, so that equal content gives equal records and equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

__all__ = [
    "Annotation",
    "BodyKind",
    "BodySpan",
    "Claim",
    "Dispute",
    "DisputeKind",
    "Document",
    "DurationValue",
    "Entity",
    "EntityValue",
    "Event",
    "Family",
    "Lineage",
    "LocalEntity",
    "Mention",
    "MentionKind",
    "Modality",
    "Origin",
    "Polarity",
    "Quantity",
    "QuantityKind",
    "Role",
    "RoleSource",
    "RoleValue",
    "Span",
    "Statement",
    "TextValue",
    "TimeValue",
    "World",
]


class BodyKind(StrEnum):
    """What a stretch of body text is."""

    HEADLINE = "headline"
    SUMMARY = "summary"
    PARAGRAPH = "paragraph"


class MentionKind(StrEnum):
    """How a mention refers to its entity (``shared`` gold uses the same five words)."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"
    DEMONYM = "demonym"
    METONYM = "metonym"


class Family(StrEnum):
    """The coarse family that, with a name, is the key of an entity without a linked identifier."""

    PERSON = "person"
    PLACE = "place"
    OTHER = "other"


class Polarity(StrEnum):
    """Does the source say that it is so, or that it is not."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"


class Modality(StrEnum):
    """How real the source makes it, strongest first."""

    ACTUAL = "actual"
    PLANNED = "planned"
    POSSIBLE = "possible"
    DESIRED = "desired"


class QuantityKind(StrEnum):
    """A sum of money, or a number of people or things."""

    MONEY = "money"
    COUNT = "count"


class DisputeKind(StrEnum):
    """How two sources differ."""

    DIFFERENT_VALUE = "differentValue"
    BOUNDS = "bounds"
    DENIED = "denied"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the document's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"span {self.start}..{self.end} is empty or negative; start must lie before end")


# ------------------------------------------------------------------ read


@dataclass(frozen=True, slots=True, order=True)
class BodySpan:
    """A stretch of text that is to be annotated: one headline, one summary line or one paragraph.

    ``continues`` tells that it goes on with the sentence of the span before it: markup was cut out between them, or
    the paragraph was broken in mid-sentence.
    """

    start: int
    end: int
    kind: BodyKind
    continues: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The report that a document is based on, as its metadata say."""

    publisher: str | None = None
    published: date | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article: its stored text, which parts of it are body, and what is known about it.

    ``id`` is 16 hexadecimal digits of the SHA-256 over source key, text hash, publisher, date and URL;
    ``sha256`` is of the file's bytes, ``text_sha256`` of ``text`` in UTF-8; ``source_path`` is relative to
    the folder named on the command line or holding ``sources.toml``; ``source_key`` is the URL, else that path.
    ``asides`` are captions, bylines and datelines: outside the body, but names in them are mentions.
    """

    id: str
    source_key: str
    source_path: str
    text: str
    body: tuple[BodySpan, ...]
    headline: str | None
    published: date
    publisher: str | None
    authors: tuple[str, ...]
    url: str | None
    language: str
    sha256: str
    text_sha256: str
    based_on: Origin | None = None
    asides: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        end = 0
        for span in self.body:
            if not end <= span.start < span.end <= len(self.text):
                raise ValueError(f"{self.source_path}: body span {span.start}..{span.end} overlaps or leaves the text")
            end = span.end

    def quote(self, span: Span) -> str:
        """Return the exact words of a span."""
        return self.text[span.start : span.end]


# -------------------------------------------------------------- annotate


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalEntity:
    """What one document tells about an entity.

    ``key`` is the local part of its IRI before escaping (``Belarus``, ``Moscow_US``, ``Vladimir_Putin``,
    ``Putin_person``): the reference name of a linked place, else the fullest name in the document, with
    the family where that is a single word. ``type`` is a CURIE of the vocabulary (``schema:Person``).
    ``names`` are the other names in the text; ``same_as`` are IRIs, Wikidata first.
    """

    key: str
    label: str
    family: Family
    type: str
    names: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Mention:
    """A stretch of text that refers to one entity, or to several ("the two leaders").

    ``score`` is how sure the resolution is, 0 to 1; names have 1.
    """

    start: int
    end: int
    kind: MentionKind
    entities: tuple[str, ...]
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class EntityValue:
    """A role filled by an entity; ``span`` is the mention that fills it, None where it was inherited."""

    key: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class TextValue:
    """A role filled by words that name no entity."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeValue:
    """A date as precise as the source gives it.

    ``lexical`` is ``2021-09-09``, ``2021-09`` or ``2021``; ``earliest`` and ``latest`` are the first and
    last day that it allows; ``span`` is the expression ("on Thursday").
    """

    lexical: str
    earliest: date
    latest: date
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class DurationValue:
    """How long or how often, as an ``xsd:duration`` (``P4Y``)."""

    lexical: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with its bounds: exactly one of value, or minimum and/or maximum, is given.

    ``currency`` is an ISO 4217 code; ``unit`` what the price is for (``1000 m3``) or what is counted.
    """

    kind: QuantityKind
    span: Span
    value: Decimal | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    currency: str | None = None
    unit: str | None = None
    approximate: bool = False

    def __post_init__(self) -> None:
        if (self.value is None) == (self.minimum is None and self.maximum is None):
            raise ValueError("a quantity has either a value or bounds")


RoleValue = EntityValue | TextValue | TimeValue | DurationValue | Quantity


@dataclass(frozen=True, slots=True)
class Role:
    """One filled role of a claim; ``name`` is the local name of the role property (``recipient``)."""

    name: str
    value: RoleValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one source says about the world, one per predication.

    ``id`` is the hash of vocabulary.md; ``event_type`` the local name of a class (``Lend``); ``predicate`` the
    lemma with its preposition (``deploy_to``), always given for ``Act``; ``evidence`` the sentence; ``rule`` the
    lexicon entry or clause rule; ``confidence`` has two decimals. ``cues`` name what in the sentence's form makes it
    less sure who did it to whom, sorted: see :mod:`kg.annotate.cues`.
    """

    id: str
    document_id: str
    event_type: str
    predicate: str
    roles: tuple[Role, ...]
    evidence: Span
    trigger: Span
    polarity: Polarity
    modality: Modality
    attributed_to: tuple[str, ...]
    via: tuple[str, ...]
    confidence: Decimal
    rule: str
    cues: tuple[str, ...] = ()

    def entities(self, role: str) -> tuple[str, ...]:
        """Return the keys of the entities that fill a role, in order."""
        return tuple(r.value.key for r in self.roles if r.name == role and isinstance(r.value, EntityValue))

    def values(self, role: str) -> tuple[RoleValue, ...]:
        """Return all values of a role, in order."""
        return tuple(r.value for r in self.roles if r.name == role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """Everything that the annotation of one document found; ``sentences`` cover the claims' evidence.

    ``mentions`` are those of the body; ``asides`` those in captions, bylines and datelines, on which nothing else
    rests.
    """

    document_id: str
    sentences: tuple[Span, ...]
    entities: tuple[LocalEntity, ...]
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    asides: tuple[Mention, ...] = ()

    @property
    def all_mentions(self) -> tuple[Mention, ...]:
        """The mentions of the body, then those in captions, bylines and datelines."""
        return self.mentions + self.asides


# ------------------------------------------------------------------ fuse


RoleSource = tuple[str, str, Role]
"""A role with the document and the claim that give it: (document id, claim id, role)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """An entity over all sources.

    ``same_as_key`` is the canonical entity that an alias was merged into, ``merged_because`` why. The counts of a
    canonical entity include its aliases'.
    """

    key: str
    type: str
    label: str
    names: tuple[str, ...]
    same_as: tuple[str, ...]
    mention_count: int
    source_count: int
    same_as_key: str | None = None
    merged_because: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Claims that tell of the same thing.

    ``roles`` are those on which the claims agree, each from the first claim in reading order that gives the value;
    ``claims`` are sorted; ``earliest`` and ``latest`` span what the claims say of its time, rival dates included.
    """

    id: str
    event_type: str
    predicate: str
    roles: tuple[RoleSource, ...]
    claims: tuple[str, ...]
    polarity: Polarity
    modality: Modality
    disputed: bool
    source_count: int
    earliest: date | None = None
    latest: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """One role of an event on which sources differ, or an event that one affirms and another negates.

    ``values`` holds each rival value once, from the first claim that gives it; it is empty for a denial, whose
    ``role`` is ``polarity``. ``claims`` are those on either side, sorted.
    """

    event: str
    role: str
    kind: DisputeKind
    values: tuple[RoleSource, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A direct triple with what speaks for and against it.

    ``subject`` and ``object`` are keys of canonical entities, ``predicate`` is the property's IRI.
    """

    subject: str
    predicate: str
    object: str
    events: tuple[str, ...]
    supported_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    earliest: date | None
    latest: date | None
    attributed_only: bool
    source_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """Where a document's report comes from.

    ``origin`` is the first document with this text, the document itself where it copies none. ``outlet`` is the key of
    the outlet or agency whose report it is, None where nobody is named.
    """

    document_id: str
    origin: str
    outlet: str | None = None

    @property
    def copy_of(self) -> str | None:
        """The document that this one copies."""
        return self.origin if self.origin != self.document_id else None

    @property
    def source(self) -> str:
        """What counts as one independent source: the outlet, else the first document with this text."""
        return f"outlet {self.outlet}" if self.outlet else f"document {self.origin}"


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What fusing makes of all claims; every tuple is sorted."""

    entities: tuple[Entity, ...]
    events: tuple[Event, ...]
    disputes: tuple[Dispute, ...]
    statements: tuple[Statement, ...]
    lineages: tuple[Lineage, ...]

    def claim_events(self) -> Iterator[tuple[str, str]]:
        """Yield every claim with the event that it tells of."""
        for event in self.events:
            for claim in event.claims:
                yield claim, event.id
