"""Read ``sources.toml``: the metadata of the files in a folder, one table per file name."""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kg.errors import ReadError
from kg.read.metadata import Metadata, from_table, suggestion

__all__ = ["SIDECAR", "Sidecar", "load_sidecar"]

SIDECAR = "sources.toml"


@dataclass(frozen=True, slots=True)
class Sidecar:
    """The tables of one ``sources.toml``; names are relative to ``folder``, in POSIX form and NFC.

    A wrong table is kept as the error that its document fails with, so that the others are read.
    """

    folder: Path
    tables: dict[str, Metadata | ReadError]

    def metadata(self, file: Path) -> Metadata:
        """Return what the file has in its table, nothing where it has none.

        Raises:
            ReadError: The table of this file is wrong.
        """
        name = unicodedata.normalize("NFC", file.relative_to(self.folder).as_posix())
        table = self.tables.get(name, Metadata())
        if isinstance(table, ReadError):
            raise table
        return table

    def files(self) -> list[Path]:
        """Return the files that the tables name, sorted, whether they exist or not."""
        return [self.folder / name for name in sorted(self.tables)]

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
