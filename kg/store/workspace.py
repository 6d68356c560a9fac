"""A workspace on disk: settings, texts, and numbered generations of store and ledger.

    kg-graph/
        format      the number of this layout
        kg.toml     settings; a second build without flags is the same build
        current     the name of the generation that readers open
        texts/      the stored text of every document, by document id
        store-7/    a generation: oxigraph/ and ledger.sqlite, never written to again
        lock        held by the process that builds

A build writes the next generation beside the current one and swaps the pointer in one step, so that readers never see
half a build, and a build that is killed leaves the last good one.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.config import Settings
from kg.errors import StoreError
from kg.model import Document
from kg.store.ledger import Ledger
from kg.store.quads import open_read_only
from kg.store.settings import read_settings, write_settings

try:
    import fcntl
except ImportError:  # pragma: no cover (Windows has no advisory locks of this kind)
    fcntl = None  # type: ignore[assignment]  # the module is absent there

__all__ = ["FORMAT", "Generation", "Workspace"]

FORMAT = 1
"""The layout that this version reads and writes."""

_STORE = "oxigraph"
_LEDGER = "ledger.sqlite"


@dataclass(frozen=True, slots=True)
class Generation:
    """One generation of a workspace."""

    path: Path

    @property
    def number(self) -> int:
        """Its number, 1 or more."""
        return int(self.path.name.removeprefix("store-").removesuffix(".part"))

    @property
    def store(self) -> Path:
        """The folder of its Oxigraph store."""
        return self.path / _STORE

    @property
    def ledger(self) -> Path:
        """The file of its ledger."""
        return self.path / _LEDGER

    def open_store(self) -> ox.Store:
        """Open its store for reading."""
        return open_read_only(self.store)

    def open_ledger(self) -> Ledger:
        """Open its ledger for reading."""
        return Ledger(self.ledger)


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
        found = self._read("format")
        if found is None:
            if self.path.is_dir() and any(entry.name != "lock" for entry in self.path.iterdir()):
                raise StoreError(
                    "the folder is not empty and no workspace of kg",
                    where=str(self.path),
                    remedy="Name another folder with --graph; nothing was changed",
                )
        elif found != str(FORMAT):
            raise StoreError(
                f"the workspace has format {found}, this version of kg reads format {FORMAT}",
                where=str(self.path),
                remedy="Build it anew into another folder with --graph, or use the version of kg that made it",
            )

    def _read(self, name: str) -> str | None:
        try:
            return (self.path / name).read_text("utf-8").strip()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def _write(self, name: str, content: str) -> None:
        """Write a small file in one step."""
        part = self.path / f"{name}.part"
        part.write_text(content, "utf-8")
        os.replace(part, self.path / name)  # noqa: PTH105 (atomic, and named for that in the documentation)

    def current(self) -> Generation | None:
        """Return the generation that readers open, None before the first build."""
        name = self._read("current")
        return Generation(self.path / name) if name else None

    def settings(self) -> Settings | None:
        """Return the settings of the last build, None before the first one.

        Raises:
            ConfigError: ``kg.toml`` is broken.
        """
        path = self.path / "kg.toml"
        return read_settings(path) if path.exists() else None

    def text(self, document_id: str) -> str:
        """Return the stored text of a document, newlines as they were read.

        Raises:
            StoreError: The workspace has no such document.
        """
        try:
            return self._text_path(document_id).read_bytes().decode("utf-8", "surrogatepass")
        except OSError as error:
            raise StoreError(f"the text of document {document_id} is not stored", where=str(self.path)) from error

    def store_text(self, document: Document) -> None:
        """Store a document's text."""
        self._text_path(document.id).write_bytes(document.text.encode("utf-8", "surrogatepass"))

    def _text_path(self, document_id: str) -> Path:
        return self.path / "texts" / f"{document_id}.txt"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the workspace for writing; the system lets go of it even if the process is killed.

        Raises:
            StoreError: Another process is building.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        path = self.path / "lock"
        with path.open("a+", encoding="utf-8") as lock:
            try:
                if fcntl is not None:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                lock.seek(0)
                raise StoreError(
                    f"process {lock.read().strip() or 'unknown'} is building this workspace",
                    where=str(self.path),
                    remedy="Wait until it has ended, or name another folder with --graph; nothing was changed",
                ) from error
            lock.truncate(0)
            lock.write(str(os.getpid()))
            lock.flush()
            yield

    @contextmanager
    def next_generation(self, *, copy_store: bool) -> Iterator[Generation]:
        """Give a generation to write; it becomes the current one when the block ends without an error.

        It starts with the current ledger.

        Args:
            copy_store: Start with the current store, too; its files are linked, not copied. Else with an empty one.
        """
        self._prepare()
        current = self.current()
        number = current.number + 1 if current else 1
        part = Generation(self.path / f"store-{number}.part")
        part.path.mkdir()
        try:
            if current:
                _copy_ledger(current.ledger, part.ledger)
                if copy_store:
                    current.open_store().backup(str(part.store))
            yield part
        except BaseException:
            shutil.rmtree(part.path, ignore_errors=True)
            raise
        final = self.path / f"store-{number}"
        part.path.rename(final)
        self._write("current", f"{final.name}\n")

    def _prepare(self) -> None:
        """Lay out the folder and remove what killed builds left."""
        (self.path / "texts").mkdir(exist_ok=True)
        self._write("format", f"{FORMAT}\n")
        last = current.number if (current := self.current()) else 0
        for generation in self._generations():
            if generation.number > last:
                shutil.rmtree(generation.path, ignore_errors=True)

    def _generations(self) -> list[Generation]:
        return [Generation(folder) for folder in sorted(self.path.glob("store-*"))]

    def remember(self, settings: Settings) -> None:
        """Write ``kg.toml``."""
        write_settings(self.path / "kg.toml", settings)

    def tidy(self) -> None:
        """Remove all but the last two generations, and the texts that neither holds.

        Readers of the generation before the current one may still be at work.
        """
        current = self.current()
        used: set[str] = set()
        for generation in self._generations() if current else ():
            if current and generation.number < current.number - 1:
                shutil.rmtree(generation.path, ignore_errors=True)
                continue
            with generation.open_ledger() as ledger:
                used.update(entry.id for entry in ledger.entries())
        for text in sorted((self.path / "texts").glob("*.txt")):
            if text.stem not in used:
                text.unlink()


def _copy_ledger(source: Path, target: Path) -> None:
    with sqlite3.connect(source) as old, sqlite3.connect(target) as new:
        old.backup(new)
    old.close()
    new.close()
