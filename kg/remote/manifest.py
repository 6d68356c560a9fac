"""What a workspace has put into a remote store, written down there, in a graph of its own.

    <…/graph/manifest>       dcterms:creator     "the workspace's identifier" ;
                             dcterms:hasPart     <…/document/0123456789abcdef> , … .
    <…/document/01234…>      dcterms:identifier  "sha256-sum:…" .

A graph without a digest is one that was begun: whether it is whole, nobody knows, so the next push sends it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from kg.iris import PREFIXES

__all__ = ["Manifest", "digest_lines"]

_CREATOR = NamedNode(PREFIXES["dcterms"] + "creator")
_HAS_PART = NamedNode(PREFIXES["dcterms"] + "hasPart")
_IDENTIFIER = NamedNode(PREFIXES["dcterms"] + "identifier")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A manifest.

    ``workspace`` identifies the workspace that wrote it; ``digests`` has every graph that it may have written, with an
    empty text where that was begun and not finished.
    """

    workspace: str
    digests: Mapping[str, str]

    def lines(self, name: str) -> bytes:
        """Return the manifest as N-Triples, sorted; ``name`` is its graph's."""
        node = NamedNode(name)
        triples = [Triple(node, _CREATOR, Literal(self.workspace))]
        triples += (Triple(node, _HAS_PART, NamedNode(graph)) for graph in sorted(self.digests))
        return (serialize(triples, format=RdfFormat.N_TRIPLES) or b"") + digest_lines(self.digests)


def digest_lines(digests: Mapping[str, str]) -> bytes:
    """Return the N-Triples that say which graphs are whole, and with what content."""
    whole: Iterable[tuple[str, str]] = ((graph, digest) for graph, digest in sorted(digests.items()) if digest)
    triples = [Triple(NamedNode(graph), _IDENTIFIER, Literal(digest)) for graph, digest in whole]
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""
