"""The whole graph as a file."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from kg.serve.exports import Exports
from kg.serve.http.media import DOWNLOADS
from kg.serve.http.negotiation import accepts_gzip
from kg.serve.http.problems import Problem

__all__ = ["FILES", "routes"]

FILES = {f"graph{ending}": media_type for ending, media_type in DOWNLOADS.items()}
"""The files on offer, with their media types."""


def routes() -> Sequence[Route]:
    """Return the routes."""
    return (Route("/download/{name}", _download, methods=["GET"]),)


async def _download(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in FILES:
        raise Problem(404, f"there is no such download; on offer: {', '.join(FILES)}")
    exports: Exports = request.app.state.exports
    compress = accepts_gzip(request.headers.get("accept-encoding", ""))
    file = await exports.file(name, compress=compress)
    headers = {"Vary": "Accept-Encoding", "Cache-Control": "no-cache"}
    if compress:
        headers["Content-Encoding"] = "gzip"
    return FileResponse(file, media_type=FILES[name], filename=name, headers=headers)
