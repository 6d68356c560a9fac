"""Run a function on many items in processes of their own, any of which may die or hang at the cost of one item.

The pools of the standard library end as a whole when one process is killed, and know no time limit for one item. Here
each process has a pipe and a thread of its own, so that nothing that it leaves behind can hold up another one.
"""

from __future__ import annotations

import multiprocessing
import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Any, Generic, TypeVar

from kg.collector import collect_rarely

__all__ = ["HopelessError", "Lost", "run_in_processes"]

T = TypeVar("T")
R = TypeVar("R")
_Start = Callable[[], Callable[[Sequence[T]], Sequence[R]]]

# batches a process has at hand, so that it need not wait for the next one
_AHEAD = 2
# bytes that fit into a pipe: behind a larger batch none is handed out, since a process that hangs would not take it
_SMALL = 65_536
# batches a process that are under way or wait for their turn, which bounds memory
_BACKLOG = 8
# seconds that a process may take to start, and besides the time limit for its first batch: it loads what it needs
_START_UP = 300.0
_FIRST = 120.0
# items lost one after another, with none done, after which something else must be wrong
_HOPELESS = 10


class HopelessError(RuntimeError):
    """Item after item was lost and none was done."""


@dataclass(frozen=True, slots=True)
class Lost:
    """Stands for the result of an item that ended or held up its process, twice; ``reason`` goes on "its process …"."""

    reason: str


def run_in_processes(
    batches: Iterable[Sequence[T]],
    start: Callable[[], Callable[[Sequence[T]], Sequence[R]]],
    *,
    jobs: int,
    time_limit: float,
) -> Iterator[tuple[T, R | Lost]]:
    """Yield each item with what the function returns for it, in order; batches are taken lazily.

    Where a process ends or takes too long, the items of its batch are run once more, each by itself, before those that
    fail again are given up.

    Args:
        batches: Of picklable items.
        start: Called once in each process, returns the function that gives a result for each item of a batch; both
            picklable by name. What either of them raises ends the run.
        jobs: How many processes.
        time_limit: Seconds that one item may take.

    Raises:
        HopelessError: Ten items were lost and none was done.
        Exception: What the function or ``start`` raised.
    """
    pool: _Pool[T, R] = _Pool(start, jobs, time_limit)
    try:
        yield from pool.run(batches)
    finally:
        pool.close()


@dataclass(frozen=True, slots=True)
class _Job(Generic[T]):
    number: int
    batch: Sequence[T]


class _Pool(Generic[T, R]):
    """Hands out batches and gives back results in order."""

    def __init__(self, start: _Start[T, R], jobs: int, time_limit: float) -> None:
        self.todo: SimpleQueue[_Job[T] | None] = SimpleQueue()
        self.done: SimpleQueue[tuple[int, Sequence[R | Lost]] | BaseException] = SimpleQueue()
        self.closing = Event()
        self.lanes = [_Lane(self, start, time_limit) for _ in range(jobs)]

    def run(self, batches: Iterable[Sequence[T]]) -> Iterator[tuple[T, R | Lost]]:
        source = iter(batches)
        under_way: deque[_Job[T]] = deque()
        results: dict[int, Sequence[R | Lost]] = {}
        number = 0
        while True:
            while len(under_way) < _BACKLOG * len(self.lanes):
                try:
                    job = _Job(number, next(source))
                except StopIteration:
                    break
                number += 1
                under_way.append(job)
                self.todo.put(job)
            if not under_way:
                return
            job = under_way.popleft()
            while job.number not in results:
                found = self.done.get()
                if isinstance(found, BaseException):
                    raise found
                results[found[0]] = found[1]
            yield from zip(job.batch, results.pop(job.number), strict=True)

    def close(self) -> None:
        self.closing.set()
        for lane in self.lanes:
            self.todo.put(None)
            lane.process.end()
        for lane in self.lanes:
            lane.thread.join()


