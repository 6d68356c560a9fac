"""Read articles from files of every kind into documents: text, metadata, and which spans are body."""

from __future__ import annotations

from kg.read.columns import parse_columns
from kg.read.failures import Failure, SetAside
from kg.read.limits import Limits, parse_limits
from kg.read.options import DEFAULT_OPTIONS, ReadOptions
from kg.read.reader import read_file, read_sources, read_text

__all__ = [
    "DEFAULT_OPTIONS",
    "Failure",
    "Limits",
    "ReadOptions",
    "SetAside",
    "parse_columns",
    "parse_limits",
    "read_file",
    "read_sources",
    "read_text",
]
