"""A real server under attack: every hostile request gets what it should, and a well-behaved client right answers."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

import httpx
import pytest
from serve_bait import Bait
from serve_process import Reply, Server, send, served
from serve_worlds import make_workspace

FORM = "application/x-www-form-urlencoded"
MARKUP = "<script>alert('x')</script>"
SPARQL = '"} ; DROP ALL #'
BREAK = "x\r\nSet-Cookie: stolen=1\r\n\r\n<b>"
NASTY = f"""
@prefix kg: <https://w3id.org/kg-news/ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> . @prefix ent: <https://w3id.org/kg-news/id/entity/> .
<https://w3id.org/kg-news/id/graph/world> {{
  ent:Markup a schema:Person ; rdfs:label {json.dumps(MARKUP)} ; kg:mentionCount 1 ; kg:sourceCount 1 .
  ent:Query a schema:Person ; rdfs:label {json.dumps(SPARQL)} ; kg:mentionCount 1 ; kg:sourceCount 1 .
  ent:Break a schema:Person ; rdfs:label {json.dumps(BREAK)} ; kg:mentionCount 1 ; kg:sourceCount 1 .
  ent:Escape a schema:Person ; rdfs:label "\\u001B[2Jgone" ; kg:mentionCount 1 ; kg:sourceCount 1 .
}}
"""
CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
SLOW = f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}"
TIME = {503, 504}
"""A slow query is ended when its time is up, or earlier when others wait."""


@dataclass(frozen=True)
class Attack:
    """A request, as bytes; the statuses that it may get; what must not be in the answer."""

    name: str
    data: bytes
    expected: frozenset[int]
    never: tuple[bytes, ...] = field(default=())


def request(
    name: str,
    target: str,
    expected: int | set[int],
    *,
    method: str = "GET",
    headers: dict[str, str] | None = None,
    body: bytes = b"",
    never: tuple[bytes, ...] = (),
) -> Attack:
    all_headers = {"Host": "127.0.0.1", "Connection": "close"} | (headers or {})
    if body:
        all_headers.setdefault("Content-Length", str(len(body)))
    head = [f"{method} {target} HTTP/1.1", *(f"{k}: {v}" for k, v in all_headers.items()), "", ""]
    data = "\r\n".join(head).encode("latin-1") + body
    return Attack(name, data, frozenset({expected} if isinstance(expected, int) else expected), never)


def sparql(name: str, query: str, expected: int | set[int]) -> Attack:
    return request(name, f"/sparql?{urlencode({'query': query})}", expected)


def posted(name: str, kind: str, body: bytes, expected: int | set[int], **more: str) -> Attack:
    return request(name, "/sparql", expected, method="POST", headers={"Content-Type": kind} | more, body=body)


def doubled(times: int) -> str:
    steps = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(times))
    return f"ASK {{ BIND('xxxxxxxxxxxxxxxx' AS ?x0) {steps} FILTER(STRLEN(?x{times}) > 1) }}"


def attacks(bait: str) -> list[Attack]:
    service = f"SERVICE <{bait}> {{ ?s ?p ?o }}"
    return [
        # updates
        sparql("insert", "INSERT DATA { <urn:a> <urn:b> <urn:c> }", 403),
        sparql("update behind a comment", "# SELECT\nDELETE WHERE { ?s ?p ?o }", 403),
        sparql("update in escapes", "\\u0044ROP ALL", 403),
        sparql("query, then update", "SELECT * {} ; DROP ALL", 400),
        posted("update in a form", FORM, b"update=CLEAR+ALL", 403),
        posted("update by its media type", "application/sparql-update", b"CLEAR ALL", 403),
        request("update in the URL", "/sparql?update=CLEAR%20ALL", 403),
        request("graph store put", "/sparql?default", 405, method="PUT", body=b"<urn:a> <urn:b> <urn:c> ."),
        request("graph store delete", "/sparql?graph=urn:g", 405, method="DELETE"),
        # other servers and files
        sparql("service", f"SELECT * {{ {service} }}", 403),
        sparql("silent service in a subquery", f"SELECT * {{ {{ SELECT * {{ {service.replace('E ', 'E SILENT ')} }} }} }}", 403),
        sparql("service after a carriage return", f"SELECT * {{ #\r{service}\n}}", 403),
        sparql("service glued together", f"SELECT*{{SERVICESILENT<{bait}>{{?s ?p ?o}}}}", 403),
        sparql("service in exists", f"ASK {{ FILTER EXISTS {{ {service} }} }}", 403),
        sparql("load", f"LOAD <{bait}>", 403),
        sparql("load a file", "LOAD <file:///etc/passwd> INTO GRAPH <urn:g>", 403),
        sparql("from a file", "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", 403),
        sparql("from another server", "SELECT * FROM <BAIT> {}".replace("BAIT", bait), 200),
        request("file as default graph", "/sparql?query=ASK%7B%7D&default-graph-uri=file:///etc/passwd", 403),
        # paths
        request("dots", "/../../../../etc/passwd", 404, never=(b"root:",)),
        request("encoded dots", "/%2e%2e/%2e%2e/etc/passwd", 404, never=(b"root:",)),
        request("query file by its path", "/queries/%2fetc%2fpasswd", 404, never=(b"root:",)),
        request("query file by dots", "/queries/..%2Fqueries%2Ftimeline.rq", 404),
        request("query file by its ending", "/queries/timeline.rq", 404),
        request("settings as download", "/download/..%2F..%2Fkg.toml", 404, never=(b"threshold",)),
        request("range backwards", "/download/graph.nq", 416, headers={"Range": "bytes=9-3"}),
        request("range behind the end", "/download/graph.nq", 416, headers={"Range": "bytes=99999999999999999999-"}),
        request("a range of another unit", "/download/graph.nq", 416, headers={"Range": "furlongs=1-2"}),
        request("a thousand ranges", "/download/graph.nq", {200, 206}, headers={"Range": "bytes=" + "0-," * 1_000 + "0-"}),
        request("nul in a download", "/download/graph.ttl%00.html", 404),
        request("backslashes", "/download/..%5C..%5Ckg.toml", 404, never=(b"threshold",)),
        request("dots behind the page's files", "/static/../../pyproject.toml", 404, never=(b"kg-news",)),
        request("encoded dots there", "/static/..%2F..%2F..%2Fpyproject.toml", 404, never=(b"kg-news",)),
        request("absolute path there", "/static//etc/passwd", 404, never=(b"root:",)),
        request("page of nobody", f"/page/surroundings?entity={quote(MARKUP)}", {400, *TIME}, never=(b"<script",)),
        request("page of a thousand claims", "/page/sentences?claims=" + ",".join(["x"] * 1_000), 400),
        request("long path", "/" + "a/" * 4_000, 404),
        # names and headers
        request("script in a path", f"/queries/{quote(MARKUP)}", 404, never=(b"<script",)),
        request("script in a parameter's name", f"/queries/timeline?{quote(MARKUP)}=1", 400),
        request("script in a name", f"/explain?s={quote(MARKUP)}&p=lendsTo&o=Kenya&format=html", 400),
        request("script asked for as a page", f"/entities?q={quote(MARKUP)}", 406, headers={"Accept": "text/html"}),
        request("line break in a name", f"/explain?s={quote(BREAK)}&p=lendsTo&o=Kenya", 400),
        request("line break in a path", "/queries/timeline%0d%0aSet-Cookie:%20stolen=1", 404),
        request("line break in an accepted type", f"/sparql?query={quote('ASK {}')}", 406, headers={"Accept": "a/b\tc"}),
        request("sparql in a name", f"/queries/timeline?entity={quote(SPARQL)}", 200),
        request("sparql in a date", f"/queries/timeline?since={quote('2021-01-01} DROP ALL')}", 400),
        request("terminal escapes", "/entities?q=gone&format=table", 200, never=(b"\x1b",)),
        request("foreign host", "/health", 403, headers={"Host": "evil.example"}),
        request("foreign page", "/sparql?query=ASK%7B%7D", 403, headers={"Sec-Fetch-Site": "cross-site"}),
        Attack("two hosts", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n", frozenset({400})),
        Attack("no host", b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", frozenset({400})),
        # sizes
        sparql("long query", f"ASK {{ FILTER('{'x' * 25_000}' = '') }}", 414),
        request("URL without end", "/sparql?query=" + "x" * 2_000_000, 414),
        request("headers without end", "/health", 431, headers={f"X-{n}": "x" * 1_000 for n in range(600)}),
        posted("long body", "application/sparql-query", b"#" * 2_000_000, 413),
        posted("long form", FORM, b"query=" + b"x" * 2_000_000, 413),
        posted("body longer than it says", FORM, b"query=ASK+%7B%7D&x=" + b"y" * 1_000, 400, **{"Content-Length": "3"}),
        posted("a thousand parameters", FORM, b"a=1&" * 1_000, 400),
        posted("compressed body", "application/gzip", b"\x1f\x8b" + b"\0" * 100, 415),
        posted("no text", "application/sparql-query", b"\xff\xfe", 400),
        # nonsense
        Attack("no HTTP", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 20, frozenset({400})),
        Attack("negative length", b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n", frozenset({400})),
        request("connect", "127.0.0.1:22", 404, method="CONNECT"),
        request("trace", "/sparql", 405, method="TRACE"),
        request("websocket", "/sparql", 200, headers={"Connection": "Upgrade", "Upgrade": "websocket"}),
        # work
        *(sparql(f"slow {n}", SLOW, TIME) for n in range(6)),
        sparql("slow path", "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>)* ?b . ?c (!<urn:x>)* ?d . ?e (!<urn:x>)* ?f }", TIME),
        sparql("cross product as rows", f"SELECT * {{ {CROSS} }}", 413),
        sparql("cross product as graph", f"CONSTRUCT {{ ?a ?e ?i }} {{ {CROSS} }}", {413, *TIME}),
        sparql("sorted cross product", f"SELECT * {{ {CROSS} }} ORDER BY ?c ?f ?i", {413, *TIME}),
        sparql("long text", "SELECT (GROUP_CONCAT(STR(?c)) AS ?x) { ?a ?b ?c . ?d ?e ?f }", {413, *TIME}),
        sparql("text doubled forty times", doubled(40), {413, *TIME}),
        sparql("deep groups", "ASK " + "{" * 9_000 + "}" * 9_000, 400),
        sparql("deep brackets", "ASK { FILTER(" + "(" * 9_000 + "1" + ")" * 9_000 + ") }", {200, 400}),
        sparql("many patterns", "ASK { " + "?s ?p ?o ." * 450 + " }", {400, *TIME}),
        sparql("regular expression", "ASK { ?s ?p ?o FILTER(REGEX(STR(?o), '(a+)+(b+)+$')) }", 200),
    ]  # fmt: skip


class Friend(threading.Thread):
    """A well-behaved client: asks, compares, remembers what was wrong and how long it took."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self.url = url
        self.wrong: list[str] = []
        self.times: list[float] = []
        self.stop = threading.Event()

    def run(self) -> None:
        query = "SELECT ?name { ent:Norway rdfs:label ?name }"
        with httpx.Client(base_url=self.url, timeout=30) as client:
            while not self.stop.is_set():
                begin = time.monotonic()
                try:
                    rows = client.get("/sparql", params={"query": query})
                    named = client.get("/queries/who-met-whom", params={"entity": "Amina Wanjiru"})
                    if rows.status_code != 200 or rows.json()["results"]["bindings"][0]["name"]["value"] != "Norway":
                        self.wrong.append(rows.text)
                    if named.status_code != 200 or "Lars Holm" not in named.text:
                        self.wrong.append(named.text)
                except httpx.HTTPError as error:
                    self.wrong.append(repr(error))
                self.times.append(time.monotonic() - begin)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    graph = make_workspace(tmp_path_factory.mktemp("hostile") / "graph", NASTY)
    limits = ("--timeout", "2", "--max-bytes", "200000", "--max-query", "20000", "--workers", "2", "--memory", "300")
    with served(graph, *limits) as made:
        yield made