class _Lane(Generic[T, R]):
    """One process at a time, and the thread that feeds it."""

    def __init__(self, pool: _Pool[T, R], start: _Start[T, R], time_limit: float) -> None:
        self.pool = pool
        self.start = start
        self.time_limit = time_limit
        self.lost = 0
        self.any_done = False
        self.process: _Process[T, R] = _Process(start)
        self.thread = Thread(target=self._feed, daemon=True)
        self.thread.start()

    def _feed(self) -> None:
        try:
            self._work()
        except BaseException as error:  # whatever it is, the caller has to know
            self.pool.done.put(error)
        finally:
            self.process.remove()

    def _work(self) -> None:
        at_hand: deque[tuple[_Job[T], bytes]] = deque()
        while self._fill(at_hand):
            batch = at_hand[0][0].batch
            found: Sequence[R | Lost] | Lost = self.process.receive(self.time_limit * len(batch))
            if self.pool.closing.is_set():
                return
            job, _ = at_hand.popleft()
            if isinstance(found, Lost):
                found = list(self._one_by_one(job.batch))
                for _, waiting in at_hand:
                    self.process.send(waiting)
            self._note(found)
            self.pool.done.put((job.number, found))

    def _fill(self, at_hand: deque[tuple[_Job[T], bytes]]) -> bool:
        """Hand out batches, and tell whether the process has any."""
        while len(at_hand) < _AHEAD and all(len(data) <= _SMALL for _, data in at_hand):
            try:
                job = self.pool.todo.get(block=not at_hand)
            except Empty:
                break
            if job is None or self.pool.closing.is_set():
                self.pool.todo.put(None)  # for the others, and for the next look
                break
            data = _pickled(job.batch)
            at_hand.append((job, data))
            self.process.send(data)
        return bool(at_hand)

    def _one_by_one(self, batch: Sequence[T]) -> Iterator[R | Lost]:
        self._restart()
        for item in batch:
            self.process.send(_pickled([item]))
            found = self.process.receive(self.time_limit)
            if not isinstance(found, Lost):
                yield from found
                continue
            yield found
            if not self.pool.closing.is_set():
                self._restart()

    def _restart(self) -> None:
        self.process.remove()
        self.process = _Process(self.start)

    def _note(self, found: Sequence[R | Lost]) -> None:
        """Give up when everything is lost from the beginning."""
        lost = [result for result in found if isinstance(result, Lost)]
        self.any_done |= len(lost) < len(found)
        self.lost += len(lost)
        if self.lost >= _HOPELESS and not self.any_done:
            raise HopelessError(f"the first {self.lost} were lost; the last one's process {lost[-1].reason}")


def _pickled(batch: Sequence[object]) -> bytes:
    return bytes(ForkingPickler.dumps(list(batch)))


class _Process(Generic[T, R]):
    """One process with its pipe."""

    def __init__(self, start: _Start[T, R]) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, start), daemon=True)
        self.process.start()
        theirs.close()
        self.started = False
        self.extra = _FIRST

    def send(self, data: bytes) -> None:
        with suppress(OSError):  # it ended: receiving tells
            self.connection.send_bytes(data)

    def receive(self, time_limit: float) -> Sequence[R] | Lost:
        """Return the results of the next batch, or why there are none.

        Raises:
            Exception: What the function raised.
        """
        if not self.started:
            found = self._receive(_START_UP)
            if isinstance(found, Lost):
                return found
            self.started = True
        found = self._receive(time_limit + self.extra)
        self.extra = 0.0
        return found

    def _receive(self, limit: float) -> Sequence[R] | Lost:
        try:
            if not self.connection.poll(limit):
                return Lost(f"took longer than {limit:g} seconds")
            good, found = self.connection.recv()
        except (EOFError, OSError, pickle.UnpicklingError):
            return Lost(self._end())
        if not good:
            raise found
        results: Sequence[R] = found
        return results

    def _end(self) -> str:
        self.process.join(10)
        code = self.process.exitcode
        if code is not None and code < 0:
            return f"was ended by the signal {signal.Signals(-code).name}"
        return f"ended with the exit code {code}"

    def end(self) -> None:
        self.process.kill()

    def remove(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()


# ------------------------------------------------------------------ in the process


def _serve(connection: Connection[Any, Any], start: _Start[Any, Any]) -> None:
    """Answer batches until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the caller decides
    collect_rarely()
    batches: SimpleQueue[list[Any] | None] = SimpleQueue()
    # they are taken at once, since the caller must never wait to hand one over while it should take results
    Thread(target=_take, args=(connection, batches), daemon=True).start()
    try:
        work = start()
        connection.send((True, ()))
        while (batch := batches.get()) is not None:
            connection.send((True, work(batch)))
    except BrokenPipeError:
        return  # nobody is left to tell
    except BaseException as error:  # raised again by the caller
        connection.send((False, _picklable(error)))


def _take(connection: Connection[Any, Any], batches: SimpleQueue[list[Any] | None]) -> None:
    with suppress(EOFError, OSError):
        while True:
            batches.put(connection.recv())
    batches.put(None)


def _picklable(error: BaseException) -> BaseException:
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 (our own)
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
