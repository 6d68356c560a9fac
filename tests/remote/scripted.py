"""A server that answers what a test tells it to, and remembers what it was asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import parse_qs, urlsplit

ROWS = "application/sparql-results+json"


@dataclass
class Request:
    """What was asked."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def parameters(self) -> dict[str, str]:
        """Those of the URL and of the form."""
        form = self.body.decode() if "form" in self.headers.get("content-type", "") else ""
        pairs = parse_qs(urlsplit(self.path).query, keep_blank_values=True) | parse_qs(form, keep_blank_values=True)
        return {name: values[0] for name, values in pairs.items()}


@dataclass
class Reply:
    """What is answered; ``pause`` seconds lie between the bytes of the body, ``broken`` closes before its end."""

    status: int = 200
    body: bytes = b'{"head":{"vars":["x"]},"results":{"bindings":[]}}'
    media_type: str = ROWS
    headers: dict[str, str] = field(default_factory=dict)
    pause: float = 0.0
    broken: bool = False


class LoopbackServer:
    """Serves on a loopback port until the block ends."""

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)


class ScriptedServer(LoopbackServer):
    """Answers each request with what ``answer`` returns for it."""

    def __init__(self, answer: Callable[[Request], Reply]) -> None:
        self.requests: list[Request] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _reply(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", "0")))
                headers = {name.lower(): value for name, value in self.headers.items()}
                request = Request(self.command, self.path, headers, body)
                server.requests.append(request)
                self._send(answer(request))

            def _send(self, reply: Reply) -> None:
                self.send_response_only(reply.status)
                self.send_header("Content-Type", reply.media_type)
                self.send_header("Content-Length", str(len(reply.body) + reply.broken))
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                if self.command == "HEAD":
                    return
                try:
                    for start in range(0, len(reply.body), 1 if reply.pause else 1 << 20):
                        self.wfile.write(reply.body[start : start + (1 if reply.pause else 1 << 20)])
                        time.sleep(reply.pause)
                except OSError:  # the client has lost patience
                    pass
                self.close_connection = reply.broken

            do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = _reply  # noqa: N815 (http.server's names)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        super().__init__(Handler)
