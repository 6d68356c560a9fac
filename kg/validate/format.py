"""A validation report as text for people and as JSON for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict

from kg.iris import DEFAULT_BASE, shorten
from kg.validate.report import ValidationReport, ValidationResult

__all__ = ["report_json", "report_text"]


def report_text(report: ValidationReport, *, base: str = DEFAULT_BASE, limit: int = 100) -> str:
    """Return the verdict, what each shape checked, which checked nothing, and the results.

    Args:
        report: Of any graph.
        base: Under which the data's IRIs are shortened.
        limit: Results beyond this many are only counted.
    """
    return "\n".join(_lines(report, base, limit))


def _lines(report: ValidationReport, base: str, limit: int) -> Iterator[str]:
    idle = report.unchecked
    yield (
        f"{report.verdict}: {report.checked:,} focus nodes checked by {report.shapes - len(idle)} of "
        f"{report.shapes} shapes; {_severities(report)}"
    )
    checked = {shorten(shape, base): count for shape, count in report.focus_nodes.items() if count}
    if checked:
        width = max(len(shape) for shape in checked)
        yield ""
        yield f"{'shape':<{width}}  focus nodes"
        yield from (f"{shape:<{width}}  {count:>11,}" for shape, count in checked.items())
    if idle:
        yield ""
        yield f"checked nothing: {', '.join(shorten(shape, base) for shape in idle)}"
    if report.results:
        yield ""
        yield from (_result(result, base) for result in report.results[:limit])
        if len(report.results) > limit:
            yield f"and {len(report.results) - limit:,} more"


def _severities(report: ValidationReport) -> str:
    counts = Counter(result.severity for result in report.results)
    return ", ".join(f"{counts[name]:,} {word}" for name, word in _WORDS)


_WORDS = (("Violation", "violations"), ("Warning", "warnings"), ("Info", "notes"))


def _result(result: ValidationResult, base: str) -> str:
    place = "".join(
        f", {name} {shorten(value, base)}" for name, value in (("path", result.path), ("value", result.value)) if value
    )
    return f"{result.severity}: {shorten(result.focus, base)}{place}: {result.message} [{shorten(result.shape, base)}]"


def report_json(report: ValidationReport) -> str:
    """Return the whole report as JSON with full IRIs."""
    content = {
        "conforms": report.conforms,
        "verdict": report.verdict,
        "shapes": report.shapes,
        "checked": report.checked,
        "focus_nodes": dict(report.focus_nodes),
        "unchecked": list(report.unchecked),
        "results": [asdict(result) for result in report.results],
    }
    return json.dumps(content, indent=1, ensure_ascii=False)
