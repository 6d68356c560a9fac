"""What names a claim: the hash of the vocabulary over everything that it says and where."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from kg.iris import digest
from kg.model import DurationValue, EntityValue, Modality, Polarity, Role, RoleValue, Span, TimeValue

__all__ = ["claim_id", "role_order", "value_key"]


class Said(Protocol):
    """What a claim says besides its roles; drafts and claims have it."""

    @property
    def event_type(self) -> str:
        """The local name of its class."""

    @property
    def predicate(self) -> str:
        """Its lemma with preposition."""

    @property
    def polarity(self) -> Polarity:
        """Whether it is so."""

    @property
    def modality(self) -> Modality:
        """How real it is."""


def claim_id(
    document_id: str,
    said: Said,
    *,
    trigger: Span,
    evidence: Span,
    roles: Iterable[Role],
    attributed: Iterable[str],
) -> str:
    """Return the hash that names a claim.

    It is over document, class (for ``Act`` with its predicate), trigger and evidence offsets, sorted roles, polarity,
    modality and attribution.
    """
    return digest(
        document_id,
        said.event_type if said.event_type != "Act" else f"Act {said.predicate}",
        (str(trigger.start), str(trigger.end), str(evidence.start), str(evidence.end)),
        sorted(f"{role.name}={value_key(role.value)}" for role in roles),
        said.polarity.value,
        said.modality.value,
        sorted(attributed),
    )


def value_key(value: RoleValue) -> str:
    """Return what of a value counts: entity, date or duration, else where it stands."""
    if isinstance(value, EntityValue):
        return value.key
    if isinstance(value, TimeValue | DurationValue):
        return value.lexical
    return f"{value.span.start},{value.span.end}"


def role_order(role: Role) -> tuple[str, int, str]:
    """Return the place of a role among those of its claim: by name, in reading order."""
    value = role.value
    start = value.span.start if value.span is not None else -1
    return (role.name, start, value_key(value))
