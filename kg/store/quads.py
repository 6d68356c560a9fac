"""Open, fill and ask Oxigraph stores."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, Any, cast

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.iris import Iris, prefixes
from kg.store.checksums import DAMAGED

__all__ = ["add_lines", "create", "is_damage", "open_read_only", "select", "sorted_lines"]

# Lines a load: 50,000 lines are about 10 MB of N-Quads
_CHUNK = 50_000
# A bulk load makes files of its own, of which few lines are not worth ten
_BULK = 5_000
_AT_ONCE = 1_000


def is_damage(error: Exception) -> bool:
    """Tell whether Oxigraph says that files are damaged or missing, which it does by RuntimeError."""
    return isinstance(error, RuntimeError) and str(error).startswith(("Corruption", "IO error"))


@contextmanager
def create(path: Path) -> Iterator[ox.Store]:
    """Open a store for writing, new or there already; flush it at the end.

    Raises:
        OSError: The folder cannot be written, or is held by another process.
    """
    store = ox.Store(str(path))
    try:
        yield store
        store.flush()
    finally:
        # it closes when nobody holds it any more
        del store


def open_read_only(path: Path) -> ox.Store:
    """Open a store that is no longer written to.

    Raises:
        StoreError: There is no store, or it is damaged.
    """
    try:
        return ox.Store.read_only(str(path))
    except (OSError, RuntimeError) as error:
        raise StoreError(
            f"the store is missing or damaged: {error}",
            where=str(path),
            remedy=DAMAGED,
        ) from error


def add_lines(store: ox.Store, lines: Iterable[str]) -> int:
    """Load N-Quads lines in chunks of bounded size and return how many there were; a quad given twice is kept once."""
    waiting = iter(lines)
    total = 0
    while chunk := list(islice(waiting, _CHUNK)):
        load = store.bulk_load if len(chunk) >= _BULK else store.load
        load(input=cast("IO[bytes]", _Stream(chunk)), format=ox.RdfFormat.N_QUADS)
        total += len(chunk)
    return total


class _Stream(io.RawIOBase):
    """Lines as bytes, a few at a time: as one string they would be in memory three times."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Put the next bytes into a buffer and return how many there are, 0 at the end."""
        if not self._rest:
            some = list(islice(self._lines, _AT_ONCE))
            self._rest = memoryview("".join(f"{line}\n" for line in some).encode("utf-8"))
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def select(
    store: ox.Store,
    query: str,
    bindings: Mapping[str, ox.NamedNode | ox.Literal] | None = None,
    *,
    iris: Iris | None = None,
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Ask a SPARQL query of the union of all graphs; the vocabulary's prefixes need not be declared.

    Args:
        store: Any Oxigraph store.
        query: SELECT, ASK, CONSTRUCT or DESCRIBE.
        bindings: Values of variables, put in place as terms, never as text.
        iris: Gives the base of the data's prefixes.

    Raises:
        QueryError: The query is not valid SPARQL.
    """
    given: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]
    given = {ox.Variable(name): value for name, value in (bindings or {}).items()}
    known = prefixes((iris or Iris()).base)
    try:
        return store.query(query, use_default_graph_as_union=True, prefixes=known, substitutions=given or None)
    except (SyntaxError, ValueError) as error:
        raise QueryError(f"not valid SPARQL: {error}", remedy="Nothing was run") from error


def sorted_lines(store: ox.Store, *, without: Iterable[str] = ()) -> list[str]:
    """Return every quad as an N-Quads line, sorted, but for the graphs named in ``without``; for comparing graphs."""
    left_out = set(without)
    chosen = (quad for quad in store if getattr(quad.graph_name, "value", "") not in left_out)
    buffer = io.BytesIO()
    ox.serialize(chosen, buffer, ox.RdfFormat.N_QUADS)
    return sorted(buffer.getvalue().decode().removesuffix("\n").split("\n")) if buffer.tell() else []
