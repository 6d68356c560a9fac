"""What a build did."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kg.read import Failure, SetAside

if TYPE_CHECKING:
    from kg.show.notebook.display import Printer

__all__ = ["BuildReport", "Progress"]

Progress = Callable[[str, int], None]
"""Called with the name of a stage (``read``, ``documents``, ``fuse``) and how many items it has done."""


@dataclass(slots=True, kw_only=True)
class BuildReport:
    """What a build did.

    ``new``, ``replaced``, ``reused``, ``remade`` and ``removed`` count documents (remade: known, but made again since
    the run's identity changed), ``copies`` those among them with words and date of another one, which were not parsed,
    ``near_copies`` those in the whole graph of which only additions were annotated;
    ``claims`` counts by class over the whole graph, ``seconds`` by stage. ``run_id`` names
    the run; ``notes`` are sentences about corrections that found nothing to correct.
    """

    graph: Path | str
    run_id: str
    strict: bool = False
    dry_run: bool = False
    new: int = 0
    replaced: int = 0
    reused: int = 0
    remade: int = 0
    removed: int = 0
    copies: int = 0
    near_copies: int = 0
    failures: list[Failure] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    documents: int = 0
    mentions: int = 0
    claims: Counter[str] = field(default_factory=Counter)
    quarantined: int = 0
    entities: int = 0
    events: int = 0
    statements: int = 0
    disputes: int = 0
    quads: int = 0
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        """0 for success, 3 where strictness is asked for and something was quarantined, 4 where documents failed."""
        if self.strict and self.quarantined:
            return 3
        return 4 if self.failures else 0

    def _repr_pretty_(self, printer: Printer, cycle: bool) -> None:
        """Show the summary that the command prints in a notebook."""
        from kg.show.summary import summary_lines

        printer.text("\n".join(summary_lines(self)))

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the time that a block takes to a stage."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - start
