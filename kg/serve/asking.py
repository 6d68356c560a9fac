"""From a request to an answer: have a worker do a job, and send what it wrote."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

from starlette.concurrency import iterate_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from kg.serve.negotiation import accepts_gzip
from kg.serve.options import Options
from kg.serve.problems import Problem
from kg.serve.workers.pool import Pool
from kg.serve.workers.process import Answer, Job

__all__ = ["ask", "client_of"]

_PIECE = 65_536


def client_of(request: Request) -> str:
    """Return the address that a request came from."""
    return request.client.host if request.client else "unknown"


async def ask(request: Request, do: str, *, accept: str | None = None, **arguments: Any) -> Response:
    """Have a job done by a worker and return its answer.

    The worker is ended when the client goes away.

    Args:
        request: Its body has been read.
        do: The job's function, ``module:function``.
        accept: In place of the request's Accept header.
        arguments: The job's.

    Raises:
        Problem: There is no answer.
    """
    options: Options = request.app.state.options
    pool: Pool = request.app.state.pool
    job = Job(
        do=do,
        arguments=arguments,
        accept=", ".join(request.headers.getlist("accept")) if accept is None else accept,
        gzip=accepts_gzip(request.headers.get("accept-encoding", "")),
        seconds=options.timeout,
        max_bytes=options.max_bytes,
    )
    return _response(await _unless_gone(request, pool, job))


async def _unless_gone(request: Request, pool: Pool, job: Job) -> Answer:
    work = asyncio.create_task(pool.run(job, client=client_of(request)))
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


def _response(answer: Answer) -> Response:
    headers = {"Content-Length": str(answer.size), "Vary": "Accept, Accept-Encoding", "Cache-Control": "no-cache"}
    if answer.gzip:
        headers["Content-Encoding"] = "gzip"
    return StreamingResponse(iterate_in_threadpool(_pieces(answer)), media_type=answer.media_type, headers=headers)


def _pieces(answer: Answer) -> Iterator[bytes]:
    with answer.body:
        while piece := answer.body.read(_PIECE):
            yield piece
