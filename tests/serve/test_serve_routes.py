"""The named queries, evidence, entities, downloads and their descriptions."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from serve_client import Client, problem

import kg
from kg.query import list_queries


def test_the_index_names_what_is_there(client: Client) -> None:
    listed = client.get("/").json()
    paths = [
        path.partition("?")[0] for value in listed.values() for path in ([value] if isinstance(value, str) else value)
    ]
    assert {"/sparql", "/queries", "/explain", "/entities", "/download/graph.ttl", "/openapi.json", "/health"} <= {
        *paths
    }
    for path in paths:
        assert client.get(path).status_code in {200, 400}, path


def test_the_catalogue_comes_from_the_headers(client: Client) -> None:
    listed = {entry["name"]: entry for entry in client.get("/queries").json()["queries"]}
    assert list(listed) == [query.name for query in list_queries()]
    meetings = listed["who-met-whom"]
    assert meetings["url"] == "/queries/who-met-whom"
    assert [parameter["name"] for parameter in meetings["parameters"]] == ["entity", "since", "until"]
    assert "SELECT" in meetings["sparql"]
    markdown = client.get("/queries", headers={"Accept": "text/markdown"}).text
    assert markdown == (Path(__file__).parents[2] / "docs" / "queries.md").read_text("utf-8")
    problem(client.get("/queries", headers={"Accept": "image/png"}), 406)


@pytest.mark.parametrize("name", [query.name for query in list_queries()])
def test_every_named_query_answers_as_in_python(client: Client, world: Path, name: str) -> None:
    with kg.open(world) as graph:
        expected = graph.query(name)
    response = client.get(f"/queries/{name}")
    if expected.triples is None:
        assert response.headers["content-type"] == "application/sparql-results+json"
        assert response.text == expected.to_json()
    else:
        assert set(ox.parse(response.content, format=ox.RdfFormat.TURTLE)) == {ox.Quad(*t) for t in expected.triples}
    assert client.get(f"/queries/{name}", headers={"Accept": "text/csv"}).text == expected.to_csv()


@pytest.mark.parametrize(
    ("form", "kind", "words"),
    [
        ("table", "text/plain", "Amina Wanjiru  Lars Holm"),
        ("cards", "text/plain", "“Amina Wanjiru and Lars Holm met in Oslo on Monday.”"),
        ("csv", "text/csv", "Amina Wanjiru,Lars Holm"),
        ("json", "application/sparql-results+json", '"value": "Lars Holm"'),
        ("markdown", "text/markdown", "| Amina Wanjiru | Lars Holm |"),
    ],
)
def test_all_formats_of_kg_query(client: Client, form: str, kind: str, words: str) -> None:
    response = client.get("/queries/who-met-whom", params={"entity": "Amina Wanjiru", "format": form})
    assert response.status_code == 200
    assert response.headers["content-type"].split(";")[0] == kind
    assert words in response.text


def test_parameters_are_bound(client: Client) -> None:
    def rows(**params: str) -> list[dict[str, str]]:
        text = client.get("/queries/who-met-whom", params=params, headers={"Accept": "text/csv"}).text
        return list(csv.DictReader(io.StringIO(text)))

    assert {(row["who"], row["whom"]) for row in rows(entity="Amina Wanjiru")} == {("Amina Wanjiru", "Lars Holm")}
    assert rows(entity="Amina Wanjiru", until="2021") == []
    assert len(rows()) > len(rows(entity="Amina Wanjiru"))


def test_mistakes_in_named_queries(client: Client) -> None:
    assert "did you mean 'timeline'" in problem(client.get("/queries/timelin"), 404)["detail"]
    assert "did you mean 'entity'" in problem(client.get("/queries/timeline?entit=x"), 400)["detail"]
    assert "given twice" in problem(client.get("/queries/timeline?entity=x&entity=y"), 400)["detail"]
    assert "no entity is named 'Nobody'" in problem(client.get("/queries/timeline?entity=Nobody"), 400)["detail"]
    assert "is no date" in problem(client.get("/queries/timeline?since=soon"), 400)["detail"]
    assert "did you mean 'json'" in problem(client.get("/queries/timeline?format=jsn"), 400)["detail"]
    assert "cannot be turtle" in problem(client.get("/queries/timeline?format=turtle"), 406)["detail"]
    assert problem(client.get("/queries/timeline", params={"entity": "x" * 6_000}), 414)["limit"] == 5_000
    problem(client.get("/queries/timeline", headers={"Accept": "image/png"}), 406)
    problem(client.post("/queries/timeline"), 405)


def test_evidence(client: Client, world: Path) -> None:
    found = client.get("/explain", params={"s": "Norway", "p": "lends to", "o": "ent:Kenya"}).json()
    with kg.open(world) as graph:
        expected = graph.explain("Norway", "lendsTo", "Kenya")
    assert found["found"] is True
    assert found["curies"] == ["ent:Norway", "kg:lendsTo", "ent:Kenya"]
    assert found["sources"] == expected.sources
    assert [item["sentence"] for item in found["supporting"]] == [item.sentence for item in expected.supporting]
    assert found["supporting"][0]["published"] == "2022-03-14"
    assert found["disputes"]
    missing = client.get("/explain", params={"s": "Kenya", "p": "lendsTo", "o": "Norway"}).json()
    assert missing["found"] is False


@pytest.mark.parametrize("more", [{"headers": {"Accept": "text/plain"}}, {"params": {"format": "text"}}])
def test_evidence_as_text(client: Client, more: dict[str, dict[str, str]]) -> None:
    url = "/explain?s=Norway&p=lendsTo&o=Kenya"
    params = more.get("params", {})
    response = client.get(url + "".join(f"&{k}={v}" for k, v in params.items()), headers=more.get("headers"))
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert "[Norway] «lent» [Kenya] 200 million euros" in response.text


def test_mistakes_in_explain(client: Client) -> None:
    assert "parameter p is missing" in problem(client.get("/explain?s=Norway&o=Kenya"), 400)["detail"]
    assert "no property" in problem(client.get("/explain?s=Norway&p=x&o=Kenya"), 400)["detail"]
    assert "known: json, text" in problem(client.get("/explain?s=Norway&p=x&o=Kenya&format=html"), 400)["detail"]


def test_entities(client: Client) -> None:
    def labels(**params: str) -> list[str]:
        rows = client.get("/entities", params=params).json()["results"]["bindings"]
        return [row["label"]["value"] for row in rows]

    everything = labels()
    assert {"Norway", "Kenya", "Amina Wanjiru"} <= set(everything)
    assert labels(limit="2") == everything[:2]
    assert labels(q="wanj") == ["Amina Wanjiru"]
    assert "Norway" in labels(type="country")
    assert "Amina Wanjiru" not in labels(type="country")
    assert "Norway" in client.get("/entities?format=table").text
    assert "limit is '-1'" in problem(client.get("/entities?limit=-1"), 400)["detail"]


@pytest.mark.parametrize("ending", ["ttl", "trig", "nq", "jsonld", "graphml"])
def test_downloads_are_what_kg_export_writes(client: Client, world: Path, tmp_path: Path, ending: str) -> None:
    expected = tmp_path / f"graph.{ending}"
    with kg.open(world) as graph:
        graph.export(expected)
    plain = client.get(f"/download/graph.{ending}")
    assert plain.content == expected.read_bytes()
    assert plain.headers["content-disposition"] == f'attachment; filename="graph.{ending}"'
    packed = client.get(f"/download/graph.{ending}", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.num_bytes_downloaded < len(plain.content)
    assert packed.content == plain.content


def test_downloads_can_be_resumed(client: Client) -> None:
    whole = client.get("/download/graph.nq")
    part = client.get("/download/graph.nq", headers={"Range": "bytes=100-199", "If-Range": whole.headers["etag"]})
    assert part.status_code == 206
    assert part.content == whole.content[100:200]


def test_there_are_no_other_downloads(client: Client) -> None:
    for name in ("kg.toml", "graph.xml", "graph.ttl%00", "GRAPH.TTL"):
        assert "on offer: graph.ttl" in problem(client.get(f"/download/{name}"), 404)["detail"]
    problem(client.get("/download/..%2Fkg.toml"), 404)


def test_the_openapi_document_is_valid_and_complete(client: Client) -> None:
    document = client.get("/openapi.json").json()
    OpenAPIV31SpecValidator(document).validate()
    for query in list_queries():
        operation = document["paths"][f"/queries/{query.name}"]["get"]
        assert operation["summary"] == query.title
        assert [p["name"] for p in operation["parameters"]] == [*(p.name for p in query.params), "format"]
        assert all(column.text in operation["description"] for column in query.columns)
    assert (
        len({op["operationId"] for path in document["paths"].values() for op in path.values()})
        == len(list_queries()) + 7
    )


def test_health(client: Client) -> None:
    health = client.get("/health").json()
    assert health["status"] == "ok"
    assert health["workers"]["generations"] == ["store-1"]


def test_an_import_of_the_server_loads_no_heavy_library() -> None:
    code = "import sys, kg.serve.app; print([m for m in ('spacy', 'rdflib', 'pandas', 'networkx') if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert json.loads(shown.replace("'", '"')) == []
