"""Where a job writes its answer: counted, cut off at the limit, compressed where that was asked for, sent in pieces."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import Any

from kg.serve.http.problems import Problem

__all__ = ["Output"]

_PIECE = 65_536
_GZIP_WINDOW = 31  # zlib: 15 bits of window, plus 16 for a gzip header


class Output(io.RawIOBase):
    """A file to write an answer to.

    Args:
        send: Takes the pieces, in order.
        limit: Bytes that may be written; one more raises a :class:`Problem` with status 413.
        compress: Send gzip.
    """

    def __init__(self, send: Callable[[bytes], None], *, limit: int, compress: bool = False) -> None:
        self._send = send
        self._limit = limit
        self._zip = zlib.compressobj(level=6, wbits=_GZIP_WINDOW) if compress else None
        self._waiting = bytearray()
        self.written = 0

    def writable(self) -> bool:
        """Tell that it can be written to."""
        return True

    def write(self, data: Any, /) -> int:
        """Take bytes.

        Raises:
            Problem: The answer is larger than the limit.
        """
        chunk = bytes(data)
        self.written += len(chunk)
        if self.written > self._limit:
            raise Problem(
                413,
                f"the answer is larger than {self._limit:,} bytes; nothing of it was sent",
                limit=self._limit,
                remedy="Ask for less, for instance with LIMIT; kg serve --max-bytes raises the limit",
            )
        self._waiting += self._zip.compress(chunk) if self._zip else chunk
        if len(self._waiting) >= _PIECE:
            self._pass_on()
        return len(chunk)

    def text(self, text: str) -> None:
        """Take text; what is no Unicode becomes a question mark."""
        self.write(text.encode("utf-8", "replace"))

    def finish(self) -> None:
        """Send what is left."""
        if self._zip:
            self._waiting += self._zip.flush()
        self._pass_on()

    def _pass_on(self) -> None:
        for at in range(0, len(self._waiting), _PIECE):
            self._send(bytes(self._waiting[at : at + _PIECE]))
        self._waiting.clear()
