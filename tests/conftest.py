"""Shared fixtures and marker options; its place also puts ``tests/`` on the path, for ``graph_records``."""

import os
from pathlib import Path

import pytest
from hypothesis import settings
from pyoxigraph import RdfFormat, Store

WORLD = Path(__file__).parent / "data" / "queries" / "world.trig"

# no test is timed: machines differ, and the first example of a test may load a library
settings.register_profile("kg", deadline=None)
settings.load_profile("kg")

# fixtures that need a program beside Python, and the marker of that program
_PROGRAMS = {"built": "npm", "wheel": "npm", "browser": "chromium"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by the programs that their fixtures need, so that ``make test`` can leave them out."""
    for item in items:
        for fixture in getattr(item, "fixturenames", ()):
            if fixture in _PROGRAMS:
                item.add_marker(_PROGRAMS[fixture])


@pytest.fixture(scope="session")
def world() -> Store:
    """The invented graph with every layer; read only."""
    store = Store()
    store.load(path=WORLD, format=RdfFormat.TRIG)
    return store


@pytest.fixture(scope="session")
def ray_cluster():
    """The engine of a Ray cluster of two workers, which find the modules of the tests; starting it takes ten seconds."""
    from kg.engine.ray import open_ray

    folders = (Path(__file__).parent, Path(__file__).parent / "shards")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join([*map(str, folders), os.environ.get("PYTHONPATH", "")]))
        with open_ray(None, jobs=2) as engine:
            yield engine
