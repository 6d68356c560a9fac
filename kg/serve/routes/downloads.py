"""The whole graph as a file."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from kg.serve.exports import Exports
from kg.serve.http.guards import problem_response
from kg.serve.http.media import DOWNLOADS
from kg.serve.http.negotiation import accepts_gzip
from kg.serve.http.problems import Problem

__all__ = ["FILES", "routes"]

FILES = {f"graph{ending}": media_type for ending, media_type in DOWNLOADS.items()}
"""The files on offer, with their media types."""

_NO_SUCH_PART = Problem(
    416, "Range asks for no part of this file", remedy="Ask for bytes=FIRST-LAST within its length, or for all of it"
)


class _Download(FileResponse):
    """A file; a range that it does not have is refused as everything else is, where starlette says so in plain text."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the file, or the part that is asked for."""
        refused = False

        async def send_or_refuse(message: Message) -> None:
            nonlocal refused
            if message["type"] == "http.response.start" and message["status"] in {400, 416}:
                refused = True
                await problem_response(_NO_SUCH_PART, head=scope["method"] == "HEAD")(scope, receive, send)
            elif not refused:
                await send(message)

        await super().__call__(scope, receive, send_or_refuse)


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
    return _Download(file, media_type=FILES[name], filename=name, headers=headers)
