"""Ask a query of a store."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pyoxigraph import QueryBoolean, QuerySolutions

from kg.errors import QueryError
from kg.iris import DEFAULT_BASE, prefixes
from kg.query.bind import Value, bind
from kg.query.engine import Found, Queryable, answer
from kg.query.files import NamedQuery, parse_query
from kg.query.results import Result
from kg.query.subselects import place_terms
from kg.spelling import did_you_mean

__all__ = ["engine_error", "run", "syntax_error"]

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_UPDATE = re.compile(r"^\s*(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b", re.IGNORECASE | re.MULTILINE)
_UNPROJECTED = re.compile(r"does not contains? variable \?(\w+)")


def run(
    store: Queryable,
    query: NamedQuery | str,
    *,
    params: Mapping[str, Value] | None = None,
    base: str = DEFAULT_BASE,
) -> Result:
    """Answer a query on the union of all graphs.

    Args:
        store: A store, or an endpoint that is asked like one; not changed.
        query: A named query, or SPARQL text. The vocabulary's prefixes need not be declared in it.
        params: Values by parameter name, see :func:`kg.query.bind.bind`; names of entities are resolved.
        base: The base of the graph's IRIs, for CURIEs.

    Returns:
        Rows in the query's order; a parameter that the header lists as no column is left out.

    Raises:
        QueryError: The query is not SPARQL (line and column are named), or a parameter is wrong.
    """
    named = parse_query(query) if isinstance(query, str) else query
    bound = bind(store, named, params or {}, base=base)
    text = place_terms(named.text, bound) if named.params else named.text
    try:
        return _result(answer(store, text, bound, base=base), named, base)
    except SyntaxError as error:
        raise syntax_error(str(error), named, base) from error
    except RuntimeError as error:
        raise engine_error(str(error), named) from error


def _result(found: Found, query: NamedQuery, base: str) -> Result:
    if isinstance(found, QueryBoolean | bool):
        return Result(name=query.name, base=base, boolean=bool(found))
    if not isinstance(found, QuerySolutions):
        return Result(name=query.name, base=base, triples=tuple(sorted(set(found), key=str)))
    hidden = {p.name for p in query.params} - {c.name for c in query.columns}
    names = [variable.value for variable in found.variables]
    kept = [(index, name) for index, name in enumerate(names) if name not in hidden]
    terms = tuple(tuple(row[index] for index, _ in kept) for row in found)
    return Result(name=query.name, base=base, columns=tuple(name for _, name in kept), terms=terms)


def syntax_error(message: str, query: NamedQuery, base: str) -> QueryError:
    """Say where a query stops being SPARQL; the engine's own list of what it expected is cut to one line."""
    place = _PLACE.search(message)
    if not place:
        return QueryError(f"this is not SPARQL: {message}", where=query.where)
    line, column, expected = int(place[1]), int(place[2]), place[3]
    where = f"{query.where} line {line}, column {column}"
    if _UPDATE.search(query.text):
        return QueryError("queries read; updates are refused", where=where, remedy="'kg build' and 'kg remove' write")
    source = query.text.splitlines()
    found = source[line - 1] if line <= len(source) else ""
    if "Prefix not found" in expected:
        return _prefix_error(found, where, base)
    found = found.strip() or "the end of the query"
    problem = f"this is not SPARQL at {found!r}: {_expected(expected)}"
    return QueryError(problem, where=where, remedy="Nothing was run")


def _expected(message: str) -> str:
    """Return the first words and signs that the engine would take; it lists character classes as well."""
    tokens = [a or b for a, b in re.findall(r'"((?:[^"\\]|\\.)+)"|\b([A-Z]{2,})\b', message)]
    return "expected " + " or ".join(tokens[:6]) if tokens else " ".join(message.split())[:120]


def _prefix_error(line: str, where: str, base: str) -> QueryError:
    known = prefixes(base)
    unknown = [p for p in re.findall(r"([A-Za-z]\w*):(?!//)", line) if p not in known]
    prefix = unknown[0] if unknown else line.strip()
    problem = f"the prefix {prefix!r} is not declared{did_you_mean(prefix, known)}; known: {', '.join(known)}"
    return QueryError(problem, where=where, remedy="Nothing was run")


def engine_error(message: str, query: NamedQuery) -> QueryError:
    """Say why the engine cannot answer a query that it understood."""
    unprojected = _UNPROJECTED.search(message)
    if unprojected:
        return QueryError(
            f"the parameter {unprojected[1]!r} is not among the variables that the query projects",
            where=query.where,
            remedy=f"Add ?{unprojected[1]} to its SELECT",
        )
    return QueryError(f"the query could not be answered: {message}", where=query.where)
