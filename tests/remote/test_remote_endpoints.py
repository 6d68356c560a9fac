"""Where stores are, who asks, and how an endpoint is asked about all of its graphs."""

from __future__ import annotations

import io
from pathlib import Path

import httpx
import pytest
import triple_stores
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, Store, serialize
from scripted import ROWS, Reply, Request, ScriptedServer
from triple_stores import TripleStore

import kg
from kg.errors import QueryError, RemoteError
from kg.query import run
from kg.remote.credentials import credentials
from kg.remote.profiles import PROFILES, address, template_address
from kg.remote.store import RemoteStore

UNION = "urn:x-arq:UnionGraph"


@pytest.mark.parametrize(
    ("url", "profile", "login", "query", "graph"),
    [
        ("http://h:7878/", "oxigraph", False, "http://h:7878/query", "http://h:7878/store?graph=urn%3Ag%23a%26b"),
        ("https://h/x/query", "oxigraph", True, "https://h/x/query", "https://h/x/store?graph=urn%3Ag%23a%26b"),
        ("http://h/sparql", "virtuoso", False, "http://h/sparql", "http://h/sparql-graph-crud-auth?graph-uri=urn%3Ag%23a%26b"),
        ("http://h", "virtuoso", True, "http://h/sparql-auth", "http://h/sparql-graph-crud-auth?graph-uri=urn%3Ag%23a%26b"),
        ("http://h:3030/ds", "fuseki", False, "http://h:3030/ds/query", "http://h:3030/ds/data?graph=urn%3Ag%23a%26b"),
    ],
)  # fmt: skip
def test_paths_of_the_products(url: str, profile: str, login: bool, query: str, graph: str) -> None:
    found = address(url, PROFILES[profile], login=login)
    assert (found.query, found.graph("urn:g#a&b")) == (query, graph)


def test_paths_of_another_store_come_from_a_template() -> None:
    found = template_address("http://h/repositories/n", "http://h/repositories/n/rdf-graphs/service?graph={graph}")
    assert found.graph("urn:g?h") == "http://h/repositories/n/rdf-graphs/service?graph=urn%3Ag%3Fh"
    assert found.title == "a store of unknown make"
    for template in ("http://h/store", "http://h/{graph}/{graph}"):
        with pytest.raises(RemoteError, match=r"must hold \{graph\} once"):
            template_address("http://h/q", template)
    with pytest.raises(RemoteError, match="only known for queries"):
        address("http://h/q", None).graph("urn:g")


@pytest.mark.parametrize(
    "url", ["localhost:7878", "ftp://h", "http://", "http://h:x/", "http://[", "file:///etc/passwd"]
)
def test_what_is_no_url_is_refused(url: str) -> None:
    with pytest.raises(RemoteError, match=r"is no URL of a server\. Write for example http://localhost:7878"):
        address(url, None)


def test_a_password_in_a_url_is_refused_and_not_repeated() -> None:
    with pytest.raises(RemoteError, match="the URL of h holds a login") as caught:
        address("http://me:secret@h/", PROFILES["oxigraph"])
    assert "secret" not in str(caught.value)


def signature(auth: httpx.Auth | None) -> str:
    request = httpx.Request("GET", "http://h/")
    return next(auth.sync_auth_flow(request)).headers.get("authorization", "") if auth else ""


def test_secrets_come_from_the_environment_and_go_nowhere_unasked() -> None:
    environment = {"KG_STORE_USER": "ann", "KG_STORE_PASSWORD": "pw", "KG_STORE_TOKEN": "t0k"}
    assert credentials(None, None, environment=environment) is None
    assert signature(credentials("basic", None, environment=environment)) == "Basic YW5uOnB3"
    assert signature(credentials(None, "bob", environment=environment)) == "Basic Ym9iOnB3"
    assert signature(credentials("bearer", None, environment=environment)) == "Bearer t0k"
    assert isinstance(credentials(None, "bob", default="digest", environment=environment), httpx.DigestAuth)


