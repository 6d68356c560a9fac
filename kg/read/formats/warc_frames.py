"""Cut a web archive into its records."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from kg.errors import ReadError
from kg.read.formats.compression import DamagedError

__all__ = ["Frame", "frames"]

_VERSION = re.compile(rb"WARC/\d")
_NEXT = re.compile(rb"(?<=\n)\r?\nWARC/\d")
_PARTLY = re.compile(rb"(?<=\n)\r?\nW?A?R?C?/?\Z")
_PARTLY_MOST = 12
_FIELD = re.compile(rb"^(?P<name>[\w-]+)[ \t]*:[ \t]*(?P<value>[^\r\n]*(?:\r?\n[ \t]+[^\r\n]*)*)", re.MULTILINE)
_MAX_HEADERS = 1 << 16
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Frame:
    """One record: its header block and its content, which is empty where the record's type was not wanted."""

    number: int
    where: str
    head: bytes
    content: bytes

    def header(self, name: str) -> str:
        """Return a header's value, empty where there is none."""
        return _header(self.head, name)

    @property
    def type(self) -> str:
        """The record's type in lower case."""
        return self.header("WARC-Type").lower()

    @property
    def id(self) -> str:
        """The record's own identifier without its scheme, else its number."""
        return _name(self.head, self.number)


def _header(head: bytes, name: str) -> str:
    wanted = name.lower().encode("ascii")
    found = next((match["value"] for match in _FIELD.finditer(head) if match["name"].lower() == wanted), b"")
    return " ".join(found.decode("utf-8", "backslashreplace").split())


def _name(head: bytes, number: int) -> str:
    return _header(head, "WARC-Record-ID").strip("<>").removeprefix("urn:uuid:") or str(number)


def frames(
    stream: BinaryIO,
    *,
    where: str,
    limit: int,
    wanted: frozenset[str],
    resume: Callable[[], bool] | None = None,
) -> Iterator[Frame | ReadError]:
    """Yield the records in order, an error in place of each that is damaged.

    Args:
        stream: The uncompressed archive.
        where: The archive, for messages.
        limit: The most bytes of one record's content.
        wanted: The types of which the content is read.
        resume: Makes the stream go on behind damaged compressed data, if it can.
    """
    source = _Source(stream)
    while True:
        try:
            found = _next(source, where, limit, wanted)
        except ReadError as error:  # of the compressed stream below
            yield ReadError(error.problem, where=f"{where}!{source.number}", remedy=error.remedy)
            if resume is None or not resume():
                return
        else:
            if found is None:
                return
            yield found


def _next(source: _Source, where: str, limit: int, wanted: frozenset[str]) -> Frame | ReadError | None:
    source.number += 1
    junk = source.skip_junk()
    if junk:
        source.number -= 1
        return _error(f"{junk:,} bytes that belong to no record", f"{where}!{source.number}")
    head = source.head()
    if not head:
        return None
    place = f"{where}!{_name(head, source.number)}"
    length = _header(head, "Content-Length")
    if not re.fullmatch(r"\d{1,15}", length):
        return _error(f"a record whose length is {length!r}", place)
    if _header(head, "WARC-Type").lower() in wanted and int(length) <= limit:
        content = source.content(int(length), place)
        return content if isinstance(content, ReadError) else Frame(source.number, place, head, content)
    missing = int(length) - source.skip(int(length))
    if missing:
        return _cut_off(missing, place)
    if _header(head, "WARC-Type").lower() in wanted:
        return _error(f"a record of {int(length):,} bytes, which is no article", place)
    return Frame(source.number, place, head, b"")


def _cut_off(missing: int, where: str) -> ReadError:
    return _error(f"the archive ends {missing:,} bytes before the end of this record", where)


def _error(problem: str, where: str) -> ReadError:
    return ReadError(problem, where=where, remedy="The other records were read; get the archive again for this one")


class _Source:
    """The stream, with what was read too far put back; ``number`` counts the records."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._pending = b""
        self._error: DamagedError | None = None
        self.number = 0

    def skip_junk(self) -> int:
        """Go to where the next record begins, or to the end; return how many bytes besides blank lines were there."""
        junk = 0
        while line := self._line():
            if _VERSION.match(line):
                self.push_back(line)
                break
            junk += len(line) if line.strip() else 0
        return junk

    def head(self) -> bytes:
        """Return the header block that begins here, up to the blank line or the most that is allowed."""
        lines, size = [], 0
        while size < _MAX_HEADERS and (line := self._line()).strip():
            lines.append(line)
            size += len(line)
        return b"".join(lines)

    def content(self, size: int, where: str) -> bytes | ReadError:
        """Return a record's content, or the error where its length is wrong; what that swallowed is read again."""
        content = self.read(size)
        if len(content) == size and self._at_boundary():
            return content
        swallowed = _NEXT.search(content) or _PARTLY.search(content[-_PARTLY_MOST:])
        if swallowed:
            self.push_back(swallowed.string[swallowed.start() :])
        elif len(content) < size:
            return _cut_off(size - len(content), where)
        return _error("a record whose length is wrong", where)

    def read(self, size: int) -> bytes:
        """Return so many bytes, less only at the end."""
        first, self._pending = self._pending[:size], self._pending[size:]
        return first + self._stream.read(size - len(first)) if len(first) < size else first

    def skip(self, size: int) -> int:
        """Skip so many bytes; return how many there were."""
        done = 0
        while done < size:
            data = self.read(min(_CHUNK, size - done))
            if not data:
                break
            done += len(data)
        return done

    def push_back(self, data: bytes) -> None:
        """Have these bytes read again."""
        self._pending = data + self._pending

    def _at_boundary(self) -> bool:
        """Tell whether a record may end here: before blank lines, another record, or the end.

        It reads as far as the next record, so that the checksum of this one's compressed data was judged.
        """
        seen = b""
        try:
            while (line := self._line()) and not line.strip():
                seen += line
            seen += line
        except DamagedError as error:
            if error.partly_read:
                raise
            self._error = error  # it is the next record that is damaged
        self.push_back(seen)
        return not seen.split(b"\n", 1)[0].strip() or bool(_VERSION.match(seen))

    def _line(self) -> bytes:
        if self._error and not self._pending:
            error, self._error = self._error, None
            raise error
        line, end, rest = self._pending.partition(b"\n")
        if end:
            self._pending = rest
            return line + end
        self._pending = b""
        return line + self._stream.readline(_MAX_HEADERS)
