import multiprocessing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from graph_records import Article

from kg.config import Settings
from kg.errors import ConfigError, StoreError
from kg.store.draft import next_generation
from kg.store.ledger import Entry, Ledger
from kg.store.quads import add_lines
from kg.store.workspace import FORMAT, Workspace

LINE = '<https://a.example/s> <https://a.example/p> "{}" <https://a.example/g> .'


def article(text="Kenya lent Peru $2m on Monday.", **more):
    made = Article(text, **more).name("Kenya").name("Peru")
    made.claim(
        "Lend",
        "lent",
        *made.who("agent", "Kenya"),
        *made.who("recipient", "Peru"),
        made.money("amount", "$2m", "2000000"),
        made.when("begin", "on Monday", "2023-03-13"),
    )
    return made


def entry(document, **more):
    values = {"annotation_hash": "a", "run_id": "r", "mentions": 2, "claims": 1, "quarantined": 0, "quads": 3} | more
    return Entry(id=document.id, source_key=document.source_key, **values)


def write_generation(workspace, value, *, copy=True):
    with next_generation(workspace) as draft:
        assert not copy or draft.take_over()
        with draft.open_store() as store:
            add_lines(store, [LINE.format(value)])
        draft.publish(Settings())


def test_ledger_gives_documents_and_what_conforms(tmp_path):
    document, annotation = article().record()
    with Ledger(tmp_path / "ledger.sqlite", writable=True) as ledger:
        ledger.put(document, annotation, annotation, entry(document))
        ledger.commit()
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        assert ledger.document(document.id, document.text) == document
        assert ledger.conforming(document.id) == ledger.annotation(document.id) == annotation
        assert ledger.entry(source_key=document.source_key) == entry(document)


def test_ledger_keeps_one_document_a_source(tmp_path):
    old, new = article(), article("Kenya lent Peru $2m on Monday. Update.")
    with Ledger(tmp_path / "ledger.sqlite", writable=True) as ledger:
        for made in (old, new):
            ledger.put(*made.record(), made.annotation(), entry(made.document))
        assert [found.id for found in ledger.entries()] == [new.document.id]


def test_missing_ledger_is_reported(tmp_path):
    with pytest.raises(StoreError, match="the ledger cannot be opened"):
        Ledger(tmp_path / "none.sqlite")


def test_readers_see_the_last_finished_generation(tmp_path):
    workspace = Workspace(tmp_path / "kg-graph")
    with workspace.locked():
        write_generation(workspace, "one")
        reader = workspace.current().open_store()
        write_generation(workspace, "two")
    assert len(reader) == 1
    assert len(workspace.current().open_store()) == 2


def test_generation_without_copy_starts_empty(tmp_path):
    workspace = Workspace(tmp_path / "kg-graph")
    with workspace.locked():
        write_generation(workspace, "one")
        write_generation(workspace, "two", copy=False)
    assert len(workspace.current().open_store()) == 1


def test_failed_build_leaves_the_last_good_generation(tmp_path):
    workspace = Workspace(tmp_path / "kg-graph")
    with workspace.locked():
        write_generation(workspace, "one")
        with pytest.raises(RuntimeError), next_generation(workspace):
            raise RuntimeError
    assert workspace.current().number == 1
    assert sorted(p.name for p in workspace.path.glob("store-*")) == ["store-1"]


def test_leftovers_of_killed_builds_and_old_generations_go(tmp_path):
    workspace = Workspace(tmp_path / "kg-graph")
    (workspace.path / "store-9.part").mkdir(parents=True)
    (workspace.path / "format").write_text(f"{FORMAT}\n")
    with workspace.locked():
        for value in ("one", "two", "three", "four"):
            write_generation(workspace, value)
    assert sorted(p.name for p in workspace.path.glob("store-*")) == ["store-3", "store-4"]


def _hold(path, ready, done):
    with Workspace(path).locked():
        ready.set()
        done.wait(30)


