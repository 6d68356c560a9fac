"""Take documents out of a shard's files again: those of which a shard before has the address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.shards.folder import File
from kg.shards.quads import QuadsFile, read_quads
from kg.shards.tables import CLAIMS, TableFile, read_rows
from kg.shards.task import Job, Receipt

__all__ = ["leave_out"]


def leave_out(job: Job, receipt: Receipt, rivals: Mapping[str, set[str]]) -> tuple[File, ...]:
    """Return the files of a shard, written anew where documents have to leave its graphs and claims.

    The records keep them, so that the next build comes to the same result.
    """
    documents = rivals.get(receipt.shard)
    if not documents:
        return receipt.files
    graphs, claims, records = receipt.files
    with TemporaryDirectory(prefix="kg-") as scratch:
        lines, table = Path(scratch) / "lines", Path(scratch) / "table"
        with QuadsFile(lines) as quads, job.target.local(graphs.name) as path:
            quads.add(_others(path, job, documents))
        with TableFile(table, CLAIMS) as kept, job.target.local(claims.name) as path:
            kept.add(tuple(row.values()) for row in read_rows(path) if row["document"] not in documents)
        return (
            job.target.publish(lines, graphs.name, rows=quads.count),
            job.target.publish(table, claims.name, rows=kept.count),
            records,
        )


def _others(path: Path, job: Job, documents: set[str]) -> Iterator[str]:
    iris = job.recipe.settings.iris
    named = {f"<{iris.document(document)}>" for document in documents}
    graphs = named | {f"<{iris.quarantine_graph(document)}>" for document in documents}
    for line in read_quads(path):
        # a graph's name stands last, before the full stop; the run tells of its documents in the third place
        words = line.rsplit(" ", 3)
        if words[2] not in graphs and words[1] not in named:
            yield line
