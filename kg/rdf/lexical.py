"""Canonical lexical forms of values, as plain strings.

Oxigraph rewrites typed literals to their canonical form and derived integers to ``xsd:integer``, so that is how they
are written in the first place: what is stored, exported and compared is then one and the same.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal

from kg.errors import MappingError

__all__ = ["check_iri", "decimal", "duration", "instant", "time_type"]

# RFC 3987 section 2.2, as Oxigraph reads it: a line with another IRI would be refused, and all lines loaded with it
_NONCHARACTERS = "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 15))
_NOT_IN_IRI = re.compile(
    r'[\x00-\x20<>"{}|^`\\\[\]\x7f-\x9f\ud800-\uf8ff\ufdd0-\ufdef\ufff0-\uffff'
    rf"{_NONCHARACTERS}\U000e0000-\U000e0fff\U000f0000-\U0010ffff]|%(?![0-9A-Fa-f]{{2}})|#.*#"
)
# what nearly all IRIs are, which is told faster
_PLAIN_IRI = re.compile(r"https?://[A-Za-z0-9\-._~/]+(?:#[A-Za-z0-9\-._~=,]*)?")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+\-.]*:")
_TIME_TYPES = (
    (re.compile(r"-?\d{4,}-\d\d-\d\d"), "xsd:date"),
    (re.compile(r"-?\d{4,}-\d\d"), "xsd:gYearMonth"),
    (re.compile(r"-?\d{4,}"), "xsd:gYear"),
)
_DURATION = re.compile(
    r"(?P<sign>-?)P(?:(?P<Y>\d+)Y)?(?:(?P<M>\d+)M)?(?:(?P<D>\d+)D)?"
    r"(?:T(?=\d)(?:(?P<h>\d+)H)?(?:(?P<m>\d+)M)?(?:(?P<s>\d+)S)?)?"
)


def check_iri(iri: str) -> str:
    """Return an IRI as it is.

    Raises:
        MappingError: It has no scheme, or a character that no IRI may have.
    """
    if not _PLAIN_IRI.fullmatch(iri) and (not _SCHEME.match(iri) or _NOT_IN_IRI.search(iri)):
        raise MappingError(
            f"{iri!r} is no absolute IRI", remedy="Escape spaces, quotes and brackets, and give the scheme"
        )
    return iri


def decimal(value: Decimal) -> str:
    """Return an ``xsd:decimal`` without exponent, trailing zeros or a bare point: 630000000, 0.8.

    Raises:
        MappingError: It is not finite.
    """
    if not value.is_finite():
        raise MappingError(f"{value} is no number that xsd:decimal can hold")
    plain = format(value, "f")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return "0" if plain in ("-0", "") else plain


def instant(value: datetime) -> str:
    """Return an ``xsd:dateTime`` in UTC, to the second."""
    return f"{value.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat()}Z"


def time_type(lexical: str) -> str:
    """Return the datatype of a date as precise as it is written: ``xsd:date``, ``xsd:gYearMonth`` or ``xsd:gYear``.

    Raises:
        MappingError: It is none of the three.
    """
    for pattern, datatype in _TIME_TYPES:
        if pattern.fullmatch(lexical):
            return datatype
    raise MappingError(f"{lexical!r} is no date; expected 2021-09-09, 2021-09 or 2021")


def duration(lexical: str) -> str:
    """Return an ``xsd:duration`` in canonical form (XML Schema 1.1, part 2, E.3.6): P12M is P1Y, PT36H is P1DT12H.

    Raises:
        MappingError: It is no duration of whole units.
    """
    match = _DURATION.fullmatch(lexical)
    if match is None or lexical.endswith(("P", "T")):
        raise MappingError(f"{lexical!r} is no xsd:duration; expected P4Y, P6M, P10D or PT3H")
    part = {name: int(value or 0) for name, value in match.groupdict().items() if name != "sign"}
    months = 12 * part["Y"] + part["M"]
    seconds = 86_400 * part["D"] + 3_600 * part["h"] + 60 * part["m"] + part["s"]
    return match["sign"] + _canonical_duration(months, seconds)


def _canonical_duration(months: int, seconds: int) -> str:
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3_600)
    minutes, rest = divmod(rest, 60)
    units = ((months // 12, "Y"), (months % 12, "M"), (days, "D"))
    date_part = "".join(f"{value}{unit}" for value, unit in units if value)
    time_part = "".join(f"{value}{unit}" for value, unit in ((hours, "H"), (minutes, "M"), (rest, "S")) if value)
    return f"P{date_part}" + (f"T{time_part}" if time_part else "") if date_part or time_part else "PT0S"
