"""The named queries: their catalogue, and their answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kg.query import NamedQuery, list_queries, query_catalogue
from kg.serve.asking import ask
from kg.serve.http.media import FORMATS, JSON
from kg.serve.http.negotiation import choose
from kg.serve.http.parameters import format_of, single_values
from kg.serve.http.problems import Problem, shown
from kg.spelling import did_you_mean

__all__ = ["routes"]


def routes() -> Sequence[Route]:
    """Return the routes."""
    return (Route("/queries", _catalogue, methods=["GET"]), Route("/queries/{name}", _query, methods=["GET"]))


async def _catalogue(request: Request) -> Response:
    offers = (JSON, FORMATS["markdown"])
    chosen = choose(request.headers.get("accept", ""), offers)
    if chosen is None:
        raise Problem(406, f"the catalogue is on offer as {', '.join(offers)}")
    vary = {"Vary": "Accept"}
    if chosen == JSON:
        return JSONResponse({"queries": [_entry(query) for query in list_queries()]}, headers=vary)
    return Response(query_catalogue(), media_type=chosen, headers=vary)


def _entry(query: NamedQuery) -> dict[str, Any]:
    return {
        "name": query.name,
        "url": f"/queries/{query.name}",
        "title": query.title,
        "description": query.description,
        "parameters": [{"name": p.name, "type": p.type, "default": p.default, "text": p.text} for p in query.params],
        "columns": [{"name": column.name, "text": column.text} for column in query.columns],
        "sparql": query.text,
    }


async def _query(request: Request) -> Response:
    known = {query.name: query for query in list_queries()}
    name = request.path_params["name"]
    if name not in known:
        hint = did_you_mean(name, known)
        raise Problem(404, f"there is no query named {shown(name)}{hint}", remedy="GET /queries lists them")
    names = [parameter.name for parameter in known[name].params]
    given = single_values(request, [*names, "format"])
    params = {key: value for key, value in given.items() if key in names}
    return await ask(request, "kg.serve.jobs.named:answer", name=name, params=params, format=format_of(given, FORMATS))
