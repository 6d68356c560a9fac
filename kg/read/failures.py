"""What a run keeps of a source that it could not process, or that it left out on purpose."""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import KGError

__all__ = ["Failure", "SetAside"]


@dataclass(frozen=True, slots=True)
class Failure:
    """One source that failed at one stage; the run goes on without it.

    ``path`` is the source as the user would find it, ``stage`` the stage that gave up (``read``, ``annotate``,
    ``validate``), ``error`` says what was found and what to do.
    """

    path: str
    stage: str
    error: KGError

    def __post_init__(self) -> None:
        # the frames of a traceback hold what was being read: a hundred thousand bad records would stay in memory
        self.error.__traceback__ = self.error.__cause__ = self.error.__context__ = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """Articles or records of one source that are in order, but not for kg; a run is successful without them.

    ``reason`` is short and equal for equal cases ("in French (fr)"), ``count`` how many of the source, ``first`` the
    first of them as the user would find it, ``remedy`` how to have them read all the same,
    empty where that makes no sense.
    """

    path: str
    reason: str
    count: int
    first: str
    remedy: str

    def __str__(self) -> str:
        records = "" if self.first == self.path else f"{self.count:,} record{'s' if self.count > 1 else ''} "
        first = "" if self.first == self.path else f"; the first is {self.first}"
        remedy = f". {self.remedy}" if self.remedy else ""
        return f"{self.path}: {records}set aside, {self.reason}{first}{remedy}."
