"""The next generation while a build makes it, and how it takes the place of the current one.

A build holds the lock, writes a folder ``store-8.part`` and changes the ledger in one transaction. At the end

1. the folder is renamed to ``store-8``,
2. the ledger is committed, with its number: from here on the build has happened,
3. ``kg.toml`` and the pointer ``current`` are written.

A build that dies before step 2 leaves a ledger that undoes itself, and files that the next build removes; one that
dies after it leaves only the small files of step 3 to be written, which the next build does first. Readers follow
``current`` and see one generation or the other.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import pyoxigraph as ox

from kg.config import Settings
from kg.errors import KGError, StoreError
from kg.model import Document
from kg.store.checksums import DAMAGED, sum_up_tables
from kg.store.ledger import Ledger
from kg.store.quads import create, is_damage, open_read_only
from kg.store.settings import settings_text
from kg.store.workspace import FORMAT, Generation, Workspace

__all__ = ["Draft", "next_generation", "writing_to"]

_ADDED = "added-texts"
_NUMBERS = count(1)


class Draft:
    """The next generation of a workspace.

    Args:
        workspace: Held by this process.
        ledger: In a transaction.
        current: The generation that readers open.
    """

    def __init__(self, workspace: Workspace, ledger: Ledger, current: Generation | None) -> None:
        self.workspace = workspace
        self.ledger = ledger
        self._current = current
        self.number = current.number + 1 if current else 1
        # never the same twice in a process, which may still hold a store that a failed build had opened
        self._part = Generation(workspace.path / f"store-{self.number}.{os.getpid()}-{next(_NUMBERS)}.part")

    @property
    def folder(self) -> Path:
        """Its folder, in which a build may keep what it needs for a while."""
        return self._part.path

    def prepare(self) -> None:
        """Make its folder."""
        self._part.path.mkdir()

    def take_over(self, *, check: bool = False) -> bool:
        """Start with the current store, whose files are linked, not copied; tell whether it could be read.

        Args:
            check: Compare all of its files with their checksums, which takes the longer the larger it is.
        """
        try:
            if self._current:
                if check:
                    self._current.check_store()
                open_read_only(self._current.store).backup(str(self._part.store))
        except (StoreError, RuntimeError):
            shutil.rmtree(self._part.store, ignore_errors=True)
            return False
        return True

    @contextmanager
    def open_store(self) -> Iterator[ox.Store]:
        """Open its store for writing: what it took over, else an empty one."""
        with create(self._part.store) as store:
            yield store

    def keep_text(self, document: Document) -> None:
        """Store a document's text, unless it is there already: an id stands for one text."""
        path = self.workspace.text_path(document.id)
        if path.exists():
            return
        with (self._part.path / _ADDED).open("a", encoding="ascii") as added:
            added.write(f"{document.id}\n")
        part = path.with_suffix(".part")
        part.write_bytes(document.text.encode("utf-8", "surrogatepass"))
        part.replace(path)

    def let_go(self, document_id: str) -> None:
        """Note that a document left; its text goes when no generation that readers may hold has it."""
        self.ledger.depart(document_id, self.number)

    def publish(self, settings: Settings) -> None:
        """Make it the current generation; its store must be closed."""
        sum_up_tables(self._part.path, self._part.store, self._current.path if self._current else None)
        self._part.path.rename(self.workspace.generation(self.number).path)
        self.ledger.note("generation", self.number)
        self.ledger.note("settings", settings_text(self.workspace.path, settings))
        self.ledger.commit()
        _point_to(self.workspace, self.ledger)
        _tidy(self.workspace, self.ledger, self.number)

    def discard(self) -> None:
        """Remove what was written of it."""
        _remove_unfinished(self.workspace, self.ledger, self._part)


@contextmanager
def next_generation(workspace: Workspace) -> Iterator[Draft]:
    """Give the next generation to write; what was not published at the end is undone.

    Args:
        workspace: Held by this process.

    Raises:
        StoreError: The workspace cannot be written, or is damaged.
    """
    with writing_to(workspace.path):
        _lay_out(workspace)
        with Ledger(workspace.ledger, writable=True) as ledger:
            current = _recover(workspace, ledger)
            draft = Draft(workspace, ledger, current)
            draft.prepare()
            try:
                yield draft
            except BaseException:
                with suppress(OSError, sqlite3.Error):
                    ledger.database.execute("ROLLBACK")
                    draft.discard()
                raise


@contextmanager
def writing_to(path: Path) -> Iterator[None]:
    """Tell what went wrong where a folder cannot be written: a full disk, missing rights, a damaged file."""
    try:
        yield
    except KGError:
        raise
    except (OSError, sqlite3.Error, RuntimeError) as error:
        if isinstance(error, RuntimeError) and not is_damage(error):
            raise
        raise StoreError(
            f"the workspace cannot be written: {getattr(error, 'strerror', None) or error}",
            where=str(path),
            remedy="The last good graph stays as it was. " + _remedy(error),
        ) from error


def _remedy(error: Exception) -> str:
    return DAMAGED if is_damage(error) else "Make room or give the rights, and build again"


def _lay_out(workspace: Workspace) -> None:
    # first of all, since a folder without it is taken for somebody else's
    if workspace.read("format") is None:
        workspace.write("format", f"{FORMAT}\n")
    (workspace.path / "texts").mkdir(exist_ok=True)


def _recover(workspace: Workspace, ledger: Ledger) -> Generation | None:
    """Finish what a killed build had committed, and remove what others left; return the current generation."""
    number = ledger.facts().get("generation", 0)
    if not isinstance(number, int) or (number == 0 and workspace.current() is not None):
        raise StoreError(
            "the ledger is empty, and there is a graph",
            where=str(workspace.ledger),
            remedy="The graph can still be read; build it anew into another folder with --graph",
        )
    for generation in workspace.generations():
        if generation.number > number or generation.path.suffix == ".part":
            _remove_unfinished(workspace, ledger, generation)
    if number == 0:
        return None
    current = workspace.current()
    if current is None or current.number != number:
        _point_to(workspace, ledger)
    return workspace.generation(number)


def _remove_unfinished(workspace: Workspace, ledger: Ledger, generation: Generation) -> None:
    """Remove the folder of a generation that never was, and the texts that were stored for it."""
    with suppress(FileNotFoundError):
        for document_id in (generation.path / _ADDED).read_text("ascii").split():
            path = workspace.text_path(document_id)
            path.with_suffix(".part").unlink(missing_ok=True)
            if not ledger.holds(document_id):
                path.unlink(missing_ok=True)
    shutil.rmtree(generation.path, ignore_errors=True)


def _point_to(workspace: Workspace, ledger: Ledger) -> None:
    """Write the small files as the ledger says."""
    facts = ledger.facts()
    workspace.write("kg.toml", str(facts["settings"]))
    workspace.write("current", f"store-{facts['generation']}\n")
    _sync_folder(workspace.path)


def _sync_folder(path: Path) -> None:
    """Make renames last even if the machine stops; not all systems can."""
    with suppress(OSError):
        folder = os.open(path, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _tidy(workspace: Workspace, ledger: Ledger, number: int) -> None:
    """Remove all but the last two generations, and the texts that neither holds.

    Readers of the generation before the current one may still be at work.
    """
    for generation in workspace.generations():
        if generation.number < number - 1:
            shutil.rmtree(generation.path, ignore_errors=True)
    (workspace.generation(number).path / _ADDED).unlink(missing_ok=True)
    for document_id in ledger.forget_departed(number - 1):
        workspace.text_path(document_id).unlink(missing_ok=True)
    ledger.commit()
