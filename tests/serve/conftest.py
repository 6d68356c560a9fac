"""A workspace with the invented graph, and the application on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from serve_bait import Bait, laid_out
from serve_client import Client, serving
from serve_worlds import make_workspace


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace; nobody writes to it."""
    return make_workspace(tmp_path_factory.mktemp("serve") / "graph")


@pytest.fixture(scope="session")
def client(world: Path) -> Iterator[Client]:
    """A client of an application with small limits."""
    with serving(graph=world, max_bytes=300_000, max_query=5_000) as made:
        yield made


@pytest.fixture(scope="session")
def bait() -> Iterator[Bait]:
    """An address that nobody should ask."""
    with laid_out() as made:
        yield made
