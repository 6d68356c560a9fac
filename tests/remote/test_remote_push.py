"""kg push on real stores: what is sent, what is left alone, and what a killed push leaves behind."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from forwarder import Forwarder
from graph_records import stub_annotator
from pyoxigraph import NamedNode
from triple_stores import TripleStore

from kg.builder import build_graph
from kg.errors import RemoteError, StoreError
from kg.iris import Iris
from kg.remote import push
from kg.remote.content import Content, contents
from kg.remote.manifest import Manifest
from kg.remote.plan import make_plan
from kg.remote.store import RemoteStore
from kg.store.workspace import Workspace

IRIS = Iris()
FOREIGN = "urn:test:foreign"
TEXTS = {
    "one.txt": "Kenya lent Peru $5m on Tuesday. The two sides praised the deal. Norway did not meet Chile.",
    "two.txt": "Officials confirmed that Kenya lent Peru $6m. Norway met Chile in the harbour. It rained.",
    "three.txt": "Ghana said that Nepal met Fiji last week. Kenya lent Peru $5m. Nepal may lend Fiji $3m.",
}


def build(folder: Path, texts: dict[str, str], **options: object) -> Workspace:
    news = folder / "news"
    shutil.rmtree(news, ignore_errors=True)
    news.mkdir(parents=True)
    for name, text in texts.items():
        (news / name).write_text(f"A headline about some news\n\n{text}\n", "utf-8")
    table = "\n".join(f'["{n}"]\npublisher = "{n[:-4].title()} Post"\npublished = 2023-03-14' for n in texts)
    (news / "sources.toml").write_text(table, "utf-8")
    build_graph([news], graph=folder / "kg-graph", make_annotator=stub_annotator, sync=True, **options)
    return Workspace.open(folder / "kg-graph")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return build(tmp_path, TEXTS)


def held(workspace: Workspace) -> dict[str, int]:
    """Return the workspace's graphs with their triples."""
    return {name: content.triples for name, content in contents(workspace.current().open_store()).items()}


def assert_holds(server: TripleStore, workspace: Workspace, *, also: tuple[str, ...] = ()) -> None:
    """Compare every graph of the store, triple by triple."""
    local = workspace.current().open_store()
    assert set(server.graphs()) == {*held(workspace), IRIS.manifest_graph, *also}
    for name in held(workspace):
        quads = local.quads_for_pattern(None, None, None, NamedNode(name))
        assert server.lines(name) == sorted(str(quad.triple) for quad in quads), name


def test_the_first_push_sends_every_graph_and_the_second_none(server: TripleStore, workspace: Workspace) -> None:
    report = push(workspace, server.remote)
    assert set(report.plan.new) == set(held(workspace))
    assert report.plan.sent[0] == IRIS.ontology_graph
    assert report.plan.sent[-1] == IRIS.world_graph
    assert report.sent_triples == sum(held(workspace).values())
    assert_holds(server, workspace)
    again = push(workspace, server.remote)
    assert (again.plan.sent, len(again.plan.unchanged)) == ((), len(held(workspace)))


def test_only_what_changed_is_sent_and_only_what_was_pushed_is_pruned(server: TripleStore, tmp_path: Path) -> None:
    workspace = build(tmp_path, TEXTS)
    server.put(FOREIGN, "<urn:test:a> <urn:test:b> 'c' .")
    push(workspace, server.remote)
    before = held(workspace)
    workspace = build(tmp_path, {"one.txt": TEXTS["one.txt"], "four.txt": "Norway lent Peru $7m. Fiji met Chile."})
    gone = set(before) - set(held(workspace))
    assert len([name for name in gone if "/document/" in name]) == 2

    would = push(workspace, server.remote, prune=True, dry_run=True)
    assert (set(would.deleted), would.dry_run) == (gone, True)
    assert set(server.graphs()) == {*before, IRIS.manifest_graph, FOREIGN}

    report = push(workspace, server.remote)
    assert IRIS.world_graph in report.plan.changed
    assert IRIS.ontology_graph in report.plan.unchanged
    assert (set(report.plan.gone), report.deleted) == (gone, ())
    assert set(report.plan.sent) == set(would.plan.sent)
    assert set(server.graphs()) == {*before, *held(workspace), IRIS.manifest_graph, FOREIGN}

    pruned = push(workspace, server.remote, prune=True)
    assert (pruned.plan.sent, set(pruned.deleted)) == ((), gone)
    assert_holds(server, workspace, also=(FOREIGN,))
    assert push(workspace, server.remote, prune=True).deleted == ()


