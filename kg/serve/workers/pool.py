"""The workers of a server: who is asked next, who has to make room, who is replaced.

Requests that are over in a moment must not wait for those that take long, whoever sends them. A query that has run for
``quick`` seconds counts as long. When somebody waits and no worker is free, another is started as long as fewer than
``workers`` are busy with quick ones, up to twice ``workers`` in all; beyond that the newest long query of whoever has
most is ended, so that a place becomes free within ``quick`` seconds at the latest. Of those that wait, the one whose
address has the fewest requests running comes first.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from kg.errors import StoreError
from kg.serve.options import Options
from kg.serve.problems import Problem
from kg.serve.workers.configuration import Configuration
from kg.serve.workers.process import Answer, Job, Unreadable, Worker

__all__ = ["Pool"]

_LOG = logging.getLogger("kg.serve")
_LOOK = 1.0  # seconds between looks for a new generation
_LATER = {"Retry-After": "2"}
_PAUSE = 1.0  # seconds before a worker that did not start is tried again


@dataclass(eq=False, slots=True)
class _Running:
    """A worker and the request that has it; ``ended`` gets the reason when it must not go on."""

    worker: Worker
    client: str
    since: float
    ended: asyncio.Future[Problem]
    long: bool = False


@dataclass(eq=False, slots=True)
class _Waiting:
    client: str
    served: asyncio.Future[_Running]


@dataclass(slots=True)
class _State:
    idle: list[Worker] = field(default_factory=list)
    running: set[_Running] = field(default_factory=set)
    waiting: list[_Waiting] = field(default_factory=list)
    starting: int = 0

    @property
    def workers(self) -> int:
        return len(self.idle) + len(self.running) + self.starting


class Pool:
    """Answers jobs by worker processes.

    Args:
        options: Numbers and limits.
        configuration: For each worker.
        current: Returns the name of the generation that readers should open.
    """

    def __init__(self, options: Options, configuration: Configuration, current: Callable[[], str]) -> None:
        self._options = options
        self._configuration = configuration
        self._current = current
        self._state = _State()
        self._changed = asyncio.Event()
        self._starts: set[asyncio.Task[None]] = set()
        self._ends: set[asyncio.Task[None]] = set()
        self._manager: asyncio.Task[None] | None = None
        self._closing = False

    async def start(self) -> None:
        """Start the first worker, then the others in the background.

        Raises:
            StoreError: The graph cannot be opened.
        """
        self._state.idle.append(await Worker.start(self._configuration))
        self._manager = asyncio.create_task(self._manage())

    async def close(self) -> None:
        """End all workers, and tell those who are still waiting for an answer."""
        self._closing = True
        begun = [task for task in (self._manager, *self._starts) if task]
        for task in begun:
            task.cancel()
        await asyncio.gather(*begun, return_exceptions=True)
        state = self._state
        for waiting in state.waiting:
            if not waiting.served.done():
                waiting.served.set_exception(_ending())
        for running in state.running:
            if not running.ended.done():
                running.ended.set_result(_ending())
        workers = (*state.idle, *(running.worker for running in state.running))
        await asyncio.gather(*self._ends, *(worker.close() for worker in workers))
        state.idle.clear()

    def facts(self) -> dict[str, int | list[str]]:
        """Return how many workers there are, what they do, and the generations that they have open."""
        state = self._state
        workers = (*state.idle, *(running.worker for running in state.running))
        return {
            "idle": len(state.idle),
            "busy": len(state.running),
            "waiting": len(state.waiting),
            "generations": sorted({worker.generation for worker in workers}),
        }

    async def run(self, job: Job, *, client: str) -> Answer:
        """Have a job done, by the next free worker. Cancelling this ends the worker.

        Args:
            job: What to do; its ``seconds`` count from when a worker begins.
            client: Whose request it is, for fairness: its address.

        Raises:
            Problem: Too many requests are waiting (503), the job's time is up (504), or what the job itself says.
        """
        try:
            with contextlib.suppress(Unreadable):
                return await self._run_once(job, client)
            # The worker's generation is gone; it was ended, and the next one has the current one open.
            return await self._run_once(job, client)
        except Unreadable as error:
            raise Problem(503, str(error), remedy="Ask again", headers=_LATER) from error

    async def _run_once(self, job: Job, client: str) -> Answer:
        running = await self._acquire(client)
        ask = asyncio.create_task(running.worker.ask(job))
        try:
            ends: set[asyncio.Future[Any]] = {ask, running.ended}
            await asyncio.wait(ends, timeout=job.seconds, return_when=asyncio.FIRST_COMPLETED)
            if ask.done():
                return ask.result()
            raise running.ended.result() if running.ended.done() else _over_time(job.seconds)
        except Unreadable:
            running.worker.used_up = True
            raise
        finally:
            if not ask.done():
                running.worker.used_up = True
                ask.cancel()
            self._release(running)

    async def _acquire(self, client: str) -> _Running:
        """Return a worker, waiting for one if need be."""
        state, limit = self._state, self._options.waiting
        if self._closing:
            raise _ending()
        if state.idle and not state.waiting:
            return self._hand_over(state.idle.pop(), client)
        if len(state.waiting) >= limit:
            raise Problem(503, f"{limit} requests are waiting already", limit=limit, remedy="Ask again", headers=_LATER)
        waiting = _Waiting(client, asyncio.get_running_loop().create_future())
        state.waiting.append(waiting)
        self._changed.set()
        try:
            await asyncio.wait({waiting.served}, timeout=self._options.patience)
        except asyncio.CancelledError:
            if waiting.served.done():
                self._release(waiting.served.result())
            raise
        finally:
            if waiting in state.waiting:
                state.waiting.remove(waiting)
        if not waiting.served.done():
            raise Problem(503, "no worker became free in time", remedy="Ask again", headers=_LATER)
        return waiting.served.result()

    def _hand_over(self, worker: Worker, client: str) -> _Running:
        loop = asyncio.get_running_loop()
        running = _Running(worker, client, loop.time(), loop.create_future())
        self._state.running.add(running)
        return running

    def _release(self, running: _Running) -> None:
        self._state.running.discard(running)
        fits = self._state.workers < self._options.workers and not self._closing
        if running.worker.alive and not running.long and fits:
            self._state.idle.append(running.worker)
        else:
            self._end(running.worker)
        self._changed.set()

    async def _manage(self) -> None:
        """Keep up the number of workers, their generation, and the turn of those that wait."""
        while True:
            self._changed.clear()
            self._step_back()
            self._renew()
            self._serve_waiting()
            for _ in range(self._options.workers - self._state.workers):
                self._start_one()
            self._make_room()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), self._until_next_look())

    def _until_next_look(self) -> float:
        """Return the seconds until a query becomes long, or a new generation is looked for."""
        ages = [self._age(running) for running in self._state.running if not running.long]
        return min([_LOOK, *(max(self._options.quick - age, 0.01) for age in ages)])

    def _age(self, running: _Running) -> float:
        return asyncio.get_running_loop().time() - running.since

    def _step_back(self) -> None:
        for running in self._state.running:
            if not running.long and self._age(running) >= self._options.quick:
                running.long = True
                running.worker.step_back()

    def _renew(self) -> None:
        """Move idle workers to the current generation, the old ones going when a new one is there."""
        state, current = self._state, self._current()
        stale = [worker for worker in state.idle if current and worker.generation != current]
        if len(stale) == len(state.idle):
            if stale and not state.starting:
                self._start_one()
            return
        for worker in stale:
            state.idle.remove(worker)
            self._end(worker)

    def _serve_waiting(self) -> None:
        state = self._state
        while state.waiting and state.idle:
            busy = Counter(running.client for running in state.running)
            first = min(state.waiting, key=lambda waiting: busy[waiting.client])
            state.waiting.remove(first)
            first.served.set_result(self._hand_over(state.idle.pop(), first.client))

    def _make_room(self) -> None:
        """Start workers for those that wait, or end long queries in their favour."""
        state, most = self._state, self._options.workers
        going = sum(running.ended.done() for running in state.running)
        wanted = len(state.waiting) - state.starting - going
        quick = sum(not running.long for running in state.running)
        room = most - quick - state.starting - going
        for _ in range(max(0, min(wanted, room))):
            if state.workers < 2 * most:
                self._start_one()
            else:
                self._evict()

    def _evict(self) -> None:
        long = [running for running in self._state.running if running.long and not running.ended.done()]
        if long:
            busy = Counter(running.client for running in long)
            newest_of_most = max(long, key=lambda running: (busy[running.client], running.since))
            newest_of_most.ended.set_result(_made_room(self._options.quick))

    def _start_one(self) -> None:
        self._state.starting += 1
        _keep(self._starts, self._start())

    async def _start(self) -> None:
        try:
            self._state.idle.append(await Worker.start(self._configuration))
        except StoreError as error:
            _LOG.error("%s", error)
            await asyncio.sleep(_PAUSE)
        finally:
            self._state.starting -= 1
            self._changed.set()

    def _end(self, worker: Worker) -> None:
        _keep(self._ends, worker.close())


def _keep(tasks: set[asyncio.Task[None]], work: Coroutine[Any, Any, None]) -> None:
    """Do work beside, and remember it: the event loop alone would forget it."""
    task = asyncio.create_task(work)
    tasks.add(task)
    task.add_done_callback(tasks.discard)


def _ending() -> Problem:
    return Problem(503, "the server is ending")


def _over_time(seconds: float) -> Problem:
    return Problem(
        504,
        f"the query took longer than {seconds:g} seconds and was ended",
        limit=seconds,
        remedy="Narrow its patterns or add LIMIT; kg serve --timeout raises the limit",
    )


def _made_room(seconds: float) -> Problem:
    return Problem(
        503,
        f"the query took longer than {seconds:g} seconds while other requests waited, and was ended for them",
        limit=seconds,
        remedy="Ask again when the server is less busy",
        headers=_LATER,
    )
