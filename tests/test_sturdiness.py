"""What a workspace survives: kills, a full disk, missing rights, damaged and missing files, clocks that go back."""

import os
import shutil
import signal
import sys
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from graph_records import stub_annotator

from kg.builder import build_graph
from kg.cli import main
from kg.config import Settings
from kg.errors import StoreError
from kg.graph import open_graph
from kg.lexicon import load_lexicon
from kg.store.quads import select
from kg.store.workspace import Workspace

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))
import kills

sys.path.pop(0)

ARTICLES = 10
TEXT = "A headline about some news\n\nKenya lent Peru ${}m on Tuesday. Norway did not meet Chile.\n"


# ---- kills


@pytest.fixture(scope="module")
def builder():
    with kills.Builder() as process:
        yield process


class Scene:
    """A workspace that was built, a folder that has changed since, and what the graph is to become."""

    def __init__(self, folder, builder):
        self.builder, self.room = builder, kills.Newsroom(folder, ARTICLES, Random(5))  # noqa: S311 (repeatable)
        self.calm = folder / "calm"
        self.build(self.calm)
        shutil.copytree(self.calm, folder / "before")
        self.before, self.before_lines = folder / "before", kills.graph_lines(self.calm)
        self.room.change()
        self.build(self.calm)
        self.after_lines = kills.graph_lines(self.calm)

    def order(self, graph):
        return {"news": self.room.news, "truth": self.room.truth, "graph": graph}

    def build(self, graph):
        self.builder.build(**self.order(graph))

    def build_badly(self, graph, **more):
        self.builder.start(**self.order(graph), **more)
        return self.builder.end()


@pytest.fixture(scope="module")
def scene(builder, tmp_path_factory):
    return Scene(tmp_path_factory.mktemp("scene"), builder)


def test_random_kills_change_nothing():
    rows = list(kills.run(10, ARTICLES, seed=11))
    assert len(rows) == 10
    assert {row["graph"] for row in rows} <= {"none yet", "the old one", "the new one"}


@pytest.mark.parametrize(
    ("moment", "happened"),
    [
        ("kg.store.draft:Draft.keep_text", False),
        ("kg.store.ledger:Ledger.put", False),
        ("kg.worldgraph:WorldGraph.update", False),
        ("kg.store.draft:Draft.publish", False),
        ("kg.store.ledger:Ledger.commit", False),
        ("kg.store.draft:_point_to", True),
        ("kg.store.workspace:Workspace.write", True),
        ("kg.store.draft:_tidy", True),
        ("kg.store.ledger:Ledger.forget_departed", True),
    ],
)
def test_a_kill_at_each_step_leaves_one_graph_or_the_other(scene, tmp_path, moment, happened):
    graph = tmp_path / "graph"
    shutil.copytree(scene.before, graph)
    assert scene.build_badly(graph, dies_at=moment)[0] == -signal.SIGKILL
    assert kills.graph_lines(graph) in (scene.before_lines, scene.after_lines)
    if happened:
        # the next build has nothing to do but to finish
        report = build_graph(scene.room.news, graph=graph, sync=True, make_annotator=None)
        assert (report.new, report.replaced, report.removed) == (0, 0, 0)
    scene.build(graph)
    assert kills.graph_lines(graph) == scene.after_lines
    assert kills.left_over(graph, scene.room.news) == []


def test_a_kill_during_the_first_build_leaves_no_graph_and_no_obstacle(scene, tmp_path):
    graph = tmp_path / "graph"
    for moment in ("kg.store.workspace:Workspace.write", "kg.store.draft:Draft.keep_text", "kg.store.draft:_point_to"):
        assert scene.build_badly(graph, dies_at=moment)[0] == -signal.SIGKILL
        with pytest.raises(StoreError, match="there is no graph here"):
            Workspace.open(graph)
    scene.build(graph)
    assert kills.graph_lines(graph) == scene.after_lines
    assert kills.left_over(graph, scene.room.news) == []


# ---- disks and rights


