from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

WORLD = Path(__file__).parents[1] / "data" / "queries" / "world.trig"


@pytest.fixture(scope="session")
def world() -> Store:
    """The invented graph with every layer; read only."""
    store = Store()
    store.load(path=WORLD, format=RdfFormat.TRIG)
    return store
