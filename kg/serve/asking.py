"""From a request to an answer: have a worker do a job, and send what it wrote."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from kg.serve.clients import Clients
from kg.serve.http.negotiation import accepts_gzip
from kg.serve.http.problems import Problem
from kg.serve.options import Options
from kg.serve.workers.pool import Pool
from kg.serve.workers.process import Answer, Job

__all__ = ["ask", "client_of"]

_PIECE = 65_536


def client_of(request: Request) -> tuple[str, int]:
    """Return the address and port that a request came from."""
    return (request.client.host, request.client.port) if request.client else ("unknown", 0)


async def ask(request: Request, do: str, **arguments: Any) -> Response:
    """Have a job done by a worker and return its answer; the worker is ended when the client goes away.

    Args:
        request: Its body has been read.
        do: The job's function, ``module:function``; see :class:`kg.serve.workers.process.Job`.
        arguments: The job's.

    Raises:
        Problem: There is no answer.
    """
    options: Options = request.app.state.options
    clients: Clients = request.app.state.clients
    job = Job(
        do=do,
        arguments=arguments,
        accept=", ".join(request.headers.getlist("accept")),
        gzip=accepts_gzip(request.headers.get("accept-encoding", "")),
        seconds=options.timeout,
        max_bytes=options.max_bytes,
    )
    address, _ = client = client_of(request)
    clients.enter(address)
    try:
        answer = await _unless_gone(request, job, client)
    except BaseException:
        clients.leave(address)
        raise
    return _AnswerResponse(answer, sent=lambda: clients.leave(address))


async def _unless_gone(request: Request, job: Job, client: tuple[str, int]) -> Answer:
    pool: Pool = request.app.state.pool
    work = asyncio.create_task(pool.run(job, client=client))
    gone = asyncio.create_task(_disconnected(request))
    try:
        await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            raise Problem(503, "the client has gone")  # nobody reads this
        return work.result()
    finally:
        gone.cancel()
        if not work.done():
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


class _AnswerResponse(StreamingResponse):
    """Sends an answer in pieces.

    Args:
        answer: Its body is closed at the end.
        sent: Called at the end, however it comes.
    """

    def __init__(self, answer: Answer, sent: Callable[[], None]) -> None:
        headers = {"Content-Length": str(answer.size), "Vary": "Accept, Accept-Encoding", "Cache-Control": "no-cache"}
        if answer.gzip:
            headers["Content-Encoding"] = "gzip"
        super().__init__(_pieces(answer), media_type=answer.media_type, headers=headers)
        self._answer = answer
        self._sent = sent

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._answer.body.close()
            self._sent()


async def _pieces(answer: Answer) -> AsyncIterator[bytes]:
    # Read here and not in a thread: a piece comes from memory or from the system's page cache.
    while piece := answer.body.read(_PIECE):
        yield piece