@pytest.mark.parametrize(
    ("scheme", "environment", "message"),
    [
        ("basic", {"KG_STORE_USER": "ann"}, "the environment holds no KG_STORE_PASSWORD; a password is needed"),
        ("digest", {"KG_STORE_PASSWORD": "pw"}, "the environment holds no KG_STORE_USER; a user's name is needed"),
        ("bearer", {"KG_STORE_TOKEN": "a\nb"}, "KG_STORE_TOKEN holds a line break"),
        ("ntlm", {}, "there is no authentication named 'ntlm'; known: basic, digest, bearer"),
    ],
)
def test_what_is_missing_to_sign_in_is_named(scheme: str, environment: dict[str, str], message: str) -> None:
    with pytest.raises(RemoteError) as caught:
        credentials(scheme, None, environment=environment)
    assert message in str(caught.value)


def answering(world: Store, *, server: str = "", union: dict[str, str] | None = None, default: bool = False):
    """Return how a SPARQL server answers whose default graph is the union only where a request has these parameters."""

    def answer(request: Request) -> Reply:
        headers = {"Server": server} if server else {}
        if request.method == "HEAD":
            return Reply(headers=headers)
        parameters = request.parameters
        is_union = default or (union is not None and union.items() <= parameters.items())
        found = world.query(parameters["query"], use_default_graph_as_union=is_union)
        out = io.BytesIO()
        if isinstance(found, QuerySolutions):
            found.serialize(out, QueryResultsFormat.JSON)
            return Reply(body=out.getvalue(), media_type=ROWS, headers=headers)
        serialize(found, out, RdfFormat.N_TRIPLES)
        return Reply(body=out.getvalue(), media_type="application/n-triples", headers=headers)

    return answer


def test_an_endpoint_whose_default_graph_is_the_union_is_asked_plainly(world: Store) -> None:
    with ScriptedServer(answering(world, default=True)) as server, kg.open_endpoint(f"{server.url}/sparql") as graph:
        assert graph.query("timeline").rows == run(world, kg.query.load_query("timeline")).rows
        assert {frozenset(r.parameters) for r in server.requests if r.method == "POST"} == {frozenset({"query"})}


def test_fuseki_is_asked_for_its_union_graph(world: Store) -> None:
    """Fuseki was not to be had: this answers as Jena's documentation says that it does."""
    script = answering(world, server="Apache Jena Fuseki (5.1.0)", union={"default-graph-uri": UNION})
    with ScriptedServer(script) as server, kg.open_endpoint(f"{server.url}/ds") as graph:
        assert graph.query("timeline").rows == run(world, kg.query.load_query("timeline")).rows
        assert server.requests[-1].path == "/ds/query"
        assert server.requests[-1].parameters["default-graph-uri"] == UNION


def test_an_endpoint_that_does_not_see_all_graphs_is_not_asked(world: Store) -> None:
    with (
        ScriptedServer(answering(world)) as server,
        pytest.raises(RemoteError, match="a query without GRAPH does not see the named graphs here; kg's queries mean"),
    ):
        kg.open_endpoint(f"{server.url}/sparql")
    with (
        ScriptedServer(answering(world, server="Apache Jena Fuseki (5.1.0)")) as server,
        pytest.raises(RemoteError, match="here, not even with default-graph-uri in the request; kg's"),
    ):
        kg.open_endpoint(f"{server.url}/ds")


def test_a_part_of_the_graphs_in_the_default_graph_is_not_the_union(world: Store) -> None:
    mixed = Store()
    mixed.extend(world)
    ontology = kg.iris.Iris().ontology_graph
    mixed.extend(
        type(quad)(quad.subject, quad.predicate, quad.object)
        for quad in world
        if getattr(quad.graph_name, "value", "") == ontology
    )
    with ScriptedServer(answering(mixed)) as server, pytest.raises(RemoteError, match="does not see the named graphs"):
        kg.open_endpoint(f"{server.url}/sparql")


def test_oxigraph_is_asked_for_the_union_only_where_it_is_not_the_default(world: Store, tmp_path: Path) -> None:
    for options, union in (((), {"union-default-graph": ""}), (("--union-default-graph",), {})):
        folder = tmp_path / str(len(options))
        folder.mkdir()
        with triple_stores.oxigraph(folder, *options) as server:
            server.load(world)
            with kg.open_endpoint(server.url) as graph:
                assert graph.endpoint.union == union
                assert len(graph.query("timeline")) == 12


