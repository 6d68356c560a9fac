"""Is the server well."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kg import __version__

__all__ = ["routes"]


def routes() -> Sequence[Route]:
    """Return the routes."""
    return (Route("/health", _health, methods=["GET"]),)


async def _health(request: Request) -> Response:
    facts = request.app.state.pool.facts()
    well = bool(facts["idle"] or facts["busy"])
    body = {"status": "ok" if well else "no worker", "version": __version__, "workers": facts}
    return JSONResponse(body, status_code=200 if well else 503, headers={"Cache-Control": "no-store"})
