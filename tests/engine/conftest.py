"""One Ray cluster of two workers for all tests that need one: starting it takes ten seconds."""

import os
from pathlib import Path

import pytest

from kg.engine.ray import open_ray

TESTS = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def ray_cluster():
    """The engine of a cluster whose workers find the modules of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join([str(TESTS), os.environ.get("PYTHONPATH", "")]))
        with open_ray(None, jobs=2) as engine:
            yield engine
