"""Hand batches out to workers and give the results back in order, whatever happens to the workers.

Each worker has a thread of its own here, so that nothing that it leaves behind can hold up another one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.reduction import ForkingPickler
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Generic, TypeVar

from kg.engine.worker import Engine, Lost, Start, Worker

__all__ = ["HopelessError", "Pool", "run_batches"]

T = TypeVar("T")
R = TypeVar("R")

# batches a worker has at hand, so that it need not wait for the next one
_AHEAD = 2
# batches a worker that are under way or wait for their turn, which bounds memory
_BACKLOG = 8
# seconds that a worker may take to start, and besides the time limit for its first batch: it loads what it needs
_START_UP = 300.0
_FIRST = 120.0
# how often in a row a worker may fail to start
_STARTS = 3
# items lost one after another, with none done, after which something else must be wrong
_HOPELESS = 10


class HopelessError(RuntimeError):
    """Item after item was lost and none was done, or no worker could be started."""


def run_batches(
    batches: Iterable[Sequence[T]],
    start: Callable[[], Callable[[Sequence[T]], Sequence[R]]],
    engine: Engine,
    *,
    time_limit: float,
) -> Iterator[tuple[T, R | Lost]]:
    """Yield each item with what the function returns for it, in order; batches are taken lazily.

    Where a worker ends or takes too long, the items of its batch are run once more, each by itself, before those that
    fail again are given up.

    Args:
        batches: Of picklable items.
        start: Called once in each worker, returns the function that gives a result for each item of a batch; both
            picklable by name. What either of them raises ends the run.
        engine: Starts the workers.
        time_limit: Seconds that one item may take.

    Raises:
        HopelessError: Ten items were lost and none was done, or a worker failed to start three times in a row.
        Exception: What the function or ``start`` raised.
    """
    with closing(Pool[T, R](start, engine, time_limit)) as pool:
        yield from pool.run(batches)


@dataclass(frozen=True, slots=True)
class _Job(Generic[T]):
    number: int
    batch: Sequence[T]


class Pool(Generic[T, R]):
    """Hands out batches and gives back results in order, in one run after another.

    What is left of a run that was broken off is still done, and nobody is told.
    """

    def __init__(self, start: Start, engine: Engine, time_limit: float) -> None:
        self.todo: SimpleQueue[_Job[T] | None] = SimpleQueue()
        self.done: SimpleQueue[tuple[int, Sequence[R | Lost]] | BaseException] = SimpleQueue()
        self.closing = Event()
        self.next_number = 0
        self.lanes = [_Lane(self, start, engine, time_limit) for _ in range(engine.jobs)]

    def run(self, batches: Iterable[Sequence[T]]) -> Iterator[tuple[T, R | Lost]]:
        """Yield each item with its result, as :func:`run_batches` does."""
        source = iter(batches)
        under_way: deque[_Job[T]] = deque()
        results: dict[int, Sequence[R | Lost]] = {}
        first = self.next_number
        while True:
            while len(under_way) < _BACKLOG * len(self.lanes):
                try:
                    job = _Job(self.next_number, next(source))
                except StopIteration:
                    break
                self.next_number += 1
                under_way.append(job)
                self.todo.put(job)
            if not under_way:
                return
            job = under_way.popleft()
            while job.number not in results:
                found = self.done.get()
                if isinstance(found, BaseException):
                    raise found
                if found[0] >= first:
                    results[found[0]] = found[1]
            yield from zip(job.batch, results.pop(job.number), strict=True)

    def close(self) -> None:
        """End all workers."""
        self.closing.set()
        for lane in self.lanes:
            self.todo.put(None)
            if lane.worker:
                lane.worker.end()
        for lane in self.lanes:
            lane.thread.join()


class _ClosingError(Exception):
    """The caller wants no more results."""


class _Lane(Generic[T, R]):
    """One worker at a time, and the thread that feeds it."""

    def __init__(self, pool: Pool[T, R], start: Start, engine: Engine, time_limit: float) -> None:
        self.pool = pool
        self.start = start
        self.engine = engine
        self.time_limit = time_limit
        self.lost = 0
        self.any_done = False
        self.extra = 0.0
        self.worker: Worker | None = None
        self.thread = Thread(target=self._feed, daemon=True)
        self.thread.start()

    def _feed(self) -> None:
        try:
            self._work(self._new_worker())
        except _ClosingError:
            pass
        except BaseException as error:  # whatever it is, the caller has to know
            self.pool.done.put(error)
        finally:
            if self.worker:
                self.worker.remove()

    def _new_worker(self) -> Worker:
        """Start a worker in place of the one before; start another one where it does not come up."""
        reason = ""
        for _ in range(_STARTS):
            if self.worker:
                self.worker.remove()
            self.worker = self.engine.start(self.start)
            self._stop_if_closing()
            lost = self.worker.wait(_START_UP)
            self._stop_if_closing()
            if lost is None:
                self.extra = _FIRST
                return self.worker
            reason = lost.reason
        raise HopelessError(f"a worker was started {_STARTS} times in vain; the last time its process {reason}")

    def _stop_if_closing(self) -> None:
        if self.pool.closing.is_set():
            raise _ClosingError

    def _work(self, worker: Worker) -> None:
        at_hand: deque[tuple[_Job[T], bytes]] = deque()
        while self._fill(worker, at_hand):
            found: Sequence[R | Lost] | Lost = self._receive(worker, len(at_hand[0][0].batch))
            job, _ = at_hand.popleft()
            if isinstance(found, Lost):
                worker = self._new_worker()
                worker, found = self._one_by_one(worker, job.batch)
                for _, waiting in at_hand:
                    worker.send(waiting)
            self._note(found)
            self.pool.done.put((job.number, found))

    def _receive(self, worker: Worker, items: int) -> Sequence[R | Lost] | Lost:
        found = worker.receive(self.time_limit * items + self.extra)
        self.extra = 0.0
        self._stop_if_closing()
        return found

    def _fill(self, worker: Worker, at_hand: deque[tuple[_Job[T], bytes]]) -> bool:
        """Hand out batches, and tell whether the worker has any."""
        while len(at_hand) < _AHEAD and all(len(data) <= worker.room for _, data in at_hand):
            try:
                job = self.pool.todo.get(block=not at_hand)
            except Empty:
                break
            if job is None or self.pool.closing.is_set():
                self.pool.todo.put(None)  # for the others, and for the next look
                break
            data = _pickled(job.batch)
            at_hand.append((job, data))
            worker.send(data)
        return bool(at_hand)

    def _one_by_one(self, worker: Worker, batch: Sequence[T]) -> tuple[Worker, list[R | Lost]]:
        """Run the items of a batch, each by itself; return the worker that is left, and the results."""
        results: list[R | Lost] = []
        for item in batch:
            worker.send(_pickled([item]))
            found = self._receive(worker, 1)
            if isinstance(found, Lost):
                results.append(found)
                worker = self._new_worker()
            else:
                results += found
        return worker, results

    def _note(self, found: Sequence[R | Lost]) -> None:
        """Give up when everything is lost from the beginning."""
        lost = [result for result in found if isinstance(result, Lost)]
        self.any_done |= len(lost) < len(found)
        self.lost += len(lost)
        if self.lost >= _HOPELESS and not self.any_done:
            raise HopelessError(f"the first {self.lost} were lost; the last one's process {lost[-1].reason}")


def _pickled(batch: Sequence[object]) -> bytes:
    return bytes(ForkingPickler.dumps(list(batch)))
