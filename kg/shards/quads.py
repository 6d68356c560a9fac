"""Compressed N-Quads files of which equal lines give equal bytes."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from pathlib import Path

__all__ = ["QuadsFile", "read_quads"]


class QuadsFile:
    """Takes lines of N-Quads; to be used with ``with``, and ``count`` tells how many lines came."""

    def __init__(self, path: Path) -> None:
        self._raw = path.open("wb")
        # no name and no time in the header, which would differ from run to run
        self._file = gzip.GzipFile(filename="", mode="wb", fileobj=self._raw, mtime=0, compresslevel=3)
        self.count = 0

    def add(self, lines: Iterable[str]) -> None:
        """Add lines without line ends."""
        given = list(lines)
        if given:
            self._file.write(("\n".join(given) + "\n").encode("utf-8"))
            self.count += len(given)

    def __enter__(self) -> QuadsFile:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._file.close()
        finally:
            self._raw.close()


def read_quads(path: Path) -> Iterable[str]:
    """Yield the lines of a file, without line ends."""
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line.removesuffix("\n")
