"""Shared by the tests of reading: folders of small files, and the results by path."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from kg.model import Document
from kg.read import Failure, read_sources

ARTICLE = "Kenya lends Uganda money\n\n5 March 2019\n\nKenya lent Uganda $20 million on Monday.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Write files (name with _ for the dot is not needed: pass a dict) into a fresh folder."""

    def write(files: dict[str, str | bytes]) -> Path:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path

    return write


@pytest.fixture
def article() -> str:
    return ARTICLE


@pytest.fixture
def read_one() -> Callable[..., Document]:
    """Read one source that must succeed."""

    def read(source: str | Path, **options: Any) -> Document:
        [document] = read_sources([source], **options)
        assert isinstance(document, Document), str(document)
        return document

    return read


@pytest.fixture
def fail_one() -> Callable[..., str]:
    """Read one source that must fail; return the message."""

    def read(source: str | Path, **options: Any) -> str:
        [failure] = read_sources([source], **options)
        assert isinstance(failure, Failure), failure
        assert failure.stage == "read"
        return str(failure.error)

    return read


@pytest.fixture
def names() -> Callable[[Sequence[str | Path]], list[str]]:
    """Read sources; return the source paths of the documents and "!" before the paths of failures."""

    def read(sources: Sequence[str | Path]) -> list[str]:
        items = list(read_sources(sources))
        return [f"!{Path(item.path).name}" if isinstance(item, Failure) else item.source_path for item in items]

    return read
