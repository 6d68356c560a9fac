"""The endings by which files are chosen from folders, patterns and archives; what they are, their bytes tell."""

from __future__ import annotations

from pathlib import PurePath

__all__ = ["ARTICLE_SUFFIXES", "ENDINGS", "is_article_name"]

_TEXT = (".txt", ".text", ".md", ".markdown")
_PAGES = (".html", ".htm", ".xhtml")
_RECORDS = (".jsonl", ".ndjson", ".json", ".warc", ".parquet")
_ARCHIVES = (".zip", ".tar", ".tgz")
_COMPRESSED = (".gz", ".zst", ".zstd")

ARTICLE_SUFFIXES = frozenset({*_TEXT, *_PAGES, *_RECORDS, *_ARCHIVES})
"""A file that is named itself may have another ending. Each may have that of a compression behind it."""

ENDINGS = f"files ending in {', '.join((*_TEXT, *_PAGES, *_RECORDS, *_ARCHIVES))}, also with {', '.join(_COMPRESSED)}"
"""The endings, for messages."""


def is_article_name(name: str) -> bool:
    """Tell whether a file of this name is read without being named itself."""
    path = PurePath(name)
    if path.suffix.lower() in _COMPRESSED:
        path = path.with_suffix("")
    return path.suffix.lower() in ARTICLE_SUFFIXES
