"""Clients that dawdle: a real connection to a server that loses its patience soon."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import uvicorn
from serve_process import send

from kg.serve.http.connection import Connection, Door

PIECE, PIECES = b"x" * 65_536, 3_000
SHORT = b"GET /short HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
KEPT = b"GET /short HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


async def application(scope: Any, _receive: Any, send_message: Any) -> None:
    pieces = [PIECE] * PIECES if scope["path"] == "/long" else [b"done"]
    headers = [(b"content-length", str(sum(map(len, pieces))).encode())]
    await send_message({"type": "http.response.start", "status": 200, "headers": headers})
    for piece in pieces:
        await send_message({"type": "http.response.body", "body": piece, "more_body": True})
    await send_message({"type": "http.response.body"})


@contextmanager
def listening(**options: Any) -> Iterator[int]:
    """Run a server with a door of these options; give its port."""
    http: Any = partial(Connection, door=Door(**options))
    server = uvicorn.Server(uvicorn.Config(application, http=http, lifespan="off", log_config=None, ws="none"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield listener.getsockname()[1]
        server.should_exit = True
        thread.join()


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=60)


def rest(connection: socket.socket) -> bytes:
    """Return all that comes until the connection is closed."""
    received = bytearray()
    try:
        while chunk := connection.recv(65_536):
            received += chunk
    except ConnectionResetError:
        pass
    return bytes(received)


def asked(connection: socket.socket) -> bytes:
    """Ask over a connection that stays open, and return the body."""
    connection.sendall(KEPT)
    received = b""
    while not received.endswith(b"done"):
        received += connection.recv(65_536)
    return received.partition(b"\r\n\r\n")[2]


def test_who_does_not_finish_asking_is_told_and_let_go() -> None:
    with listening(to_ask=0.2) as port:
        for begin in (b"", b"GET /short HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "):
            reply = send(port, begin)
            assert reply.status == 408
            assert json.loads(reply.body)["limit"] == 0.2
        assert send(port, SHORT).body == b"done"


def test_who_asks_again_on_the_same_connection_has_as_long_again() -> None:
    with listening(to_ask=0.2) as port, connect(port) as connection:
        for _ in range(3):
            assert asked(connection) == b"done"
        connection.sendall(KEPT[:20])
        assert b"408" in rest(connection)


def test_who_does_not_read_is_cut_off() -> None:
    with listening(to_read=0.2) as port, connect(port) as connection:
        connection.sendall(KEPT.replace(b"short", b"long"))
        connection.sendall(KEPT)  # more requests do not count as reading
        threading.Event().wait(1.5)
        assert len(rest(connection)) < PIECES * len(PIECE)


def test_one_client_more_takes_the_place_of_who_is_slowest() -> None:
    with listening(places=2, to_ask=600) as port, connect(port) as first, connect(port) as second:
        assert send(port, SHORT).status == 200
        assert rest(first) == b""
        assert asked(second) == b"done"


def test_where_all_are_being_served_one_more_is_told() -> None:
    with listening(places=1, to_read=600) as port, connect(port) as reader:
        reader.sendall(KEPT.replace(b"short", b"long"))
        assert reader.recv(1)
        reply = send(port, SHORT)
        assert reply.status == 503
        assert json.loads(reply.body)["limit"] == 1
