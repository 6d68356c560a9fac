"""Validation: shapes judge every graph, and what does not conform goes to the quarantine with its reason.

A document's triples are screened by plain checks; what those doubt, and any whole graph, is for pySHACL to judge.
"""

from kg.validate.format import report_json, report_text
from kg.validate.judge import judge_document
from kg.validate.quarantine import Split, split
from kg.validate.report import ValidationReport, ValidationResult
from kg.validate.runner import validate_document, validate_file, validate_graph
from kg.validate.screen import Doubt, Screening, screen_document

__all__ = [
    "Doubt",
    "Screening",
    "Split",
    "ValidationReport",
    "ValidationResult",
    "judge_document",
    "report_json",
    "report_text",
    "screen_document",
    "split",
    "validate_document",
    "validate_file",
    "validate_graph",
]
