"""Read lexicon packs from files."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from kg import resources
from kg.errors import LexiconError
from kg.lexicon.merge import merge_packs
from kg.lexicon.model import Lexicon
from kg.lexicon.table import Table

__all__ = ["load_lexicon", "read_lexicon"]


def load_lexicon(extra: Sequence[Path] = ()) -> Lexicon:
    """Return the packs that ship with kg, and the given ones, as one lexicon.

    It is read once for each tuple of paths, so a changed pack needs a new process.

    Args:
        extra: More packs (TOML). Their order does not matter.

    Raises:
        LexiconError: A pack cannot be read, breaks the format or clashes with another; says file, entry and reason.
    """
    return _load(tuple(Path(p).resolve() for p in extra))


@lru_cache(maxsize=8)
def _load(extra: tuple[Path, ...]) -> Lexicon:
    return read_lexicon(dict.fromkeys((*resources.packs(), *extra)))


def read_lexicon(paths: Iterable[Path]) -> Lexicon:
    """Return the given packs alone as one lexicon.

    Raises:
        LexiconError: As :func:`load_lexicon`.
    """
    return merge_packs([_read(path) for path in paths])


def _read(path: Path) -> Table:
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise LexiconError(f"cannot be read: {error.strerror}", where=str(path), remedy="Check the path") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(f"is not TOML in UTF-8: {error}", where=str(path), remedy="Correct the file") from error
    return Table(str(path), "", data)
