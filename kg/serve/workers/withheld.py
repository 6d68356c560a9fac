"""A copy of a generation without the quotes that are not to be served (``kg serve --quotes short`` or ``none``).

Everything a client can ask goes to the copy, so nothing depends on how it is asked. A withheld quote becomes "…", and
not nothing as in an export: queries that print the sentence of a claim would else not find the claim.
"""

from __future__ import annotations

import fcntl
import shutil
from pathlib import Path

import pyoxigraph as ox

from kg.store.export import Quotes, is_withheld
from kg.store.workspace import Generation

__all__ = ["withheld_copy"]

_BATCH = 10_000
_KEPT = 2


def withheld_copy(generation: Generation, folder: Path, quotes: Quotes) -> Generation:
    """Return the copy of a generation, made unless another worker has made it already.

    Args:
        generation: Only read.
        folder: Where the copies of one server lie; those of older generations go.
        quotes: What is kept, as for :func:`kg.store.export.export`.
    """
    copy = Generation(folder / generation.path.name)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not copy.path.exists():
            part = Generation(folder / f"{generation.path.name}.part")
            shutil.rmtree(part.path, ignore_errors=True)
            part.path.mkdir()
            generation.open_store().backup(str(part.store))
            _withhold(ox.Store(str(part.store)), quotes)
            part.path.rename(copy.path)
            _tidy(folder)
    return copy


def _withhold(store: ox.Store, quotes: Quotes) -> None:
    withheld = [quad for quad in store if is_withheld(quad, quotes)]
    for at in range(0, len(withheld), _BATCH):
        batch = withheld[at : at + _BATCH]
        store.extend(ox.Quad(quad.subject, quad.predicate, ox.Literal("…"), quad.graph_name) for quad in batch)
        for quad in batch:
            store.remove(quad)
    store.flush()
    store.optimize()


def _tidy(folder: Path) -> None:
    copies = [path for path in folder.glob("store-*") if path.suffix != ".part"]
    for path in sorted(copies, key=lambda path: Generation(path).number)[:-_KEPT]:
        shutil.rmtree(path, ignore_errors=True)
