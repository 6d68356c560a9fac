"""``kg serve`` as a command: its options, its warning, its errors."""

from __future__ import annotations

import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from serve_worlds import make_workspace

import kg.serve.run
from kg.cli import main
from kg.serve.options import Options


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Options]:
    """The options of servers that would have been started."""
    found: list[Options] = []

    def serve(options: Options, **_: object) -> None:
        found.append(options)

    monkeypatch.setattr(kg.serve.run, "serve", serve)
    return found


def test_options_reach_the_server(started: list[Options], capsys: pytest.CaptureFixture[str]) -> None:
    words = "serve --graph g --port 7 --timeout 3 --max-bytes 9 --max-query 8 --memory 200 --workers 5 --quotes none"
    assert main([*words.split(), "--cors", "https://a.example", "--allow-host", "b.example"]) == 0
    (options,) = started
    assert (options.graph, options.host, options.port) == (Path("g"), "127.0.0.1", 7)
    assert (options.timeout, options.max_bytes, options.max_query) == (3, 9, 8)
    assert (options.memory, options.workers, options.quotes) == (200_000_000, 5, "none")
    assert (options.origins, options.hosts) == (("https://a.example",), ("b.example",))
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "graph.example"])  # noqa: S104 (nothing is opened)
def test_other_hosts_are_warned_of(host: str, started: list[Options], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--host", host]) == 0
    assert started[0].host == host
    warning = capsys.readouterr().err
    assert f"warning: {host} is not a loopback address" in warning
    assert "no login" in warning


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.9", "localhost", "::1"])
def test_this_machine_needs_no_warning(host: str, started: list[Options], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--host", host]) == 0
    assert started
    assert capsys.readouterr().err == ""


def failure(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["serve", *words]) == 1
    return capsys.readouterr().err


def test_a_port_in_use_is_told(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        told = failure(capsys, "--graph", str(world), "--port", str(port))
    assert f"cannot listen on 127.0.0.1 port {port}" in told
    assert "another port with --port" in told


def test_a_host_of_nobody_is_told(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "cannot listen on 192.0.2.1" in failure(capsys, "--graph", str(world), "--host", "192.0.2.1", "--port", "0")


def test_no_graph_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "kg build" in failure(capsys, "--graph", str(tmp_path / "none"))


def test_a_damaged_graph_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    graph = make_workspace(tmp_path / "graph")
    (graph / "store-1" / "oxigraph" / "CURRENT").write_text("nonsense", "utf-8")
    # in a thread of its own: the tests in a browser leave an event loop running in this one
    with ThreadPoolExecutor(1) as pool:
        assert "missing or damaged" in pool.submit(failure, capsys, "--graph", str(graph), "--port", "0").result()


def test_a_missing_library_is_told(
    world: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delitem(sys.modules, "kg.serve.run")
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    told = failure(capsys, "--graph", str(world))
    assert "the server needs uvicorn, which is not installed" in told
    assert "kg-news[serve]" in told
