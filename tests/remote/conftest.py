from collections.abc import Iterator

import pytest
import triple_stores
from triple_stores import STORES, TripleStore


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
