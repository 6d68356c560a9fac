"""What differs between triple stores: paths, the name of the graph parameter, and how to ask about all graphs at once.

Sources: the server of Oxigraph 0.5 (its README), Virtuoso's pages "SPARQL 1.1 Graph Store HTTP Protocol Support" and
"SPARQL Authentication", Apache Jena's pages "Fuseki: SPARQL server" and "TDB Dynamic Datasets". Oxigraph and Virtuoso
were tried, Fuseki was not to be had: its paths and its union graph are as documented.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote, urlsplit

from kg.errors import RemoteError

__all__ = ["PROFILES", "Address", "Profile", "address", "profile_named", "template_address"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One product.

    ``server`` is how its HTTP header ``Server`` begins; paths are appended to the URL of the server, for Fuseki of the
    data set. ``union`` holds the protocol parameters that make the default graph of a query the union of all named
    graphs; it is empty where that cannot be asked for in a request. ``auth`` is the scheme that it uses by default.
    """

    name: str
    title: str
    server: str
    query_path: str
    store_path: str
    query_path_with_login: str | None = None
    graph_parameter: str = "graph"
    union: Mapping[str, str] = field(default_factory=dict)
    auth: str = "basic"


PROFILES: Mapping[str, Profile] = {
    profile.name: profile
    for profile in (
        Profile(
            name="oxigraph",
            title="Oxigraph",
            server="Oxigraph/",
            query_path="/query",
            store_path="/store",
            union={"union-default-graph": ""},
        ),
        Profile(
            name="virtuoso",
            title="Virtuoso",
            server="Virtuoso/",
            query_path="/sparql",
            query_path_with_login="/sparql-auth",
            store_path="/sparql-graph-crud-auth",
            graph_parameter="graph-uri",
            auth="digest",
        ),
        Profile(
            name="fuseki",
            title="Apache Jena Fuseki",
            server="Apache Jena Fuseki",
            query_path="/query",
            store_path="/data",
            union={"default-graph-uri": "urn:x-arq:UnionGraph"},
        ),
    )
}
"""The products that kg knows, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a store is asked and written to.

    ``graphs`` is the URL of a named graph with ``{graph}`` in place of its percent-encoded IRI; None where only queries
    are meant.
    """

    query: str
    graphs: str | None
    profile: Profile | None = None

    def graph(self, iri: str) -> str:
        """Return the URL of a named graph.

        Raises:
            RemoteError: Graphs cannot be addressed here.
        """
        if self.graphs is None:
            raise RemoteError("this endpoint is only known for queries", where=self.query)
        return self.graphs.replace("{graph}", quote(iri, safe=""))

    @property
    def title(self) -> str:
        """The product's name, or that it is not known."""
        return self.profile.title if self.profile else "a store of unknown make"


def profile_named(name: str) -> Profile:
    """Return a profile by its name.

    Raises:
        RemoteError: There is none of that name.
    """
    if name not in PROFILES:
        raise RemoteError(
            f"there is no profile named {name!r}; known: {', '.join(PROFILES)}",
            remedy="For another store name the URL of its graphs with --store-url",
        )
    return PROFILES[name]


def address(url: str, profile: Profile | None, *, login: bool = False) -> Address:
    """Return where a product is asked and written to.

    Args:
        url: Of the server, for Fuseki of the data set; or of its query endpoint.
        profile: The product; None takes the URL for that of a query endpoint.
        login: Whether requests carry credentials, for which Virtuoso has another path.

    Raises:
        RemoteError: It is no http or https URL, or it holds a password.
    """
    root = _checked(url)
    if profile is None:
        return Address(query=root, graphs=None)
    for path in (profile.query_path, profile.query_path_with_login):
        if path and root.endswith(path):
            root = root.removesuffix(path)
            break
    query = profile.query_path_with_login if login and profile.query_path_with_login else profile.query_path
    graphs = f"{root}{profile.store_path}?{profile.graph_parameter}={{graph}}"
    return Address(query=root + query, graphs=graphs, profile=profile)


def template_address(url: str, template: str, profile: Profile | None = None) -> Address:
    """Return where a store of any make is asked and written to.

    Args:
        url: Of its query endpoint.
        template: Of the URLs of its named graphs; ``{graph}`` stands for the percent-encoded IRI.
        profile: Tells how to ask about all graphs, where the product is known.

    Raises:
        RemoteError: A URL is none, or the template has not exactly one place for the graph.
    """
    if template.count("{graph}") != 1:
        raise RemoteError(
            f"--store-url {template!r} must hold {{graph}} once",
            remedy="Write for example --store-url 'http://localhost:7200/repositories/news/rdf-graphs/service"
            "?graph={graph}'",
        )
    _checked(template.replace("{graph}", "urn%3Ag"))
    return replace(Address(query=_checked(url), graphs=template), profile=profile)


def _checked(url: str) -> str:
    """Return a URL without a slash at its end."""
    try:
        parts = urlsplit(url)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        parts, port_is_fine = urlsplit(""), False
    if parts.scheme not in {"http", "https"} or not parts.hostname or not port_is_fine:
        raise RemoteError(f"{url!r} is no URL of a server", remedy="Write for example http://localhost:7878")
    if parts.username is not None or parts.password is not None:
        raise RemoteError(
            f"the URL of {parts.hostname} holds a login, which everybody can see who lists processes",
            remedy="Give --user NAME, and the password in the environment as KG_STORE_PASSWORD",
        )
    return url.rstrip("/")
