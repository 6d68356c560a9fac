"""Date lines and the datelines of agencies."""

from __future__ import annotations

import re

from kg.read.article.parts import AGENCY

__all__ = ["DATELINE", "DATE_WORDS", "FIRST_DATELINE", "SLUG", "WEEKDAY"]

WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
DATE_WORDS = re.compile(
    r"\b(?:first |originally |last )?(?:published|posted|updated|modified|created|issued|released|dated?|edited)\b:?"
    r"|\b\d+ (?:years?|months?|weeks?|days?|hours?|minutes?) ago\b"
    rf"|\b(?:on|at|time|ago)\b:?|\b{WEEKDAY}\b|\d{{1,2}}[:.]\d{{2}}(?::\d{{2}})?(?:\.\d+)?Z?|T(?=\d)"
    r"|\d{1,2} ?[ap]\.?m\b\.?|\b[ap]\.?m\b\.?|\b(?:utc|gmt|[ecmp][sd]?t|ce?st|bst|ist|eat|wat|cat|sgt|jst|hkt)\b"
    r"|[+-]\d{2}:?\d{2}\b",
    re.IGNORECASE,
)
"""What stands around the date in a date line."""

_PLACE = r"[A-Z][\w.’'-]*(?:[ /][A-Z][\w.’'-]*){0,4}"
_CAPITALS = r"[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]+){0,4}"
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_WHEN = rf"(?i:{_MONTHS} \d{{1,2}}|\d{{1,2}} {_MONTHS})(?:,? \d{{4}})?"
_NEXT_WHEN = rf"(?:{WEEKDAY},? )?(?:{_WHEN}|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}})"
_DASH = r"\s*\.?(?:--?|[–—])(?:\s+|$)"
_BEGINS = r"(?=[\"“'‘(\[]?[A-Z\d]|$)"

DATELINE = re.compile(
    rf"(?:{_PLACE}(?:, {_PLACE}){{0,2}}(?:,? ?{_WHEN})?,? ?(?:\([^()\n]{{2,40}}\)|/[^/\n]{{2,40}}/){_DASH}"
    rf"|{_CAPITALS}(?:, {_PLACE})?(?:,? {_WHEN})?{_DASH}(?:{_NEXT_WHEN}{_DASH})?"
    rf"|{_PLACE}, {_WHEN}{_DASH}|\(?{AGENCY}\)?{_DASH}"
    rf"|{_PLACE}, {_WHEN}\. /[^/\n]{{2,40}}/\.\s+|{_PLACE}, {_WHEN}, {AGENCY}{_DASH}|{AGENCY}, {_PLACE}{_DASH}"
    rf"|{_PLACE}(?:, {_PLACE})? ?\((?:{AGENCY}\)[:.]\s*|[A-Z]{{2,6}}\)(?=[A-Z])))"
    rf"{_BEGINS}"
)
"""An agency's dateline at the start of a paragraph: "OSLO, May 3 (Agency) -", "LAGOS, Nigeria (AP) —", "LIMA –",
"MOSCOW, May 3. /TASS/.", "TOKYO, May 3, Kyodo -", "Kyodo, Tokyo -", "Austin (CNN)The".

Without an agency in brackets the place is in capitals, and what follows begins a sentence, so that "NATO – the
alliance – said" stays whole.
"""

_CELL = r"[^|\n.!?]{2,40} \| "
FIRST_DATELINE = re.compile(
    rf"(?:(?P<cells>(?:{_CELL}){{1,4}})|{_CAPITALS}(?:, {_PLACE})?(?: \([^()\n]{{2,40}}\))?:\s+"
    rf"|{_PLACE}(?:, {_PLACE}){{0,2}}\s+(?:--?|[–—])\s+"
    r"(?![^.!?\n]{0,200}\s(?:--?|[–—])\s))"
    rf"{_BEGINS}",
)
"""A dateline that is one only at the start of an article: "NEW DELHI: ", "Lagos – ", "Abuja, Nigeria | AFP | ".

A dash after the place counts where no other dash follows in the sentence ("Kenya – Africa's lender – said").
"""

SLUG = re.compile(
    r"(?:(?:UPDATE|WRAPUP|REFILE|CORRECTED|RPT|EXCLUSIVE|BREAKING|FACTBOX|TIMELINE|EXPLAINER|ANALYSIS|INSIGHT|FEATURE"
    r"|LIVE|WATCH|OPINION|COLUMN|INTERVIEW|JUST IN|NEWS ANALYSIS)(?: ?\d{1,2})?(?: ?[-:–—|] ?)+)+(?=\S)"
)
"""What agencies and sites put before a headline: "UPDATE 2-", "EXCLUSIVE: "."""
