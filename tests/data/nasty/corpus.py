"""All nasty inputs: ``small()`` for the default test suite, ``every()`` with what takes more time or memory."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import archives
import pages
import tables
import texts
from case import Case, Content

__all__ = ["every", "small"]

COUNTRIES = [
    "Angola",
    "Benin",
    "Botswana",
    "Burundi",
    "Cameroon",
    "Chad",
    "Egypt",
    "Ethiopia",
    "Gabon",
    "Ghana",
    "Guinea",
    "Kenya",
    "Lesotho",
    "Liberia",
    "Libya",
    "Malawi",
    "Mali",
    "Morocco",
    "Mozambique",
    "Namibia",
    "Niger",
    "Nigeria",
    "Rwanda",
    "Senegal",
    "Somalia",
    "Sudan",
    "Tanzania",
    "Togo",
    "Tunisia",
    "Uganda",
    "Zambia",
    "Zimbabwe",
]
TEXT_ENDINGS = (".txt", ".md", ".html", ".json", ".jsonl")


@cache
def every() -> tuple[Case, ...]:
    """Return all cases, in the order of the tables, each about two countries of its own.

    Hundreds of reports of one event would be a test of fusing.
    """
    pairs = ((a, b) for n in range(1, len(COUNTRIES)) for a, b in zip(COUNTRIES, COUNTRIES[n:], strict=False))
    cases = (case for module in (texts, tables, pages, archives) for case in module.cases())
    return tuple(_about(case, *next(pairs, COUNTRIES[:2])) for case in cases)


def small() -> list[Case]:
    """Return the cases that take little time and memory."""
    return [case for case in every() if not case.big]


def _about(case: Case, first: str, second: str) -> Case:
    names = {"Kenya": first, "Uganda": second}

    def changed(name: str, content: Content) -> Content:
        if not isinstance(content, str) or not name.endswith(TEXT_ENDINGS):
            return content
        return "".join(names.get(part, part) for part in re.split("(Kenya|Uganda)", content))

    return replace(case, files={name: changed(name, content) for name, content in case.files.items()})
