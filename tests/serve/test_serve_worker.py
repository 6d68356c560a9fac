"""A worker process, from its start to its end."""

from __future__ import annotations

import asyncio
import json
import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from kg.serve.workers.configuration import Configuration
from kg.serve.workers.process import Job, Worker

CROSS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


async def closed_with_much_unread(graph: Path) -> int | None:
    worker = await Worker.start(Configuration(graph=str(graph), memory=0))
    job = Job(do="kg.serve.jobs.sparql:answer", arguments={"query": CROSS})
    worker._stdin.write(json.dumps(asdict(job)).encode() + b"\n")
    while not worker._stdout._paused:  # until asyncio holds as much as it is ready to
        await asyncio.sleep(0.05)
    await asyncio.wait_for(worker.close(), 60)
    return worker._process.returncode


def test_a_worker_ends_even_if_nobody_reads_what_it_writes(world: Path) -> None:
    # in a thread of its own: the tests in a browser leave an event loop running in this one
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(asyncio.run, closed_with_much_unread(world)).result() == -signal.SIGKILL
