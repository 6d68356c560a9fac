"""What an engine gives: workers that take batches of items one after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

__all__ = ["Engine", "Lost", "Start", "Worker"]

Start = Callable[[], Callable[[Sequence[Any]], Sequence[Any]]]
"""Called once in each worker; returns the function that gives a result for each item of a batch. Picklable."""


@dataclass(frozen=True, slots=True)
class Lost:
    """Stands for results that never came; ``reason`` goes on the sentence "its process …"."""

    reason: str


class Worker(Protocol):
    """One process somewhere. Batches are answered in the order in which they were sent.

    ``room`` is how many bytes may wait to be taken by the worker: behind a larger batch, sending could block.
    """

    room: int

    def wait(self, limit: float) -> Lost | None:
        """Wait until the worker has started, at most that many seconds.

        Raises:
            Exception: What starting raised.
        """
        ...

    def send(self, batch: bytes) -> None:
        """Hand over a pickled batch; whether it arrived, receiving tells."""
        ...

    def receive(self, limit: float) -> Sequence[Any] | Lost:
        """Return the results of the next batch, waiting for them at most that many seconds (``math.inf`` too).

        Raises:
            Exception: What the function raised.
        """
        ...

    def end(self) -> None:
        """End the process at once; whoever is receiving is told that it was lost. Any thread may ask for it."""
        ...

    def remove(self) -> None:
        """End the process and give back what it held."""
        ...


class Engine(Protocol):
    """Starts workers; ``jobs`` is how many of them are at work at a time."""

    jobs: int

    def start(self, start: Start) -> Worker:
        """Start a worker, without waiting for it."""
        ...
