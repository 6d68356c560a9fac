"""Byte streams that readers share: buffered, with a head to look at, counted."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["HEAD", "buffered", "from_bytes", "from_pieces", "head_of"]

HEAD = 1 << 16
"""How many bytes of a stream can be looked at before it is read."""


class Filled(io.RawIOBase):
    """A raw stream over a function that reads at most so many bytes, and none at the end.

    Each read fills the whole buffer, so that a head can be looked at even where the source gives little at a time. An
    error that comes after some bytes is raised by the next read: what was there before it is not lost.
    """

    def __init__(self, read: Callable[[int], bytes], spend: Callable[[int], None] | None = None) -> None:
        self._read = read
        self._spend = spend
        self._error: Exception | None = None

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill the buffer; return less than its length only at the end or before an error."""
        if self._error:
            error, self._error = self._error, None
            raise error
        view = memoryview(buffer).cast("B")
        done = 0
        while done < len(view):
            try:
                data = self._read(len(view) - done)
                if self._spend:
                    self._spend(len(data))
            except Exception as error:
                if not done:
                    raise
                self._error = error
                break
            if not data:
                break
            view[done : done + len(data)] = data
            done += len(data)
        return done


def buffered(read: Callable[[int], bytes], spend: Callable[[int], None] | None = None) -> io.BufferedReader:
    """Return a buffered stream over ``read``.

    Args:
        read: Returns at most so many bytes, none at the end.
        spend: Told how many bytes came; may raise to stop the stream.
    """
    return io.BufferedReader(Filled(read, spend), HEAD)


def from_pieces(pieces: Iterator[bytes]) -> io.BufferedReader:
    """Return a buffered stream of pieces that are made when they are read; an empty one ends it."""
    rest = b""

    def read(at_most: int) -> bytes:
        nonlocal rest
        rest = rest or next(pieces, b"")
        given, rest = rest[:at_most], rest[at_most:]
        return given

    return buffered(read)


def from_bytes(data: bytes) -> io.BufferedReader:
    """Return a buffered stream of these bytes."""
    return io.BufferedReader(io.BytesIO(data), HEAD)


def head_of(stream: BinaryIO) -> bytes:
    """Return the first bytes of a stream from :func:`buffered` without reading them: all, or :data:`HEAD` of them."""
    return stream.peek(HEAD)[:HEAD] if isinstance(stream, io.BufferedReader) else b""
