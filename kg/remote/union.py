"""Find out how an endpoint is asked about all of its named graphs at once, and under which base its graph stands."""

from __future__ import annotations

from collections.abc import Mapping

from kg.errors import RemoteError
from kg.iris import DEFAULT_BASE, KG, PREFIXES, Iris
from kg.remote.client import Client
from kg.remote.profiles import Profile

__all__ = ["find_base", "union_parameters"]

# What every ontology of ours says, whatever lexicon it was made from, and nothing else says
_DECLARATION = f"<{KG}Act> <{PREFIXES['rdfs']}subClassOf> ?class"
_ONTOLOGIES = f"SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ {_DECLARATION} }} }} LIMIT 100"
_DEFAULT_HAS_ONTOLOGY = f"SELECT ?class WHERE {{ {_DECLARATION} }} LIMIT 1"
_END = Iris("").ontology_graph


def find_base(client: Client, base: str | None) -> str:
    """Return the base of the IRIs of the graph that stands behind an endpoint.

    Args:
        client: Reaches the endpoint.
        base: What the caller knows; it is then not asked for.

    Raises:
        RemoteError: There is no graph of kg, or there are several.
    """
    if base is not None:
        return base
    found = sorted({row["g"].value for row in client.select(_ONTOLOGIES)})
    bases = [name.removesuffix(_END) for name in found if name.endswith(_END)]
    if len(bases) > 1:
        raise RemoteError(
            f"the endpoint holds {len(bases)} graphs of kg, under {', '.join(bases)}",
            where=client.url,
            remedy="Name the one you mean with --base",
        )
    if not bases and not any(True for _ in client.select(_DEFAULT_HAS_ONTOLOGY)):
        raise RemoteError(
            "the endpoint holds no graph of kg: nothing in it is the ontology",
            where=client.url,
            remedy="Put one there with kg push, or name its base with --base",
        )
    return bases[0] if bases else DEFAULT_BASE


def union_parameters(client: Client, base: str, profile: Profile | None) -> Mapping[str, str]:
    """Return the protocol parameters with which a query's default graph is the union of all graphs.

    The endpoint is asked first whether it is anyway; else what its product offers is tried, and asked for again.

    Args:
        client: Reaches the endpoint.
        base: Of the graph's IRIs.
        profile: The product, where it is known.

    Raises:
        RemoteError: The default graph is not the union, and the product has no way to ask for it.
    """
    if _is_union(client, base, {}):
        return {}
    if profile and profile.union and _is_union(client, base, profile.union):
        return profile.union
    tried = f", not even with {'&'.join(profile.union)} in the request" if profile and profile.union else ""
    raise RemoteError(
        f"a query without GRAPH does not see the named graphs here{tried}; kg's queries mean the union of all graphs",
        where=client.url,
        remedy="Set up the store so that its default graph is the union of the named ones, or name the right --profile",
    )


def _is_union(client: Client, base: str, parameters: Mapping[str, str]) -> bool:
    """Tell whether what stands in our graphs is seen without naming them."""
    iris = Iris(base)
    present = [graph for graph in (iris.ontology_graph, iris.world_graph) if _some(client, _in_graph(graph), {})]
    if not present:  # everything was loaded into the default graph
        return _some(client, _DEFAULT_HAS_ONTOLOGY, parameters)
    return all(_some(client, _without_graph(client, graph), parameters) for graph in present)


def _in_graph(graph: str) -> str:
    return f"SELECT ?node ?type WHERE {{ GRAPH <{graph}> {{ ?node a ?type }} }} LIMIT 1"


def _without_graph(client: Client, graph: str) -> str:
    """Return a question for one of a graph's triples that does not name the graph."""
    row = next(iter(client.select(_in_graph(graph))))
    return f"SELECT ?type WHERE {{ VALUES ?type {{ {row['type']} }} {row['node']} a ?type }} LIMIT 1"


def _some(client: Client, text: str, parameters: Mapping[str, str]) -> bool:
    found = client.rows(text, parameters)
    return found if isinstance(found, bool) else any(True for _ in found)
