"""What a run keeps of a document that it could not process."""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import KGError

__all__ = ["Failure"]


@dataclass(frozen=True, slots=True)
class Failure:
    """One source that failed at one stage; the run goes on without it.

    ``path`` is the source as the user would find it, ``stage`` the stage that gave up (``read``, ``annotate``,
    ``validate``), ``error`` says what was found and what to do.
    """

    path: str
    stage: str
    error: KGError
