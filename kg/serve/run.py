"""Run the server until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
import threading
from collections.abc import Callable, Coroutine, Iterator
from functools import partial
from types import FrameType
from typing import cast

import uvicorn
from starlette.applications import Starlette

from kg.errors import ServeError
from kg.serve.app import make_app
from kg.serve.http.connection import Connection, Door
from kg.serve.options import Options

__all__ = ["serve"]

_HEADERS = 16_384  # bytes for a request's headers
_MOST_CONNECTIONS = 512
_GRACE = 3  # seconds that answers on their way have at the end


def serve(options: Options, *, started: Callable[[str], None]) -> None:
    """Serve a graph until SIGTERM or ctrl-C; all workers have ended when this returns.

    Args:
        options: What to serve, where.
        started: Called with the URL when the server listens.

    Raises:
        ServeError: The address cannot be listened on.
        StoreError: There is no graph, or it cannot be opened.
    """
    logging.basicConfig(level=logging.WARNING, format="kg serve: %(message)s")
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)  # a line for each nonsensical request would fill the log
    app = make_app(options)
    listener = _listen(options)
    host, port = listener.getsockname()[:2]
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    config = uvicorn.Config(
        app,
        http=cast("type[asyncio.Protocol]", partial(Connection, door=Door(places=_places()))),
        # A query in a URL may have every byte percent-encoded.
        h11_max_incomplete_event_size=3 * options.max_query + _HEADERS,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="off",
        timeout_graceful_shutdown=_GRACE,
        ws="none",
    )
    with listener:
        asyncio.run(_run(app, config, listener, lambda: started(url)))


async def _run(app: Starlette, config: uvicorn.Config, listener: socket.socket, started: Callable[[], None]) -> None:
    # Not by uvicorn's lifespan: that logs an error of ours and exits, instead of letting it through.
    async with app.router.lifespan_context(app):
        await _Server(config, started, app.state.pool.close).serve(sockets=[listener])


def _places() -> int:
    """Return how many connections may be open: half of the files that the system lets the process have, 512 at most."""
    try:
        import resource
    except ImportError:  # not on Windows
        return _MOST_CONNECTIONS
    soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return _MOST_CONNECTIONS if soft == resource.RLIM_INFINITY else min(_MOST_CONNECTIONS, soft // 2)


def _listen(options: Options) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            options.host, options.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with contextlib.ExitStack() as undo:
            listener = undo.enter_context(socket.socket(family, kind, protocol))
            # The protocol is told, so that asyncio sends small pieces at once (TCP_NODELAY): 40 ms less an answer.
            # A server that has just ended must not keep its port from the next one.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(1024)
            undo.pop_all()
    except OSError as error:
        raise ServeError(
            f"cannot listen on {options.host} port {options.port}: {error.strerror or error}",
            remedy="Choose another port with --port, where 0 takes any free one, or an address of this machine",
        ) from error
    return listener


class _Server(uvicorn.Server):
    """A server that ends quietly on a signal, instead of passing the signal on to the process once it has ended.

    Args:
        config: uvicorn's.
        started: Called when it listens.
        ending: Called when it is to end; queries that run are told then.
    """

    def __init__(
        self, config: uvicorn.Config, started: Callable[[], None], ending: Callable[[], Coroutine[None, None, None]]
    ) -> None:
        super().__init__(config)
        self._tell = started
        self._ending = ending

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        if self.started:
            self._tell()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the work, then the connections."""
        await asyncio.gather(self._ending(), super().shutdown(sockets))

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take SIGINT and SIGTERM as the wish to end."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {name: signal.signal(name, self._end) for name in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for name, handler in before.items():
                signal.signal(name, handler)

    def _end(self, _signal: int, _frame: FrameType | None) -> None:
        self.force_exit = self.should_exit  # a second time: at once
        self.should_exit = True
