"""The workers of a server: asked in turn, ended when their time is up, replaced, moved to the current generation."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from kg.serve.http.problems import Problem
from kg.serve.options import Options
from kg.serve.workers.configuration import Configuration
from kg.serve.workers.places import Places, Running, Waiting
from kg.serve.workers.process import Answer, Job, Unreadable, Worker
from kg.serve.workers.recent import Recent

__all__ = ["Pool"]

_LOG = logging.getLogger("kg.serve")
_LOOK = 1.0  # seconds between looks for a new generation
_PAUSE = 1.0  # seconds before a worker that did not start is tried again
_LATER = {"Retry-After": "2"}


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
        self._places = Places(most=options.workers, quick=options.quick)
        self._long_jobs = Recent()
        self._quick_connections = Recent()
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
        self._places.idle.append(await Worker.start(self._configuration))
        self._manager = asyncio.create_task(self._manage())

    async def close(self) -> None:
        """End all workers, and tell those who are still waiting for an answer."""
        self._closing = True
        begun = [task for task in (self._manager, *self._starts) if task]
        for task in begun:
            task.cancel()
        await asyncio.gather(*begun, return_exceptions=True)
        places = self._places
        for waiting in places.waiting:
            if not waiting.served.done():
                waiting.served.set_exception(_ending())
        for running in places.running:
            if not running.ended.done():
                running.ended.set_result(_ending())
        workers = (*places.idle, *(running.worker for running in places.running))
        await asyncio.gather(*self._ends, *(worker.close() for worker in workers))
        places.idle.clear()

    def facts(self) -> dict[str, int | list[str]]:
        """Return how many workers there are, what they do, and the generations that they have open."""
        places = self._places
        workers = (*places.idle, *(running.worker for running in places.running))
        return {
            "idle": len(places.idle),
            "busy": len(places.running),
            "waiting": len(places.waiting),
            "generations": sorted({worker.generation for worker in workers}),
        }

    async def run(self, job: Job, *, client: tuple[str, int]) -> Answer:
        """Have a job done, by the next free worker. Cancelling this ends the worker.

        Args:
            job: What to do; its ``seconds`` count from when a worker begins.
            client: Whose request it is, for fairness: address and port, which stand for client and connection.

        Raises:
            Problem: Too many requests are waiting (503), the job's time is up (504), or what the job itself says.
        """
        try:
            with contextlib.suppress(Unreadable):
                return await self._run_once(job, client)
            # It is no fault of the job, which may be tried once more by a worker that has the current generation open.
            return await self._run_once(job, client)
        except Unreadable as error:
            raise Problem(503, str(error), remedy="Ask again", headers=_LATER) from error

    async def _run_once(self, job: Job, client: tuple[str, int]) -> Answer:
        running = await self._acquire(job, client)
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
            self._remember(job, client, running, answered=ask.done())
            self._release(running)

    def _remember(self, job: Job, client: tuple[str, int], running: Running, *, answered: bool) -> None:
        """Note how long a job took, for its next time and for that of its connection."""
        now = asyncio.get_running_loop().time()
        if now - running.since >= self._options.quick:
            self._long_jobs.add(job.key, now=now)
            self._quick_connections.discard(client)
        elif answered:
            self._long_jobs.discard(job.key)
            self._quick_connections.add(client, now=now)

    async def _acquire(self, job: Job, client: tuple[str, int]) -> Running:
        """Return a worker, waiting for one if need be."""
        loop = asyncio.get_running_loop()
        places, limit = self._places, self._options.waiting
        long = self._long_jobs.holds(job.key, now=loop.time())
        if self._closing:
            raise _ending()
        if not places.waiting and places.may_start(long=long) and (worker := places.take_idle()):
            return self._hand_over(worker, client[0], long=long)
        if len(places.waiting) >= limit:
            raise Problem(503, f"{limit} requests are waiting already", limit=limit, remedy="Ask again", headers=_LATER)
        quick = self._quick_connections.holds(client, now=loop.time())
        waiting = Waiting(client[0], loop.create_future(), long=long, quick=quick)
        places.waiting.append(waiting)
        self._changed.set()
        try:
            await asyncio.wait({waiting.served}, timeout=self._options.patience)
        except asyncio.CancelledError:
            if waiting.served.done():
                self._release(waiting.served.result())
            raise
        finally:
            if waiting in places.waiting:
                places.waiting.remove(waiting)
        if not waiting.served.done():
            raise Problem(503, "no worker became free in time", remedy="Ask again", headers=_LATER)
        return waiting.served.result()

    def _hand_over(self, worker: Worker, client: str, *, long: bool) -> Running:
        loop = asyncio.get_running_loop()
        running = Running(worker, client, loop.time(), loop.create_future(), long)
        if long:
            worker.step_back()
            self._changed.set()  # its place among the quick is to be filled
        self._places.running.add(running)
        return running

    def _release(self, running: Running) -> None:
        self._places.running.discard(running)
        if running.worker.alive and not running.long and self._places.fits() and not self._closing:
            self._places.idle.append(running.worker)
        else:
            self._end(running.worker)
        self._changed.set()

    async def _manage(self) -> None:
        """Keep up the number of workers, their generation, and the turn of those that wait."""
        now = asyncio.get_running_loop().time
        while True:
            self._changed.clear()
            for running in self._places.newly_long(now()):
                running.worker.step_back()
            self._renew()
            self._serve_waiting()
            for _ in range(self._places.missing()):
                self._start_one()
            for running in self._places.to_end():
                running.ended.set_result(_made_room(self._options.quick))
            next_long = self._places.next_long(now())
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), _LOOK if next_long is None else min(_LOOK, next_long))

    def _renew(self) -> None:
        """Move idle workers to the current generation, the old ones going when a new one is there."""
        current = self._current()
        for worker in self._places.take_stale(current):
            self._end(worker)
        if self._places.wants_renewal(current) and not self._places.starting:
            self._start_one()

    def _serve_waiting(self) -> None:
        places = self._places
        while worker := places.take_idle():
            first = places.take_first()
            if not first:
                places.idle.append(worker)
                return
            first.served.set_result(self._hand_over(worker, first.client, long=first.long))

    def _start_one(self) -> None:
        self._places.starting += 1
        _keep(self._starts, self._start())

    async def _start(self) -> None:
        try:
            worker = await Worker.start(self._configuration)
            self._places.idle.append(worker)
        except OSError as error:  # also when the system has no more processes or files
            _LOG.error("a worker could not be started: %s", error)
            await asyncio.sleep(_PAUSE)
        finally:
            self._places.starting -= 1
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