def test_second_builder_is_told_who_holds_the_workspace(tmp_path):
    context = multiprocessing.get_context("spawn")
    ready, done = context.Event(), context.Event()
    holder = context.Process(target=_hold, args=(tmp_path / "kg-graph", ready, done))
    holder.start()
    assert ready.wait(30)
    try:
        held = Workspace(tmp_path / "kg-graph").locked()
        with pytest.raises(StoreError, match=f"process {holder.pid} is building this workspace"), held:
            pytest.fail("the lock was given twice")
    finally:
        done.set()
        holder.join()


def test_old_format_is_refused_with_what_to_do(tmp_path):
    (tmp_path / "format").write_text("1\n")
    with pytest.raises(StoreError, match=r"has format 1, this version of kg reads format 4\. Build it anew"):
        Workspace(tmp_path)


@pytest.mark.parametrize("found", ["", "two", "2.0"])
def test_damaged_format_is_refused_with_what_to_do(tmp_path, found):
    (tmp_path / "format").write_text(f"{found}\n")
    with pytest.raises(StoreError, match=rf"format: expected the number of .* found '{found}'\. If this version of kg"):
        Workspace(tmp_path)


def test_other_folders_and_files_are_refused(tmp_path):
    (tmp_path / "letter.txt").write_text("hello")
    with pytest.raises(StoreError, match="is not empty and no workspace of kg"):
        Workspace(tmp_path)
    with pytest.raises(StoreError, match="a workspace is a folder"):
        Workspace(tmp_path / "letter.txt")


def test_workspace_that_was_never_built_is_reported(tmp_path):
    with pytest.raises(StoreError, match=r"there is no graph here\. Make one with: kg build SOURCES"):
        Workspace.open(tmp_path / "none")


def test_settings_are_remembered_relative_to_the_workspace(tmp_path):
    workspace = Workspace(tmp_path / "kg-graph")
    given = Settings(
        threshold=Decimal("0.7"),
        lexicon=(tmp_path / "packs" / "mine.toml",),
        base="https://a.example/",
        copies="additions",
    )
    with workspace.locked(), next_generation(workspace) as draft:
        with draft.open_store():
            pass
        draft.publish(given)
    assert workspace.settings() == given
    assert '"../packs/mine.toml"' in (workspace.path / "kg.toml").read_text()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("modell = 'x'", "unknown key 'modell'; known: base, model"),
        ("threshold = '2'", "threshold is '2', expected a number from 0 to 1"),
        ("copies = 'none'", "copies is 'none', expected whole or additions"),
        ("lexicon = 'x'", "lexicon is 'x', expected a list of strings"),
        ("base =", "cannot be read"),
    ],
)
def test_broken_settings_are_reported(tmp_path, content, message):
    (tmp_path / "format").write_text(str(FORMAT))
    (tmp_path / "kg.toml").write_text(content)
    with pytest.raises(ConfigError, match=message):
        Workspace(tmp_path).settings()


def test_texts_keep_their_newlines(tmp_path):
    document = Article("One.\r\nTwo.\rThree.\n", published=date(2022, 1, 2)).document
    workspace = Workspace(tmp_path / "kg-graph")
    with workspace.locked(), next_generation(workspace) as draft:
        draft.keep_text(document)
        with draft.open_store():
            pass
        draft.publish(Settings())
    assert workspace.text(document.id) == document.text
    with pytest.raises(StoreError, match="the text of document 0 is not stored"):
        workspace.text("0")


def test_workspace_is_a_plain_folder(tmp_path):
    workspace = Workspace(Path(tmp_path / "kg-graph"))
    with workspace.locked():
        write_generation(workspace, "one")
    names = {entry.name for entry in workspace.path.iterdir()}
    assert names == {"current", "format", "kg.toml", "ledger.sqlite", "lock", "store-1", "texts"}
