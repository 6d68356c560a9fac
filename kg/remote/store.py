"""The named graphs of a remote store, by the SPARQL 1.1 Graph Store HTTP Protocol; the unnamed one is never touched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from kg.errors import RemoteError
from kg.iris import PREFIXES
from kg.remote.client import Client
from kg.remote.connection import Connection, refusal
from kg.remote.credentials import credentials
from kg.remote.manifest import Manifest
from kg.remote.profiles import Address, address, profile_named, template_address
from kg.remote.recognise import required

__all__ = ["RemoteStore"]

_N_TRIPLES = {"Content-Type": "application/n-triples"}
# 8 MB, some 60,000 triples: Oxigraph takes three times as long for the same graph in one piece of ten times the size
_PIECE = 8_000_000
_SMALLEST_PIECE = 50_000
_TOO_LARGE = 413
# Graphs that one query counts (of 100, Virtuoso makes a plan that takes 200 times as long), and entries of a manifest
# that one query reads: below every default limit of rows
_PAGE = 50
_ENTRIES = 2_000
_DC = PREFIXES["dcterms"]
_GO_ON = "What was sent before this stays; the next push goes on from there"


class RemoteStore:
    """A store elsewhere.

    Args:
        connection: Reaches it, with a login where it wants one.
        address: Its URLs.
    """

    def __init__(self, connection: Connection, address: Address) -> None:
        self.connection = connection
        self.address = address
        self.client = Client(connection, address.query)
        self._piece = _PIECE

    @classmethod
    def open(
        cls,
        url: str,
        *,
        profile: str | None = None,
        template: str | None = None,
        auth: str | None = None,
        user: str | None = None,
        timeout: float = 300.0,
    ) -> RemoteStore:
        """Return the store at a URL.

        Args:
            url: Of the server, for Fuseki of the data set; with a template, of the query endpoint.
            profile: The product; else the server is asked what it is, unless there is a template.
            template: Of the URLs of named graphs, with ``{graph}`` for the IRI.
            auth: ``basic``, ``digest`` or ``bearer``.
            user: Who signs in.
            timeout: Seconds in which the server must answer.

        Raises:
            RemoteError: It cannot be reached or recognised, or a URL, name or secret is wrong.
        """
        product = profile_named(profile) if profile else None
        if product is None and template is None:
            product = required(url, timeout=timeout)
        signer = credentials(auth, user, default=product.auth if product else "basic")
        if template is not None:
            place = template_address(url, template, product)
        else:
            place = address(url, product, login=signer is not None)
        return cls(Connection(auth=signer, timeout=timeout), place)

    def replace(self, graph: str, cut: Callable[[int], Iterable[bytes]]) -> None:
        """Put a graph in place of what stands under its name: PUT of the first piece, POST of those after it.

        Args:
            graph: Its IRI.
            cut: Gives the graph as N-Triples in pieces of about so many bytes.

        Raises:
            RemoteError: The store refuses; the graph may then hold a part of what it should.
        """
        while True:
            for number, piece in enumerate(cut(self._piece)):
                status = self._write("PUT" if number == 0 else "POST", graph, piece)
                if status == _TOO_LARGE:
                    break
            else:
                return
            self._piece //= 2  # a proxy before the store has a limit of its own: begin again with smaller pieces

    def add(self, graph: str, lines: bytes) -> None:
        """Add triples to a graph.

        Raises:
            RemoteError: The store refuses.
        """
        self._write("POST", graph, lines)

    def delete(self, graph: str) -> None:
        """Remove a graph, if it is there.

        Raises:
            RemoteError: The store refuses.
        """
        answer = self.connection.send("DELETE", self.address.graph(graph))
        if answer.status not in {200, 202, 204, 404}:
            raise refusal(answer, f"to delete the graph {graph}", signed=self.connection.signed, otherwise=_GO_ON)

    def _write(self, method: str, graph: str, lines: bytes) -> int:
        """Return 413 where a piece is too large and could be smaller, else a status that says yes."""
        answer = self.connection.send(method, self.address.graph(graph), content=lines, headers=_N_TRIPLES)
        if answer.status == _TOO_LARGE and self._piece > _SMALLEST_PIECE:
            return _TOO_LARGE
        if answer.status not in {200, 201, 202, 204}:
            raise refusal(answer, f"to write the graph {graph}", signed=self.connection.signed, otherwise=_GO_ON)
        return answer.status

    def counts(self, graphs: Sequence[str]) -> Mapping[str, int]:
        """Return how many triples each of these graphs holds; those that are not there are left out.

        Raises:
            RemoteError: The store does not answer.
        """
        found: dict[str, int] = {}
        for start in range(0, len(graphs), _PAGE):
            names = " ".join(str(NamedNode(graph)) for graph in graphs[start : start + _PAGE])
            text = f"SELECT ?g (COUNT(*) AS ?n) WHERE {{ VALUES ?g {{ {names} }} GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g"
            rows = self.client.select(text)
            found.update((row["g"].value, int(row["n"].value)) for row in rows if row["g"] and row["n"].value != "0")
        return found

    def manifest(self, name: str) -> Manifest | None:
        """Return the manifest under a name; None where there is none.

        Raises:
            RemoteError: The store does not answer, or what stands there is no manifest.
        """
        graph = NamedNode(name)
        text = f"SELECT ?id WHERE {{ GRAPH {graph} {{ {graph} <{_DC}creator> ?id }} }}"
        owners = [row["id"].value for row in self.client.select(text)]
        if not owners and not self.counts([name]):
            return None
        if len(owners) != 1:
            raise RemoteError(
                f"the graph {name} is no manifest: it names {len(owners)} workspaces",
                where=self.address.query,
                remedy="Delete that graph, then push with --adopt",
            )
        return Manifest(workspace=owners[0], digests=dict(self._entries(graph)))

    def _entries(self, graph: NamedNode) -> Iterator[tuple[str, str]]:
        """Yield graph and digest in order, page by page: a store may cut long answers."""
        last = ""
        while True:
            text = (
                f"SELECT ?part ?digest WHERE {{ GRAPH {graph} {{ {graph} <{_DC}hasPart> ?part ."
                f" OPTIONAL {{ ?part <{_DC}identifier> ?digest }} }} FILTER(STR(?part) > {Literal(last)}) }}"
                f" ORDER BY STR(?part) LIMIT {_ENTRIES}"
            )
            page = [(row["part"].value, getattr(row["digest"], "value", "")) for row in self.client.select(text)]
            yield from page
            if len(page) < _ENTRIES:
                return
            last = page[-1][0]

    def close(self) -> None:
        """Close the connections."""
        self.connection.close()
