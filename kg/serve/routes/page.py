"""The web page: its frame, its files, and the data that it asks for."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from kg.errors import ResourceError
from kg.page.bundle import STATIC
from kg.page.html import frame
from kg.serve.asking import ask
from kg.serve.exports import Exports
from kg.serve.http.media import JSON, PAGE
from kg.serve.http.negotiation import accepts_gzip
from kg.serve.http.parameters import single_values
from kg.serve.http.problems import Problem
from kg.serve.options import Options

__all__ = ["page_or_reason", "routes"]

_CLAIMS = 200
_FOUND = 12


def routes() -> Sequence[BaseRoute]:
    """Return the routes."""
    # An installation from source has no files to show before "make web".
    files = [Mount("/static", StaticFiles(directory=STATIC))] if STATIC.is_dir() else []
    return (
        *files,
        Route("/page/data", _data, methods=["GET"]),
        Route("/page/surroundings", _surroundings, methods=["GET"]),
        Route("/page/sentences", _sentences, methods=["GET"]),
        Route("/page/search", _search, methods=["GET"]),
    )


def page_or_reason(title: str) -> HTMLResponse | str:
    """Return the page, or why there is none: an installation from source may lack what ``make web`` builds."""
    try:
        return HTMLResponse(frame(title), headers={"Cache-Control": "no-cache"})
    except ResourceError as error:
        return str(error)


async def _data(request: Request) -> Response:
    options: Options = request.app.state.options
    if options.quotes != "full":  # a worker reads the copy that lacks the other words
        return await ask(request, "kg.serve.jobs.page:data")
    exports: Exports = request.app.state.exports
    compress = accepts_gzip(request.headers.get("accept-encoding", ""))
    file = await exports.file(PAGE, compress=compress)
    headers = {"Vary": "Accept-Encoding", "Cache-Control": "no-cache"}
    if compress:
        headers["Content-Encoding"] = "gzip"
    return FileResponse(file, media_type=JSON, headers=headers)


async def _surroundings(request: Request) -> Response:
    return await ask(request, "kg.serve.jobs.page:surroundings", entity=_given(request, "entity"))


async def _sentences(request: Request) -> Response:
    claims = _given(request, "claims").split(",")
    if len(claims) > _CLAIMS:
        raise Problem(400, f"{len(claims)} claims were named, at most {_CLAIMS} are answered at once", limit=_CLAIMS)
    return await ask(request, "kg.serve.jobs.page:sentences", claims=claims)


async def _search(request: Request) -> Response:
    return await ask(request, "kg.serve.jobs.page:search", text=_given(request, "q").lower(), limit=_FOUND)


def _given(request: Request, name: str) -> str:
    value = single_values(request, (name,)).get(name, "").strip()
    if not value:
        raise Problem(400, f"the parameter {name} is missing")
    return value
