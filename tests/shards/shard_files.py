"""Shards of invented news, the graph that they should give, and the graph that was written."""

from __future__ import annotations

import errno
import gzip
import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import fsspec
from fsspec.implementations.local import LocalFileSystem
from graph_records import stub_annotator

from kg.builder import build_graph
from kg.shards import build_shards
from kg.store.quads import open_read_only, sorted_lines
from kg.store.workspace import Workspace

WHEN = datetime(2024, 5, 6, tzinfo=UTC)
PAIRS = [("Kenya", "Peru"), ("Norway", "Chile"), ("Ghana", "Fiji"), ("Nepal", "Fiji"), ("Kenya", "Chile")]


def article(number: int, *, text: str | None = None, **more: object) -> dict[str, object]:
    """An article of which others repeat, vary or deny the facts."""
    (a, b), (c, d) = PAIRS[number % 5], PAIRS[number * 3 % 5]
    verb = "did not meet" if number % 7 == 0 else "met"
    said = text or f"{a} lent {b} ${5 + number % 3}m on Tuesday. Ghana said that {c} {verb} {d}. {c} {verb} {b}."
    return {
        "id": f"a{number}",
        "title": f"News of the day number {number}",
        "text": said,
        "published": f"2023-03-{10 + number % 9}",
        "source": f"The {a} Courier",
        "url": f"https://news.example/{number}",
    } | more


def write_shards(folder: Path, count: int = 24, each: int = 8) -> Path:
    """Write JSON Lines, one of them compressed and in a folder of its own."""
    articles = [article(number) for number in range(count)]
    for first in range(0, count, each):
        lines = "".join(json.dumps(one) + "\n" for one in articles[first : first + each]).encode()
        path = folder / ("late" if first else "") / f"news-{first:03}.jsonl{'.gz' if first == each else ''}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(lines) if path.suffix == ".gz" else lines)
    if count > 16:
        (folder / "late" / "sources.toml").write_text('["news-016.jsonl"]\npublisher = "The Late Post"\n')
    return folder


def sharded(source: object, target: object, **options: object):
    options.setdefault("make_annotator", stub_annotator)
    return build_shards(str(source), str(target), clock=lambda: WHEN, **options)


def single(source: Path, graph: Path, **options: object) -> list[str]:
    """Return the sorted quads of a workspace that one process builds of the same folder."""
    options.setdefault("make_annotator", stub_annotator)
    build_graph(source, graph=graph, clock=lambda: WHEN, **options)
    return sorted_lines(Workspace.open(graph).current().open_store())


def graph_files(target: Path) -> list[Path]:
    return sorted(target.rglob("*.nq.gz"))


def quads(target: Path) -> list[str]:
    """Return the sorted quads of all files."""
    return sorted(
        {line for path in graph_files(target) for line in gzip.decompress(path.read_bytes()).decode().splitlines()}
    )


def loaded(target: Path, store: Path) -> list[str]:
    """Return the sorted quads of a store into which Oxigraph's own command loaded the files as they are."""
    command = [Path(sys.executable).with_name("oxigraph"), "load", "--location", store, "--file", *graph_files(target)]
    subprocess.run(command, check=True, capture_output=True)
    return sorted_lines(open_read_only(store))


class Bucket(LocalFileSystem):
    """Stands for an object store: ``bucket:///folder``. ``full`` are endings of names, each with how often it fails."""

    protocol = "bucket"
    full: ClassVar[dict[str, int]] = {}

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return super()._strip_protocol(str(path).removeprefix("bucket://"))

    def put_file(self, lpath: str, rpath: str, **options: object) -> None:
        for ending, times in self.full.items():
            if ending in rpath and times:
                self.full[ending] -= 1
                Path(self._strip_protocol(rpath)).write_bytes(b"half of it")
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        super().put_file(lpath, rpath, **options)


fsspec.register_implementation("bucket", Bucket, clobber=True)


def bucket_annotator(settings: object) -> object:
    """The annotator without a model; workers import it by name, and with it the bucket."""
    return stub_annotator(settings)


def parent_killer(mark: Path, settings: object) -> object:
    """The annotator without a model, which once kills the worker of its shard at a text that says so."""
    annotate = stub_annotator(settings)

    def mortal(documents):
        for document in documents:
            if "please stop" in document.text and not mark.exists():
                mark.touch()
                os.kill(os.getppid(), signal.SIGKILL)
            yield from annotate([document])

    return mortal
