"""The SPARQL 1.1 Protocol: how queries come in, how answers go out, what is refused."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from serve_bait import Bait
from serve_client import Client, problem

SELECT = "SELECT ?name { ent:Norway rdfs:label ?name }"
ASK = "ASK { ent:Norway rdfs:label 'Norway' }"
CONSTRUCT = "CONSTRUCT { ?s kg:lendsTo ?o } WHERE { ?s kg:lendsTo ?o }"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
HERALD = "https://w3id.org/kg-news/id/document/herald"
WIRE = "https://w3id.org/kg-news/id/document/wire"
DOCUMENTS = "SELECT DISTINCT ?d { ?d a schema:NewsArticle } ORDER BY ?d"


def get(client: Client, query: str, *, accept: str = "*/*", **more: object):
    return client.get("/sparql", params={"query": query, **more}, headers={"Accept": accept})


def names(response, variable: str = "d") -> list[str]:
    assert response.status_code == 200, response.text
    return [row[variable]["value"].rsplit("/", 1)[-1] for row in response.json()["results"]["bindings"]]


@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_a_query_comes_in_three_ways(client: Client, way: str) -> None:
    if way == "get":
        response = get(client, SELECT)
    elif way == "form":
        response = client.post("/sparql", data={"query": SELECT})
    else:
        response = client.post("/sparql", content=SELECT.encode(), headers={"Content-Type": f"{QUERY}; charset=utf-8"})
    assert response.json()["results"]["bindings"] == [{"name": {"type": "literal", "value": "Norway"}}]
    assert response.headers["content-type"] == "application/sparql-results+json"


def test_rows_come_in_four_formats(client: Client) -> None:
    def rows(accept: str) -> tuple[str, str]:
        response = get(client, SELECT, accept=accept)
        return response.headers["content-type"], response.text

    kind, text = rows("application/sparql-results+xml")
    assert kind == "application/sparql-results+xml"
    assert ElementTree.fromstring(text).find(".//{*}literal").text == "Norway"  # noqa: S314 (ours)
    kind, text = rows("text/csv")
    assert kind == "text/csv; charset=utf-8"
    assert list(csv.reader(io.StringIO(text))) == [["name"], ["Norway"]]
    assert rows("text/tab-separated-values")[1] == '?name\n"Norway"\n'
    assert json.loads(rows("application/json")[1])["head"] == {"vars": ["name"]}


def test_a_truth_value(client: Client) -> None:
    assert get(client, ASK).json()["boolean"] is True
    assert b"<boolean>true</boolean>" in get(client, ASK, accept="application/sparql-results+xml").content


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
@pytest.mark.parametrize("query", [CONSTRUCT, "DESCRIBE ent:Norway"])
def test_graphs_come_in_four_formats(client: Client, accept: str, form: ox.RdfFormat, query: str) -> None:
    response = get(client, query, accept=accept)
    assert response.headers["content-type"].startswith(accept)
    triples = {quad.triple for quad in ox.parse(response.content, format=form)}
    expected = {quad.triple for quad in ox.parse(get(client, query).content, format=ox.RdfFormat.TURTLE)}
    assert triples == expected
    assert triples


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/csv;q=0.4, application/sparql-results+xml;q=0.8", "application/sparql-results+xml"),
        ("application/sparql-results+json;q=0, */*;q=0.1", "application/sparql-results+xml"),
        ("text/*", "text/csv; charset=utf-8"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/sparql-results+json"),
        ("", "application/sparql-results+json"),
    ],
)
def test_the_client_chooses_the_format(client: Client, accept: str, kind: str) -> None:
    response = get(client, SELECT, accept=accept)
    assert response.headers["content-type"] == kind
    assert "Accept" in response.headers["vary"]


@pytest.mark.parametrize(("query", "accept"), [(SELECT, "text/turtle"), (CONSTRUCT, "text/csv"), (ASK, "image/png")])
def test_what_is_not_on_offer_is_named(client: Client, query: str, accept: str) -> None:
    assert "on offer: " in str(problem(get(client, query, accept=accept), 406)["detail"])


def test_the_default_graph_is_the_union(client: Client) -> None:
    assert names(get(client, DOCUMENTS)) == ["courier", "herald", "post", "wire"]


def test_a_dataset_of_the_request(client: Client) -> None:
    assert names(get(client, DOCUMENTS, **{"default-graph-uri": HERALD})) == ["herald"]
    assert names(get(client, DOCUMENTS, **{"default-graph-uri": [HERALD, WIRE]})) == ["herald", "wire"]
    named = "SELECT DISTINCT ?d { GRAPH ?d { ?d a schema:NewsArticle } } ORDER BY ?d"
    assert names(get(client, named, **{"named-graph-uri": WIRE})) == ["wire"]
    assert names(get(client, named, **{"default-graph-uri": HERALD})) == []
    assert names(get(client, DOCUMENTS, **{"named-graph-uri": WIRE})) == []


def test_a_dataset_of_the_query_gives_way_to_one_of_the_request(client: Client) -> None:
    query = DOCUMENTS.replace("{", f"FROM <{HERALD}> {{", 1)
    assert names(get(client, query)) == ["herald"]
    assert names(get(client, query, **{"default-graph-uri": WIRE})) == ["wire"]
    posted = client.post(f"/sparql?default-graph-uri={WIRE}", content=query.encode(), headers={"Content-Type": QUERY})
    assert names(posted) == ["wire"]


def test_the_service_description(client: Client) -> None:
    sd = "http://www.w3.org/ns/sparql-service-description#"
    described = {str(q.object).strip("<>") for q in ox.parse(client.get("/sparql").content, format=ox.RdfFormat.TURTLE)}
    assert {f"{sd}SPARQL11Query", f"{sd}UnionDefaultGraph", "http://127.0.0.1/sparql"} <= described
    as_json = client.get("/sparql", headers={"Accept": "application/ld+json"})
    assert {str(q.object).strip("<>") for q in ox.parse(as_json.content, format=ox.RdfFormat.JSON_LD)} == described
    problem(client.get("/sparql", headers={"Accept": "image/png"}), 406)


def test_answers_are_compressed_where_that_is_asked_for(client: Client) -> None:
    plain = get(client, DOCUMENTS)
    packed = client.get("/sparql", params={"query": DOCUMENTS}, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) == packed.num_bytes_downloaded < len(plain.content)
    assert packed.content == plain.content
    refused = client.get("/sparql", params={"query": DOCUMENTS}, headers={"Accept-Encoding": "gzip;q=0"})
    assert "content-encoding" not in refused.headers


UPDATES = [
    "INSERT DATA { ent:Norway rdfs:label 'x' }",
    "# a comment\n  dElEtE\n WHERE { ?s ?p ?o }",
    "PREFIX ex: <http://example.org/> # insert\nINSERT { ?s ex:p ?o } WHERE { ?s ?p ?o }",
    "\\u0043LEAR ALL",
    "LOAD <file:///etc/passwd>",
    "LOAD SILENT <http://127.0.0.1/> INTO GRAPH <http://example.org/g>",
    "WITH <http://example.org/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "DROP ALL ; CREATE GRAPH <http://example.org/g>",
    "COPY DEFAULT TO <http://example.org/g>",
]


@pytest.mark.parametrize("update", UPDATES)
def test_updates_are_refused(client: Client, update: str) -> None:
    for response in (
        get(client, update),
        client.post("/sparql", data={"query": update}),
        client.post("/sparql", content=update.encode(), headers={"Content-Type": QUERY}),
        client.post("/sparql", data={"update": update}),
        client.get("/sparql", params={"update": update}),
        client.post("/sparql", content=update.encode(), headers={"Content-Type": "application/sparql-update"}),
    ):
        assert "updates are refused" in str(problem(response, 403)["detail"])
    assert get(client, ASK).json()["boolean"] is True


FEDERATED = [
    "SELECT * { SERVICE <BAIT> { ?s ?p ?o } }",
    "SELECT * { service silent <BAIT> { ?s ?p ?o } }",
    "SELECT * { SERVICESILENT<BAIT>{ ?s ?p ?o } }",
    "SELECT * { SeRvIcE# comment\n<BAIT> { ?s ?p ?o } }",
    "SELECT * { # comment\r SERVICE <BAIT> { ?s ?p ?o } }",
    "SELECT * { # comment\r\n SERVICE <BAIT> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <BAIT> { ?s ?p ?o } }",
    "SELECT * { S\\U00000045RVICE <BAIT> { ?s ?p ?o } }",
    "SELECT * { { { ?s ?p ?o OPTIONAL { SERVICE SILENT <BAIT> { ?s ?p ?o } } } } }",
    "SELECT * { { SELECT * { { SELECT * { SERVICE <BAIT> { ?s ?p ?o } } } } } }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE SILENT <BAIT> { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o MINUS { SERVICE <BAIT> { ?s ?p ?o } } }",
    "SELECT (EXISTS { SERVICE <BAIT> { ?s ?p ?o } } AS ?x) {}",
    "SELECT * { ?s ?p ?o } ORDER BY (EXISTS { SERVICE <BAIT> { ?s ?p ?o } })",
    "SELECT * { ?s ?p ?o } GROUP BY ?s ?p ?o HAVING (EXISTS { SERVICE <BAIT> { ?s ?p ?o } })",
    "PREFIX : <BAIT> SELECT * { SERVICE: { ?s ?p ?o } }",
    "PREFIX b: <BAIT> ASK { SERVICE b: { ?s ?p ?o } }",
    "SELECT * { VALUES ?u { <BAIT> } SERVICE ?u { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <BAIT> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <BAIT> { ?s ?p ?o } }",
    'SELECT * { VALUES ?x { "a\\u0022" } SERVICE <BAIT> { ?s ?p ?o } #" }\n}',
    "SELECT * { ?s ?p ?o FILTER(?o<'x>') SERVICE <BAIT> {?s ?p ?o} FILTER(?o='y') }",
    "SELECT * { VALUES ?x { '''it's''' } SERVICE <BAIT> { ?s ?p ?o } }",
]  # fmt: skip


@pytest.mark.parametrize("query", FEDERATED)
def test_no_other_server_is_asked(client: Client, bait: Bait, query: str) -> None:
    response = get(client, query.replace("BAIT", bait.url))
    assert "SERVICE" in str(problem(response, 403)["detail"])
    assert bait.asked == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { VALUES ?service { 'SERVICE <http://example.org/> {}' } }",
        "SELECT ?x { ?x rdfs:label 'Norway' } # SERVICE <http://example.org/> { ?s ?p ?o }",
        "PREFIX service: <http://example.org/service/> SELECT * { ?x service:of ?y }",
    ],
)
def test_the_word_alone_is_harmless(client: Client, query: str) -> None:
    assert get(client, query).status_code == 200


@pytest.mark.parametrize(
    ("query", "more"),
    [
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", {}),
        ("SELECT * FROM NAMED <FILE:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }", {}),
        (SELECT, {"default-graph-uri": "file:///etc/passwd"}),
        (SELECT, {"named-graph-uri": "file:///etc/passwd"}),
    ],
)
def test_no_file_is_read(client: Client, query: str, more: dict[str, str]) -> None:
    assert "file" in str(problem(get(client, query, **more), 403)["detail"])


def test_mistakes_are_explained(client: Client) -> None:
    assert "line 2, column" in str(problem(get(client, "SELECT *\n{ ?s ?p"), 400)["detail"])
    assert "'foo'" in str(problem(get(client, "SELECT * { ?s foo:bar ?o }"), 400)["detail"])
    assert "no IRI" in str(problem(get(client, SELECT, **{"default-graph-uri": "no iri"}), 400)["detail"])
    assert "found it 2 times" in str(problem(client.get("/sparql?query=ASK%20%7B%7D&query=x"), 400)["detail"])
    assert "found it 0 times" in str(problem(client.get("/sparql?x=1"), 400)["detail"])
    assert "cannot be decoded" in str(problem(client.get("/sparql?query=%FF"), 400)["detail"])
    not_unicode = client.post("/sparql", content=b"\xff", headers={"Content-Type": QUERY})
    assert "not UTF-8" in str(problem(not_unicode, 400)["detail"])
    assert "text/plain" in str(
        problem(client.post("/sparql", content=b"", headers={"Content-Type": "text/plain"}), 415)
    )
    assert problem(client.request("PUT", "/sparql"), 405)["remedy"] == "It takes GET, HEAD, POST"


def test_limits_are_named(client: Client) -> None:
    long = f"SELECT * {{ FILTER('{'x' * 5_000}' = '') }}"
    assert problem(get(client, long), 414)["limit"] == 5_000
    assert problem(client.post("/sparql", data={"query": long}), 413)["limit"] == 5_000
    assert (
        problem(client.post("/sparql", content=long.encode(), headers={"Content-Type": QUERY}), 413)["limit"] == 5_000
    )
    many = problem(get(client, "SELECT * { ?a ?b ?c . ?d ?e ?f }"), 413)
    assert many["limit"] == 300_000
    assert "LIMIT" in str(many["remedy"])


def test_a_query_that_breaks_the_engine_breaks_nothing_else(client: Client) -> None:
    deep = "SELECT * " + "{" * 2_400 + "}" * 2_400
    assert "nested too deeply" in str(problem(get(client, deep), 400)["detail"])
    assert get(client, ASK).json()["boolean"] is True
