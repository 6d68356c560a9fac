"""A client of the application: in process, but with its worker processes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import httpx
from anyio.from_thread import start_blocking_portal
from starlette.applications import Starlette

from kg.serve.app import make_app
from kg.serve.options import Options
from kg.serve.workers.process import Answer, Job

ADDRESS = "http://127.0.0.1"


class Client:
    """Asks an application that runs in another thread."""

    def __init__(self, portal: Any, client: httpx.AsyncClient, app: Starlette) -> None:
        self._portal = portal
        self._client = client
        self._app = app

    def request(self, method: str, url: str, *, give_up_after: float = 600.0, **more: Any) -> httpx.Response:
        """Ask, and go away when no answer comes in so many seconds."""

        async def ask() -> httpx.Response:
            async with asyncio.timeout(give_up_after):
                return await self._client.request(method, url, **more)

        return self._portal.call(ask)

    def run(self, job: Job) -> Answer:
        """Have a job done, without a route."""
        return self._portal.call(lambda: self._app.state.pool.run(job, client=("test", 1)))

    def get(self, url: str, **more: Any) -> httpx.Response:
        return self.request("GET", url, **more)

    def post(self, url: str, **more: Any) -> httpx.Response:
        return self.request("POST", url, **more)


@asynccontextmanager
async def _served(app: Starlette) -> Any:
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    headers = {"Accept-Encoding": "identity"}
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url=ADDRESS, headers=headers) as client,
    ):
        yield client


@contextmanager
def serving(**options: Any) -> Iterator[Client]:
    """Run an application as long as the block lasts."""
    app = make_app(Options(**{"workers": 2, "timeout": 10.0} | options))
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(_served(app)) as client:
        yield Client(portal, client, app)


def problem(response: httpx.Response, status: int) -> dict[str, Any]:
    """Return the JSON problem that a response is."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["status"] == status
    return response.json()
