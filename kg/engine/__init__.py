"""Run a function on many items in workers, any of which may die or hang at the cost of one item.

What workers are, an engine decides: processes of this machine (:mod:`kg.engine.local`) or actors of a Ray cluster
(:mod:`kg.engine.ray`). Order, time limits and second tries are the same for both (:mod:`kg.engine.pool`).
"""

from kg.engine.choose import open_engine
from kg.engine.pool import HopelessError, Pool, run_batches
from kg.engine.worker import Engine, Lost, Worker

__all__ = ["Engine", "HopelessError", "Lost", "Pool", "Worker", "open_engine", "run_batches"]
