"""The manifest of a graph in shards: every file with its size, checksum and content, and what is not in it and why."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from kg.config import Settings
from kg.errors import StoreError
from kg.rdf.provenance import RunIdentity
from kg.read import Failure
from kg.shards.folder import File, Folder
from kg.shards.task import Shard

__all__ = ["CHECKSUMS", "FORMAT", "MANIFEST", "claim_folder", "manifest_text", "write_manifest"]

MANIFEST, CHECKSUMS = "manifest.json", "checksums.sha256"
FORMAT = 1
"""The layout that this version writes."""

_MARK = "format"


def claim_folder(target: Folder) -> None:
    """Mark a folder as one of shards, before anything else is written to it.

    Raises:
        StoreError: It holds something else, or shards of another format.
    """
    mark = target.read(_MARK)
    if mark is None:
        if target.names():
            raise StoreError(
                "the folder is not empty and holds no shards of kg",
                where=target.url,
                remedy="Name another folder with --shards; nothing was changed",
            )
        target.write(_MARK, f"kg shards {FORMAT}\n".encode())
    elif mark.decode("utf-8", "replace").strip() != f"kg shards {FORMAT}":
        raise StoreError(
            f"the folder has the format {mark[:40]!r}, this version of kg writes 'kg shards {FORMAT}'",
            where=target.url,
            remedy="Name another folder with --shards; nothing was changed",
        )


def manifest_text(
    source: Folder,
    shards: Iterable[Shard],
    files: Iterable[File],
    failures: Iterable[Failure],
    identity: RunIdentity,
) -> str:
    """Return the manifest as JSON; it holds no times, so that equal input gives equal bytes."""
    settings: Settings = identity.settings
    table = {
        "format": FORMAT,
        "software": identity.software,
        "model": identity.model,
        "lexicon": identity.lexicon,
        "run": settings.iris.run(identity.run_id),
        "base": settings.base,
        "threshold": str(settings.threshold),
        "source": source.url,
        "shards": [shard.name for shard in shards],
        "files": [asdict(file) for file in sorted(files, key=lambda file: file.name)],
        "failures": [{"where": f.path, "stage": f.stage, "error": str(f.error)} for f in failures],
    }
    return json.dumps(table, ensure_ascii=False, indent=1) + "\n"


def write_manifest(target: Folder, text: str, files: Iterable[File]) -> None:
    """Write the manifest, and the checksums as ``sha256sum --check`` reads them."""
    lines = [f"{file.sha256}  {file.name}\n" for file in sorted(files, key=lambda file: file.name)]
    target.write(CHECKSUMS, "".join(lines).encode())
    target.write(MANIFEST, text.encode())