def verdict(attack: Attack, reply: Reply) -> str | None:
    """Return what is wrong with a reply."""
    if reply.status not in attack.expected:
        return f"{attack.name}: {reply.status} instead of {sorted(attack.expected)}: {reply.body[:200]!r}"
    if "set-cookie" in reply.headers or "text/html" in reply.headers.get("content-type", ""):
        return f"{attack.name}: {reply.headers}"
    found = [words for words in attack.never if words in reply.body]
    if found:
        return f"{attack.name}: {found} in {reply.body[:200]!r}"
    if reply.status >= 400:
        told = json.loads(reply.body)
        if told["status"] != reply.status or not told["detail"]:
            return f"{attack.name}: {told}"
    return None


def test_no_attack_gets_in_or_stops_others(server: Server, bait: Bait) -> None:
    all_attacks = attacks(bait.url)
    assert len(all_attacks) >= 50
    friend = Friend(server.url)
    friend.start()
    with hanging(server.port), ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda attack: send(server.port, attack.data), all_attacks))
    friend.stop.set()
    friend.join()
    wrong = [found for attack, reply in zip(all_attacks, replies, strict=True) if (found := verdict(attack, reply))]
    assert not wrong, "\n".join(wrong)
    assert friend.wrong == []
    assert len(friend.times) >= 5
    assert bait.asked == []
    health = httpx.get(f"{server.url}/health").json()
    assert health["status"] == "ok"
    assert health["workers"]["busy"] + health["workers"]["idle"] <= 4


