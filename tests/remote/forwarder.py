"""A proxy before a store that stops in the middle of one PUT, so that a test can kill who sends it."""

from __future__ import annotations

import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler

import httpx
from scripted import LoopbackServer

_HOP = {"connection", "transfer-encoding", "content-length", "host", "content-encoding", "keep-alive"}


class Forwarder(LoopbackServer):
    """Forwards to a server until a PUT, counted from 1, whose body it only half reads; sets ``stopped`` then."""

    def __init__(self, target: str, *, stop_at: int) -> None:
        self.stopped = threading.Event()
        self._puts = 0
        self._lock = threading.Lock()
        forwarder = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _forward(self) -> None:
                length = int(self.headers.get("content-length", "0"))
                if self.command == "PUT" and forwarder._is_the_one(stop_at):
                    half = self.rfile.read(length // 2)
                    forwarder._send_half(target + self.path, half, dict(self.headers), length)
                    self.close_connection = True
                    return
                body = self.rfile.read(length)
                headers = {k: v for k, v in self.headers.items() if k.lower() not in _HOP}
                answer = httpx.request(self.command, target + self.path, content=body, headers=headers, timeout=60)
                self.send_response_only(answer.status_code)  # without a Server header of its own
                for name, value in answer.headers.items():
                    if name.lower() not in _HOP:
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.content)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(answer.content)

            do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = _forward  # noqa: N815 (http.server's names)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        super().__init__(Handler)

    def _is_the_one(self, stop_at: int) -> bool:
        with self._lock:
            self._puts += 1
            return self._puts == stop_at

    def _send_half(self, url: str, half: bytes, headers: dict[str, str], length: int) -> None:
        """Let the store see a body that breaks off, as it does when its sender dies."""

        def body():
            yield half
            self.stopped.set()
            raise ConnectionError("the sender was killed")

        sent = {k: v for k, v in headers.items() if k.lower() not in _HOP} | {"Content-Length": str(length)}
        with suppress(httpx.TransportError, ConnectionError):
            httpx.put(url, content=body(), headers=sent, timeout=5)
        self.stopped.set()
