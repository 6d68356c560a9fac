"""What there is, for people who look at the address and for programs (OpenAPI)."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kg.page.bundle import page_title
from kg.query import list_queries
from kg.serve.http.media import HTML, JSON
from kg.serve.http.negotiation import choose
from kg.serve.openapi import openapi
from kg.serve.routes.downloads import FILES
from kg.serve.routes.page import page_or_reason

__all__ = ["routes"]


def routes() -> Sequence[Route]:
    """Return the routes."""
    return (Route("/", _index, methods=["GET"]), Route("/openapi.json", _openapi, methods=["GET"]))


async def _index(request: Request) -> Response:
    """Give browsers the page, and programs what there is."""
    reason = None
    if choose(request.headers.get("accept", ""), (JSON, HTML)) == HTML:
        page = page_or_reason(page_title(request.app.state.options.graph))
        if not isinstance(page, str):
            return page
        reason = page
    return JSONResponse(
        {
            **({"page": reason} if reason else {}),
            "sparql": "/sparql",
            "queries": "/queries",
            "explain": "/explain?s={subject}&p={property}&o={object}",
            "entities": "/entities?q={part of a name}",
            "downloads": [f"/download/{name}" for name in FILES],
            "openapi": "/openapi.json",
            "health": "/health",
        },
        headers={"Vary": "Accept"},
    )


async def _openapi(_request: Request) -> Response:
    return JSONResponse(openapi(list_queries()))
