"""The application: routes, guards, and the pool of workers that lives as long as it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from kg.errors import KGError
from kg.serve.clients import Clients
from kg.serve.exports import Exports
from kg.serve.http.guards import Guards, problem_response
from kg.serve.http.problems import Problem
from kg.serve.options import Options
from kg.serve.routes import downloads, evidence, health, index, page, queries, sparql
from kg.serve.workers.configuration import Configuration
from kg.serve.workers.pool import Pool
from kg.store.workspace import Workspace

__all__ = ["make_app"]


def make_app(options: Options) -> Starlette:
    """Return the ASGI application; its lifespan starts and ends the workers.

    Raises:
        StoreError: There is no graph, or it is of another format.
    """
    workspace = Workspace.open(options.graph)
    app = Starlette(
        routes=_routes(),
        lifespan=partial(_lifespan, workspace=workspace),
        middleware=[Middleware(Guards, options=options)],
        exception_handlers={HTTPException: _http_problem, KGError: _problem, Exception: _fault},
    )
    # "/sparql/" is no other name of "/sparql", and a redirect would repeat what the client sent.
    app.router.redirect_slashes = False
    app.state.options = options
    return app


def _routes() -> Sequence[BaseRoute]:
    """Return all routes; a new resource adds its module here."""
    return [
        *index.routes(),
        *sparql.routes(),
        *queries.routes(),
        *evidence.routes(),
        *downloads.routes(),
        *health.routes(),
        *page.routes(),
    ]


@asynccontextmanager
async def _lifespan(app: Starlette, workspace: Workspace) -> AsyncIterator[None]:
    options: Options = app.state.options
    current = partial(_current, workspace)
    with TemporaryDirectory(prefix="kg-serve-", ignore_cleanup_errors=True) as folder:
        plain = Configuration(graph=str(options.graph.resolve()), memory=options.memory, quotes=options.quotes)
        pool = Pool(options, replace(plain, copies=str(Path(folder, "copies"))), current)
        # An export withholds quotes by itself.
        exports = Exports(Path(folder, "exports"), plain, current)
        await pool.start()
        app.state.pool, app.state.exports, app.state.clients = pool, exports, Clients(options.per_client)
        try:
            yield
        finally:
            await exports.close()
            await pool.close()


def _current(workspace: Workspace) -> str:
    """Return the name of the current generation, empty when it cannot be told just now."""
    try:
        generation = workspace.current()
    except OSError:
        return ""
    return generation.path.name if generation else ""


async def _problem(request: Request, error: Exception) -> Response:
    problem = error if isinstance(error, Problem) else Problem(400, str(error))
    return problem_response(problem, head=request.method == "HEAD")


async def _http_problem(request: Request, error: Exception) -> Response:
    """Say in our way what starlette found: no such path (404) or method (405)."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    if "Allow" in headers:
        headers["Allow"] = ", ".join(sorted(headers["Allow"].split(", ")))
    details = {
        404: ("there is nothing at this path", "GET / lists what there is"),
        405: (f"this path does not take {request.method}", f"It takes {headers.get('Allow', '')}"),
    }
    detail, remedy = details.get(status, ("the request cannot be answered", None))
    return problem_response(Problem(status, detail, remedy=remedy, headers=headers), head=request.method == "HEAD")


async def _fault(request: Request, _error: Exception) -> Response:
    return problem_response(
        Problem(500, "this is a fault of the server; its log tells more"), head=request.method == "HEAD"
    )
