"""The parameters of a request's URL."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

from kg.serve.http.problems import Problem, shown
from kg.spelling import did_you_mean

__all__ = ["decoded", "format_of", "single_values"]

_MOST = 100


def decoded(form: bytes) -> list[tuple[str, str]]:
    """Return the names and values of a form or a URL's query, in order.

    Raises:
        Problem: They are not percent-encoded UTF-8, or too many (400).
    """
    try:
        text = form.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=_MOST)
    except ValueError as error:
        raise Problem(
            400, f"the parameters cannot be decoded: {error}", remedy="Percent-encode them as UTF-8"
        ) from error


def single_values(request: Request, known: Collection[str]) -> dict[str, str]:
    """Return the URL's parameters, of which each may be given once.

    Raises:
        Problem: One is unknown, given twice, or longer than a query may be (400, 414).
    """
    limit: int = request.app.state.options.max_query
    found: dict[str, str] = {}
    for name, value in decoded(request.scope["query_string"]):
        if name not in known:
            hint = did_you_mean(name, known)
            raise Problem(400, f"there is no parameter {shown(name)} here{hint}; known: {', '.join(known)}")
        if name in found:
            raise Problem(400, f"the parameter {name} is given twice")
        if len(value.encode()) > limit:
            raise Problem(414, f"the parameter {name} has more than {limit:,} bytes", limit=limit)
        found[name] = value
    return found


def format_of(parameters: Mapping[str, str], known: Collection[str]) -> str:
    """Return the parameter ``format``, empty where it is not given.

    Raises:
        Problem: There is no such format (400).
    """
    given = parameters.get("format", "")
    if given and given not in known:
        raise Problem(400, f"there is no format {shown(given)}{did_you_mean(given, known)}; known: {', '.join(known)}")
    return given
