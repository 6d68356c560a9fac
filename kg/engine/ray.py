"""Workers that are actors of a Ray cluster: one that runs already, or one that is started on this machine.

Nothing of Ray's own retrying is used, which has no end: a worker that died is replaced by :mod:`kg.engine.pool`, which
counts. Ray sends no usage data, serves no page, and what is started here listens on the loopback interface only.
"""

from __future__ import annotations

import math
import os
import pickle
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from kg.engine.worker import Lost, Start
from kg.errors import EngineError
from kg.extras import not_installed

__all__ = ["RayEngine", "open_ray"]

# All are read by Ray when it is loaded. Nothing is reported to its makers; a worker's death is told by kg, not on
# standard output; a cluster of one machine has no address in the network, and a token that keeps other users out.
_QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_DEDUP_LOGS_SKIP_REGEX": "."}
_ALONE = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0", "RAY_AUTH_MODE": "token"}

# bytes of batches that may wait for an actor; Ray keeps what is larger than 100 KB in its object store
_ROOM = 16 * 1024 * 1024
# bytes of Ray's object store where it is started here; results wait in it until they are taken
_STORE = 256 * 1024 * 1024


@contextmanager
def open_ray(address: str | None, *, jobs: int) -> Iterator[RayEngine]:
    """Give the engine of a Ray cluster; leave again afterwards, and end what was started for it.

    Args:
        address: Of the cluster (``auto``, ``HOST:PORT``, ``ray://HOST:PORT``); None starts one on this machine.
        jobs: How many workers, each of which takes one core; 0 for all cores of the cluster.

    Raises:
        EngineError: Ray is not installed, or the cluster cannot be started or reached.
    """
    ray = _load(local=address is None)
    ours = not ray.is_initialized()
    if ours:
        _connect(ray, address, jobs)
    try:
        yield RayEngine(ray, jobs or int(ray.cluster_resources().get("CPU", 1)))
    finally:
        if ours:
            ray.shutdown()


def _load(*, local: bool) -> Any:
    if "ray" not in sys.modules:  # else it has read them, and would disagree with what it starts
        for name, value in (_QUIET | _ALONE if local else _QUIET).items():
            os.environ.setdefault(name, value)
    try:
        import ray
    except ImportError as error:
        raise not_installed(EngineError, f"the engine needs Ray ({error})", extra="cluster") from error
    return ray


def _connect(ray: Any, address: str | None, jobs: int) -> None:
    own: dict[str, Any] = {
        # never one that somebody else has started on this machine
        "address": "local",
        "num_cpus": jobs or None,
        "include_dashboard": False,
        "object_store_memory": _STORE,
        "_node_ip_address": "127.0.0.1",
    }
    try:
        ray.init(
            **({"address": address} if address else own),
            namespace="kg",
            log_to_driver=False,
            logging_level="ERROR",
            configure_logging=False,
        )
    except (ConnectionError, OSError, RuntimeError, ValueError) as error:
        raise EngineError(
            f"Ray cannot be {'reached' if address else 'started'}: {error}",
            where=address,
            remedy="Check the address with: ray status --address ADDRESS" if address else "Use --jobs on this machine",
        ) from error


class RayEngine:
    """Starts actors, each of which takes one core of the cluster."""

    def __init__(self, ray: Any, jobs: int) -> None:
        self.jobs = jobs
        self._ray = ray
        self._actor = ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(_Serving)

    def start(self, start: Start) -> _Actor:
        """Start an actor, as soon as a core is free."""
        return _Actor(self._ray, self._actor.remote(), start)


class _Actor:
    """One actor; batches are answered in the order in which they were sent."""

    room = _ROOM

    def __init__(self, ray: Any, actor: Any, start: Start) -> None:
        self._ray = ray
        self._actor = actor
        self._coming: deque[Any] = deque()
        self._started = actor.start.remote(start)

    def wait(self, limit: float) -> Lost | None:
        found = self._get(self._started, limit)
        return found if isinstance(found, Lost) else None

    def send(self, batch: bytes) -> None:
        self._coming.append(self._actor.work.remote(batch))

    def receive(self, limit: float) -> Sequence[Any] | Lost:
        found: Sequence[Any] | Lost = self._get(self._coming.popleft(), limit)
        return found

    def _get(self, reference: Any, limit: float) -> Any:
        errors = self._ray.exceptions
        try:
            return self._ray.get(reference, timeout=None if limit == math.inf else limit)
        except errors.GetTimeoutError:
            return Lost(f"took longer than {limit:g} seconds")
        except errors.RayTaskError as error:
            raise (error.cause or error) from None
        except errors.RayError as error:
            return Lost(_reason(error))

    def end(self) -> None:
        with suppress(Exception):  # it may have ended, and the cluster too
            self._ray.kill(self._actor)

    def remove(self) -> None:
        self._coming.clear()
        self.end()


def _reason(error: Exception) -> str:
    """Return the line in which Ray says how a worker ended."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    told = next((line for line in reversed(lines) if "died" in line or "exit" in line), lines[0])
    return f"was lost: {told.split('Some common causes')[0].strip()}"


class _Serving:
    """Answers batches, in a process of the cluster."""

    def start(self, start: Start) -> None:
        # not in __init__, since what that raises is told as the actor's death
        self._work = start()

    def work(self, batch: bytes) -> Sequence[Any]:
        return self._work(pickle.loads(batch))  # noqa: S301 (our own)
