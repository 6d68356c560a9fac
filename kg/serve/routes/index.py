"""What there is, for people who look at the address and for programs (OpenAPI)."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kg.query import list_queries
from kg.serve.openapi import openapi
from kg.serve.routes.downloads import FILES

__all__ = ["routes"]


def routes() -> Sequence[Route]:
    """Return the routes."""
    return (Route("/", _index, methods=["GET"]), Route("/openapi.json", _openapi, methods=["GET"]))


async def _index(_request: Request) -> Response:
    return JSONResponse(
        {
            "sparql": "/sparql",
            "queries": "/queries",
            "explain": "/explain?s={subject}&p={property}&o={object}",
            "entities": "/entities?q={part of a name}",
            "downloads": [f"/download/{name}" for name in FILES],
            "openapi": "/openapi.json",
            "health": "/health",
        }
    )


async def _openapi(_request: Request) -> Response:
    return JSONResponse(openapi(list_queries()))
