"""Who has a worker, who waits for one, and who has to make room. Decisions only: nothing is started or ended here.

Requests that are over in a moment must not wait for those that take long, whoever sends them. A query that has run for
``quick`` seconds counts as long. There are ``most`` places for quick queries and as many for long ones; when a query
becomes long, another worker is started for its place among the quick. When all places are taken and somebody waits who
is not known to take long, the newest long query of whoever has most is ended, so that a place becomes free within
``quick`` seconds. A query that took long before waits for a place among the long. Of those that wait, the one whose
address has the fewest requests running comes first, and of one address the one whose connection asked quick ones.
"""

from __future__ import annotations

from asyncio import Future
from collections import Counter
from dataclasses import dataclass, field

from kg.serve.http.problems import Problem
from kg.serve.workers.process import Worker

__all__ = ["Places", "Running", "Waiting"]


@dataclass(eq=False, slots=True)
class Running:
    """A worker and the request that has it; ``ended`` gets the reason when it must not go on."""

    worker: Worker
    client: str
    since: float
    ended: Future[Problem]
    long: bool = False


@dataclass(eq=False, slots=True)
class Waiting:
    """A request that waits; ``served`` gets its worker.

    ``long`` says that it took long before, ``quick`` that what came before it on its connection was quick.
    """

    client: str
    served: Future[Running]
    long: bool = False
    quick: bool = False


@dataclass(slots=True, kw_only=True)
class Places:
    """The workers of a pool and the requests at them.

    Attributes:
        most: Quick queries that may run at a time, and long ones.
        quick: Seconds after which a query counts as long.
        starting: Workers that have been started and are not ready.
    """

    most: int
    quick: float
    idle: list[Worker] = field(default_factory=list)
    running: set[Running] = field(default_factory=set)
    waiting: list[Waiting] = field(default_factory=list)
    starting: int = 0

    def take_idle(self) -> Worker | None:
        """Return a worker that is free and alive, and no longer idle."""
        while self.idle:
            worker = self.idle.pop()
            if worker.alive:
                return worker
        return None

    def take_stale(self, generation: str) -> list[Worker]:
        """Return the idle workers that can go: the dead, and those with an old generation when there are others."""
        fresh = [w for w in self.idle if w.alive and (not generation or w.generation == generation)]
        stale = [w for w in self.idle if w not in fresh and (fresh or not w.alive)]
        self.idle[:] = [w for w in self.idle if w not in stale]
        return stale

    def wants_renewal(self, generation: str) -> bool:
        """Tell whether there are idle workers, all of them with an old generation."""
        return bool(self.idle and generation) and all(worker.generation != generation for worker in self.idle)

    def may_start(self, *, long: bool) -> bool:
        """Tell whether a request may have an idle worker: a long one only where there is a place for it."""
        return not long or len(self._long()) < self.most

    def take_first(self) -> Waiting | None:
        """Return the request whose turn it is, and which no longer waits."""
        busy = Counter(running.client for running in self.running)
        able = [waiting for waiting in self.waiting if self.may_start(long=waiting.long)]
        first = min(able, key=lambda w: (w.long, busy[w.client], not w.quick), default=None)
        if first:
            self.waiting.remove(first)
        return first

    def newly_long(self, now: float) -> list[Running]:
        """Return the queries that have become long, and note it."""
        found = [running for running in self.running if not running.long and now - running.since >= self.quick]
        for running in found:
            running.long = True
        return found

    def next_long(self, now: float) -> float | None:
        """Return the seconds until a query becomes long; None if none can."""
        ages = [now - running.since for running in self.running if not running.long]
        return max(self.quick - max(ages), 0.0) if ages else None

    def fits(self) -> bool:
        """Tell whether one more worker may be idle."""
        return self._for_quick() < self.most

    def missing(self) -> int:
        """Return how many workers to start."""
        return max(0, min(self.most, 2 * self.most - len(self._long())) - self._for_quick())

    def to_end(self) -> list[Running]:
        """Return the long queries that must make room for those that wait."""
        going = [running for running in self.running if running.ended.done()]
        wanted = sum(not waiting.long for waiting in self.waiting) - self.starting - len(self.idle) - len(going)
        empty = self.most - self._for_quick() - len(going)
        long = [running for running in self._long() if running not in going]
        chosen: list[Running] = []
        while long and len(chosen) < min(wanted, empty):
            busy = Counter(running.client for running in long)
            newest_of_most = max(long, key=lambda running: (busy[running.client], running.since))
            long.remove(newest_of_most)
            chosen.append(newest_of_most)
        return chosen if self._for_quick() + len(self._long()) >= 2 * self.most else []

    def _long(self) -> list[Running]:
        return [running for running in self.running if running.long]

    def _for_quick(self) -> int:
        """Return how many workers there are for quick queries, those included that will be ready in a moment."""
        return len(self.idle) + len(self.running) - len(self._long()) + self.starting
