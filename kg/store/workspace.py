"""A workspace on disk: settings, texts, the ledger, and numbered generations of the store.

    kg-graph/
        format          the number of this layout
        kg.toml         settings; a second build without flags is the same build
        current         the name of the generation that readers open
        ledger.sqlite   what was read and found, for whoever builds; readers of the graph do not need it
        texts/          the stored text of every document, by document id
        store-7/        a generation: its Oxigraph store, never written to again
        lock            held by the process that builds, push.lock by the one that pushes
        identifier      by which remote stores know the workspace; made by its first push

Readers open a generation, which no build changes. How a build makes the next one is told in :mod:`kg.store.draft`.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg.config import Settings
from kg.errors import StoreError
from kg.store.checksums import check_tables
from kg.store.ledger import Ledger
from kg.store.quads import open_read_only
from kg.store.settings import read_settings

try:
    import fcntl
except ImportError:  # pragma: no cover (Windows has no advisory locks of this kind)
    fcntl = None  # type: ignore[assignment]  # the module is absent there

__all__ = ["FORMAT", "Generation", "Workspace"]

FORMAT = 4
"""The layout that this version reads and writes."""

_STORE = "oxigraph"
_LEDGER = "ledger.sqlite"
_PREFIX = "store-"


@dataclass(frozen=True, slots=True)
class Generation:
    """One generation of a workspace."""

    path: Path

    @property
    def number(self) -> int:
        """Its number, 1 or more."""
        return int(self.path.name.removeprefix(_PREFIX).partition(".")[0])

    @property
    def store(self) -> Path:
        """The folder of its Oxigraph store."""
        return self.path / _STORE

    def open_store(self) -> ox.Store:
        """Open its store for reading; unless it is large, its files are compared with their checksums first.

        Raises:
            StoreError: It is missing or damaged.
        """
        check_tables(self.path, self.store)
        return open_read_only(self.store)

    def check_store(self) -> None:
        """Compare all files of its store with their checksums, however many there are.

        Raises:
            StoreError: It is damaged.
        """
        check_tables(self.path, self.store, whole=True)

    def open_ledger(self) -> Ledger:
        """Open the workspace's ledger for reading: it is that of the current generation."""
        return Ledger(self.path.parent / _LEDGER)