def test_graphs_that_somebody_else_wrote_are_only_replaced_when_asked(server: TripleStore, tmp_path: Path) -> None:
    workspace = build(tmp_path / "a", TEXTS)
    server.put(IRIS.world_graph, "<urn:test:a> <urn:test:b> 'c' .")
    with pytest.raises(RemoteError, match=r"no push of this workspace wrote: .*graph/world \(1 triples\)\. Replace"):
        push(workspace, server.remote)
    assert server.graphs() == {IRIS.world_graph: 1}
    assert workspace.identifier() is None
    push(workspace, server.remote, adopt=True)
    assert_holds(server, workspace)

    other = build(tmp_path / "b", {"five.txt": "Ghana met Nepal."})
    with pytest.raises(RemoteError, match=r"another workspace \([0-9a-f]{16}\) has pushed \d+ graphs under this base"):
        push(other, server.remote, prune=True)
    assert_holds(server, workspace)
    push(other, server.remote, adopt=True, prune=True)
    assert_holds(server, other)
    with pytest.raises(RemoteError, match="another workspace"):
        push(workspace, server.remote)


def test_two_bases_stand_side_by_side(oxigraph_server: TripleStore, tmp_path: Path) -> None:
    from kg.config import Settings

    oxigraph_server.clear()
    base = "https://w3id.org/kg-news/test/"
    one = build(tmp_path / "a", TEXTS)
    two = build(tmp_path / "b", TEXTS, settings=Settings(base=base))
    for workspace in (one, two):
        push(workspace, oxigraph_server.remote, prune=True)
    assert set(oxigraph_server.graphs()) == {
        *held(one), *held(two), IRIS.manifest_graph, Iris(base).manifest_graph
    }  # fmt: skip


def test_what_somebody_changed_in_the_store_is_mended(server: TripleStore, workspace: Workspace) -> None:
    push(workspace, server.remote)
    document = next(name for name in held(workspace) if "/document/" in name)
    server.remote.delete(document)
    server.remote.add(IRIS.world_graph, b"<urn:test:a> <urn:test:b> <urn:test:c> .\n")
    report = push(workspace, server.remote)
    assert set(report.plan.repaired) == {document, IRIS.world_graph}
    assert_holds(server, workspace)


def test_a_large_graph_goes_in_pieces(
    server: TripleStore, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server.remote, "_piece", 20_000)
    methods: list[str] = []
    send = server.remote.connection.send

    def counting(method: str, url: str, **options: object) -> object:
        methods.append(method)
        return send(method, url, **options)

    monkeypatch.setattr(server.remote.connection, "send", counting)
    push(workspace, server.remote)
    # one PUT a graph and one of the manifest; the rest of the large ones by POST, as queries and notes are
    assert methods.count("PUT") == len(held(workspace)) + 1
    assert methods.count("POST") > len(held(workspace))
    assert_holds(server, workspace)


