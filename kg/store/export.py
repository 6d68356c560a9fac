"""Write a graph to a file: Turtle, TriG, N-Quads, JSON-LD or GraphML, by the file's ending."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Literal, cast

import pyoxigraph as ox

from kg.errors import StoreError
from kg.iris import PREFIXES, Iris

__all__ = ["FORMATS", "Quotes", "export", "exported_quads", "is_withheld"]

FORMATS: Mapping[str, ox.RdfFormat | None] = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".graphml": None,
}
"""File endings with their formats; GraphML holds the network of direct triples only."""

Quotes = Literal["full", "short", "none"]
"""How much of the articles' words goes into a file: all, quotes of at most 60 characters, or none."""

# Names, triggers and most phrases are shorter; sentences, whose republication needs a right, are longer.
_SHORT = 60
_PREFIXED = (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG)
_ANCHOR = ox.NamedNode(PREFIXES["nif"] + "anchorOf")
_TYPE = PREFIXES["rdf"] + "type"


def export(store: ox.Store, path: Path, *, iris: Iris, prefixes: Mapping[str, str], quotes: Quotes = "full") -> int:
    """Write a graph to a file, in one step, the same for every order in which it was built.

    Turtle, which has no named graphs, holds the union of all graphs but the quarantines.

    Args:
        store: The graph.
        path: Its ending chooses the format.
        iris: Gives the base.
        prefixes: Declared in formats that have them.
        quotes: Sentences of whole archives are republication: ``short`` leaves out long quotes, ``none`` all.

    Returns:
        The number of triples or quads, of GraphML that of edges.

    Raises:
        StoreError: The ending is unknown, or the file cannot be written.
    """
    if path.suffix not in FORMATS:
        known = ", ".join(FORMATS)
        raise StoreError(
            f"the ending {path.suffix!r} is no export format",
            where=str(path),
            remedy=f"Use {known}, or .csv or .parquet for the events",
        )
    form = FORMATS[path.suffix]
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            if form is None:
                count = _write_network(store, file, iris)
            else:
                quads = exported_quads(store, iris, quotes, quarantine=form.supports_datasets)
                count = _write_rdf(quads, file, form, prefixes)
        os.replace(part, path)  # noqa: PTH105 (atomic)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StoreError(f"cannot be written: {error.strerror or error}", where=str(path)) from error
    return count


def _write_network(store: ox.Store, file: IO[bytes], iris: Iris) -> int:
    # Loaded here, since who writes RDF does not need it.
    from kg.store.graphml import write_graphml
    from kg.store.network import network

    graph = network(store, iris)
    write_graphml(graph, file, base=iris.base)
    return graph.number_of_edges()


def _write_rdf(quads: Iterable[ox.Quad], file: IO[bytes], form: ox.RdfFormat, prefixes: Mapping[str, str]) -> int:
    ordered = sorted(quads, key=_order if form.supports_datasets else _triple_order)
    items: list[ox.Quad] | list[ox.Triple] = ordered
    if not form.supports_datasets:
        items = list(dict.fromkeys(quad.triple for quad in ordered))
    if form not in _PREFIXED:
        ox.serialize(items, file, form)
        return len(items)
    target = _SortedPrefixes(file)
    ox.serialize(items, cast("IO[bytes]", target), form, prefixes=dict(prefixes))
    target.finish()
    return len(items)


class _SortedPrefixes(io.RawIOBase):
    """Passes Turtle and TriG on with sorted prefixes: Oxigraph declares them in an order that changes each time."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self._head: bytes | None = b""

    def writable(self) -> bool:
        """Tell that it can be written to."""
        return True

    def write(self, data: Any, /) -> int:
        """Hold the prefix lines back until the first other line, then pass all on."""
        chunk = bytes(data)
        if self._head is None:
            self.file.write(chunk)
        else:
            self._head += chunk
            self._sort_head(self._head)
        return len(chunk)

    def _sort_head(self, head: bytes) -> None:
        lines = head.split(b"\n")
        count = next((i for i, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
        if count < len(lines) - 1:
            self.file.write(b"\n".join((*sorted(lines[:count]), b"", *lines[count:])))
            self._head = None

    def finish(self) -> None:
        """Pass on what is left of a file that holds nothing but prefixes."""
        if self._head is not None:
            self.file.write(b"".join(sorted(self._head.splitlines(keepends=True))))
            self._head = None


def exported_quads(store: ox.Store, iris: Iris, quotes: Quotes, *, quarantine: bool) -> Iterator[ox.Quad]:
    """Yield the quads that leave, in no order, with or without the quarantines."""
    prefix = iris.quarantine_graph("")
    for quad in store:
        if is_withheld(quad, quotes):
            continue
        if quarantine or not getattr(quad.graph_name, "value", "").startswith(prefix):
            yield quad


def is_withheld(quad: ox.Quad, quotes: Quotes) -> bool:
    """Tell whether a quad gives a quote that is not to leave."""
    if quotes == "full" or quad.predicate != _ANCHOR or not isinstance(quad.object, ox.Literal):
        return False
    return quotes == "none" or len(quad.object.value) > _SHORT


def _order(quad: ox.Quad) -> tuple[str, ...]:
    return str(quad.graph_name), *_triple_order(quad)


def _triple_order(quad: ox.Quad) -> tuple[str, ...]:
    """Sort key: subject, its types first, predicate, object."""
    predicate = quad.predicate.value
    return str(quad.subject), "" if predicate == _TYPE else predicate, str(quad.object)
