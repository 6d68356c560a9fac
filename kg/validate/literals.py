"""What N-Quads terms hold: their text, and whether it surely is what its datatype demands.

*Surely*, since the full rules of XML Schema are pySHACL's business: what is only allowed in unusual spellings
(``+05``, ``1E3``, a time zone behind a date) is not sure, and pySHACL judges it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from kg.iris import PREFIXES

__all__ = ["DATATYPES", "lexical", "order_key"]

_XSD = PREFIXES["xsd"]
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_LETTERS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_DATE = re.compile(rf'"(\d{{4}}-\d\d-\d\d)"\^\^<{re.escape(_XSD)}date>', re.ASCII)
_NUMBER = re.compile(
    rf'"(?:(-?\d+)"\^\^<{re.escape(_XSD)}integer>|(-?\d+(?:\.\d+)?)"\^\^<{re.escape(_XSD)}decimal>)', re.ASCII
)

Test = Callable[[str], bool]


def lexical(term: str) -> str:
    """Return the text of a literal without quotes, escapes and datatype, or an IRI without its brackets."""
    if term[0] != '"':
        return term[1:-1]
    text = term[1 : term.rindex('"')]
    return _ESCAPE.sub(_unescaped, text) if "\\" in text else text


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _LETTERS.get(match[3], match[3])


def order_key(term: str) -> tuple[str, Decimal | str] | None:
    """Return a kind and a key that orders terms of the same kind, None where the order is not sure."""
    if number := _NUMBER.fullmatch(term):
        return "number", Decimal(number[1] or number[2])
    if _is_date(term):
        return "date", term
    return None


def _is_date(term: str) -> bool:
    match = _DATE.fullmatch(term)
    if match is None:
        return False
    try:
        date.fromisoformat(match[1])
    except ValueError:
        return False
    return True


def _spelled(datatype: str, pattern: str) -> Test:
    matches = re.compile(rf'"(?:{pattern})"\^\^<{re.escape(_XSD + datatype)}>', re.ASCII).fullmatch
    return lambda term: matches(term) is not None


def _is_string(term: str) -> bool:
    return term[0] == '"' and term[-1] == '"'


_DURATION = r"-?P(?=[\dT])(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?"

DATATYPES: dict[str, Test] = {
    _XSD + "string": _is_string,
    _XSD + "integer": _spelled("integer", r"-?\d+"),
    _XSD + "decimal": _spelled("decimal", r"-?\d+(?:\.\d+)?"),
    _XSD + "boolean": _spelled("boolean", "true|false"),
    _XSD + "date": _is_date,
    _XSD + "gYearMonth": _spelled("gYearMonth", r"(?!0000)\d{4}-(?:0[1-9]|1[0-2])"),
    _XSD + "gYear": _spelled("gYear", r"(?!0000)\d{4}"),
    _XSD + "duration": _spelled("duration", _DURATION),
}
"""Datatype -> whether a term surely is a well-formed literal of it."""
