"""The Parquet tables between the steps, and the one of claims for whoever analyses them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kg.codec import Codec
from kg.model import Annotation, Claim, Document, EntityValue, Quantity, Role, TextValue, TimeValue

__all__ = [
    "ANNOTATION",
    "CLAIMS",
    "DOCUMENT",
    "FACTS",
    "RECORDS",
    "SOURCES",
    "SUPPORTS",
    "TableFile",
    "claim_rows",
    "read_part",
    "read_rows",
    "write_parts",
]

DOCUMENT, ANNOTATION = Codec(Document), Codec(Annotation)

_ROLE = pa.struct([
    ("role", pa.string()), ("entity", pa.string()), ("text", pa.string()), ("earliest", pa.date32()),
    ("latest", pa.date32()), ("value", pa.string()), ("minimum", pa.string()), ("maximum", pa.string()),
    ("currency", pa.string()), ("unit", pa.string()),
])  # fmt: skip

CLAIMS = pa.schema([
    ("claim", pa.string()), ("document", pa.string()), ("url", pa.string()), ("publisher", pa.string()),
    ("published", pa.date32()), ("type", pa.string()), ("predicate", pa.string()), ("roles", pa.list_(_ROLE)),
    ("polarity", pa.string()), ("modality", pa.string()), ("attributed_to", pa.list_(pa.string())),
    ("confidence", pa.decimal128(3, 2)), ("sentence", pa.string()), ("start", pa.int32()), ("end", pa.int32()),
])  # fmt: skip
"""One row a claim that conforms; sums and numbers are decimals as text, offsets count characters of the document."""

RECORDS = pa.schema([
    ("document", pa.string()), ("source_key", pa.string()), ("where", pa.string()), ("about", pa.binary()),
    ("annotation", pa.binary()), ("sketch", pa.binary()),
])  # fmt: skip
"""One row a document: what fusing reads; the annotation is null where the document itself does not conform."""

SOURCES = pa.schema([("document", pa.string()), ("published", pa.string()), ("source", pa.string())])
"""Date and independent source of each document of a shard whose claims are fused."""

FACTS = pa.schema([
    ("part", pa.int32()), ("claim", pa.string()), ("document", pa.string()), ("kind", pa.string()),
    ("paired", pa.bool_()), ("block", pa.string()), ("choices", pa.string()), ("data", pa.binary()),
])  # fmt: skip
"""Claims with canonical entities, by the part that clusters their kind."""

SUPPORTS = pa.schema([
    ("part", pa.int32()), ("subject", pa.string()), ("predicate", pa.string()), ("object", pa.string()),
    ("data", pa.binary()),
])  # fmt: skip
"""What events support, by the part that makes the statements of these triples."""

_ROWS = 2_000


class TableFile:
    """Takes rows as they come; to be used with ``with``, and ``count`` tells how many rows came."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._writer = pq.ParquetWriter(path, schema, compression="zstd")
        self._schema = schema
        self._waiting: list[Sequence[Any]] = []
        self.count = 0

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Add rows, each with a value for every column."""
        self._waiting.extend(rows)
        if len(self._waiting) >= _ROWS:
            self._flush()

    def _flush(self) -> None:
        if self._waiting:
            self._writer.write_batch(_batch(self._schema, self._waiting))
            self.count += len(self._waiting)
            self._waiting = []

    def __enter__(self) -> TableFile:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._flush()
        finally:
            self._writer.close()


def write_parts(path: Path, schema: pa.Schema, parts: Mapping[int, Sequence[Sequence[Any]]]) -> int:
    """Write the rows of each part as a row group of its own, so that a part can be read without the others."""
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for _, rows in sorted(parts.items()):
            writer.write_batch(_batch(schema, rows), row_group_size=len(rows))
    return sum(map(len, parts.values()))


def _batch(schema: pa.Schema, rows: Sequence[Sequence[Any]]) -> pa.RecordBatch:
    columns = zip(*rows, strict=True)
    return pa.record_batch([pa.array(list(c), f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield all rows of a table, a few at a time."""
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=1_000):
            yield from batch.to_pylist()


def read_part(path: Path, part: int) -> Iterator[dict[str, Any]]:
    """Yield the rows of one part."""
    with pq.ParquetFile(path) as file:
        for number in range(file.num_row_groups):
            statistics = file.metadata.row_group(number).column(0).statistics
            if statistics.min <= part <= statistics.max:
                table = file.read_row_group(number)
                yield from table.filter(pc.equal(table["part"], part)).to_pylist()


# ---- claims


def claim_rows(document: Document, annotation: Annotation) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of :data:`CLAIMS` for a document's claims, in reading order."""
    for claim in annotation.claims:
        yield _claim_row(document, claim)


def _claim_row(document: Document, claim: Claim) -> tuple[Any, ...]:
    span = claim.evidence
    return (
        claim.id, document.id, document.url, document.publisher, document.published, claim.event_type, claim.predicate,
        [_role_cell(document, role) for role in claim.roles], claim.polarity.value, claim.modality.value,
        list(claim.attributed_to), claim.confidence, document.quote(span), span.start, span.end,
    )  # fmt: skip


def _role_cell(document: Document, role: Role) -> dict[str, Any]:
    value = role.value
    cell: dict[str, Any] = {"role": role.name, "text": document.quote(value.span) if value.span else None}
    if isinstance(value, EntityValue):
        cell["entity"] = value.key
    elif isinstance(value, TextValue):
        cell["text"] = value.text
    elif isinstance(value, TimeValue):
        cell |= {"earliest": value.earliest, "latest": value.latest}
    elif isinstance(value, Quantity):
        numbers = {name: getattr(value, name) for name in ("value", "minimum", "maximum")}
        cell |= {name: str(number) for name, number in numbers.items() if number is not None}
        cell |= {"currency": value.currency, "unit": value.unit}
    else:
        cell["value"] = value.lexical
    return cell
