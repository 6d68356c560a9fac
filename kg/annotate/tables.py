"""Read the tables of reference data beside this module: tab-separated, ``#`` begins a comment line."""

from __future__ import annotations

import gzip
import importlib.resources
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

__all__ = ["Territory", "get_territories", "get_territory", "read_lines", "read_table"]


@dataclass(frozen=True, slots=True)
class Territory:
    """A country or a part of one as rigour describes it; ``qid`` is its Wikidata item, which rigour vouches for."""

    code: str
    name: str
    full_name: str
    is_country: bool
    qid: str


def read_table(name: str) -> Iterator[list[str]]:
    """Yield the fields of each line of a table in ``kg/annotate/data``; a ``.gz`` table is unpacked."""
    for line in read_lines(name):
        yield line.split("\t")


def read_lines(name: str) -> Iterator[str]:
    """Yield the lines of a table as they are."""
    data = importlib.resources.files("kg.annotate").joinpath("data", name).read_bytes()
    text = (gzip.decompress(data) if name.endswith(".gz") else data).decode("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line


@cache
def _territories() -> dict[str, Territory]:
    rows = read_table("territories.tsv")
    return {code: Territory(code, name, full, country == "1", qid) for code, name, full, country, qid in rows}


def get_territories() -> tuple[Territory, ...]:
    """Return all territories, sorted by code."""
    return tuple(_territories().values())


def get_territory(code: str) -> Territory | None:
    """Return the territory of a code (``us``, ``us-id``, ``eu``), None for an unknown one."""
    return _territories().get(code)
