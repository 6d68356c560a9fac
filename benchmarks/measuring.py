"""What the benchmarks of speed share: texts, processes of their own, medians, tables and JSON."""

from __future__ import annotations

import dataclasses
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

# numpy reads these once, when it is loaded; more threads would only burn processor time
os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

from newsmaker import make_corpus, write_corpus

from kg.model import Document
from kg.read import Failure, read_sources

__all__ = [
    "body",
    "documents",
    "in_own_process",
    "memory_of_tree",
    "peak_megabytes",
    "processor_seconds",
    "ratios",
    "seconds_since_start",
    "spread",
    "table",
    "write_articles",
    "write_json",
]

_STARTED = "KG_BENCHMARK_STARTED"


def write_articles(folder: Path, count: int, seed: int = 7) -> Path:
    """Write that many generated articles, and return their folder."""
    write_corpus(make_corpus(count, seed), folder)
    return folder


def documents(source: Path, repeat: int = 1) -> list[Document]:
    """Return the articles of a folder, several times over, each further time under another name."""
    found = [document for document in read_sources([str(source)]) if not isinstance(document, Failure)]
    again = [
        dataclasses.replace(document, id=f"{n:04d}{document.id[4:]}", source_key=f"{n}/{document.source_key}")
        for n in range(1, repeat)
        for document in found
    ]
    return found + again


def body(document: Document) -> str:
    """Return the text that kg annotates of a document, as one would give it to spaCy."""
    return "\n".join(document.text[span.start : span.end] for span in document.body)


def processor_seconds() -> float:
    """Return the processor time of this process and of its children, those that are still at work among them."""
    times = os.times()
    ended = times.user + times.system + times.children_user + times.children_system
    return ended + sum(map(_seconds_of_child, Path("/proc").glob("[0-9]*/stat")))


def _seconds_of_child(path: Path) -> float:
    try:
        fields = path.read_text().rpartition(")")[2].split()
    except OSError:  # it has just ended
        return 0.0
    # proc(5): the parent's number is the fourth field, user and system time the fourteenth and fifteenth
    own = int(fields[1]) == os.getpid()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") if own else 0.0


def peak_megabytes() -> float:
    """Return the largest resident size that this process had."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    # on Linux the other figure may be that of the process which started this one
    line = next(line for line in status.read_text("ascii").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def memory_of_tree(process: int) -> float:
    """Return the megabytes that a process and all below it hold now; pages that several share count once.

    Only Linux tells; elsewhere it is 0.
    """
    parents = {int(path.parent.name): parent for path in Path("/proc").glob("[0-9]*/stat") if (parent := _parent(path))}
    below = [process]
    for one in below:
        below += [child for child, parent in parents.items() if parent == one]
    return sum(map(_megabytes, below))


def _parent(stat: Path) -> int:
    try:
        # proc(5): the state comes behind the name, then the parent's number
        return int(stat.read_text().rpartition(")")[2].split()[1])
    except OSError:  # it has just ended
        return 0


def _megabytes(process: int) -> float:
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) / 1024 for line in rollup.splitlines() if line.startswith("Pss:"))


def in_own_process(script: str, *arguments: object) -> dict[str, Any]:
    """Run a benchmark script in a fresh interpreter and return the JSON of its last line.

    The script can ask :func:`seconds_since_start` how long it has been running, interpreter and imports included.
    """
    environment = os.environ | {_STARTED: str(time.monotonic())}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed package is compiled, and starts faster
    command = [sys.executable, script, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def seconds_since_start() -> float:
    """Return how long ago :func:`in_own_process` started this process."""
    return time.monotonic() - float(os.environ[_STARTED])


def ratios(over: Sequence[float], under: Sequence[float]) -> tuple[float, float, float]:
    """Return median, smallest and largest of the ratios of two rows that took turns."""
    found = [a / b for a, b in zip(over, under, strict=True)]
    return statistics.median(found), min(found), max(found)


def spread(ratio: tuple[float, float, float]) -> str:
    """Return what :func:`ratios` gives as text: 0.98 (0.95-1.01)."""
    middle, low, high = ratio
    return f"{middle:.2f} ({low:.2f}-{high:.2f})"


def table(columns: Sequence[str], rows: Mapping[str, Sequence[object]]) -> str:
    """Return a table as text: the name of each row, then its cells, numbers with two decimals."""
    lines = [("", *columns), *((name, *map(_cell, cells)) for name, cells in rows.items())]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            (line[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)))
        )
        for line in lines
    )


def _cell(value: object) -> str:
    return f"{value:,.2f}" if isinstance(value, float) else str(value)


def write_json(path: Path | None, figures: object) -> None:
    """Write figures to a file, where one was asked for."""
    if path:
        path.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
