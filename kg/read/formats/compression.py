"""gzip and Zstandard: one file inside, which may consist of many members one after the other."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, Protocol

from kg.errors import ReadError
from kg.read.extras import need
from kg.read.item import Item

__all__ = ["DamagedError", "GzipReader", "Unpacked", "ZstdReader"]

_GZIP = b"\x1f\x8b"
_MEMBER = b"\x1f\x8b\x08"
_ZSTD = b"\x28\xb5\x2f\xfd"
_SKIPPABLE = tuple(bytes([0x50 + n, 0x2A, 0x4D, 0x18]) for n in range(16))
_CHUNK = 1 << 16
# A kilobyte of Zstandard can unpack to 32 MB, and its decompressor gives all of it at once.
_ZSTD_CHUNK = 1 << 10
_ZSTD_WINDOW = 1 << 27


class GzipReader:
    """Reads gzip (RFC 1952)."""

    def fits(self, item: Item, head: bytes) -> bool:
        """Tell by the magic number."""
        return head.startswith(_GZIP)

    def read(self, item: Item) -> Iterator[Item]:
        """Yield what is compressed."""
        unpacked = Unpacked(item.stream, _Gzip, where=item.where, chunk=_CHUNK)
        yield item.unpacked(unpacked.read, resume=unpacked.resume)


class ZstdReader:
    """Reads Zstandard (RFC 8878)."""

    def fits(self, item: Item, head: bytes) -> bool:
        """Tell by the magic number."""
        return head.startswith((_ZSTD, *_SKIPPABLE))

    def read(self, item: Item) -> Iterator[Item]:
        """Yield what is compressed."""
        zstandard = need("zstandard", extra="archives", to="read Zstandard", where=item.where)
        yield item.unpacked(Unpacked(item.stream, lambda: _Zstd(zstandard), where=item.where, chunk=_ZSTD_CHUNK).read)


class _Member(Protocol):
    """Decompresses one member; ``rest`` is what followed its end, None before that was reached."""

    @property
    def name(self) -> str: ...

    @property
    def errors(self) -> tuple[type[Exception], ...]: ...

    @property
    def waiting(self) -> bytes: ...

    @property
    def rest(self) -> bytes | None: ...

    def decompress(self, data: bytes, at_most: int, /) -> bytes: ...


class _Gzip:
    name, errors = "gzip", (zlib.error,)

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)

    def decompress(self, data: bytes, at_most: int, /) -> bytes:
        return self._inner.decompress(data, at_most)

    @property
    def waiting(self) -> bytes:
        return self._inner.unconsumed_tail

    @property
    def rest(self) -> bytes | None:
        return self._inner.unused_data if self._inner.eof else None


class _Zstd:
    name = "Zstandard"
    waiting = b""

    def __init__(self, zstandard: Any) -> None:
        self.errors: tuple[type[Exception], ...] = (zstandard.ZstdError,)
        self._inner = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()

    def decompress(self, data: bytes, _at_most: int, /) -> bytes:
        return bytes(self._inner.decompress(data))

    @property
    def rest(self) -> bytes | None:
        return self._inner.unused_data if self._inner.eof else None


class DamagedError(ReadError):
    """Compressed data are damaged; ``partly_read`` tells that some of the damaged member was given before."""

    partly_read = False


class Unpacked:
    """The decompressed bytes of members that follow each other.

    A broken member raises an error; :meth:`resume` goes on with the next one.
    """

    def __init__(self, stream: BinaryIO, member: Callable[[], _Member], *, where: str, chunk: int) -> None:
        self._stream = stream
        self._make = member
        self._where = where
        self._chunk = chunk
        self._member: _Member | None = None
        self._given = 0
        self._compressed = b""
        self._plain = memoryview(b"")

    def read(self, at_most: int) -> bytes:
        """Return some bytes, none at the end.

        Raises:
            DamagedError: The data are damaged or cut off.
        """
        while not self._plain:
            if not self._compressed:
                self._compressed = self._stream.read(self._chunk)
            if not self._compressed and self._member is None:
                return b""
            self._plain = memoryview(self._step())
        given, self._plain = self._plain[:at_most], self._plain[at_most:]
        return bytes(given)

    def resume(self) -> bool:
        """After an error, go on at what looks like the next gzip member; tell whether there is one."""
        data = self._compressed[1:]
        while (at := data.find(_MEMBER)) < 0:
            more = self._stream.read(self._chunk)
            if not more:
                self._compressed = b""
                return False
            data = data[1 - len(_MEMBER) :] + more
        self._compressed = data[at:]
        return True

    def _step(self) -> bytes:
        if self._member is None:
            self._compressed = self._compressed.lstrip(b"\x00")  # members may be padded, on tapes for instance
            if not self._compressed:
                return b""
            self._member, self._given = self._make(), 0
        member = self._member
        if not self._compressed:
            self._member = None
            raise self._error(f"the {member.name} data end in the middle", "Get the whole file again")
        try:
            plain = member.decompress(self._compressed, _CHUNK)
        except member.errors as error:
            self._member = None
            raise self._error(f"the {member.name} data are damaged ({error})", "Get the file again") from error
        self._given += len(plain)
        self._compressed = member.waiting
        if member.rest is not None:
            self._compressed, self._member = member.rest, None
        return plain

    def _error(self, problem: str, remedy: str) -> DamagedError:
        error = DamagedError(problem, where=self._where, remedy=remedy)
        error.partly_read = self._given > 0
        return error
