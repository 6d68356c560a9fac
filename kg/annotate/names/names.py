"""The record of a name in the text, before it is known which entity it means."""

from __future__ import annotations

from dataclasses import dataclass

from kg.annotate.names.gazetteer import Reference
from kg.model import MentionKind

__all__ = ["Name"]


@dataclass(slots=True)
class Name:
    """A stretch of tokens that names something. ``label`` is spaCy's, ``""`` where spaCy saw nothing.

    ``capital`` and ``seat`` give the country or bloc for which it may stand (metonymy).
    """

    start: int
    end: int
    type: str
    label: str = ""
    reference: Reference | None = None
    kind: MentionKind = MentionKind.NAME
    capital: Reference | None = None
    seat: Reference | None = None
