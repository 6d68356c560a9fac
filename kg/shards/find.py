"""Which files of a folder are shards."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from kg.errors import ReadError
from kg.iris import digest
from kg.shards.folder import Folder
from kg.shards.task import Shard

__all__ = ["SIDECAR", "Found", "find_shards"]

SIDECAR = "sources.toml"
_SUFFIXES = (".jsonl", ".ndjson", ".parquet", ".warc")
_COMPRESSED = (".gz", ".zst", ".zstd")
_ENDINGS = f"files ending in {', '.join(_SUFFIXES)}, all but Parquet also with {', '.join(_COMPRESSED)}"


@dataclass(frozen=True, slots=True)
class Found:
    """The shards of a folder by name, the ``sources.toml`` files, and how many other files there are."""

    shards: tuple[Shard, ...]
    sidecars: tuple[str, ...]
    others: int


def find_shards(source: Folder) -> Found:
    """Return the shards of a folder and its sub-folders; what begins with a dot is passed over.

    Raises:
        ReadError: There are none.
        StoreError: The folder cannot be read.
    """
    names = [name for name in source.names() if not any(part.startswith(".") for part in name.split("/"))]
    sidecars = tuple(name for name in names if PurePosixPath(name).name == SIDECAR)
    chosen = [name for name in names if _is_shard(name)]
    if not chosen:
        seen = f"; other files in it: {len(names)}" if names else ""
        raise ReadError(f"no shard in this folder{seen}", where=source.url, remedy=f"Expected {_ENDINGS}")
    # what sources.toml says counts for the shards beside and below it
    told = [digest(name, source.state(name)) for name in sidecars]
    shards = tuple(Shard(name, digest(source.state(name), told)) for name in chosen)
    return Found(shards, sidecars, len(names) - len(chosen) - len(sidecars))


def _is_shard(name: str) -> bool:
    path = PurePosixPath(name.lower())
    if path.suffix in _COMPRESSED:
        path = path.with_suffix("")
        return path.suffix in _SUFFIXES and path.suffix != ".parquet"
    return path.suffix in _SUFFIXES
