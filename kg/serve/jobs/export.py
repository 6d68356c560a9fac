"""Write the whole graph to a file, for downloads."""

from __future__ import annotations

import gzip
import shutil
from io import RawIOBase
from pathlib import Path

from kg.serve.http.media import PAGE
from kg.serve.jobs.context import Context
from kg.serve.jobs.page import write_data
from kg.store.export import export

__all__ = ["write"]


def write(context: Context, _out: RawIOBase, *, path: str, compress: bool) -> str:
    """Write the graph to ``path``, whose ending chooses the format; compressed to ``path.gz`` as well if wanted."""
    file = Path(path)
    if not file.exists():
        graph = context.graph
        if file.name == PAGE:
            write_data(graph, file)
        else:
            export(graph.store, file, iris=graph.iris, prefixes=context.prefixes, quotes=context.quotes)
    if compress:
        part, packed = Path(f"{path}.gz.part"), Path(f"{path}.gz")
        # No clock in the header: the same graph gives the same bytes.
        with file.open("rb") as plain, part.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as out:
            shutil.copyfileobj(plain, out)
        part.rename(packed)
    return ""
