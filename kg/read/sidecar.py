"""Read ``sources.toml``: the metadata of the files in a folder, one table per file name."""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kg.errors import ReadError
from kg.read.metadata import Metadata, from_table, merge
from kg.read.spelling import suggestion

__all__ = ["SIDECAR", "Sidecar", "load_sidecar"]

SIDECAR = "sources.toml"

_NOTHING = Metadata()


@dataclass(frozen=True, slots=True)
class Sidecar:
    """The tables of one ``sources.toml``; names are relative to ``folder``, in POSIX form and NFC.

    A wrong table is kept as the error that its document fails with, so that the others are read.
    """

    folder: Path
    tables: dict[str, Metadata | ReadError]

    def metadata(self, file: Path, inside: str = "") -> Metadata:
        """Return what the file has in its table, nothing where it has none.

        Args:
            file: A file in the folder or below it.
            inside: A place in the file (``!b.txt``): what its own table says wins over the file's.

        Raises:
            ReadError: The table is wrong.
        """
        name = unicodedata.normalize("NFC", file.relative_to(self.folder).as_posix())
        table = self._table(name)
        return merge(self._table(name + inside), table) if inside else table

    def _table(self, name: str) -> Metadata:
        table = self.tables.get(name, _NOTHING)
        if isinstance(table, ReadError):
            raise table
        return table

    def files(self) -> list[Path]:
        """Return the files that the tables name, or name something in, sorted, whether they exist or not."""
        return sorted({self._file(name) for name in self.tables})

    def _file(self, name: str) -> Path:
        outer = self.folder / name.partition("!")[0]
        return outer if "!" in name and outer.is_file() and not (self.folder / name).exists() else self.folder / name

    def missing(self, file: Path) -> ReadError:
        """Return the error for a table whose file is not there, or for an entry that is no table."""
        table = self.tables[file.relative_to(self.folder).as_posix()]
        if isinstance(table, ReadError):
            return table
        names = [path.name for path in self.folder.iterdir() if path.is_file() and path.name != SIDECAR]
        return ReadError(
            f"no such file, but {SIDECAR} has a table for it",
            where=str(file),
            remedy=f"{suggestion(file.name, names)}Correct the name in {self.folder / SIDECAR}, or remove the table",
        )


def load_sidecar(folder: Path) -> Sidecar | None:
    """Return the folder's ``sources.toml``, None where there is none.

    Raises:
        ReadError: The file cannot be read, is not TOML, or a table's name leaves the folder.
    """
    path = folder / SIDECAR
    if not path.is_file():
        return None
    try:
        content = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise ReadError(f"cannot be read: {error.strerror}", where=str(path), remedy="Make it readable") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ReadError(
            f"not valid TOML: {error}", where=str(path), remedy="Correct it; no file beside it was read"
        ) from error
    return Sidecar(folder, {_name(key, path): _table(key, value, path) for key, value in content.items()})


def _name(key: str, path: Path) -> str:
    name = PurePosixPath(unicodedata.normalize("NFC", key))
    if name.is_absolute() or ".." in name.parts:
        raise ReadError(f"table [{key!r}] names a file outside the folder", where=str(path), remedy="Move it there")
    return name.as_posix()


def _table(key: str, value: object, path: Path) -> Metadata | ReadError:
    where = f'{path} ["{key}"]'
    if not isinstance(value, dict):
        return ReadError(
            f"{key} = {value!r} stands outside a table",
            where=str(path),
            remedy='Put it below the name of its file, such as ["article.txt"]',
        )
    try:
        return from_table(value, where=where)
    except ReadError as error:
        return error
