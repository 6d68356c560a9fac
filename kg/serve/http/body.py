"""Read a request's body, within limits of size and time."""

from __future__ import annotations

import asyncio

from starlette.requests import Request

from kg.serve.http.problems import Problem

__all__ = ["read_body"]

_PATIENCE = 10.0  # seconds for a whole body


async def read_body(request: Request, *, limit: int) -> bytes:
    """Return the body.

    Raises:
        Problem: It has more bytes than the limit (413), or does not come in time (408).
    """
    too_large = Problem(413, f"the body has more than {limit:,} bytes", limit=limit, headers={"Connection": "close"})
    stated = request.headers.get("content-length", "")
    if stated.isascii() and stated.isdigit() and int(stated) > limit:
        raise too_large
    body = bytearray()
    try:
        async with asyncio.timeout(_PATIENCE):
            async for chunk in request.stream():
                body += chunk
                if len(body) > limit:
                    raise too_large
    except TimeoutError as error:
        raise Problem(
            408, f"the body did not come within {_PATIENCE:g} seconds", limit=_PATIENCE, headers={"Connection": "close"}
        ) from error
    return bytes(body)
