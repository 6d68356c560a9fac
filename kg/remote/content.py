"""What a workspace's named graphs hold: a digest of each to compare by, and N-Triples in pieces to send."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO

import pyoxigraph as ox

from kg.errors import StoreError

__all__ = ["Content", "contents", "pieces"]

_IN_MEMORY = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A graph's digest and the number of its triples."""

    digest: str
    triples: int


def contents(store: ox.Store) -> Mapping[str, Content]:
    """Return what each named graph holds.

    Raises:
        StoreError: Something stands outside of the named graphs.
    """
    if any(True for _ in store.quads_for_pattern(None, None, None, ox.DefaultGraph())):
        raise StoreError(
            "the store holds triples outside of the named graphs, which kg never writes", remedy="Build it anew"
        )
    names = sorted(name.value for name in store.named_graphs() if isinstance(name, ox.NamedNode))
    found = {name: _content(store, name) for name in names}
    return {name: content for name, content in found.items() if content.triples}


def _content(store: ox.Store, name: str) -> Content:
    """Return a graph's digest: the sum of the hashes of its lines, which is the same in every order.

    So a large graph is never sorted. The sum tells graphs apart that differ by chance or work, which is what it is
    for; it is no proof against somebody who makes two graphs on purpose (Bellare and Micciancio 1997, on AdHash).
    """
    total, count = 0, 0
    with _dumped(store, name) as file:
        for line in file:
            total += int.from_bytes(hashlib.sha256(line).digest())
            count += 1
    return Content(digest=f"sha256-sum:{total % (1 << 256):064x}", triples=count)


def pieces(store: ox.Store, name: str, size: int) -> Iterator[bytes]:
    """Yield a graph as N-Triples, cut between lines.

    Args:
        store: Holds it.
        name: The graph's.
        size: Bytes after which a piece ends, with the line in which it would.
    """
    with _dumped(store, name) as file:
        while piece := file.read(size):
            yield piece + file.readline()


@contextmanager
def _dumped(store: ox.Store, name: str) -> Iterator[IO[bytes]]:
    """Give a graph as a file of N-Triples; a large one stands on disk, never in memory."""
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
        store.dump(file, ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(name))
        file.seek(0)
        yield file
