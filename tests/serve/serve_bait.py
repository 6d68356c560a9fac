"""A server on this machine that nobody should ask, and that remembers who did."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

__all__ = ["Bait", "laid_out"]


@dataclass(frozen=True)
class Bait:
    """Its address, and the requests it got."""

    url: str
    asked: list[str]


@contextmanager
def laid_out() -> Iterator[Bait]:
    """Run the server as long as the block lasts."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Bait(f"http://127.0.0.1:{server.server_port}/bait", asked)
        server.shutdown()
        thread.join()
