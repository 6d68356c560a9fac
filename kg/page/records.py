"""What the page is made of; ``web/src/data.ts`` reads the same records from JSON.

Entities, documents, events and claims are named by their CURIEs. In JSON a field that has its default is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from decimal import Decimal
from typing import Any

from kg.show.counts import Counts

__all__ = [
    "Bubble",
    "PageClaim",
    "PageData",
    "PageDispute",
    "PageDocument",
    "PageEdge",
    "PageEntity",
    "PageEvent",
    "PageGroup",
    "PageRelation",
    "Place",
    "Side",
    "Slice",
    "plain",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEntity:
    """An entity; ``degree`` counts the entities that it is linked with in the whole graph, ``group`` is its group's."""

    id: str
    label: str
    type: str
    mentions: int
    sources: int
    degree: int = 0
    group: int = -1
    names: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDocument:
    """An article: its publisher or else its path, and where it is to be read."""

    id: str
    source: str
    headline: str = ""
    published: str = ""
    url: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEvent:
    """What happened, was planned or was denied.

    ``who``, ``whom``, ``what`` and ``place`` are (words, entity or empty string); ``details`` are the other roles as
    (role, words). ``begin``, ``end`` and ``deadline`` are as precise as they were told; ``earliest`` and ``latest`` are
    days. Events without any have the day they were first ``reported``.
    """

    id: str
    kind: str
    claims: tuple[str, ...]
    sources: int
    who: tuple[tuple[str, str], ...] = ()
    whom: tuple[tuple[str, str], ...] = ()
    what: tuple[tuple[str, str], ...] = ()
    place: tuple[tuple[str, str], ...] = ()
    details: tuple[tuple[str, str], ...] = ()
    begin: str = ""
    end: str = ""
    deadline: str = ""
    earliest: str = ""
    latest: str = ""
    reported: str = ""
    negated: bool = False
    modality: str = "actual"
    disputed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageClaim:
    """What one source says in one sentence.

    ``origin`` is the independent source that it counts for, ``at`` the sentence's key in the slice; ``marks`` are
    (start, end, role) in code points of the sentence. ``review`` is what somebody found of it.
    """

    id: str
    event: str
    kind: str
    document: str
    origin: str
    at: str
    confidence: Decimal
    negated: bool = False
    modality: str = "actual"
    said_by: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    rule: str = ""
    marks: tuple[tuple[int, int, str], ...] = ()
    review: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRelation:
    """A direct property: its words, and whether it goes both ways."""

    id: str
    label: str
    symmetric: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEdge:
    """One relation of two entities.

    What is said of it: ``claims``, and ``against`` those that deny it. A ``denied`` edge is what every source denies:
    its claims are the denials. ``asserted`` is the direct triple's statement, empty where the graph asserts none.
    """

    id: str
    source: str
    target: str
    relation: str
    claims: tuple[str, ...]
    against: tuple[str, ...] = ()
    denied: bool = False
    asserted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the values that sources give, with the claims that give it."""

    value: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDispute:
    """What sources differ on: a role of an event, or whether it is so (role ``polarity``)."""

    id: str
    event: str
    role: str
    kind: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageGroup:
    """Entities that have more to do with each other than with others; ``names`` are its most important ones."""

    id: int
    names: tuple[str, ...]
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an entity stands in the first view, in pixels at full size."""

    entity: str
    x: int
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubble:
    """Where the rest of a group stands in the first view."""

    group: int
    x: int
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """A part of a graph that can be shown by itself: whatever its edges, events and claims name is in it.

    ``sentences`` are by key; they are empty where the page loads them when they are asked for.
    """

    entities: tuple[PageEntity, ...] = ()
    documents: tuple[PageDocument, ...] = ()
    relations: tuple[PageRelation, ...] = ()
    edges: tuple[PageEdge, ...] = ()
    events: tuple[PageEvent, ...] = ()
    claims: tuple[PageClaim, ...] = ()
    disputes: tuple[PageDispute, ...] = ()
    sentences: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageData:
    """Everything that a page starts with; ``served`` is true where a server answers for what is not in the slice."""

    title: str
    version: str
    counts: Counts
    slice: Slice
    groups: tuple[PageGroup, ...] = ()
    places: tuple[Place, ...] = ()
    bubbles: tuple[Bubble, ...] = ()
    prefixes: Mapping[str, str] = field(default_factory=dict)
    served: bool = False


def plain(record: object) -> Any:
    """Return a record as JSON has it; fields that have their default are left out."""
    if is_dataclass(record):
        pairs = ((f, getattr(record, f.name)) for f in fields(record))
        return {f.name: plain(value) for f, value in pairs if not _is_default(f, value)}
    if isinstance(record, tuple | list):
        return [plain(item) for item in record]
    if isinstance(record, Mapping):
        return {str(key): plain(value) for key, value in record.items()}
    return float(record) if isinstance(record, Decimal) else record


def _is_default(item: Any, value: object) -> bool:
    default = item.default_factory() if item.default_factory is not MISSING else item.default
    return bool(default is not MISSING and value == default)
