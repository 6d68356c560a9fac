"""Turn the bytes of a file into text, or say why they are none. No byte is replaced or guessed."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterator
from typing import BinaryIO

from kg.errors import ReadError
from kg.read.streams import from_pieces

__all__ = ["decode", "file_type", "mark_of", "recoded", "utf8_head"]

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office file"),
    (b"{\\rtf", "a rich text file (RTF)"),
    (b"%!PS", "a PostScript file"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x1f\x8b", "a gzip archive"),
    *((b"BZh%d1AY&SY" % level, "a bzip2 archive") for level in range(1, 10)),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"OggS\x00", "an Ogg recording"),
    (b"ID3\x02", "an MP3 recording"),
    (b"ID3\x03", "an MP3 recording"),
    (b"ID3\x04", "an MP3 recording"),
)
_ZIP = b"PK\x03\x04"
_ZIP_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"word/", "a Word document"),
    (b"xl/", "an Excel workbook"),
    (b"ppt/", "a PowerPoint file"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file"),
    (b"application/epub+zip", "an EPUB book"),
)
_PIECE = 1 << 16
# UTF-32's little-endian mark begins with UTF-16's, so it is tried first.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def file_type(data: bytes) -> str | None:
    """Return what the first bytes say that a file is ("a PDF file"), None where they give no such sign."""
    if data.startswith(_ZIP):
        inside = data[:4096] + data[-4096:]
        return next((name for mark, name in _ZIP_KINDS if mark in inside), "a ZIP archive")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "a WebP image"
    if data[4:8] == b"ftyp":
        return "a video or HEIC image"
    return next((name for magic, name in _MAGIC if data.startswith(magic)), None)


def mark_of(data: bytes) -> str | None:
    """Return the encoding that a byte order mark at the beginning tells, None where there is none."""
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def utf8_head(head: bytes) -> bytes:
    """Return the beginning of a file as UTF-8 without a byte order mark, so that it can be looked at."""
    mark = mark_of(head)
    if mark in (None, "utf-8"):
        return head.removeprefix(codecs.BOM_UTF8)
    return head.decode(str(mark), "ignore").removeprefix("\ufeff").encode("utf-8", "ignore")


def recoded(stream: BinaryIO, encoding: str, *, where: str) -> io.BufferedReader:
    """Return a text stream as UTF-8 without a byte order mark.

    Args:
        stream: Read as it is read.
        encoding: A Python codec name.
        where: The file, for messages.

    Raises:
        ReadError: The encoding is not known; later, while reading: the bytes are not valid in it.
    """
    try:
        decoder = codecs.getincrementaldecoder(encoding)()
    except LookupError as error:
        raise _unknown(encoding, where) from error
    return from_pieces(_decoded(stream, decoder.decode, encoding, where))


def _decoded(stream: BinaryIO, decode: Callable[..., str], encoding: str, where: str) -> Iterator[bytes]:
    first = True
    while True:
        data = stream.read(_PIECE)
        try:
            text = decode(data, final=not data)
        except UnicodeError as error:
            raise ReadError(f"not valid {encoding}: {error}", where=where, remedy=_re_save(declared=True)) from error
        text = text.removeprefix("\ufeff") if first else text
        first = first and not text
        if text:
            yield text.encode("utf-8", "surrogatepass")
        if not data:
            return


def decode(data: bytes, *, where: str, encoding: str | None = None) -> str:
    """Return the text of a file: decoded, the byte order mark dropped, newlines untouched.

    Args:
        data: All bytes of the file.
        where: The file, for messages.
        encoding: As the metadata declare it; else a byte order mark decides, else it is UTF-8.

    Raises:
        ReadError: The bytes are a known binary format, hold NUL, or are not valid in the encoding.
    """
    kind = file_type(data)
    if kind:
        raise ReadError(f"this is {kind}, not text", where=where, remedy="Save its text as .txt in UTF-8 and read that")
    used = encoding or mark_of(data) or "utf-8"
    if used == "utf-8" and b"\x00" in data:
        raise _holds_nul(data.index(b"\x00"), where)
    text = _decode_as(data, used, where=where, declared=encoding is not None)
    if "\x00" in text:
        raise _holds_nul(text.index("\x00"), where)
    return text.removeprefix("\ufeff")


def _holds_nul(offset: int, where: str) -> ReadError:
    return ReadError(
        f"NUL at offset {offset}: this is binary data, or UTF-16 without a byte order mark",
        where=where,
        remedy='Re-save it as UTF-8, or declare its encoding in sources.toml, for instance encoding = "utf-16-le"',
    )


def _decode_as(data: bytes, encoding: str, *, where: str, declared: bool) -> str:
    try:
        return data.decode(encoding)
    except LookupError as error:
        raise _unknown(encoding, where) from error
    except UnicodeDecodeError as error:
        raise ReadError(_invalid(data, encoding, error.start), where=where, remedy=_re_save(declared)) from error
    except UnicodeError as error:
        raise ReadError(f"not valid {encoding}: {error}", where=where, remedy=_re_save(declared)) from error


def _unknown(encoding: str, where: str) -> ReadError:
    return ReadError(
        f"encoding {encoding!r} is not known",
        where=where,
        remedy='Declare one of Python\'s text encodings in sources.toml, such as "utf-8", "cp1252" or "utf-16"',
    )


def _invalid(data: bytes, encoding: str, start: int) -> str:
    line = data.count(b"\n", 0, start) + 1
    return f"byte 0x{data[start]:02X} at offset {start} (line {line}) is not valid {encoding.upper()}"


def _re_save(declared: bool) -> str:
    if declared:
        return "Correct the encoding in sources.toml, or re-save the file as UTF-8 and drop it there"
    return 'Re-save the file as UTF-8, or declare its encoding in sources.toml, for instance encoding = "cp1252"'
