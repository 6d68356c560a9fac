"""What holds for every request: host names, foreign pages, headers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from serve_client import Client, problem, serving

from kg.serve.workers.pool import Pool

PATHS = ["/", "/sparql", "/queries", "/health", "/openapi.json", "/download/graph.nq", "/nothing", "/explain"]
FRIEND, STRANGER = "https://friend.example", "https://stranger.example"


@pytest.fixture(scope="module")
def open_client(world: Path) -> Iterator[Client]:
    """A client of an application that pages of one other site may use, and that goes by a second name."""
    with serving(graph=world, workers=1, origins=(FRIEND,), hosts=("graph.example",)) as made:
        yield made


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_the_security_headers(client: Client, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers
    assert "server" not in headers


def test_a_fault_of_ours_tells_nothing_and_has_the_headers(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_self: Pool) -> None:
        raise ValueError("a secret")

    monkeypatch.setattr(Pool, "facts", broken)
    response = client.get("/health")
    assert problem(response, 500)["detail"] == "this is a fault of the server; its log tells more"
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert "secret" not in response.text


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost", "LOCALHOST:80", "[::1]:8000"])
def test_names_of_this_machine_are_admitted(client: Client, host: str) -> None:
    assert client.get("/health", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "", "graph.example"]
)
def test_other_names_are_refused(client: Client, host: str) -> None:
    found = problem(client.get("/health", headers={"Host": host}), 403)
    assert "--allow-host" in found["remedy"]


def test_a_name_that_was_allowed_is_admitted(open_client: Client) -> None:
    assert open_client.get("/health", headers={"Host": "graph.example:443"}).status_code == 200
    problem(open_client.get("/health", headers={"Host": "evil.example"}), 403)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_foreign_pages_are_refused(client: Client, site: str) -> None:
    for mode in ("cors", "no-cors"):
        headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode, "Origin": STRANGER}
        assert "--cors" in problem(client.get("/health", headers=headers), 403)["remedy"]
    followed_a_link = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate"}
    assert client.get("/health", headers=followed_a_link).status_code == 200


def test_pages_of_an_origin_that_was_named_may_read(open_client: Client) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors", "Origin": FRIEND}
    response = open_client.get("/health", headers=headers)
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == FRIEND
    assert "Origin" in response.headers["vary"]
    problem(open_client.get("/health", headers=headers | {"Origin": STRANGER}), 403)


def test_browsers_may_ask_first(open_client: Client, client: Client) -> None:
    headers = {
        "Origin": FRIEND,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    response = open_client.request("OPTIONS", "/sparql", headers=headers)
    assert response.status_code == 204
    assert "POST" in response.headers["access-control-allow-methods"]
    assert "Content-Type" in response.headers["access-control-allow-headers"]
    for elsewhere, origin in ((open_client, STRANGER), (client, FRIEND)):
        refused = elsewhere.request("OPTIONS", "/sparql", headers=headers | {"Origin": origin})
        assert refused.status_code == 405
        assert "access-control-allow-origin" not in refused.headers


def test_any_origin_only_where_that_was_said(world: Path) -> None:
    with serving(graph=world, workers=1, origins=("*",)) as made:
        response = made.get("/health", headers={"Origin": STRANGER, "Sec-Fetch-Site": "cross-site"})
    assert response.headers["access-control-allow-origin"] == "*"
