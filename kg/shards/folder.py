"""A folder on disk or in an object store, through fsspec; files appear in it whole or not at all."""

from __future__ import annotations

import hashlib
import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kg.errors import KGError, StoreError
from kg.extras import not_installed

__all__ = ["File", "Folder"]

_PART = ".part-"
_NUMBERS = itertools.count()
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class File:
    """A file that was written: its name in the folder, size in bytes, SHA-256, and how many rows or quads it holds."""

    name: str
    bytes: int
    sha256: str
    rows: int


class Folder:
    """A folder by path or URL (``s3://bucket/news``, ``file:///data``); picklable, opened where it is used.

    Args:
        url: Where it is.
    """

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/") if url.strip("/") else url

    def __reduce__(self) -> tuple[type[Folder], tuple[str]]:
        return Folder, (self.url,)

    @cached_property
    def _opened(self) -> tuple[Any, str]:
        """The file system, and the folder's path in it.

        Raises:
            StoreError: The URL is of a kind for which no file system is installed.
        """
        try:
            import fsspec.core
        except ImportError as error:
            raise not_installed(StoreError, "shards need fsspec", extra="cluster", where=self.url) from error
        try:
            system, root = fsspec.core.url_to_fs(self.url)
        except (ImportError, ValueError) as error:
            raise StoreError(
                f"no file system for this address: {error}",
                where=self.url,
                remedy="Install what the message names, or give a path",
            ) from error
        return system, str(root).rstrip("/")

    @property
    def _system(self) -> Any:
        return self._opened[0]

    @property
    def _root(self) -> str:
        return self._opened[1]

    @property
    def is_local(self) -> bool:
        """Whether it is a folder of this machine."""
        return "file" in self._system.protocol

    def path(self, name: str) -> str:
        """Return the path of a file as its file system knows it."""
        return f"{self._root}/{name}" if name else self._root

    # ---- looking

    def names(self) -> list[str]:
        """Return the names of all files in it and its sub-folders, sorted; none where it does not exist."""
        with self._explained(""):
            self._system.invalidate_cache()
            found = self._system.find(self._root) if self._system.exists(self._root) else []
        return sorted(str(path).removeprefix(self._root).lstrip("/") for path in found)

    def state(self, name: str) -> str:
        """Return what changes when a file does: of its size and time, or the store's own tag."""
        with self._explained(name):
            return str(self._system.ukey(self.path(name)))

    def read(self, name: str) -> bytes | None:
        """Return what a small file holds, None where there is none."""
        with self._explained(name):
            try:
                found: bytes = self._system.cat_file(self.path(name))
            except FileNotFoundError:
                return None
            return found

    @contextmanager
    def local(self, name: str) -> Iterator[Path]:
        """Give a file as one of this machine; a copy, where it is elsewhere, goes at the end."""
        if self.is_local:
            yield Path(self.path(name))
            return
        with TemporaryDirectory(prefix="kg-") as scratch:
            path = Path(scratch) / "copy"
            self.fetch(name, path)
            yield path

    def fetch(self, name: str, path: Path) -> None:
        """Bring a file to a path of this machine; a local one is linked."""
        path.parent.mkdir(parents=True, exist_ok=True)
        if self.is_local:
            path.symlink_to(Path(self.path(name)).resolve())
            return
        with self._explained(name):
            self._system.get_file(self.path(name), str(path))

    # ---- writing

    def publish(self, path: Path, name: str, *, rows: int) -> File:
        """Put a file of this machine under its name, in one step, in place of one that is there.

        Raises:
            StoreError: The folder cannot be written, or is full.
        """
        part = f"{name}{_PART}{os.getpid()}-{next(_NUMBERS)}"
        size, checksum = path.stat().st_size, _sha256(path)
        with self._explained(name):
            try:
                self._system.makedirs(self.path(name).rpartition("/")[0], exist_ok=True)
                self._system.put_file(str(path), self.path(part))
                self._replace(part, name)
            except BaseException:
                with suppress(Exception):
                    self._system.rm_file(self.path(part))
                raise
        return File(name, size, checksum, rows)

    def _replace(self, part: str, name: str) -> None:
        if self.is_local:
            os.replace(self.path(part), self.path(name))  # noqa: PTH105 (atomic)
        else:
            self._system.mv(self.path(part), self.path(name))

    def write(self, name: str, data: bytes, *, rows: int = 0) -> File:
        """Put bytes under a name, in one step."""
        with TemporaryDirectory(prefix="kg-") as scratch:
            path = Path(scratch) / "new"
            path.write_bytes(data)
            return self.publish(path, name, rows=rows)

    def remove(self, names: Iterator[str] | list[str]) -> None:
        """Remove files; those that are gone already are passed over."""
        for name in names:
            with self._explained(name), suppress(FileNotFoundError):
                self._system.rm_file(self.path(name))

    def remove_unfinished(self) -> None:
        """Remove what killed writers left behind."""
        self.remove([name for name in self.names() if _PART in name.rpartition("/")[2]])

    @contextmanager
    def _explained(self, name: str) -> Iterator[None]:
        try:
            yield
        except KGError:
            raise
        except OSError as error:
            raise StoreError(
                f"cannot be read or written: {error.strerror or error}",
                where=f"{self.url}/{name}" if name else self.url,
                remedy="What was written before stays; make room or give the rights, and run the same command again",
            ) from error


def _sha256(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()
