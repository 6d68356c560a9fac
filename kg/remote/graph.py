"""The Python API for a graph in somebody else's store: open an endpoint, ask it."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TypeVar

from pyoxigraph import Literal, NamedNode, Triple

from kg.iris import PREFIXES
from kg.query import NamedQuery, Result, Term, Value, read_query, run
from kg.remote.client import Client
from kg.remote.connection import Connection
from kg.remote.credentials import credentials
from kg.remote.endpoint import Endpoint
from kg.remote.profiles import address, profile_named
from kg.remote.recognise import recognised
from kg.remote.union import find_base, union_parameters

__all__ = ["RemoteGraph", "open_endpoint"]

_BOOLEAN = NamedNode(PREFIXES["xsd"] + "boolean")
_TRUTHS = {"1": Literal("true", datatype=_BOOLEAN), "0": Literal("false", datatype=_BOOLEAN)}
_T = TypeVar("_T", bound=Term | None)


def open_endpoint(
    url: str,
    *,
    profile: str | None = None,
    base: str | None = None,
    auth: str | None = None,
    user: str | None = None,
    timeout: float = 60.0,
) -> RemoteGraph:
    """Open the graph behind a SPARQL endpoint.

    Args:
        url: Of the endpoint, or of the server where its product is known.
        profile: The product (``oxigraph``, ``virtuoso``, ``fuseki``); else the server is asked what it is.
        base: The base of the graph's IRIs; else the endpoint is asked.
        auth: ``basic``, ``digest`` or ``bearer``; the secret comes from the environment, see
            :mod:`kg.remote.credentials`.
        user: Who asks.
        timeout: Seconds in which a query must be answered.

    Raises:
        RemoteError: The endpoint cannot be reached, holds no graph of kg, or cannot be asked about all of its graphs.
    """
    product = profile_named(profile) if profile else recognised(url, timeout=timeout)
    signer = credentials(auth, user, default=product.auth if product else "basic")
    connection = Connection(auth=signer, timeout=timeout)
    try:
        client = Client(connection, address(url, product, login=signer is not None).query)
        found = find_base(client, base)
        return RemoteGraph(Endpoint(client, union_parameters(client, found, product)), found)
    except BaseException:
        connection.close()
        raise


class RemoteGraph:
    """A graph behind a SPARQL endpoint.

    Args:
        endpoint: Answers queries on the union of its graphs.
        base: The base of the graph's IRIs.
    """

    def __init__(self, endpoint: Endpoint, base: str) -> None:
        self.endpoint = endpoint
        self.base = base

    def query(self, query: str | os.PathLike[str] | NamedQuery, **params: Value) -> Result:
        """Answer a named query, a query file or SPARQL text; as :meth:`kg.graph.Graph.query`, and with the same rows.

        Raises:
            QueryError: There is no such query, it is not SPARQL, or a parameter is wrong.
            RemoteError: The endpoint cannot be reached, refuses, or answers what is no whole result.
        """
        named = query if isinstance(query, NamedQuery) else read_query(query)
        return _plain(run(self.endpoint, named, params=params, base=self.base))

    def close(self) -> None:
        """Close the connections."""
        self.endpoint.client.connection.close()

    def __enter__(self) -> RemoteGraph:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<kg.remote.RemoteGraph {self.endpoint.client.url}>"


def _plain(result: Result) -> Result:
    """Return a result with truth values as they were stored: Virtuoso gives "1" for "true"."""
    terms = tuple(tuple(_truth(term) for term in row) for row in result.terms)
    triples = result.triples
    if triples is not None:
        triples = tuple(sorted({Triple(t.subject, t.predicate, _truth(t.object)) for t in triples}, key=str))
    return replace(result, terms=terms, triples=triples)


def _truth(term: _T) -> _T | Literal:
    if isinstance(term, Literal) and term.datatype == _BOOLEAN:
        return _TRUTHS.get(term.value, term)
    return term