@contextlib.contextmanager
def hanging(port: int) -> Iterator[None]:
    """Keep connections open that never finish asking, or never read the answer."""
    with contextlib.ExitStack() as stack:
        for data in (
            b"",
            b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
            b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sparql-query\r\nContent-Length: 9\r\n\r\nASK",
            b"GET /download/graph.nq HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 3,
        ):
            for _ in range(5):
                connection = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
                connection.sendall(data)
        yield


def test_names_are_data(server: Server) -> None:
    def label(q: str) -> str:
        response = httpx.get(f"{server.url}/entities", params={"q": q})
        assert response.headers["content-type"] == "application/sparql-results+json"
        return response.json()["results"]["bindings"][0]["label"]["value"]

    assert label("<script>") == MARKUP
    assert label("drop all") == SPARQL
    assert label("stolen") == BREAK


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_with_all_its_workers(world: Path, how: signal.Signals) -> None:
    with served(world, "--workers", "2") as server:
        with ThreadPoolExecutor(1) as pool:
            pool.submit(send, server.port, sparql("slow", SLOW, 0).data)
            time.sleep(0.3)
            workers = server.workers()
            assert workers
            begin = time.monotonic()
            assert server.end(how) == 0
        assert time.monotonic() - begin < 10
        assert server.process.stderr is not None
        assert "Traceback" not in server.process.stderr.read()
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]


def test_workers_do_not_outlive_a_server_that_is_killed(world: Path) -> None:
    with served(world, "--workers", "1") as server, ThreadPoolExecutor(1) as pool:
        pool.submit(send, server.port, sparql("slow", SLOW, 0).data)
        time.sleep(0.3)
        workers = server.workers()
        server.process.kill()
        server.process.wait()
    end = time.monotonic() + 5
    while (left := [pid for pid in workers if running(pid)]) and time.monotonic() < end:
        time.sleep(0.05)
    assert workers
    assert left == []


def running(pid: int) -> bool:
    """Tell whether a process runs; one that has ended and that nobody waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_workers_that_somebody_kills_are_replaced(world: Path) -> None:
    with served(world, "--workers", "2") as server:
        for _ in range(2):
            for pid in server.workers():
                os.kill(pid, signal.SIGKILL)
            reply = send(server.port, sparql("quick", "ASK { ?s ?p ?o }", 200).data)
            assert (reply.status, json.loads(reply.body)["boolean"]) == (200, True)
