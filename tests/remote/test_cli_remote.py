"""kg push and kg query --endpoint as people call them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from graph_records import stub_annotator
from triple_stores import TripleStore

from kg.builder import build_graph
from kg.cli import main
from kg.iris import Iris

ENDPOINT_OPTIONS = ("--endpoint", "--profile", "--auth", "--user", "--base", "--timeout")


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    news = tmp_path / "news"
    news.mkdir()
    for name, text in (("one", "Kenya lent Peru $5m on Tuesday."), ("two", "Norway met Chile in the harbour.")):
        (news / f"{name}.txt").write_text(f"A headline about some news\n\n{text}\n", "utf-8")
    table = "\n".join(f'["{n}.txt"]\npublisher = "{n.title()} Post"\npublished = 2023-03-14' for n in ("one", "two"))
    (news / "sources.toml").write_text(table, "utf-8")
    build_graph([news], graph=tmp_path / "kg-graph", make_annotator=stub_annotator)
    return tmp_path / "kg-graph"


def call(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, out, err


def test_a_push_and_a_query_by_command(
    server: TripleStore, graph: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_STORE_PASSWORD", "dba")
    login = ("--user", "dba") if server.login else ()
    title = server.address.title
    code, out, _ = call(capsys, "push", server.url, "--graph", graph, "--dry-run", *login)
    lines = out.splitlines()
    assert code == 0
    assert lines[0].startswith(f"new       {Iris().ontology_graph} (")
    assert lines[-1].startswith(f"Would push {len(lines) - 1} graphs (")
    assert server.graphs() == {}
    code, out, _ = call(capsys, "push", server.url, "--graph", graph, *login)
    assert (code, f"to {title}: {len(lines) - 1} new, 0 changed, 0 repaired, 0 unchanged." in out) == (0, True)
    code, out, _ = call(capsys, "push", server.url, "--graph", graph, *login)
    assert (code, out) == (
        0, f"Pushed 0 graphs (0 triples) to {title}: 0 new, 0 changed, 0 repaired, {len(lines) - 1} unchanged.\n"
    )  # fmt: skip

    for name in ("timeline", "data-quality", "neighbourhood"):
        _, here, _ = call(capsys, "query", name, "--graph", graph)
        code, there, err = call(capsys, "query", name, "--endpoint", server.url)
        assert (code, there, err) == (0, here, "")
    _, here, _ = call(capsys, "query", "timeline", "-p", "entity=Peru", "-f", "csv", "--graph", graph)
    _, there, _ = call(capsys, "query", "timeline", "-p", "entity=Peru", "-f", "csv", "--endpoint", server.url)
    assert there == here
    assert there.count("\r\n") == 2
    code, _, err = call(capsys, "query", "timeline", "-f", "cards", "--endpoint", server.url)
    assert (code, "cards are made from a graph on this machine" in err) == (1, True)


def test_what_is_gone_stays_until_it_is_pruned(
    oxigraph_server: TripleStore, graph: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    oxigraph_server.clear()
    call(capsys, "push", oxigraph_server.url, "--graph", graph)
    build_graph([graph.parent / "news" / "one.txt"], graph=graph, make_annotator=stub_annotator, sync=True)
    code, _, err = call(capsys, "push", oxigraph_server.url, "--graph", graph)
    assert (code, "graphs of earlier pushes are gone here and stay there; --prune deletes them." in err) == (0, True)
    _, out, _ = call(capsys, "push", oxigraph_server.url, "--graph", graph, "--prune", "--dry-run")
    gone = [line.split()[1] for line in out.splitlines() if line.startswith("delete ")]
    assert gone
    assert set(gone) <= set(oxigraph_server.graphs())
    _, out, _ = call(capsys, "push", oxigraph_server.url, "--graph", graph, "--prune")
    assert f"Deleted {len(gone)} graphs." in out
    assert not set(gone) & set(oxigraph_server.graphs())


def test_another_store_is_named_by_a_template(
    oxigraph_server: TripleStore, graph: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    oxigraph_server.clear()
    template = f"{oxigraph_server.url}/store?graph={{graph}}"
    code, out, _ = call(capsys, "push", f"{oxigraph_server.url}/query", "--store-url", template, "--graph", graph)
    assert (code, "to a store of unknown make: " in out) == (0, True)
    assert Iris().world_graph in oxigraph_server.graphs()


@pytest.mark.virtuoso
def test_a_missing_login_is_told_with_what_to_do(
    virtuoso_server: TripleStore, graph: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    virtuoso_server.clear()
    code, _, err = call(capsys, "push", virtuoso_server.url, "--graph", graph)
    assert code == 1
    assert "with status 401. Name a login: --auth digest --user NAME, and its secret in the environment" in err
    code, _, err = call(capsys, "push", virtuoso_server.url, "--graph", graph, "--user", "dba")
    assert (code, "the environment holds no KG_STORE_PASSWORD; a password is needed" in err) == (1, True)
    monkeypatch.setenv("KG_STORE_PASSWORD", "wrong")
    code, _, err = call(capsys, "push", virtuoso_server.url, "--graph", graph, "--user", "dba")
    assert (code, "See that the user, the secret and the scheme (--auth) are right" in err) == (1, True)
    assert virtuoso_server.graphs() == {}


def test_there_must_be_a_graph_and_httpx(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _, err = call(capsys, "push", "http://127.0.0.1:9", "--graph", tmp_path / "none")
    assert (code, "there is no graph here. Make one with" in err) == (1, True)
    monkeypatch.setitem(sys.modules, "httpx", None)
    for command in (("push", "http://h"), ("query", "timeline", "--endpoint", "http://h")):
        code, _, err = call(capsys, *command)
        assert (code, "talking to servers needs httpx, which is not installed. Run: pip install" in err) == (1, True)


def test_the_help_names_the_options(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = call(capsys, "query", "--help")
    assert all(option in out for option in ENDPOINT_OPTIONS)
    _, out, _ = call(capsys, "push", "--help")
    assert all(option in out for option in ("--store-url", "--prune", "--adopt", "--dry-run", "Example: kg push"))


def test_kg_and_its_commands_load_no_httpx() -> None:
    code = "import sys, kg, kg.cli; print('httpx' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "False\n"