@pytest.mark.parametrize("at", [1, 2, 4])
def test_a_push_that_was_killed_is_repeated_to_the_right_state(
    server: TripleStore, tmp_path: Path, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process is killed in the middle of its n-th PUT: of the manifest, or of a graph when some are whole."""
    workspace = build(tmp_path, {"one.txt": TEXTS["one.txt"]})
    server.put(FOREIGN, "<urn:test:a> <urn:test:b> 'c' .")
    push(workspace, server.remote)
    workspace = build(tmp_path, TEXTS)
    monkeypatch.setenv("KG_STORE_PASSWORD", "dba")
    login = ["--user", "dba"] if server.login else []
    with Forwarder(server.url, stop_at=at) as forwarder:
        command = [sys.executable, "-m", "kg", "push", forwarder.url, "--graph", workspace.path, *login]
        process = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        assert forwarder.stopped.wait(240), process.communicate(timeout=240)[0]
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait(20) == -signal.SIGKILL
        process.stdout.close()

    report = push(workspace, server.remote, prune=True)
    assert len(report.plan.unchanged) >= 1
    assert_holds(server, workspace, also=(FOREIGN,))
    assert push(workspace, server.remote).plan.sent == ()


def test_a_store_that_loses_triples_is_found_out(
    oxigraph_server: TripleStore, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    oxigraph_server.clear()
    replace = RemoteStore.replace

    def losing(store: RemoteStore, graph: str, cut: Callable[[int], list[bytes]]) -> None:
        kept = (lambda size: [piece.partition(b"\n")[2] for piece in cut(size)]) if graph == IRIS.world_graph else cut
        replace(store, graph, kept)

    monkeypatch.setattr(RemoteStore, "replace", losing)
    world = held(workspace)[IRIS.world_graph]
    expected = f"does not hold what was sent to it: {IRIS.world_graph} holds {world - 1:,} triples, not {world:,}"
    with pytest.raises(RemoteError, match=expected):
        push(workspace, oxigraph_server.remote)
    monkeypatch.undo()
    assert push(workspace, oxigraph_server.remote).plan.repaired == (IRIS.world_graph,)


def test_two_pushes_of_one_workspace_exclude_each_other(oxigraph_server: TripleStore, workspace: Workspace) -> None:
    with (
        workspace.locked("push.lock", doing="pushing"),
        pytest.raises(StoreError, match=f"process {os.getpid()} is pushing this workspace"),
    ):
        push(workspace, oxigraph_server.remote)


def test_a_graph_that_is_no_manifest_is_told(oxigraph_server: TripleStore, workspace: Workspace) -> None:
    oxigraph_server.clear()
    oxigraph_server.put(IRIS.manifest_graph, "<urn:test:a> <urn:test:b> 'c' .")
    with pytest.raises(RemoteError, match="is no manifest: it names 0 workspaces"):
        push(workspace, oxigraph_server.remote)


def test_a_long_manifest_is_read_in_pages(server: TripleStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.remote.store._ENTRIES", 3)
    digests = {f"{IRIS.document('')}{n:04}": "" if n % 3 else f"sha256-sum:{n}" for n in range(9)}
    manifest = Manifest(workspace="w", digests=digests)
    lines = manifest.lines(IRIS.manifest_graph)
    server.remote.replace(IRIS.manifest_graph, lambda _: (lines,))
    assert server.remote.manifest(IRIS.manifest_graph) == manifest


def test_graphs_go_in_the_order_in_which_they_refer_to_each_other() -> None:
    names = [IRIS.world_graph, IRIS.quarantine_graph("d"), IRIS.document("d"), IRIS.run("r"), IRIS.ontology_graph]
    held = {name: Content(digest="x", triples=1) for name in names}
    plan = make_plan(held, None, {}, IRIS, workspace=None)
    assert plan.new == tuple(reversed(names))


def test_a_digest_does_not_depend_on_order_and_tells_graphs_apart(workspace: Workspace) -> None:
    from pyoxigraph import Quad, Store

    local = workspace.current().open_store()
    other = Store()
    for quad in sorted(local, key=str, reverse=True):
        other.add(quad)
    assert contents(other) == contents(local)
    world = NamedNode(IRIS.world_graph)
    quad = next(local.quads_for_pattern(None, None, None, world))
    other.remove(quad)
    other.add(Quad(quad.subject, quad.predicate, NamedNode("urn:test:other"), world))
    changed = {name for name, content in contents(other).items() if content != contents(local)[name]}
    assert changed == {IRIS.world_graph}
    other.add(Quad(quad.subject, quad.predicate, quad.object))
    with pytest.raises(StoreError, match="outside of the named graphs"):
        contents(other)
