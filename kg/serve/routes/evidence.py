"""Why the graph says so, and what its entities are called."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.serve.asking import ask
from kg.serve.http.parameters import format_of, single_values
from kg.serve.http.problems import Problem, shown

__all__ = ["routes"]

_LISTS = ("json", "csv", "markdown", "table")


def routes() -> Sequence[Route]:
    """Return the routes."""
    return (Route("/explain", _explain, methods=["GET"]), Route("/entities", _entities, methods=["GET"]))


async def _explain(request: Request) -> Response:
    given = single_values(request, ("s", "p", "o", "format"))
    missing = [name for name in ("s", "p", "o") if not given.get(name, "").strip()]
    if missing:
        example = "/explain?s=Norway&p=lendsTo&o=Kenya"
        raise Problem(400, f"the parameter {missing[0]} is missing", remedy=f"Ask for example {example}")
    s, p, o = (given[name] for name in ("s", "p", "o"))
    form = format_of(given, ("json", "text"))
    return await ask(request, "kg.serve.jobs.evidence:answer", s=s, p=p, o=o, format=form)


async def _entities(request: Request) -> Response:
    given = single_values(request, ("q", "type", "limit", "format"))
    limit = given.get("limit", "0")
    if not (limit.isascii() and limit.isdigit() and len(limit) <= 9):
        raise Problem(400, f"limit is {shown(limit)}, expected a whole number; 0 is no limit")
    return await ask(
        request,
        "kg.serve.jobs.named:entities",
        name=given.get("q", ""),
        kind=given.get("type", ""),
        limit=int(limit),
        format=format_of(given, _LISTS),
    )
