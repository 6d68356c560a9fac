"""Read text and Markdown files into documents: decoding, metadata, and which spans are body."""

from __future__ import annotations

from kg.read.documents import read_text
from kg.read.failures import Failure
from kg.read.reader import read_sources

__all__ = ["Failure", "read_sources", "read_text"]
