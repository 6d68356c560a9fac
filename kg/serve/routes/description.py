"""What the endpoint can do, in its own terms (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from kg.iris import PREFIXES
from kg.serve.http.media import GRAPHS, ROWS
from kg.serve.http.negotiation import choose
from kg.serve.http.problems import Problem

__all__ = ["service_description"]

_SD = "http://www.w3.org/ns/sparql-service-description#"


def service_description(request: Request) -> Response:
    """Return the description, as Turtle unless the client likes another format better.

    Raises:
        Problem: It takes no RDF (406).
    """
    media_type = choose(request.headers.get("accept", ""), tuple(GRAPHS))
    if media_type is None:
        raise Problem(406, f"the service description is on offer as {', '.join(GRAPHS)}")
    prefixes = {"sd": _SD}
    triples = list(_triples(str(request.url.replace(query="", fragment=""))))
    data = ox.serialize(triples, format=GRAPHS[media_type], prefixes=prefixes)
    return Response(data, media_type=media_type, headers={"Vary": "Accept"})


def _triples(endpoint: str) -> Iterator[ox.Triple]:
    service, dataset, graph = (ox.NamedNode(endpoint + end) for end in ("", "#dataset", "#union"))
    kind = ox.NamedNode(f"{PREFIXES['rdf']}type")
    yield ox.Triple(service, kind, _sd("Service"))
    yield ox.Triple(service, _sd("endpoint"), service)
    yield ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    yield ox.Triple(service, _sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, kind, _sd("Dataset"))
    yield ox.Triple(dataset, _sd("defaultGraph"), graph)
    yield ox.Triple(graph, kind, _sd("Graph"))
    for iri in sorted({f.iri for f in ROWS.values()} | {f.iri for f in GRAPHS.values()}):
        yield ox.Triple(service, _sd("resultFormat"), ox.NamedNode(iri))


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)
