"""Write the page of a graph as one file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Store

from kg.errors import KGError
from kg.iris import DEFAULT_BASE
from kg.lexicon import Lexicon
from kg.page.bundle import STATIC, bundled
from kg.page.data import LIMIT, PageReader
from kg.page.html import single_file

__all__ = ["WrittenPage", "write_page"]

_LARGE = 20_000_000
"""Bytes from which a page takes seconds to open on an ordinary laptop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenPage:
    """A page that was written: its size in bytes, and how many entities of how many it holds."""

    path: Path
    size: int
    entities: int
    total: int

    @property
    def summary(self) -> str:
        """What was written, and what to do about a large page, in one or two lines."""
        some = (
            f"{self.entities:,} of {self.total:,} entities"
            if self.entities < self.total
            else f"{self.total:,} entities"
        )
        line = f"Page: {self.path} ({self.size / 1e6:,.1f} MB, {some})"
        if self.size < _LARGE:
            return line
        fewer = max(1, self.entities // 4)
        return f"{line}\nA page this large opens slowly: make it smaller with --limit {fewer}, or use 'kg serve'."


def write_page(
    store: Store,
    path: Path,
    *,
    lexicon: Lexicon,
    title: str,
    limit: int = LIMIT,
    base: str = DEFAULT_BASE,
    folder: Path = STATIC,
) -> WrittenPage:
    """Write the page of a graph into one file.

    Args:
        store: Read only.
        path: Of the file, which is overwritten.
        lexicon: The one that the graph was built with.
        title: Stands above the page.
        limit: The most entities that it holds, the most important ones first.
        base: The base of the graph's IRIs.
        folder: Where the built page is.

    Raises:
        ResourceError: The page was not built.
        KGError: The file cannot be written.
    """
    bundled("page.js", folder=folder)  # before the graph is read
    data = PageReader(store, lexicon, base=base).page(title=title, limit=limit)
    content = single_file(data, folder=folder).encode()
    try:
        path.write_bytes(content)
    except OSError as error:
        raise KGError(f"the page cannot be written: {error}", where=str(path)) from error
    return WrittenPage(path=path, size=len(content), entities=len(data.slice.entities), total=data.counts.entities)
