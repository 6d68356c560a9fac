"""Find the files that the command line names: files, folders, globs and standard input."""

from __future__ import annotations

import glob
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ReadError
from kg.read.failures import Failure
from kg.read.sidecar import SIDECAR, Sidecar, load_sidecar
from kg.read.suffixes import ENDINGS, is_article_name

__all__ = ["STDIN", "Source", "find_sources"]

STDIN = "-"

_WORKSPACE = "kg.toml"


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: ``path`` as the user would find it, ``root`` the folder that ``name`` is relative to.

    Standard input has neither file nor root.
    """

    path: Path
    root: Path

    @property
    def name(self) -> str:
        """The path relative to the root, in POSIX form, NFC, bytes that are not UTF-8 escaped."""
        relative = Path(os.path.relpath(self.path, self.root)).as_posix()
        valid = relative.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        return unicodedata.normalize("NFC", valid)

    @property
    def is_stdin(self) -> bool:
        """Whether this is standard input."""
        return str(self.path) == STDIN


def find_sources(named: Sequence[str | os.PathLike[str]]) -> list[Source | Failure]:
    """Return what the names stand for, each file once, in the order of the names and sorted by path within each.

    A file that several names reach keeps the longest relative path, so that the order of names does not matter.
    """
    found: dict[str, Source | Failure] = {}
    for name in named:
        for item in _expand(os.fspath(name)):
            key = item.path if isinstance(item, Failure) else _identity(item)
            before = found.get(key)
            if before is None or _is_longer(item, before):
                found[key] = item
    return _without_clashes(list(found.values()))


def _identity(source: Source) -> str:
    return STDIN if source.is_stdin else os.path.realpath(source.path)


def _is_longer(item: Source | Failure, before: Source | Failure) -> bool:
    return (
        isinstance(item, Source)
        and isinstance(before, Source)
        and (len(item.name), item.name) > (len(before.name), before.name)
    )


def _without_clashes(items: list[Source | Failure]) -> list[Source | Failure]:
    """Refuse different files of one relative path: they would replace each other in the graph."""
    places: dict[str, list[str]] = {}
    for item in items:
        if isinstance(item, Source) and not item.is_stdin:
            places.setdefault(item.name, []).append(str(item.path))
    return [
        _clash(item, places[item.name]) if isinstance(item, Source) and len(places.get(item.name, ())) > 1 else item
        for item in items
    ]


def _clash(source: Source, paths: Iterable[str]) -> Failure:
    others = ", ".join(sorted(path for path in paths if path != str(source.path)))
    return _failure(
        source.path,
        f"has the same relative path {source.name!r} as {others}, and documents are told apart by it",
        "Name the folder that holds both, or give them different names",
    )


def _failure(path: str | Path, problem: str, remedy: str) -> Failure:
    return Failure(str(path), "read", ReadError(problem, where=str(path), remedy=remedy))


def _expand(name: str) -> Iterator[Source | Failure]:
    try:
        yield from _found(name)
    except OSError as error:  # too long a name, a folder above it that may not be entered
        remedy = "Check that it exists and is readable; nothing was read from it"
        yield _failure(name, f"cannot be opened: {error.strerror}", remedy)


def _found(name: str) -> Iterator[Source | Failure]:
    path = Path(name)
    if name == STDIN:
        yield Source(Path(STDIN), Path())
    elif path.is_dir():
        yield from _folder(path, path)
    elif path.exists():
        if path.name != SIDECAR:  # "news/*" of a shell names it too
            yield Source(path, path.parent)
    elif glob.has_magic(name):
        yield from _pattern(name)
    else:
        yield _failure(name, "no such file or folder", "Check the spelling; nothing was read from it")


def _pattern(pattern: str) -> Iterator[Source | Failure]:
    root = Path(re.split(r"[*?\[]", pattern, maxsplit=1)[0] + "x").parent
    names = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
    hits = [Path(name) for name in names]
    files = [Source(hit, root) for hit in hits if hit.is_file() and is_article_name(hit.name)]
    folders = [hit for hit in hits if hit.is_dir()] if "**" not in pattern else []
    inside = [item for folder in folders for item in _walk(folder, root)[0]]
    if not files and not any(isinstance(item, Source) for item in inside):
        yield _failure(pattern, "no article fits this pattern", f"Expected {ENDINGS}")
    yield from sorted([*files, *inside], key=lambda item: str(item.path))


def _folder(folder: Path, root: Path) -> Iterator[Source | Failure]:
    items, others = _walk(folder, root)
    if not items:
        seen = f"; it holds {others} other files" if others else ""
        yield _failure(folder, f"no article in this folder{seen}", f"Expected {ENDINGS}")
    yield from sorted(items, key=lambda item: str(item.path))


def _walk(folder: Path, root: Path) -> tuple[list[Source | Failure], int]:
    """Return a folder's files with articles, those that its ``sources.toml`` name too, and how many others it has."""
    items: dict[str, Source | Failure] = {}
    others = 0

    def refuse(error: OSError) -> None:
        items[str(error.filename)] = _failure(error.filename, f"cannot be opened: {error.strerror}", "Make it readable")

    for place, folders, files in os.walk(folder, onerror=refuse):
        here = Path(place)
        folders[:] = sorted(f for f in folders if not f.startswith(".") and not (here / f / _WORKSPACE).is_file())
        for name in files:
            path = here / name
            if is_article_name(name) and not name.startswith(".") and _is_regular(path):
                items[str(path)] = Source(path, root)
            elif name != SIDECAR:
                others += 1
        for item in _named_in_sidecar(here, root):
            items.setdefault(str(item.path), item)
    return list(items.values()), others


def _is_regular(path: Path) -> bool:
    return path.is_file() or path.is_symlink()  # a dangling link is reported when it is read; a pipe would hang


def _named_in_sidecar(folder: Path, root: Path) -> Iterator[Source | Failure]:
    try:
        sidecar = load_sidecar(folder) or Sidecar(folder, {})
    except ReadError:
        return  # every file beside it fails with this error when it is read
    for path in sidecar.files():
        yield Source(path, root) if path.is_file() else Failure(str(path), "read", sidecar.missing(path))
