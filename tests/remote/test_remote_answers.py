"""What servers answer is checked before anybody believes it, and what may pass is tried again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from scripted import Reply, Request, ScriptedServer

from kg.errors import QueryError, RemoteError
from kg.remote.client import Client
from kg.remote.connection import Connection
from kg.remote.profiles import PROFILES, address
from kg.remote.store import RemoteStore

ONE_ROW = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"uri","value":"urn:a"}}]}}'
QUERY = "SELECT ?x WHERE { ?x ?p ?o }"


class Script:
    """Replies in turn, the last one again and again."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)

    def __call__(self, _: Request) -> Reply:
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def ask(waits: list[float]) -> Iterator[object]:
    """Ask a server that answers these replies; gives the rows and the requests that were made."""
    opened: list[Connection] = []

    def run(*replies: Reply, timeout: float = 5.0, graph: bool = False) -> tuple[list[object], list[Request]]:
        with ScriptedServer(Script(*replies)) as server:
            connection = Connection(timeout=timeout, wait=waits.append)
            opened.append(connection)
            client = Client(connection, f"{server.url}/query")
            try:
                found = client.graph("CONSTRUCT WHERE { ?s ?p ?o }") if graph else client.rows(QUERY)
                return (found if isinstance(found, bool) else list(found)), server.requests
            finally:
                connection.close()

    yield run
    for connection in opened:
        connection.close()


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_what_may_pass_is_tried_again(status: int, ask, waits: list[float]) -> None:
    rows, requests = ask(Reply(status=status), Reply(status=status), Reply(body=ONE_ROW))
    assert (len(rows), len(requests)) == (1, 3)
    assert waits == [0.5, 1.0]


def test_a_broken_connection_is_tried_again(ask, waits: list[float]) -> None:
    rows, requests = ask(Reply(), Reply(body=ONE_ROW, broken=True), Reply(body=ONE_ROW))
    assert (rows, len(requests), waits) == ([], 1, [])
    rows, requests = ask(Reply(body=ONE_ROW, broken=True), Reply(body=ONE_ROW))
    assert (len(rows), len(requests), waits) == (1, 2, [0.5])


def test_a_server_says_how_long_to_wait(ask, waits: list[float]) -> None:
    ask(
        Reply(status=429, headers={"Retry-After": "7"}),
        Reply(status=503, headers={"Retry-After": "Mon, 01 Jan 2001 00:00:00 GMT"}),
        Reply(status=503, headers={"Retry-After": "soon"}),
        Reply(status=429, headers={"Retry-After": "4000"}),
        Reply(),
    )
    assert waits == [7.0, 1.0, 2.0, 60.0]


