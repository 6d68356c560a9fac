"""The only place that mints RDF terms: IRIs from strings, literals in canonical lexical form.

Oxigraph rewrites typed literals to their canonical form and derived integers to ``xsd:integer``, so that is how they
are written in the first place: what is stored, exported and compared is then one and the same.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal

from rdflib import RDF, RDFS, XSD, Literal, Namespace, URIRef
from rdflib.namespace import OWL, PROV, SKOS

from kg import iris
from kg.errors import MappingError

__all__ = [
    "ITSRDF",
    "KG",
    "NIF",
    "OWL",
    "PROV",
    "RDF",
    "RDFS",
    "SCHEMA",
    "SH",
    "SKOS",
    "XSD",
    "any_uri",
    "boolean",
    "curie",
    "day",
    "duration",
    "instant",
    "integer",
    "number",
    "text",
    "time",
    "uri",
]

KG = Namespace(iris.KG)
SCHEMA = Namespace(iris.PREFIXES["schema"])
NIF = Namespace(iris.PREFIXES["nif"])
ITSRDF = Namespace(iris.PREFIXES["itsrdf"])
SH = Namespace(iris.PREFIXES["sh"])

# RFC 3987 section 2.2; the same characters that N-Quads and Turtle forbid between < and >
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_TIME_TYPES = (
    (re.compile(r"-?\d{4,}-\d\d-\d\d"), XSD.date),
    (re.compile(r"-?\d{4,}-\d\d"), XSD.gYearMonth),
    (re.compile(r"-?\d{4,}"), XSD.gYear),
)
_DURATION = re.compile(
    r"(?P<sign>-?)P(?:(?P<Y>\d+)Y)?(?:(?P<M>\d+)M)?(?:(?P<D>\d+)D)?"
    r"(?:T(?=\d)(?:(?P<h>\d+)H)?(?:(?P<m>\d+)M)?(?:(?P<s>\d+)S)?)?"
)


def uri(iri: str) -> URIRef:
    """Return an IRI as a term.

    Raises:
        MappingError: It has no scheme, or a character that no IRI may have.
    """
    if ":" not in iri or _NOT_IN_IRI.search(iri):
        raise MappingError(
            f"{iri!r} is no absolute IRI", remedy="Escape spaces, quotes and brackets, and give the scheme"
        )
    return URIRef(iri)


def curie(name: str, base: str = iris.DEFAULT_BASE) -> URIRef:
    """Return the term of a CURIE of the vocabulary, or of a full IRI (a user's own class).

    Raises:
        MappingError: The prefix is not one of the vocabulary, and it is no IRI either.
    """
    prefix, _, local = name.partition(":")
    known = iris.prefixes(base)
    if prefix in known:
        return uri(known[prefix] + local)
    if local.startswith("//") or prefix == "urn":
        return uri(name)
    raise MappingError(f"the prefix {prefix!r} of {name!r} is not declared; known: {', '.join(sorted(known))}")


def text(value: str) -> Literal:
    """Return a plain string."""
    return Literal(value, datatype=None)


def any_uri(value: str) -> Literal:
    """Return a web address as a literal: what sources give as addresses need not be valid IRIs."""
    return Literal(value, datatype=XSD.anyURI, normalize=False)


def integer(value: int) -> Literal:
    """Return an ``xsd:integer``."""
    return Literal(str(value), datatype=XSD.integer, normalize=False)


def boolean(value: bool) -> Literal:
    """Return an ``xsd:boolean``."""
    return Literal("true" if value else "false", datatype=XSD.boolean, normalize=False)


def number(value: Decimal) -> Literal:
    """Return an ``xsd:decimal`` without exponent, trailing zeros or a bare point: 630000000, 0.8.

    Raises:
        MappingError: It is not finite.
    """
    if not value.is_finite():
        raise MappingError(f"{value} is no number that xsd:decimal can hold")
    plain = format(value, "f")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return Literal("0" if plain in ("-0", "") else plain, datatype=XSD.decimal, normalize=False)


def day(value: date) -> Literal:
    """Return an ``xsd:date``."""
    return Literal(value.isoformat(), datatype=XSD.date, normalize=False)


def instant(value: datetime) -> Literal:
    """Return an ``xsd:dateTime`` in UTC, to the second."""
    utc = value.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    return Literal(f"{utc.isoformat()}Z", datatype=XSD.dateTime, normalize=False)


def time(lexical: str) -> Literal:
    """Return a date as precise as it is written: ``xsd:date``, ``xsd:gYearMonth`` or ``xsd:gYear``.

    Raises:
        MappingError: It is none of the three.
    """
    for pattern, datatype in _TIME_TYPES:
        if pattern.fullmatch(lexical):
            return Literal(lexical, datatype=datatype, normalize=False)
    raise MappingError(f"{lexical!r} is no date; expected 2021-09-09, 2021-09 or 2021")


def duration(lexical: str) -> Literal:
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
    return Literal(match["sign"] + _canonical_duration(months, seconds), datatype=XSD.duration, normalize=False)


def _canonical_duration(months: int, seconds: int) -> str:
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3_600)
    minutes, rest = divmod(rest, 60)
    units = ((months // 12, "Y"), (months % 12, "M"), (days, "D"))
    date_part = "".join(f"{value}{unit}" for value, unit in units if value)
    time_part = "".join(f"{value}{unit}" for value, unit in ((hours, "H"), (minutes, "M"), (rest, "S")) if value)
    return f"P{date_part}" + (f"T{time_part}" if time_part else "") if date_part or time_part else "PT0S"
