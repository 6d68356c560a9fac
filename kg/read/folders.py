"""Look up what the ``sources.toml`` files of a run say about a file, or about a record in it."""

from __future__ import annotations

from pathlib import Path

from kg.errors import ReadError
from kg.read.metadata import Metadata, merge
from kg.read.sidecar import Sidecar, load_sidecar
from kg.read.sources import Source

__all__ = ["Folders"]


class Folders:
    """The ``sources.toml`` files of a run, each loaded once."""

    def __init__(self) -> None:
        self._loaded: dict[Path, Sidecar | ReadError | None] = {}

    def metadata(self, source: Source, inside: str = "") -> Metadata:
        """Return what the files from the source's folder up to its root say, the nearest first.

        Args:
            source: A file.
            inside: The place of a member or record in it, such as ``!b.txt``; what is said of the file counts for it
                too.

        Raises:
            ReadError: A file is no TOML, or the table is wrong.
        """
        found = [sidecar.metadata(source.path, inside) for sidecar in self._sidecars(source)]
        return merge(*found)

    def _sidecars(self, source: Source) -> list[Sidecar]:
        folder = source.path.parent
        found = []
        while True:
            sidecar = self._load(folder)
            if sidecar:
                found.append(sidecar)
            if folder in (source.root, folder.parent):
                return found
            folder = folder.parent

    def _load(self, folder: Path) -> Sidecar | None:
        if folder not in self._loaded:
            try:
                self._loaded[folder] = load_sidecar(folder)
            except ReadError as error:
                self._loaded[folder] = error
        sidecar = self._loaded[folder]
        if isinstance(sidecar, ReadError):
            raise sidecar
        return sidecar