@pytest.mark.parametrize("size", [600, 8_000, 60_000, 250_000])
def test_full_disk_is_reported_and_leaves_the_last_good_graph(scene, tmp_path, size):
    graph = tmp_path / "graph"
    shutil.copytree(scene.before, graph)
    status, error = scene.build_badly(graph, fsize=size)
    assert (status, error.split(":")[0]) == (1, "StoreError")
    assert f"{graph}" in error
    assert "The last good graph stays as it was. Make room or give the rights, and build again." in error
    assert kills.graph_lines(graph) == scene.before_lines
    scene.build(graph)
    assert kills.graph_lines(graph) == scene.after_lines
    assert kills.left_over(graph, scene.room.news) == []


@contextmanager
def unprivileged(folder):
    """Without the right to write a folder, which the system administrator always has."""
    mode = folder.stat().st_mode
    folder.chmod(0o555)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)
        folder.chmod(mode)


def test_folder_without_the_right_to_write_is_reported_and_can_be_read():
    with TemporaryDirectory() as name:
        root = Path(name)
        root.chmod(0o755)
        news, graph = write(root / "news", 5), root / "graph"
        build(news, graph)
        lexicon = load_lexicon()
        with unprivileged(graph):
            message = r"graph: the workspace cannot be written: Permission denied\. Name a folder that you may write to"
            with pytest.raises(StoreError, match=message):
                build(news, graph, settings=Settings(), lexicon=lexicon)
            assert len(rows(graph)) == 1
            with Workspace.open(graph).current().open_ledger() as ledger:
                assert len(ledger) == 1
        with unprivileged(root), pytest.raises(StoreError, match=r"other: the workspace cannot be written: Permission"):
            build(news, root / "other", settings=Settings(), lexicon=lexicon)


# ---- a workspace with one article


def write(folder, amount):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "one.txt").write_text(TEXT.format(amount), "utf-8")
    (folder / "sources.toml").write_text('["one.txt"]\npublisher = "Quay"\npublished = 2023-03-14\nlanguage = "en"\n')
    return folder


def build(news, graph, **options):
    return build_graph(news, graph=graph, make_annotator=stub_annotator, **options)


def rows(graph):
    store = Workspace.open(graph).current().open_store()
    return [row["v"].value for row in select(store, "SELECT ?v { ?e kg:amount/schema:value ?v ; kg:claim ?c }")]


@pytest.fixture
def news(tmp_path):
    return write(tmp_path / "news", 5)


@pytest.fixture
def graph(news, tmp_path):
    build(news, tmp_path / "graph")
    return tmp_path / "graph"


# ---- damage


def largest(graph):
    return max(Workspace.open(graph).current().store.glob("*.sst"), key=lambda path: path.stat().st_size)


def scratch(graph):
    """Change some bytes, as a failing disk does: the engine itself looks only at sizes when it opens a store."""
    table = largest(graph)
    data = bytearray(table.read_bytes())
    data[len(data) // 3 : len(data) // 3 + 64] = bytes(64)
    table.write_bytes(data)


@pytest.mark.parametrize(
    "damage",
    [
        lambda graph: shutil.rmtree(graph / "store-1"),
        lambda graph: largest(graph).write_bytes(b""),
        lambda graph: largest(graph).unlink(),
        lambda graph: (graph / "store-1" / "oxigraph" / "CURRENT").unlink(),
        scratch,
    ],
)
def test_damaged_store_is_reported_and_made_anew_from_the_ledger(news, graph, damage):
    before = kills.graph_lines(graph)
    damage(graph)
    with pytest.raises(StoreError, match=r"the store is (missing or )?damaged: .*kg build --refresh makes another one"):
        rows(graph)
    report = build_graph([], graph=graph, make_annotator=None)  # nothing is annotated
    assert report.notes == ["the store was missing or damaged, and was made anew from the ledger"]
    assert report.remade == 1
    assert kills.graph_lines(graph) == before


def test_damage_of_a_large_store_is_found_by_validating_it(graph, monkeypatch):
    scratch(graph)
    monkeypatch.setattr("kg.store.checksums.SMALL", 1)
    with (
        open_graph(graph) as opened,
        pytest.raises(StoreError, match=r"\.sst: the store is damaged: a file is not as it was written\. kg build --r"),
    ):
        opened.validate()


def test_damage_that_is_met_while_reading_is_one_message(graph, monkeypatch, capsys):
    def meet(*_, **__):
        raise RuntimeError("Corruption: block checksum mismatch in 000017.sst")

    monkeypatch.setattr("kg.query.engine.solutions", meet)
    monkeypatch.setattr("kg.query.run", meet)
    assert main(["query", "coverage", "--graph", str(graph)]) == 1
    assert capsys.readouterr().err == (
        "kg: the store is damaged: Corruption: block checksum mismatch in 000017.sst. "
        "kg build --refresh makes another one from the ledger.\n"
    )


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (
            lambda path: path.unlink(),
            r"ledger\.sqlite: the ledger is empty, and there is a graph\. The graph can still",
        ),
        (lambda path: path.write_bytes(b"x" * 5000), "the ledger cannot be opened: file is not a database"),
        (lambda path: os.truncate(path, 20_000), "malformed"),
    ],
)
def test_damaged_ledger_is_reported_and_the_graph_can_still_be_read(news, graph, damage, message):
    damage(graph / "ledger.sqlite")
    with pytest.raises(StoreError, match=message):
        build(write(news, 6), graph)
    assert rows(graph) == ["5000000"]