class Workspace:
    """A workspace folder.

    Args:
        path: The folder; it need not exist before the first build.

    Raises:
        StoreError: The folder is something else, or of another format.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._check()

    @classmethod
    def open(cls, path: Path) -> Workspace:
        """Return a workspace that has been built.

        Raises:
            StoreError: There is none at that path.
        """
        workspace = cls(path)
        if workspace.current() is None:
            raise StoreError(
                "there is no graph here", where=str(path), remedy=f"Make one with: kg build SOURCES --graph {path}"
            )
        return workspace

    def _check(self) -> None:
        if self.path.exists() and not self.path.is_dir():
            raise StoreError("a workspace is a folder, and this is a file", where=str(self.path))
        found = self.read("format")
        if found is None:
            if self.path.is_dir() and any(entry.name not in ("lock", "format.part") for entry in self._entries()):
                raise StoreError(
                    "the folder is not empty and no workspace of kg",
                    where=str(self.path),
                    remedy="Name another folder with --graph; nothing was changed",
                )
        elif not found.isdigit():
            raise StoreError(
                f"expected the number of the workspace's format, {FORMAT} for example, found {found[:40]!r}",
                where=str(self.path / "format"),
                remedy="If this version of kg made the workspace, write that number into the file",
            )
        elif found != str(FORMAT):
            raise StoreError(
                f"the workspace has format {found}, this version of kg reads format {FORMAT}",
                where=str(self.path),
                remedy="Build it anew into another folder with --graph, or use the version of kg that made it",
            )

    def _entries(self) -> list[Path]:
        try:
            return list(self.path.iterdir())
        except OSError as error:
            raise StoreError(f"the folder cannot be read: {error.strerror}", where=str(self.path)) from error

    # ---- small files

    def read(self, name: str) -> str | None:
        """Return what a small file of the workspace says, None where there is none.

        Raises:
            StoreError: It cannot be read.
        """
        try:
            return (self.path / name).read_text("utf-8").strip()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError(f"cannot be read: {error}", where=str(self.path / name)) from error

    def write(self, name: str, content: str) -> None:
        """Write a small file in one step, so that it is there whole or as before even if the machine stops."""
        part = self.path / f"{name}.part"
        with part.open("w", encoding="utf-8", newline="") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, self.path / name)  # noqa: PTH105 (atomic, and named for that in the documentation)

    def current(self) -> Generation | None:
        """Return the generation that readers open, None before the first build.

        Raises:
            StoreError: The pointer to it is damaged.
        """
        name = self.read("current")
        if not name:
            return None
        if not name.removeprefix(_PREFIX).isdigit():
            raise StoreError(
                f"expected the name of a generation, {_PREFIX}7 for example, found {name[:40]!r}",
                where=str(self.path / "current"),
                remedy="Write the highest number among the store folders into it, or build anew into another folder",
            )
        return self.generation(int(name.removeprefix(_PREFIX)))

    def generation(self, number: int) -> Generation:
        """Return the generation of a number, which need not be there."""
        return Generation(self.path / f"{_PREFIX}{number}")

    def generations(self) -> list[Generation]:
        """Return the folders of all generations, of those that a killed build left, too."""
        return [Generation(folder) for folder in sorted(self.path.glob(f"{_PREFIX}*"))]

    def settings(self) -> Settings | None:
        """Return the settings of the last build, None before the first one.

        Raises:
            ConfigError: ``kg.toml`` is broken.
        """
        path = self.path / "kg.toml"
        return read_settings(path) if path.exists() else None

    @property
    def ledger(self) -> Path:
        """The file of the ledger."""
        return self.path / _LEDGER

    def identifier(self) -> str | None:
        """Return by what remote stores know this workspace, None before the first push."""
        return self.read("identifier")

    def draw_identifier(self) -> str:
        """Return the identifier, drawn by chance if there is none; it stands in no graph of the workspace."""
        found = self.identifier()
        if found is None:
            found = secrets.token_hex(8)
            self.write("identifier", f"{found}\n")
        return found

    # ---- texts

    def text(self, document_id: str) -> str:
        """Return the stored text of a document, newlines as they were read.

        Raises:
            StoreError: The workspace has no such document.
        """
        try:
            return self.text_path(document_id).read_bytes().decode("utf-8", "surrogatepass")
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError(
                f"the text of document {document_id} is not stored",
                where=str(self.path),
                remedy="Build the article again from its source, or remove it with kg remove",
            ) from error

    def text_path(self, document_id: str) -> Path:
        """Return the file of a document's text."""
        return self.path / "texts" / f"{document_id}.txt"

    # ---- one builder at a time

    @contextmanager
    def locked(self, name: str = "lock", *, doing: str = "building", wait: bool = False) -> Iterator[None]:
        """Hold the workspace, for writing or another purpose; the system lets go of it even if the process is killed.

        Args:
            name: Of the file that stands for the purpose.
            doing: What is done meanwhile, for the message.
            wait: Wait until another process has ended.

        Raises:
            StoreError: Another process holds it for that purpose, or the folder cannot be written.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            lock = (self.path / name).open("a+", encoding="utf-8")
        except OSError as error:
            raise StoreError(
                f"the workspace cannot be written: {error.strerror or error}",
                where=str(self.path),
                remedy="Name a folder that you may write to with --graph; nothing was changed",
            ) from error
        with lock:
            self._hold(lock, doing=doing, wait=wait)
            lock.truncate(0)
            lock.write(str(os.getpid()))
            lock.flush()
            yield

    def _hold(self, lock: IO[str], *, doing: str, wait: bool) -> None:
        if fcntl is None:
            return
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError as error:
            lock.seek(0)
            raise StoreError(
                f"process {lock.read().strip() or 'unknown'} is {doing} this workspace",
                where=str(self.path),
                remedy="Wait until it has ended (--wait does), or name another folder with --graph. Nothing changed",
            ) from error
