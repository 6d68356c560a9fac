"""What a build did, in a few lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kg.show.counts import counted

if TYPE_CHECKING:
    from rich.console import Console

    from kg.read import SetAside

__all__ = ["Report", "render_summary", "summary_lines"]

_TOP = 8


class Report(Protocol):
    """What a summary needs of a build's report (:class:`kg.builder.BuildReport` has it)."""

    graph: Path | str
    dry_run: bool
    new: int
    replaced: int
    reused: int
    remade: int
    removed: int
    copies: int
    near_copies: int
    documents: int
    mentions: int
    quarantined: int
    entities: int
    events: int
    statements: int
    disputes: int
    quads: int

    @property
    def failures(self) -> Sequence[object]:
        """The documents that failed."""

    @property
    def set_aside(self) -> Sequence[SetAside]:
        """What was left out on purpose."""

    @property
    def claims(self) -> Mapping[str, int]:
        """Claims by class."""

    @property
    def seconds(self) -> Mapping[str, float]:
        """Seconds by stage."""


def render_summary(report: Report, console: Console, *, verbose: bool = False) -> None:
    """Print the summary of a build; ``verbose`` adds the time of each stage."""
    for line in summary_lines(report, verbose=verbose):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def summary_lines(report: Report, *, verbose: bool = False) -> list[str]:
    """Return the summary of a build as lines."""
    lines = [_documents(report)]
    if report.copies:
        lines.append(
            f"  copies   {counted(report.copies, 'document')} with the words and date of another, not parsed again"
        )
    if report.near_copies:
        lines.append(f"  copies   {counted(report.near_copies, 'near-copy')}, read for what no earlier one has")
    if not report.dry_run:
        total = sum(report.claims.values())
        counts = ((report.mentions, "mention"), (total, "claim"))
        lines.append(f"  text     {', '.join(counted(*pair) for pair in counts)}")
        if total:
            lines.append(f"  claims   {_classes(report.claims)}")
        facts = ((report.entities, "entity"), (report.events, "event"), (report.statements, "direct triple"))
        lines.append(f"  world    {', '.join(counted(*pair) for pair in facts)}, {counted(report.disputes, 'dispute')}")
        lines.append(f"  quarantine  {counted(report.quarantined, 'node')} that did not conform to the shapes")
        lines.append(f"Graph: {report.graph} ({report.quads:,} quads)")
    if report.set_aside:
        lines.append(
            f"{counted(sum(aside.count for aside in report.set_aside), 'record')} set aside, see the messages above."
        )
    if report.failures:
        lines.append(f"{counted(len(report.failures), 'document')} failed, see the messages above.")
    if verbose and report.seconds:
        parts = ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in report.seconds.items())
        lines.append(f"Time: {parts}")
    return lines


def _documents(report: Report) -> str:
    changes = (
        (report.new, "new"),
        (report.replaced, "replaced"),
        (report.remade, "made anew"),
        (report.reused, "unchanged"),
        (report.removed, "removed"),
    )
    told = ", ".join(f"{count:,} {what}" for count, what in changes if count)
    would = "Nothing was written. The build would hold " if report.dry_run else ""
    total = report.new + report.replaced + report.remade + report.reused if report.dry_run else report.documents
    return f"{would}{counted(total, 'document')}{f' ({told})' if told else ''}"


def _classes(claims: Mapping[str, int]) -> str:
    ranked = sorted(claims.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = ", ".join(f"{name} {count:,}" for name, count in ranked[:_TOP])
    rest = sum(count for _, count in ranked[_TOP:])
    return f"{shown}, others {rest:,}" if rest else shown