def test_damaged_pointer_is_reported(graph):
    (graph / "current").write_text("store-one")
    with pytest.raises(StoreError, match=r"current: expected the name of a generation, store-7 for example, found 's"):
        rows(graph)


def test_missing_pointer_is_written_again(news, graph):
    (graph / "current").unlink()
    assert build(news, graph).reused == 1
    assert rows(graph) == ["5000000"]


def test_missing_text_is_reported_with_its_document(graph):
    (text,) = (graph / "texts").iterdir()
    text.unlink()
    with pytest.raises(StoreError, match=rf"the text of document {text.stem} is not stored\. Build the article again"):
        Workspace.open(graph).text(text.stem)


# ---- clocks, readers, two builders


def test_clock_that_goes_back_ends_no_run_before_it_began(news, graph):
    times = iter([datetime(2030, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)])
    build(write(news, 6), graph, clock=lambda: next(times))
    store = Workspace.open(graph).current().open_store()
    found = select(store, "SELECT ?a ?b { ?r prov:startedAtTime ?a ; prov:endedAtTime ?b }")
    assert [(row["a"].value, row["b"].value) for row in found] == [("2030-01-01T00:00:00Z",) * 2]


def test_files_from_the_future_are_read_as_any(news, graph):
    ahead = (datetime.now(UTC) + timedelta(days=9000)).timestamp()
    write(news, 6)
    os.utime(news / "one.txt", (ahead, ahead))
    assert build(news, graph).replaced == 1
    assert rows(graph) == ["6000000"]


def test_readers_go_on_during_a_build_and_see_one_graph_or_the_other(news, graph):
    reader = Workspace.open(graph).current().open_store()
    seen = []

    def looking(_settings):
        annotate = stub_annotator(_settings)

        def look(documents):
            for pair in annotate(documents):
                seen.append(rows(graph))
                yield pair

        return look

    build_graph(write(news, 6), graph=graph, make_annotator=looking)
    assert seen == [["5000000"]]
    assert rows(graph) == ["6000000"]
    assert len(list(select(reader, "SELECT ?v { ?e kg:amount/schema:value ?v ; kg:claim ?c }"))) == 1


def test_second_build_waits_for_the_first_where_it_is_told_to(news, graph):
    held = threading.Event()
    ended = []

    def hold():
        with Workspace(graph).locked():
            held.set()
            held_long = threading.Event()
            held_long.wait(0.3)
            ended.append("first")

    first = threading.Thread(target=hold)
    first.start()
    held.wait()
    with pytest.raises(StoreError, match=rf"process {os.getpid()} is building this workspace\. Wait until .*--wait"):
        build(news, graph)
    build(write(news, 6), graph, wait=True)
    ended.append("second")
    first.join()
    assert ended == ["first", "second"]
    assert rows(graph) == ["6000000"]
