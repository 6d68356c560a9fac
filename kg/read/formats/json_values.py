"""Parse JSON: one value, or the elements of an array one after the other.

The standard library's decoder does it. ijson was looked at for arrays: its fast back end turns half a surrogate pair
into "?" and refuses whole numbers of more than 64 bits, which would cost the rest of the array.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from kg.errors import ReadError

__all__ = ["numbered_elements", "parse_json", "too_large"]

_BETWEEN = re.compile(r"[\s,]*")
_CHUNK = 1 << 18
_REST = "; what follows in the array was not read"
_RAW = json.JSONDecoder().raw_decode


def parse_json(text: str, where: str) -> Any:
    """Return a JSON text's value.

    Raises:
        ReadError: It is not valid JSON, nested too deep, or has a number of thousands of digits.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _invalid(error, where) from error


def too_large(where: str, limit: int, *, rest: bool = False) -> ReadError:
    """Return the error for a record above the limit for an article; with ``rest``, what follows is lost too."""
    return ReadError(
        f"a record of more than {limit:,} bytes, which is no article{_REST if rest else ''}",
        where=where,
        remedy="Look whether it is whole, or allow more with --limit article=NUMBER",
    )


def numbered_elements(stream: BinaryIO, *, where: str, limit: int) -> Iterator[tuple[int, Any]]:
    """Yield number, from 1 on, and value of each element of an array of any length.

    Args:
        stream: UTF-8. Bytes that are none become lone surrogates in the values, so that only their records fail.
        where: The file, for messages.
        limit: The most characters of one element.

    Raises:
        ReadError: The array is not valid JSON from here on.
    """
    window = _Window(stream)
    window.advance(window.text.index("[") + 1)
    number = 0
    while not window.skip_to("]"):
        if not window.rest():
            raise ReadError(
                "the array does not end; what came before was read", where=where, remedy="Get the whole file again"
            )
        number += 1
        yield number, window.element(f"{where}!{number}", limit)
    if window.rest().strip():
        raise ReadError(
            "more follows behind the end of the array, and was not read",
            where=where,
            remedy="Write one array, or one object a line",
        )


class _Window:
    """The part of a text that is being looked at."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decode = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode
        self._ended = False
        self._at = 0
        self.text = ""
        self._more(_CHUNK)

    def advance(self, count: int) -> None:
        """Leave so many characters behind."""
        self._at += count

    def rest(self) -> str:
        """Return what is left, up to the next piece."""
        return self.text[self._at :]

    def skip_to(self, end: str) -> bool:
        """Skip blanks and commas; tell whether ``end`` is next, and skip that too."""
        while True:
            match = _BETWEEN.match(self.text, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self.text):
                break
            if self._ended:
                return False
            self._more(_CHUNK)
        if self.text[self._at] != end:
            return False
        self._at += 1
        return True

    def element(self, where: str, limit: int) -> Any:
        """Return the value that begins here, and skip it."""
        size = _CHUNK
        while True:
            try:
                value, end = _RAW(self.text, self._at)
            except (ValueError, RecursionError) as error:
                if self._ended or isinstance(error, RecursionError):
                    raise _invalid(error, where, rest=True) from error
            else:
                if end < len(self.text) or self._ended:
                    self._at = end
                    return value
            if len(self.text) - self._at > limit:
                raise too_large(where, limit, rest=True)
            self._more(size)
            size *= 2

    def _more(self, count: int) -> None:
        data = self._stream.read(count)
        self._ended = not data
        self.text = self.text[self._at :] + self._decode(data, final=self._ended)
        self._at = 0


def _invalid(error: Exception, where: str, *, rest: bool = False) -> ReadError:
    what = "nested too deep" if isinstance(error, RecursionError) else str(error)
    if isinstance(error, json.JSONDecodeError):
        place = "its end" if error.pos >= len(error.doc) else repr(error.doc[error.pos : error.pos + 20])
        what = f"{error.msg} at {place}"
    return ReadError(
        f"not valid JSON: {what}{_REST if rest else ''}",
        where=where,
        remedy="Correct it",
    )