def test_the_base_is_found_or_asked_for(oxigraph_server: TripleStore, world: Store) -> None:
    oxigraph_server.clear()
    with pytest.raises(RemoteError, match=r"holds no graph of kg: nothing in it is the ontology\. Put one there with"):
        kg.open_endpoint(oxigraph_server.url)
    oxigraph_server.load(world)
    other = "https://w3id.org/kg-news/test/"
    declared = "<https://w3id.org/kg-news/ns#Act> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <urn:test:e> ."
    with kg.open_endpoint(oxigraph_server.url) as graph:
        assert graph.base == kg.iris.DEFAULT_BASE
    oxigraph_server.put(f"{other}graph/ontology", declared + " <urn:test:a> a <urn:test:b> .")
    with pytest.raises(
        RemoteError, match=rf"holds 2 graphs of kg, under {kg.iris.DEFAULT_BASE}, {other}. Name the one"
    ):
        kg.open_endpoint(oxigraph_server.url)
    with kg.open_endpoint(oxigraph_server.url, base=other) as graph:
        assert graph.query("SELECT DISTINCT ?x WHERE { ?x a <urn:test:b> }").rows == (("urn:test:a",),)


def test_everything_in_the_default_graph_is_fine_too(world: Store) -> None:
    flat = Store()
    flat.extend(type(quad)(quad.subject, quad.predicate, quad.object) for quad in world)
    with ScriptedServer(answering(flat)) as server, kg.open_endpoint(f"{server.url}/sparql") as graph:
        assert graph.query("timeline").rows == run(world, kg.query.load_query("timeline")).rows


def test_wrong_queries_never_leave_the_machine(server: TripleStore, world: Store) -> None:
    server.load(world)
    with kg.open_endpoint(server.address.query) as graph:
        for text, message in (
            ("SELECT ?x {\n ?x schem:name ?y }", "query line 2, column 15: the prefix 'schem' is not declared"),
            ("SELECT ?x { ?x kg:agent ", "this is not SPARQL at"),
            ("DELETE WHERE { ?s ?p ?o }", "queries read; updates are refused"),
            ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "queries read; updates are refused"),
        ):
            with pytest.raises(QueryError) as caught:
                graph.query(text)
            assert message in str(caught.value)
        with pytest.raises(QueryError, match=r"timeline, parameter entity: no entity is named 'Nroway' \(did you mean"):
            graph.query("timeline", entity="Nroway")
        assert graph.query("ASK { ent:Norway kg:lendsTo ent:Kenya }").boolean is True
        assert graph.query("ASK { ent:Kenya kg:lendsTo ent:Norway }").boolean is False
        attack = '") } ; DROP ALL #'
        assert len(graph.query("agreements", topic=attack)) == 0
    assert sum(server.graphs().values()) == len(world)


@pytest.mark.virtuoso
def test_an_answer_that_virtuoso_cuts_is_refused(world: Store, tmp_path: Path) -> None:
    with triple_stores.virtuoso(tmp_path, most_rows=20) as server:
        server.load(world)
        with kg.open_endpoint(server.url) as graph:
            assert len(graph.query("who-met-whom")) == 2
            with pytest.raises(RemoteError, match="gives at most 20 rows, and the answer has as many"):
                graph.query("entity-profile")


def test_a_store_is_recognised_or_named(server: TripleStore) -> None:
    store = RemoteStore.open(server.url)
    assert store.address.profile is PROFILES[server.name]
    store.close()
    with (
        ScriptedServer(lambda _: Reply(headers={"Server": "nginx"})) as other,
        pytest.raises(RemoteError, match=r"does not say that it is a store which kg knows\. Name it with --profile"),
    ):
        RemoteStore.open(other.url)
    with pytest.raises(RemoteError, match="there is no profile named 'graphdb'; known: oxigraph, virtuoso, fuseki"):
        RemoteStore.open(server.url, profile="graphdb")
