"""Which jobs took long before: they are told from others before they start."""

from __future__ import annotations

import json
from collections import OrderedDict
from hashlib import sha256

from kg.serve.workers.process import Job

__all__ = ["Habits"]

_MOST = 10_000
_SECONDS = 600.0


class Habits:
    """Remembers jobs that took long, for ten minutes."""

    def __init__(self) -> None:
        self._until: OrderedDict[bytes, float] = OrderedDict()

    def is_long(self, job: Job, *, now: float) -> bool:
        """Tell whether a job took long when it was last done."""
        return self._until.get(_key(job), now) > now

    def took_long(self, job: Job, *, now: float) -> None:
        """Remember a job."""
        key = _key(job)
        self._until[key] = now + _SECONDS
        self._until.move_to_end(key)
        if len(self._until) > _MOST:
            self._until.popitem(last=False)

    def was_quick(self, job: Job) -> None:
        """Forget a job."""
        self._until.pop(_key(job), None)


def _key(job: Job) -> bytes:
    return sha256(json.dumps([job.do, job.arguments], sort_keys=True).encode()).digest()
