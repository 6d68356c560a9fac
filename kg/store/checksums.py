"""Checksums of a store's tables, by which damage is found before a query runs into it.

Oxigraph's tables are never written to again, so each is summed up once. A query that meets a damaged table would not
always end: the engine goes on asking for the row that it cannot read.
"""

from __future__ import annotations

import zlib
from pathlib import Path

from kg.errors import StoreError

__all__ = ["DAMAGED", "check_tables", "sum_up_tables"]

SMALL = 256 * 1024 * 1024
"""Bytes that are gone through in less than a tenth of a second, if they are in memory."""

DAMAGED = "kg build --refresh makes another one from the ledger"
"""What to do about a damaged store."""

_FILE = "checksums"
_AT_ONCE = 1 << 20


def sum_up_tables(generation: Path, store: Path, before: Path | None) -> None:
    """Write the checksums of a store's tables.

    Args:
        generation: The folder to write into.
        store: The folder of its tables.
        before: The generation that it was made from, with the same layout; tables that both have are not read.
    """
    known = _read(before) if before else {}
    lines = []
    for table in sorted(store.glob("*.sst")):
        same = before / store.name / table.name if before else None
        found = known.get(table.name) if same and same.exists() and same.samefile(table) else None
        lines.append(f"{found or _sum(table)} {table.name}\n")
    (generation / _FILE).write_text("".join(lines), "ascii")


def check_tables(generation: Path, store: Path, *, whole: bool = False) -> None:
    """Compare a store's tables with their checksums; those of older versions have none.

    Args:
        generation: Its folder.
        store: The folder of its tables.
        whole: Check large stores, too, which takes a second for some gigabytes, and as long as it takes to read them.

    Raises:
        StoreError: A table is damaged.
    """
    known = _read(generation)
    # of one that is missing the engine knows whether it is needed
    tables = [table for name in known if (table := store / name).is_file()]
    if not whole and sum(table.stat().st_size for table in tables) > SMALL:
        return
    for table in tables:
        if _sum(table) != known[table.name]:
            raise StoreError("the store is damaged: a file is not as it was written", where=str(table), remedy=DAMAGED)


def _read(generation: Path) -> dict[str, str]:
    """Return the checksum of each table by its name."""
    try:
        lines = (generation / _FILE).read_text("ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    return {name: found for found, _, name in (line.partition(" ") for line in lines) if name}


def _sum(table: Path) -> str:
    found = 0
    with table.open("rb") as file:
        while block := file.read(_AT_ONCE):
            found = zlib.crc32(block, found)
    return f"{found:08x}"
