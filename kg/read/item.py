"""What readers take and give: an item to read, and the article they find in it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any, Protocol

from kg.errors import ReadError
from kg.read.columns import Columns
from kg.read.failures import Failure
from kg.read.limits import Budget
from kg.read.metadata import NOTHING, Metadata
from kg.read.streams import buffered, from_bytes

__all__ = ["Article", "Item", "NoArticleError", "PassedOver", "Reader"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something to read: a file, a member of an archive, a record of a table.

    ``where`` is its place for messages (``news/a.zip!b.txt``), ``path`` the same relative to the folder that was named
    (None for standard input), ``name`` what its ending is taken from, ``depth`` how many layers it lies in.

    ``given`` are metadata of ``sources.toml``, ``told`` those that come with the record, ``fallback`` those for what
    nothing else tells. ``charset`` is the encoding as the transport declares it.

    ``is_record`` tells that this can only be a page or a text, ``is_capture`` that it comes from a web archive, which
    may have others of the same address. ``resume`` makes a damaged stream go on. ``inside`` is the place within the
    file (``!b.txt``), for which ``given_to`` looks up what ``sources.toml`` has.
    """

    stream: io.BufferedReader
    where: str
    path: str | None
    name: str
    budget: Budget
    depth: int = 0
    given: Metadata = NOTHING
    told: Metadata = NOTHING
    fallback: Metadata = NOTHING
    charset: str | None = None
    is_record: bool = False
    is_capture: bool = False
    resume: Callable[[], bool] | None = None
    inside: str = ""
    given_to: Callable[[str], Metadata] = lambda _inside: NOTHING

    @property
    def suffix(self) -> str:
        """The ending of the name in lower case, with the dot."""
        return PurePosixPath(self.name).suffix.lower()

    def unpacked(self, read: Callable[[int], bytes], *, resume: Callable[[], bool] | None = None) -> Item:
        """Return what this compressed item holds; ``resume`` makes its stream go on behind damaged data.

        Raises:
            ReadError: It would lie too deep.
        """
        stream = buffered(read, self.budget.unpack)
        return replace(self._deeper(), stream=stream, name=_without_compression(self.name), resume=resume)

    def member(self, name: str, read: Callable[[int], bytes], *, spend: Callable[[int], None] | None = None) -> Item:
        """Return a member of this archive; ``sources.toml`` may have a table for it.

        Raises:
            ReadError: It would lie too deep, or its table is wrong.
            LimitError: The archive has too many members.
        """
        self.budget.member()
        return replace(self._deeper(), **self._places(name), name=name, stream=buffered(read, spend))

    def record(self, name: str, data: bytes, *, told: Metadata, **facts: Any) -> Item:
        """Return a record of this file with the metadata that came with it; it counts as no layer.

        Raises:
            ReadError: The table that ``sources.toml`` has for it is wrong.
        """
        places = self._places(name)
        places["given"] = replace(places["given"], encoding=None)  # that of the file, which has been decoded
        known: dict[str, Any] = {"name": "", "is_record": True, "told": told, "stream": from_bytes(data)}
        return replace(self, **places, **known, **facts)

    @property
    def columns(self) -> Columns:
        """What ``sources.toml`` or the caller says that the columns of a table hold."""
        return self.given.columns or self.fallback.columns

    def _places(self, name: str) -> dict[str, Any]:
        inside = f"{self.inside}!{name}"
        return {
            "where": f"{self.where}!{name}",
            "path": f"{self.path or 'stdin'}!{name}",
            "inside": inside,
            "given": self.given_to(inside),
        }

    def _deeper(self) -> Item:
        limit = self.budget.limits.nesting
        if self.depth >= limit:
            raise ReadError(
                f"lies in more than {limit} layers of archives and compression",
                where=self.where,
                remedy="Unpack it, or allow more with --limit nesting=NUMBER",
            )
        return replace(self, depth=self.depth + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article: its text as it is stored, and the bytes that it came from.

    ``page`` are metadata that an HTML page states about itself; ``is_converted`` tells that the text was made from
    markup, so that it has no front matter.
    """

    item: Item
    text: str
    data: bytes
    page: Metadata = NOTHING
    is_converted: bool = False


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Records of an item that are no articles, by a short reason ("status 404"); told once a source."""

    where: str
    reason: str


class NoArticleError(ReadError):
    """A page or text holds no sentence of an article."""


class Reader(Protocol):
    """Reads one kind of bytes."""

    def fits(self, item: Item, head: bytes) -> bool:
        """Tell from the beginning of the bytes (at most 64 KiB), and where those are in doubt from the name."""
        ...

    def read(self, item: Item) -> Iterator[Item | Article | PassedOver | Failure]:
        """Yield the articles of an item, and the items in it, which are then read in their turn.

        Raises:
            ReadError: Nothing more of the item can be read.
        """
        ...


def _without_compression(name: str) -> str:
    path = PurePosixPath(name)
    return f"{path.stem}.tar" if path.suffix.lower() == ".tgz" else path.stem
