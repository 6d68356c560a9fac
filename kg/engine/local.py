"""Workers that are processes of this machine, each with a pipe of its own.

The pools of the standard library end as a whole when one process is killed, and know no time limit for one item.
"""

from __future__ import annotations

import math
import multiprocessing
import os
import pickle
import signal
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread
from typing import Any

from kg.engine.worker import Lost, Start

__all__ = ["LocalEngine"]

# bytes that fit into a pipe: behind a larger batch none is handed out, since a process that hangs would not take it
_PIPE = 65_536


class LocalEngine:
    """Starts processes on this machine.

    Args:
        jobs: How many are at work at a time; 0 for one each core.
    """

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs or os.cpu_count() or 1

    def start(self, start: Start) -> _Process:
        """Start a process."""
        return _Process(start)


class _Process:
    """One process with its pipe."""

    room = _PIPE

    def __init__(self, start: Start) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, start), daemon=True)
        self._process.start()
        theirs.close()

    def wait(self, limit: float) -> Lost | None:
        found = self.receive(limit)
        return found if isinstance(found, Lost) else None

    def send(self, batch: bytes) -> None:
        with suppress(OSError):  # it ended: receiving tells
            self._connection.send_bytes(batch)

    def receive(self, limit: float) -> Sequence[Any] | Lost:
        try:
            if not self._connection.poll(None if limit == math.inf else limit):
                return Lost(f"took longer than {limit:g} seconds")
            good, found = self._connection.recv()
        except (EOFError, OSError, pickle.UnpicklingError):
            return Lost(self._ending())
        if not good:
            raise found
        results: Sequence[Any] = found
        return results

    def _ending(self) -> str:
        self._process.join(10)
        code = self._process.exitcode
        if code is not None and code < 0:
            return f"was ended by the signal {signal.Signals(-code).name}"
        return f"ended with the exit code {code}"

    def end(self) -> None:
        self._process.kill()

    def remove(self) -> None:
        self._process.kill()
        self._process.join()
        self._connection.close()


# ------------------------------------------------------------------ in the process


def _serve(connection: Connection[Any, Any], start: Start) -> None:
    """Answer batches until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the caller decides
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
