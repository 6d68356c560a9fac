"""One connection: uvicorn's HTTP/1.1, with what it lacks against clients that dawdle or send nonsense."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.serve.http.problems import MEDIA_TYPE, Problem

__all__ = ["Connection", "Door"]


@dataclass(slots=True)
class Door:
    """What all connections of a server share.

    Attributes:
        places: Connections that may be open at a time; for one more, that one goes whose request is longest awaited.
        to_ask: Seconds a client has for the head of a request.
        to_read: Seconds a client may leave what it is sent unread.
        waiting: Connections from which a request is awaited, the one that has been for longest first.
    """

    places: int = 512
    to_ask: float = 10.0
    to_read: float = 30.0
    waiting: dict[Connection, None] = field(default_factory=dict)


class Connection(H11Protocol):
    """A connection that is closed when its client is too slow, and answers nonsense with a JSON problem."""

    def __init__(self, *arguments: Any, door: Door, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._door = door
        self._asking: asyncio.TimerHandle | None = None
        self._reading: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """Take a client in, in place of another where there are too many."""
        super().connection_made(transport)
        if len(self.connections) > self._door.places:
            self._make_room()
        self._await_request()

    def data_received(self, data: bytes) -> None:
        """Take bytes; the clock runs until they make up the head of a request."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._stop_asking()
        elif self._asking is None:
            self._await_request()

    def on_response_complete(self) -> None:
        """Wait for the next request; uvicorn closes the connection when nothing comes."""
        super().on_response_complete()
        if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
            self._door.waiting[self] = None

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the client."""
        self._stop_asking()
        self._stop_reading()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Start the clock: the client does not read."""
        super().pause_writing()
        self._stop_reading()
        self._reading = self.loop.call_later(self._door.to_read, self.transport.abort)

    def resume_writing(self) -> None:
        """Stop the clock."""
        self._stop_reading()
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP/1.1; uvicorn calls this with a text of its own."""
        buffered = self.conn.trailing_data[0]
        limit = self.config.h11_max_incomplete_event_size
        if limit is None or len(buffered) <= limit:
            self._refuse(Problem(400, "this is no HTTP/1.1 request"))
        elif b"\n" in buffered:
            self._refuse(Problem(431, f"the headers have more than {limit:,} bytes", limit=limit))
        else:
            remedy = "Send long queries by POST"
            self._refuse(Problem(414, f"the URL has more than {limit:,} bytes", limit=limit, remedy=remedy))

    def _refuse(self, problem: Problem) -> None:
        """Say what is wrong and close the connection."""
        body = problem.body()
        headers = [("content-type", MEDIA_TYPE), ("content-length", str(len(body))), ("connection", "close")]
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            for event in (
                h11.Response(status_code=problem.status, headers=headers),
                h11.Data(data=body),
                h11.EndOfMessage(),
            ):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def _make_room(self) -> None:
        slowest = next(iter(self._door.waiting), None)
        if slowest is None:
            self._refuse(Problem(503, "too many connections are open", limit=self._door.places, remedy="Try again"))
        else:
            slowest.transport.abort()
            self._door.waiting.pop(slowest, None)

    def _await_request(self) -> None:
        if not self.transport.is_closing():
            self._asking = self.loop.call_later(self._door.to_ask, self._too_slow)
            self._door.waiting[self] = None

    def _too_slow(self) -> None:
        seconds = self._door.to_ask
        self._refuse(Problem(408, f"no request came within {seconds:g} seconds", limit=seconds))

    def _stop_asking(self) -> None:
        self._door.waiting.pop(self, None)
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None

    def _stop_reading(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
