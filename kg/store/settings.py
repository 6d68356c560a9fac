"""Read and write ``kg.toml``, in which a workspace remembers the settings that can change its graph."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, cast, get_args

from kg.config import CopiesName, Settings
from kg.errors import ConfigError

__all__ = ["read_settings", "settings_text"]

_KEYS = {"base": str, "model": str, "lexicon": list, "knowledge_base": str, "threshold": str, "copies": str}


def read_settings(path: Path) -> Settings:
    """Return the settings of a ``kg.toml``; paths in it are relative to its folder.

    Raises:
        ConfigError: The file is no TOML, or has an unknown key or a wrong value.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"cannot be read: {error}", where=str(path), remedy="Correct the file") from error
    _check(path, table)
    found = Settings()
    folder = path.parent
    base = table.get("knowledge_base")
    return Settings(
        base=table.get("base", found.base),
        model=table.get("model", found.model),
        lexicon=tuple(_absolute(folder, name) for name in table.get("lexicon", ())),
        knowledge_base=_absolute(folder, base) if base else None,
        threshold=_threshold(path, table.get("threshold", str(found.threshold))),
        copies=_copies(path, table.get("copies", found.copies)),
    )


def settings_text(folder: Path, settings: Settings) -> str:
    """Return what a ``kg.toml`` in a folder says: the settings that can change a graph."""
    lexicon = [_relative(folder, pack) for pack in settings.lexicon]
    lines = [
        "# The settings of this workspace: kg build without flags uses them again.",
        f"base = {json.dumps(settings.base)}",
        f"model = {json.dumps(settings.model)}",
        f"lexicon = {json.dumps(lexicon, ensure_ascii=False)}",
        f'threshold = "{settings.threshold}"',
        f'copies = "{settings.copies}"',
    ]
    if settings.knowledge_base:
        lines.append(f"knowledge_base = {json.dumps(_relative(folder, settings.knowledge_base), ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


def _check(path: Path, table: Mapping[str, Any]) -> None:
    for key, value in table.items():
        if key not in _KEYS:
            raise ConfigError(f"unknown key {key!r}; known: {', '.join(_KEYS)}", where=str(path))
        if not isinstance(value, _KEYS[key]) or (key == "lexicon" and not all(isinstance(p, str) for p in value)):
            kind = "list of strings" if key == "lexicon" else "string"
            raise ConfigError(f"{key} is {value!r}, expected a {kind}", where=str(path))


def _threshold(path: Path, value: str) -> Decimal:
    try:
        threshold = Decimal(value)
    except InvalidOperation:
        threshold = Decimal(-1)
    if not 0 <= threshold <= 1:
        raise ConfigError(f"threshold is {value!r}, expected a number from 0 to 1", where=str(path))
    return threshold


def _copies(path: Path, value: str) -> CopiesName:
    known = get_args(CopiesName)
    if value not in known:
        raise ConfigError(f"copies is {value!r}, expected {' or '.join(known)}", where=str(path))
    return cast("CopiesName", value)


def _absolute(folder: Path, name: str) -> Path:
    return Path(os.path.normpath(folder / name))


def _relative(folder: Path, target: Path) -> str:
    """Return a path relative to the workspace, so that both can be moved together; with forward slashes."""
    try:
        return Path(os.path.relpath(target.resolve(), folder.resolve())).as_posix()
    except ValueError:  # another drive
        return target.resolve().as_posix()
