"""Validation: shapes judge every graph, and what does not conform goes to the quarantine with its reason."""

from kg.validate.quarantine import Split, split
from kg.validate.report import ValidationReport, ValidationResult
from kg.validate.runner import validate_document, validate_graph

__all__ = ["Split", "ValidationReport", "ValidationResult", "split", "validate_document", "validate_graph"]
