"""The engine that settings name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kg.config import Settings
from kg.engine.local import LocalEngine
from kg.engine.worker import Engine

__all__ = ["open_engine"]


@contextmanager
def open_engine(settings: Settings) -> Iterator[Engine]:
    """Give the engine of the settings; what it started for itself ends with the block.

    Raises:
        EngineError: It is not installed, cannot be started, or cannot be reached.
    """
    if settings.engine == "local":
        yield LocalEngine(settings.jobs)
        return
    # Ray takes seconds to load, and most machines do without it
    from kg.engine.ray import open_ray

    with open_ray(settings.address, jobs=settings.jobs) as engine:
        yield engine
