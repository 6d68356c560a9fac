"""ZIP and tar: the articles among their members. Nothing is ever written to disk under a member's name."""

from __future__ import annotations

import io
import lzma
import shutil
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import PurePosixPath
from typing import IO

from kg.errors import ReadError
from kg.read.decoding import file_type
from kg.read.failures import Failure
from kg.read.item import Item
from kg.read.suffixes import ENDINGS, is_article_name

__all__ = ["TarReader", "ZipReader"]

_IN_MEMORY = 50_000_000
_USTAR_AT, _USTAR = 257, b"ustar"
# zipfile says RuntimeError for a password and NotImplementedError for an unknown method.
_BROKEN = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, OverflowError,
    NotImplementedError, RuntimeError,
)  # fmt: skip


class ZipReader:
    """Reads ZIP archives. They are read at random: one that lies in another archive is copied to a nameless file."""

    def fits(self, item: Item, head: bytes) -> bool:
        """Tell by the magic number; Word's documents are ZIP archives too, but hold no articles as members."""
        return head.startswith((b"PK\x03\x04", b"PK\x05\x06")) and file_type(head) in (None, "a ZIP archive")

    def read(self, item: Item) -> Iterator[Item | Failure]:
        """Yield the members in the order of the archive's directory."""
        with _seekable(item.stream) as file:
            try:
                archive = zipfile.ZipFile(file)
            except _BROKEN as error:
                raise _damaged(item.where, "ZIP archive", error) from error
            with archive:
                members = [info for info in archive.infolist() if not info.is_dir()]
                chosen = [info for info in members if _is_wanted(info.filename)]
                for info in chosen:
                    yield from _member(item, info.filename, partial(archive.open, info), packed=True)
        if not chosen:
            raise _nothing(item, len(members))


class TarReader:
    """Reads tar archives from one end to the other. Links and devices in them are no members with content."""

    def fits(self, item: Item, head: bytes) -> bool:
        """Tell by the magic number of POSIX and GNU."""
        return head[_USTAR_AT : _USTAR_AT + len(_USTAR)] == _USTAR

    def read(self, item: Item) -> Iterator[Item | Failure]:
        """Yield the members in the archive's order."""
        chosen = others = 0
        try:
            with tarfile.open(fileobj=item.stream, mode="r|") as archive:
                for info in archive:
                    if not info.isfile():
                        continue
                    if not _is_wanted(info.name):
                        others += 1
                        continue
                    chosen += 1
                    yield from _member(item, info.name, partial(archive.extractfile, info), packed=False)
        except ReadError:
            raise
        except _BROKEN as error:
            raise _damaged(item.where, "tar archive", error) from error
        if not chosen:
            raise _nothing(item, others)


def _member(item: Item, name: str, unpack: Callable[[], IO[bytes] | None], *, packed: bool) -> Iterator[Item | Failure]:
    """Yield one member, or why it cannot be read; the archive goes on after either."""
    where = f"{item.where}!{name}"
    try:
        with unpack() or io.BytesIO() as file:
            spend = item.budget.unpack if packed else None
            yield item.member(_safe(name, where), _translated(file, where), spend=spend)
    except _BROKEN as error:
        yield Failure(where, "read", error if isinstance(error, ReadError) else _damaged(where, "member", error))


def _translated(file: IO[bytes], where: str) -> Callable[[int], bytes]:
    """Return the file's ``read`` with the errors of the archive's library told as ours."""

    def read(at_most: int) -> bytes:
        try:
            return file.read(at_most)
        except ReadError:
            raise
        except _BROKEN as error:
            raise _damaged(where, "member", error) from error

    return read


def _is_wanted(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    hidden = any(part.startswith(".") and part not in (".", "..") for part in parts)
    return is_article_name(name) and not hidden and "__MACOSX" not in parts


def _safe(name: str, where: str) -> str:
    """Return the member's path below the archive, as tar itself would unpack it."""
    path = PurePosixPath(name.replace("\\", "/").lstrip("/"))
    if ".." in path.parts:
        raise ReadError(
            "the member's name leads out of the archive",
            where=where,
            remedy="Pack it again under a name without '..', if it is no trap",
        )
    return path.as_posix()


@contextmanager
def _seekable(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    if stream.seekable():
        yield stream
        return
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
        shutil.copyfileobj(stream, copy)
        copy.seek(0)
        yield copy


def _damaged(where: str, what: str, error: Exception) -> ReadError:
    if "password" in str(error) or "encrypted" in str(error):
        return ReadError(f"the {what} needs a password", where=where, remedy="Unpack it, and read what was in it")
    return ReadError(f"the {what} is damaged or cut off ({error})", where=where, remedy="Get the whole file again")


def _nothing(item: Item, others: int) -> ReadError:
    seen = f"; it holds {others} other files" if others else ""
    return ReadError(f"no article in this archive{seen}", where=item.where, remedy=f"Expected {ENDINGS}")
