from collections.abc import Iterator
from pathlib import Path

import pytest
import triple_stores
from pyoxigraph import RdfFormat, Store
from triple_stores import STORES, TripleStore

WORLD = Path(__file__).parents[1] / "data" / "queries" / "world.trig"


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback addresses are reached directly, whatever the environment says."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    for name in ("KG_STORE_USER", "KG_STORE_PASSWORD", "KG_STORE_TOKEN"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def oxigraph_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TripleStore]:
    with triple_stores.oxigraph(tmp_path_factory.mktemp("oxigraph")) as server:
        yield server


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TripleStore]:
    with triple_stores.virtuoso(tmp_path_factory.mktemp("virtuoso")) as server:
        yield server


@pytest.fixture(params=STORES)
def server(request: pytest.FixtureRequest) -> TripleStore:
    """Each real store in turn, empty of our graphs."""
    found: TripleStore = request.getfixturevalue(f"{request.param}_server")
    found.clear()
    return found


@pytest.fixture(scope="session")
def world() -> Store:
    """The invented graph with every layer; read only."""
    store = Store()
    store.load(path=WORLD, format=RdfFormat.TRIG)
    return store
