"""A worker process, as its parent sees it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import signal
import sys
import tempfile
from collections import deque
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import IO, Any, TypeVar

from kg.errors import StoreError
from kg.serve.http.problems import Problem
from kg.serve.workers.configuration import Configuration
from kg.serve.workers.frames import ANSWER, DATA, READY, read_frame

__all__ = ["Answer", "Job", "Unreadable", "Worker"]

Stream = TypeVar("Stream")

_LOG = logging.getLogger("kg.serve")
_IN_MEMORY = 1_000_000  # bytes of an answer before it goes to a temporary file
_CHUNK = 65_536
_LAST_WORDS = 20  # lines of standard error that are kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a worker is to do.

    Attributes:
        do: The function, ``module:function``; it takes a context, an output and arguments, and returns a media type.
        arguments: By name; JSON values.
        accept: The client's Accept header.
        gzip: Whether the answer is to be compressed.
        seconds: How long it may take.
        max_bytes: How large the answer may be.
    """

    do: str
    arguments: dict[str, Any] = field(default_factory=dict)
    accept: str = ""
    gzip: bool = False
    seconds: float = 20.0
    max_bytes: int = 64_000_000

    @property
    def key(self) -> bytes:
        """What is to be done, as a hash: the same for all who ask the same."""
        return sha256(json.dumps([self.do, self.arguments], sort_keys=True).encode()).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A whole answer; ``body`` stands at its beginning and is closed by whoever sends it."""

    media_type: str
    body: IO[bytes]
    size: int
    gzip: bool


class Unreadable(Exception):  # noqa: N818 (says what is the case, not that something is wrong with the query)
    """The worker cannot answer: it was ended, or its generation cannot be read since two builds have replaced it."""


class Worker:
    """A process with the graph open. Use :meth:`start` to make one; it answers one job at a time."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._words: deque[str] = deque(maxlen=_LAST_WORDS)
        self._listener = asyncio.create_task(self._listen())
        self.generation = ""
        self.used_up = False

    @classmethod
    async def start(cls, configuration: Configuration, *, patience: float = 600.0) -> Worker:
        """Start a process and wait until it has opened the graph.

        Raises:
            StoreError: It cannot open it, or ended, or was not ready in time.
        """
        worker = cls(await _process(configuration))
        try:
            kind, payload = await asyncio.wait_for(read_frame(worker._stdout), patience)
        except (asyncio.IncompleteReadError, TimeoutError) as error:
            await worker.close()
            raise StoreError(f"a worker did not start: {' '.join(worker._words) or error!r}") from error
        except BaseException:
            await worker.close()
            raise
        facts = json.loads(payload)
        if kind != READY:
            await worker.close()
            raise StoreError(facts["detail"])
        worker.generation = facts["generation"]
        return worker

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.returncode is None and not self.used_up

    async def ask(self, job: Job) -> Answer:
        """Have a job done. If this is cancelled, the worker must be closed: it is still at work.

        Raises:
            Problem: There is no answer, and why.
            Unreadable: Another worker should be asked.
        """
        body: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (whoever sends it closes it)
        try:
            return await self._receive(job, body)
        except BaseException:
            body.close()
            raise

    async def _receive(self, job: Job, body: IO[bytes]) -> Answer:
        try:
            self._stdin.write(json.dumps(asdict(job)).encode() + b"\n")
            await self._stdin.drain()
            while True:
                kind, payload = await read_frame(self._stdout)
                if kind != DATA:
                    break
                body.write(payload)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise await self._post_mortem() from error
        facts = json.loads(payload)
        if kind != ANSWER:
            raise _problem(facts)
        size = body.tell()
        body.seek(0)
        return Answer(media_type=facts["media_type"], body=body, size=size, gzip=job.gzip)

    def step_back(self) -> None:
        """Let other processes go first, for good: what was given up cannot be had back."""
        with contextlib.suppress(OSError, AttributeError):
            os.setpriority(os.PRIO_PROCESS, self._process.pid, 10)

    async def close(self) -> None:
        """End the process, at once."""
        self.used_up = True
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._read_to_the_end()
        await self._process.wait()
        await asyncio.gather(self._listener, return_exceptions=True)
        self._stdin.close()

    async def _read_to_the_end(self) -> None:
        """Read what nobody read: it stopped the reading, and asyncio waits for the end of a process's pipes."""
        while not self._stdout.at_eof():
            try:
                await self._stdout.read(_CHUNK)
            except RuntimeError:  # whoever asked reads still
                await asyncio.sleep(0.02)

    @property
    def _stdin(self) -> asyncio.StreamWriter:
        return _given(self._process.stdin)

    @property
    def _stdout(self) -> asyncio.StreamReader:
        return _given(self._process.stdout)

    async def _listen(self) -> None:
        """Pass on what it writes to standard error, and keep the last lines."""
        while chunk := await _given(self._process.stderr).read(_CHUNK):
            for line in chunk.decode("utf-8", "replace").splitlines():
                self._words.append(line)
                _LOG.warning("worker %s: %s", self._process.pid, line)

    async def _post_mortem(self) -> Problem | Unreadable:
        """Return what to tell the client whose query ended the process; others may have ended it, too."""
        code = await self._process.wait()
        await asyncio.gather(self._listener, return_exceptions=True)
        if any("memory allocation of" in line for line in self._words):
            return Problem(413, "the query needs more memory than a worker may take", remedy="Narrow its patterns")
        # The parser and the evaluator go one step deeper for every level of the query, until the stack ends.
        if code in {-signal.SIGSEGV, -signal.SIGBUS, -signal.SIGABRT}:
            return Problem(400, "the query is nested too deeply or joins too many parts", remedy="Split it")
        _LOG.error("worker %s ended with code %s", self._process.pid, code)
        return Unreadable("the worker that was answering has ended")


async def _process(configuration: Configuration) -> asyncio.subprocess.Process:
    # A process group of its own: ctrl-C in the terminal is the server's business.
    begun = asyncio.create_task(
        asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "kg.serve.workers.main",
            json.dumps(asdict(configuration)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
            # a backtrace of a hundred lines would push out the one that says why
            env={**os.environ, "RUST_BACKTRACE": "0"},
        )
    )
    try:
        return await asyncio.shield(begun)
    except asyncio.CancelledError:
        # The system has begun to start it, and nobody else knows of it.
        process = await begun
        process.kill()
        await process.wait()
        raise


def _given(stream: Stream | None) -> Stream:
    if stream is None:  # all three are pipes
        raise ValueError("a worker without pipes")
    return stream


def _problem(facts: dict[str, Any]) -> Problem | Unreadable:
    if facts["status"] == 503:
        return Unreadable(facts["detail"])
    return Problem(facts["status"], facts["detail"], limit=facts.get("limit"), remedy=facts.get("remedy"))
