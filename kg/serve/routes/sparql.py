"""The SPARQL 1.1 Protocol: queries by GET and POST, and the service description."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.serve.asking import ask
from kg.serve.http.body import read_body
from kg.serve.http.parameters import decoded
from kg.serve.http.problems import Problem
from kg.serve.jobs.refusal import read_only
from kg.serve.routes.description import service_description

__all__ = ["routes"]

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"


def routes() -> Sequence[Route]:
    """Return the routes."""
    return (Route("/sparql", _endpoint, methods=["GET", "POST"]),)


async def _endpoint(request: Request) -> Response:
    return await (_post if request.method == "POST" else _get)(request)


async def _get(request: Request) -> Response:
    parameters = decoded(request.scope["query_string"])
    if not parameters:
        return service_description(request)
    return await _answer(request, parameters)


async def _post(request: Request) -> Response:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == _UPDATE:
        raise read_only()
    if kind not in {_FORM, _QUERY}:
        found = f"the body is {kind}" if kind else "the body has no Content-Type"
        raise Problem(415, f"{found}; expected {_FORM} or {_QUERY}", headers={"Accept-Post": f"{_FORM}, {_QUERY}"})
    # A form takes up to three bytes for one of the query.
    limit = request.app.state.options.max_query
    body = await read_body(request, limit=limit * (3 if kind == _FORM else 1))
    in_url = decoded(request.scope["query_string"])
    if kind == _QUERY:
        return await _answer(request, [*in_url, ("query", _text(body))])
    return await _answer(request, [*in_url, *decoded(body)])


async def _answer(request: Request, parameters: Sequence[tuple[str, str]]) -> Response:
    if any(name == "update" for name, _ in parameters):
        raise read_only()
    queries = [value for name, value in parameters if name == "query"]
    if len(queries) != 1:
        raise Problem(400, f"expected the parameter query once, found it {len(queries)} times")
    limit = request.app.state.options.max_query
    if len(queries[0].encode()) > limit:
        status, remedy = (
            (413, "kg serve --max-query raises that") if request.method == "POST" else (414, "Write a shorter one")
        )
        raise Problem(status, f"the query has more than {limit:,} bytes", limit=limit, remedy=remedy)
    return await ask(
        request,
        "kg.serve.jobs.sparql:answer",
        query=queries[0],
        default_graphs=[value for name, value in parameters if name == "default-graph-uri"],
        named_graphs=[value for name, value in parameters if name == "named-graph-uri"],
    )


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(400, f"the query is not UTF-8: {error}") from error