def test_patience_ends(ask, waits: list[float]) -> None:
    with pytest.raises(RemoteError, match="refuses to answer a query with status 503: try later"):
        ask(Reply(status=503, body=b"<h1>try</h1> later", media_type="text/html"))
    assert waits == [0.5, 1.0, 2.0, 4.0, 8.0]


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (Reply(status=401, body=b"", headers={"WWW-Authenticate": 'Digest realm="x"'}), "status 401. Name a login: --auth digest --user NAME"),
        (Reply(status=403, body=b"no"), "status 403: no. Name a login: --auth basic, digest or bearer"),
        (Reply(status=404), "See that the URL and --profile are right"),
        (Reply(status=302, body=b"", headers={"Location": "http://other/"}), "status 302. It sends to http://other/; name that URL"),
        (Reply(status=500, body=b"SQ156: compiler"), "status 500: SQ156: compiler"),
        (Reply(body=b"<html>Welcome", media_type="text/html"), "answers with text/html where SPARQL results were expected: Welcome"),
        (Reply(body=ONE_ROW[:-20] + b"\nThe SPARQL operation has been cancelled"), "says that all is well, and breaks off or errs in its answer"),
        (Reply(body=b""), "says that all is well, and breaks off or errs in its answer"),
        (Reply(body=ONE_ROW, headers={"X-SPARQL-MaxRows": "1"}), "gives at most 1 rows, and the answer has as many, so it may be cut"),
        (Reply(body=ONE_ROW, headers={"X-SQL-State": "S1TAT"}), "time was up, and it answers only a part"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_an_error_and_not_tried_again(reply: Reply, message: str, ask, waits: list[float]) -> None:
    with pytest.raises(RemoteError) as caught:
        ask(reply)
    assert message in str(caught.value)
    assert "/query: " in str(caught.value)
    assert waits == []


def test_a_fault_in_the_query_is_the_querys(ask) -> None:
    with pytest.raises(QueryError, match="the endpoint finds fault with the query: SP030: syntax error"):
        ask(Reply(status=400, body=b"SP030: syntax error"))


def test_a_graph_that_is_none_is_an_error(ask) -> None:
    with pytest.raises(RemoteError, match="application/sparql-results\\+json where N-Triples or Turtle were expected"):
        ask(Reply(body=ONE_ROW), graph=True)
    with pytest.raises(RemoteError, match="breaks off or errs in its answer"):
        ask(Reply(body=b"<urn:a> <urn:b> ", media_type="text/turtle"), graph=True)
    triples, _ = ask(Reply(body=b"<urn:a> <urn:b> <urn:c> .", media_type="application/n-triples"), graph=True)
    assert len(triples) == 1


def test_a_server_that_drips_or_sleeps_is_left(ask, waits: list[float]) -> None:
    with pytest.raises(RemoteError, match=r"has not answered whole within 0\.3 s\. Allow more time with --timeout"):
        ask(Reply(body=ONE_ROW, pause=0.05), timeout=0.3)
    with pytest.raises(RemoteError, match=r"has not answered whole within 0\.2 s"):
        ask(Reply(body=ONE_ROW, pause=1.0), timeout=0.2)
    assert waits == []


@pytest.mark.parametrize("value", ["0", "1"])
def test_virtuosos_answer_to_an_ask_is_a_truth_value(value: str, ask) -> None:
    row = f'{{"__ASK_RETVAL":{{"type":"typed-literal","datatype":"http://www.w3.org/2001/XMLSchema#integer","value":"{value}"}}}}'
    body = f'{{"head":{{"link":[],"vars":["__ASK_RETVAL"]}},"results":{{"bindings":[{row}]}}}}'.encode()
    assert ask(Reply(body=body))[0] is (value == "1")
    assert ask(Reply(body=b'{"head":{},"boolean":true}'))[0] is True


def test_a_server_that_is_not_there_is_told_soon(waits: list[float]) -> None:
    with ScriptedServer(Script(Reply())) as server:
        url = server.url
    connection = Connection(timeout=5, wait=waits.append)
    with pytest.raises(RemoteError, match=r"cannot be reached, or breaks off: .*refused.* See that it runs"):
        Client(connection, url).rows(QUERY)
    connection.close()
    assert waits == [0.5]


def test_a_body_that_is_too_large_is_cut_smaller() -> None:
    def answer(request: Request) -> Reply:
        return Reply(status=413 if len(request.body) > 1_000_000 else 204, body=b"")

    with ScriptedServer(answer) as server:
        store = RemoteStore(Connection(timeout=10), address(server.url, PROFILES["oxigraph"]))
        store.replace("urn:g", lambda size: [b"x" * size] * 2)
        assert [r.method for r in server.requests] == ["PUT", "PUT", "PUT", "PUT", "POST"]
        assert [len(r.body) for r in server.requests] == [8_000_000, 4_000_000, 2_000_000, 1_000_000, 1_000_000]
        assert {r.path for r in server.requests} == {"/store?graph=urn%3Ag"}
        store.close()
    with ScriptedServer(Script(Reply(status=413, body=b""))) as server:
        store = RemoteStore(Connection(timeout=10), address(server.url, PROFILES["oxigraph"]))
        with pytest.raises(
            RemoteError, match=r"refuses to write the graph urn:g with status 413\. It takes no request"
        ):
            store.replace("urn:g", lambda size: [b"x" * size])
        store.close()
