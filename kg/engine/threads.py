"""Run tasks in threads, for what waits for processes of its own or for disks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import Protocol, TypeVar

__all__ = ["run_in_threads"]

T = TypeVar("T")
R_co = TypeVar("R_co", covariant=True)
T_contra = TypeVar("T_contra", contravariant=True)


class Closeable(Protocol[T_contra, R_co]):
    """Gives a result for each item, and has to be closed."""

    def __call__(self, items: Sequence[T_contra], /) -> Sequence[R_co]:
        """Return the results of some items."""
        ...

    def close(self) -> None:
        """Give back what it holds."""
        ...


def run_in_threads(items: Sequence[T], start: Callable[[], Closeable[T, R_co]], *, threads: int) -> Iterator[R_co]:
    """Yield the result of each item, in order.

    Args:
        items: Given one by one.
        start: Makes what runs them; called at most once a thread.
        threads: How many at a time.

    Raises:
        Exception: What running an item raised; the others are not waited for.
    """
    idle: SimpleQueue[Closeable[T, R_co]] = SimpleQueue()
    workers = [start() for _ in range(min(threads, len(items)))]
    for worker in workers:
        idle.put(worker)

    def run(item: T) -> R_co:
        worker = idle.get()
        try:
            return worker([item])[0]
        finally:
            idle.put(worker)

    executor = ThreadPoolExecutor(len(workers))
    try:
        yield from executor.map(run, items)
    finally:
        for worker in workers:
            worker.close()
        executor.shutdown(cancel_futures=True)
