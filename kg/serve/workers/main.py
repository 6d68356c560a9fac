"""A worker: opens the graph, then answers jobs from standard input, one at a time, until its parent is gone.

Run as ``python -m kg.serve.workers.main CONFIGURATION``, which is JSON (:mod:`kg.serve.workers.configuration`).
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from kg.errors import KGError
from kg.graph import Graph, open_graph
from kg.serve.http.problems import Problem
from kg.serve.jobs.context import Context
from kg.serve.workers.configuration import Configuration
from kg.serve.workers.frames import ANSWER, DATA, PROBLEM, READY, write_frame, write_json
from kg.serve.workers.output import Output

__all__ = ["main"]


def main() -> None:
    """Answer jobs until standard input ends."""
    configuration = Configuration(**json.loads(sys.argv[1]))
    # Only frames go to standard output: what libraries print goes to standard error.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        graph = _open(configuration)
        _warm_up(graph)
        # Read once: those of lexicon packs are read from files.
        plain = Context(graph=graph, prefixes=dict(graph.prefixes), quotes=configuration.quotes)
    except KGError as error:
        write_json(out, PROBLEM, {"detail": str(error)})
        return
    _confine(configuration)
    write_json(out, READY, {"generation": graph.generation.path.name if graph.generation else ""})
    for line in sys.stdin.buffer:
        _answer(json.loads(line), plain, out, configuration)


def _open(configuration: Configuration) -> Graph:
    graph = open_graph(Path(configuration.graph))
    if configuration.copies and configuration.quotes != "full" and graph.generation:
        from kg.serve.workers.withheld import withheld_copy

        graph.generation = withheld_copy(graph.generation, Path(configuration.copies), configuration.quotes)
    return graph


def _warm_up(graph: Graph) -> None:
    """Open the store and load what jobs need, so that the first answer is no slower than the others."""
    any(graph.store)
    for module in ("sparql", "named", "evidence"):
        importlib.import_module(f"kg.serve.jobs.{module}")


def _confine(configuration: Configuration) -> None:
    if sys.platform != "win32":
        from kg.serve.workers.sandbox import confine

        try:
            confine(memory=configuration.memory)
        except OSError as error:
            # The check of queries stands; whoever runs the server should know that it stands alone.
            print(f"this system does not let a worker be fenced in: {error}", file=sys.stderr)  # noqa: T201


def _answer(job: dict[str, Any], plain: Context, out: BinaryIO, configuration: Configuration) -> None:
    """Do one job. Whatever goes wrong in it, the worker goes on."""
    _give_up_after(job["seconds"] + configuration.grace)
    output = Output(lambda piece: write_frame(out, DATA, piece), limit=job["max_bytes"], compress=job["gzip"])
    context = replace(plain, accept=job["accept"])
    try:
        media_type = _function(job["do"])(context, output, **job["arguments"])
        output.finish()
    except Exception as error:  # a worker outlives every mistake in a request and in our own code
        write_json(out, PROBLEM, _problem(error))
    else:
        write_json(out, ANSWER, {"media_type": media_type})
    finally:
        _give_up_after(0)


def _give_up_after(seconds: float) -> None:
    if sys.platform != "win32":
        from kg.serve.workers.sandbox import give_up_after

        give_up_after(seconds)


def _function(name: str) -> Callable[..., str]:
    """Return the function of a job, ``module:function``; routes name them, clients never do."""
    module, _, function = name.partition(":")
    found: Callable[..., str] = getattr(importlib.import_module(module), function)
    return found


def _problem(error: Exception) -> dict[str, Any]:
    """Return the problem to tell the client; of a fault of ours it learns no more than that, the log has the rest."""
    if isinstance(error, Problem):
        return error.fields()
    if isinstance(error, MemoryError):
        return {"status": 413, "detail": "the query needs more memory than a worker has"}
    if isinstance(error, OSError):
        traceback.print_exception(error)
        return {"status": 503, "detail": "the graph could not be read; the server's log tells more"}
    if isinstance(error, KGError):
        where = f"{error.where}: " if error.where else ""
        return {"status": 400, "detail": f"{where}{error.problem}", "remedy": error.remedy}
    traceback.print_exception(error)
    return {"status": 500, "detail": "this is a fault of the server; its log tells more"}


if __name__ == "__main__":
    main()
