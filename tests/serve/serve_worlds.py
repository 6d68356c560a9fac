"""Workspaces for tests of the server, made without the language pipeline."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat, Store

from kg.config import Settings
from kg.store.draft import next_generation
from kg.store.quads import select
from kg.store.workspace import Workspace

WORLD = Path(__file__).parents[1] / "data" / "queries" / "world.trig"
_QUOTES = "SELECT ?document ?begin ?quote { ?span nif:referenceContext ?document ; nif:beginIndex ?begin ; nif:anchorOf ?quote }"


def make_workspace(folder: Path, *trig: str) -> Path:
    """Return a workspace that holds the invented graph of the queries' tests, and more where TriG is given."""
    workspace = Workspace(folder)
    with workspace.locked():
        add_generation(workspace, *trig)
    return folder


def add_generation(workspace: Workspace, *trig: str) -> None:
    """Add a generation, as a build does; the caller holds the lock."""
    with next_generation(workspace) as draft:
        with draft.open_store() as store:
            store.load(path=WORLD, format=RdfFormat.TRIG)
            for text in trig:
                store.load(text, format=RdfFormat.TRIG)
            _write_texts(store, workspace.path / "texts")
        del store
        draft.publish(Settings())


def _write_texts(store: Store, folder: Path) -> None:
    """Put the quotes of each document where they stood; the graph does not hold what stood between them."""
    texts: dict[str, str] = {}
    for row in sorted(select(store, _QUOTES), key=lambda row: int(row["begin"].value)):
        name, begin, quote = row["document"].value.rsplit("/", 1)[1], int(row["begin"].value), row["quote"].value
        before = texts.get(name, "").ljust(begin)
        texts[name] = before[:begin] + quote + before[begin + len(quote) :]
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
