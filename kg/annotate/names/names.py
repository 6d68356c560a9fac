"""The record of a name in the text, before it is known which entity it means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.annotate.names.gazetteer import Reference, load_gazetteer
from kg.model import MentionKind

__all__ = ["Name", "covered"]


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

    def refer(self, text: str) -> bool:
        """Take what a country's name or adjective refers to; tell whether ``text``, to which a name was cut, is one."""
        known = load_gazetteer()
        reference = known.names.get(text) or known.adjectives.get(text)
        if reference is None:
            return False
        self.type, self.reference = reference.type, reference
        self.kind = MentionKind.NAME if text in known.names else MentionKind.DEMONYM
        return True


def covered(names: Iterable[Name]) -> set[int]:
    """Return the tokens that stand in names."""
    return {i for name in names for i in range(name.start, name.end)}
