"""Validation: shapes judge every graph, and what does not conform goes to the quarantine with its reason."""

from kg.validate.format import report_json, report_text
from kg.validate.quarantine import Split, split
from kg.validate.report import ValidationReport, ValidationResult
from kg.validate.runner import validate_document, validate_file, validate_graph, validate_workspace

__all__ = [
    "Split",
    "ValidationReport",
    "ValidationResult",
    "report_json",
    "report_text",
    "split",
    "validate_document",
    "validate_file",
    "validate_graph",
    "validate_workspace",
]
