"""What a validation found, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["VIOLATION", "ValidationReport", "ValidationResult"]

VIOLATION = "Violation"


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class ValidationResult:
    """One thing that does not fit.

    ``focus``, ``path`` and ``shape`` are IRIs, ``path`` None where the fault is not in one property; ``value`` is the
    offending IRI or lexical form, None where something is missing; ``severity`` is what the shape declares:
    ``Violation``, ``Warning`` or ``Info``.
    """

    focus: str
    shape: str
    path: str | None
    value: str | None
    message: str
    severity: str

    @property
    def sort_key(self) -> tuple[str, str, str, str]:
        """Orders results by focus node, shape, path and value."""
        return self.focus, self.shape, self.path or "", self.value or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationReport:
    """What was checked and what was found.

    ``results`` are sorted. ``focus_nodes`` gives, for every shape with targets, how many nodes it checked: 0 says that
    the shape had nothing to say about this data.
    """

    results: tuple[ValidationResult, ...] = ()
    focus_nodes: Mapping[str, int] = field(default_factory=dict)

    @property
    def violations(self) -> tuple[ValidationResult, ...]:
        """The results that reject something."""
        return tuple(result for result in self.results if result.severity == VIOLATION)

    @property
    def shapes(self) -> int:
        """How many shapes with targets there were."""
        return len(self.focus_nodes)

    @property
    def checked(self) -> int:
        """How many focus nodes were checked, each as often as shapes looked at it."""
        return sum(self.focus_nodes.values())

    @property
    def unchecked(self) -> tuple[str, ...]:
        """The shapes that found nothing to check, sorted."""
        return tuple(sorted(shape for shape, count in self.focus_nodes.items() if count == 0))

    @property
    def conforms(self) -> bool:
        """True when something was checked and nothing violates a shape; warnings do not count."""
        return self.checked > 0 and not self.violations

    @property
    def verdict(self) -> str:
        """``conforms``, ``does not conform`` or ``nothing was checked``; data that no shape looks at proves nothing."""
        if self.violations:
            return "does not conform"
        return "conforms" if self.checked else "nothing was checked"
