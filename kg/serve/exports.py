"""The graph as files: written once for each generation by a process of its own, kept for the next download."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from kg.errors import StoreError
from kg.serve.http.problems import Problem
from kg.serve.workers.configuration import Configuration
from kg.serve.workers.process import Job, Unreadable, Worker

__all__ = ["Exports"]

_SECONDS = 3_600.0
_KEPT = 2  # generations whose files stay; somebody may still be reading those of the last one


class Exports:
    """Makes files and finds them again.

    Args:
        folder: Where they go.
        configuration: For the process that writes them.
        current: Returns the name of the generation to write.
    """

    def __init__(self, folder: Path, configuration: Configuration, current: Callable[[], str]) -> None:
        self._folder = folder
        # Whoever writes a file sorts the whole graph, so its memory is not bounded by that of a query.
        self._configuration = replace(configuration, memory=0)
        self._current = current
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._one_at_a_time = asyncio.Semaphore(1)
        self._tasks: set[asyncio.Task[Path]] = set()

    async def file(self, name: str, *, compress: bool) -> Path:
        """Return the file of the current generation, written if need be.

        Args:
            name: ``graph.ttl`` and the like.
            compress: Return the file that is compressed by gzip.

        Raises:
            Problem: It cannot be written (503).
        """
        generation = self._current()
        # A client that goes away does not stop the writing: the next one will want the file.
        task = asyncio.create_task(self._make(generation, name, compress=compress))
        self._tasks.add(task)
        task.add_done_callback(self._forget)
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Stop writing."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _forget(self, task: asyncio.Task[Path]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # whoever waited for it has it; if nobody did, it need not be reported as lost

    async def _make(self, generation: str, name: str, *, compress: bool) -> Path:
        plain = self._folder / generation / name
        wanted = plain.with_name(f"{name}.gz") if compress else plain
        async with self._locks[name]:
            if not wanted.exists():
                async with self._one_at_a_time:
                    plain.parent.mkdir(parents=True, exist_ok=True)
                    await self._write(plain, compress=compress)
                    self._tidy(generation)
        return wanted

    async def _write(self, path: Path, *, compress: bool) -> None:
        job = Job(
            do="kg.serve.jobs.export:write", arguments={"path": str(path), "compress": compress}, seconds=_SECONDS
        )
        try:
            worker = await Worker.start(self._configuration)
            try:
                answer = await asyncio.wait_for(worker.ask(job), _SECONDS)
                answer.body.close()
            finally:
                await worker.close()
        except (StoreError, Unreadable, TimeoutError) as error:
            raise Problem(
                503, "the file could not be written; the server's log tells more", remedy="Try again"
            ) from error

    def _tidy(self, current: str) -> None:
        def number(folder: Path) -> int:
            digits = re.search(r"\d+$", folder.name)
            return int(digits[0]) if digits else 0

        for folder in sorted(self._folder.iterdir(), key=number)[:-_KEPT]:
            if folder.name != current:
                shutil.rmtree(folder, ignore_errors=True)
