"""Write a network as GraphML that keeps to its schema, so that Gephi, Cytoscape, igraph and strict readers open it."""

from __future__ import annotations

import re
from typing import IO, Any

import networkx as nx
from networkx.readwrite.graphml import GraphMLWriter

from kg.iris import expand

__all__ = ["write_graphml"]

# What XML's NMTOKEN, the type of identifiers, does not allow, and what would look like our escape.
_NOT_ALLOWED = re.compile(
    "[^-.:0-9A-Z_a-z\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u037d\u037f-\u1fff\u200c\u200d\u203f\u2040"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff]|_x(?=[0-9A-F]+_)"
)


class _Writer(GraphMLWriter):
    """networkx writes Python's True and False, where the type boolean has true and false."""

    def add_data(self, name: str, element_type: type, value: Any, *args: Any, **options: Any) -> Any:
        """Return the element of one attribute."""
        written = str(value).lower() if element_type is bool else value
        return super().add_data(name, element_type, written, *args, **options)


def write_graphml(network: nx.MultiDiGraph[str], file: IO[bytes], *, base: str) -> None:
    """Write a network; every attribute's type is declared.

    A node's identifier is its CURIE with the characters that XML does not allow there as ``_x27_``; its ``iri`` stands
    beside it. ``weight``, which programs take as the strength of a line, is the number of independent sources.

    Args:
        network: As :func:`kg.store.network.network` gives it; stays as it is.
        file: Open for writing.
        base: The base of the graph's IRIs.
    """
    names = {name: _NOT_ALLOWED.sub(_escaped, name) for name in network}
    written: nx.MultiDiGraph[str] = nx.relabel_nodes(network, names)
    nx.set_node_attributes(written, {names[name]: expand(name, base) for name in network}, "iri")
    for *_, edge in written.edges(data=True):
        edge["weight"] = float(edge["sources"])
    writer = _Writer(encoding="utf-8", prettyprint=True)
    writer.add_graph_element(written)
    writer.dump(file)


def _escaped(match: re.Match[str]) -> str:
    return "_x5F_x" if match[0] == "_x" else f"_x{ord(match[0]):X}_"
