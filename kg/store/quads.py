"""Open, fill and ask Oxigraph stores."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import SpooledTemporaryFile

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.iris import Iris, prefixes
from kg.store.checksums import DAMAGED

__all__ = ["LINES_AT_ONCE", "Loader", "add_lines", "create", "is_damage", "open_read_only", "select", "sorted_lines"]

# Lines a load: about 200 parsed articles, 40 MB of N-Quads
LINES_AT_ONCE = 200_000
# A bulk load makes files of its own, of which few lines are not worth ten
_BULK = 5_000
# Lines written at once, and bytes that wait in memory rather than in a file
_AT_ONCE = 1_000
_IN_MEMORY = 1_000_000


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


def add_lines(
    store: ox.Store, lines: Iterable[str], *, folder: Path | None = None, at_once: int = LINES_AT_ONCE
) -> int:
    """Load N-Quads lines and return how many there were; a quad given twice is kept once.

    Args:
        store: Open for writing.
        lines: Taken lazily.
        folder: As for :class:`Loader`.
        at_once: As for :class:`Loader`.
    """
    with Loader(store, folder, at_once) as loader:
        loader.add(lines)
    return loader.count


class Loader:
    """Loads N-Quads lines into a store, many at once; few wait in memory, more in a file without a name.

    Each bulk load makes files that the store merges with all it has, again and again: with four times the lines
    a load, a build of 10,000 documents took two thirds of the time (benchmarks/growth.py). A load takes 0.85 kB a line.

    Args:
        store: Open for writing.
        folder: Where the file lies, on the disk that has room for the store; by default that of temporary files.
        at_once: Lines a load; the first is a quarter of it.
    """

    def __init__(self, store: ox.Store, folder: Path | None = None, at_once: int = LINES_AT_ONCE) -> None:
        self.count = 0
        """Lines given so far."""
        self._store = store
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY, dir=str(folder) if folder else None)  # noqa: SIM115, closed at the end
        self._at_once = at_once
        # early, so that a small build loads while its other processes are still at work
        self._limit = at_once // 4
        self._waiting = 0
        self._keys: set[str] = set()

    def add(self, lines: Iterable[str], key: str | None = None) -> None:
        """Load lines, now or later; while some of them may wait, :meth:`holds` tells so of their key."""
        left = iter(lines)
        while chunk := list(islice(left, min(_AT_ONCE, self._limit - self._waiting))):
            self._keys.update((key,) if key else ())
            self._file.write("".join(f"{line}\n" for line in chunk).encode("utf-8"))
            self._waiting += len(chunk)
            self.count += len(chunk)
            if self._waiting == self._limit:
                self.flush()

    def flush(self) -> None:
        """Load what waits."""
        if not self._waiting:
            return
        load = self._store.bulk_load if self._waiting >= _BULK else self._store.load
        self._file.seek(0)
        load(input=self._file, format=ox.RdfFormat.N_QUADS)
        self._file.seek(0)
        self._file.truncate()
        self._waiting, self._limit = 0, self._at_once
        self._keys.clear()

    def holds(self, key: str) -> bool:
        """Tell whether lines of a key still wait."""
        return key in self._keys

    def __enter__(self) -> Loader:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Load what waits, unless something failed."""
        try:
            if kind is None:
                self.flush()
        finally:
            self._file.close()


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
