"""Parameters of a query: from what people type to RDF terms, which the engine binds.

Values are never formatted into the text. Oxigraph binds a variable before evaluation (SPARQL community group's
SEP-0007), on two conditions that were measured with pyoxigraph 0.5.13 and that the files in ``queries/`` heed (into
sub-selects the terms are put by :mod:`kg.query.subselects`):

- the outermost SELECT projects the variable (:func:`kg.query.run.run` drops it again where it is no column);
- a test must not say ``BOUND(?x)``, which the optimiser decides before binding. ``?date >= COALESCE(?since, ?date)``
  and ``EXISTS { ?event ?role ?entity }`` mean "all" while the parameter is unbound, in any SPARQL engine; a
  ``COALESCE(?date >= ?since, true)`` does not in Virtuoso 7, which finds the comparison false and not in error.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.iris import PREFIXES, prefixes
from kg.query.engine import Queryable
from kg.query.files import NamedQuery, Parameter
from kg.query.resolve import resolve_class, resolve_entity, resolve_property
from kg.spelling import did_you_mean

__all__ = ["Value", "bind"]

Value = str | int | Decimal | float | date | NamedNode | Literal
"""What a caller may give for a parameter; terms are taken as they are."""

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_PROJECTION = re.compile(r"\bSELECT\b(.*?)(?:\bWHERE\b|\{)", re.IGNORECASE | re.DOTALL)


def bind(
    store: Queryable, query: NamedQuery, params: Mapping[str, Value], *, base: str
) -> dict[str, NamedNode | Literal]:
    """Return the term that each bound variable stands for; those left out take their default, or stay free.

    Raises:
        QueryError: The query has no such parameter, or the value is not of its type or names nothing.
    """
    known = {p.name: p for p in _parameters(query)}
    for name in params:
        if name not in known:
            hint = did_you_mean(name, known)
            raise QueryError(
                f"the query has no parameter {name!r}{hint}; known: {', '.join(known) or 'none'}", where=query.name
            )
    given = {name: params.get(name, p.default) for name, p in known.items()}
    return {n: _term(store, known[n], value, query, base) for n, value in given.items() if value is not None}


def _parameters(query: NamedQuery) -> tuple[Parameter, ...]:
    """Return the declared parameters; without a header, every projected variable, as a term or a string."""
    if query.params or query.columns:
        return query.params
    body = "\n".join(line for line in query.text.splitlines() if not line.lstrip().startswith("#"))
    head = _PROJECTION.search(body)
    names = dict.fromkeys(re.findall(r"[?$](\w+)", head[1] if head else body))
    return tuple(Parameter(name=name, type="any", text="A projected variable.") for name in names)


def _term(store: Queryable, parameter: Parameter, value: Value, query: NamedQuery, base: str) -> NamedNode | Literal:
    if isinstance(value, NamedNode | Literal):
        return value
    text = f"{value:f}" if isinstance(value, Decimal) else str(value).strip()
    try:
        _refuse_half_characters(text)
        if parameter.type in _RESOLVERS:
            return _RESOLVERS[parameter.type](store, text, base=base)
        if parameter.type == "date":
            return Literal(_day(text, last=parameter.last_day), datatype=NamedNode(PREFIXES["xsd"] + "date"))
        return _SIMPLE[parameter.type](text, base)
    except QueryError as error:
        raise QueryError(
            error.problem, where=f"{query.name}, parameter {parameter.name}", remedy=error.remedy
        ) from error


def _refuse_half_characters(text: str) -> None:
    """Refuse lone surrogates, which no RDF term can hold."""
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise QueryError(f"{text!a} holds half of a character", remedy="Give the value in UTF-8")


def _day(text: str, *, last: bool) -> str:
    """Return a day; of a month or year its first or last one.

    >>> _day("2021", last=False), _day("2024-02", last=True)
    ('2021-01-01', '2024-02-29')
    """
    match = _DATE.fullmatch(text)
    try:
        year, month, day = (int(part) if part else 0 for part in match.groups()) if match else (0, 0, 0)
        month = month or (12 if last else 1)
        day = day or (calendar.monthrange(year, month)[1] if last else 1)
        return date(year, month, day).isoformat()
    except ValueError as error:
        raise QueryError(f"{text!r} is no date", remedy="Write 2021-09-09, 2021-09 or 2021") from error


def _integer(text: str, _base: str) -> Literal:
    try:
        return Literal(int(text))
    except ValueError as error:
        raise QueryError(f"{text!r} is no whole number") from error


def _decimal(text: str, _base: str) -> Literal:
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)", text):
        raise QueryError(f"{text!r} is no decimal number")
    return Literal(f"{Decimal(text):f}", datatype=NamedNode(PREFIXES["xsd"] + "decimal"))


def _iri(text: str, base: str) -> NamedNode:
    prefix, colon, local = text.strip("<>").partition(":")
    known = prefixes(base)
    try:
        return NamedNode(known[prefix] + local if prefix in known else prefix + colon + local)
    except ValueError as error:
        raise QueryError(f"{text!r} is no IRI or CURIE; known prefixes: {', '.join(known)}") from error


def _string(text: str, _base: str) -> Literal:
    return Literal(text)


def _any(text: str, base: str) -> NamedNode | Literal:
    """Return an IRI where the text is one or a CURIE of ours, a number where it is one, else a string."""
    prefix = text.partition(":")[0]
    if prefix in prefixes(base) or re.match(r"<?(https?|urn):", text):
        return _iri(text, base)
    return Literal(int(text)) if re.fullmatch(r"-?[0-9]{1,18}", text) else Literal(text)


_RESOLVERS: dict[str, Callable[..., NamedNode]] = {
    "entity": resolve_entity,
    "class": resolve_class,
    "property": resolve_property,
}
_SIMPLE: dict[str, Callable[[str, str], NamedNode | Literal]] = {
    "integer": _integer,
    "decimal": _decimal,
    "iri": _iri,
    "string": _string,
    "any": _any,
}
