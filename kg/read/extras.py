"""Import what comes with an extra, or say which extra to install."""

from __future__ import annotations

import importlib
from typing import Any

from kg.errors import ReadError
from kg.extras import not_installed

__all__ = ["need"]


def need(module: str, *, extra: str, to: str, where: str) -> Any:
    """Return an optional library.

    Args:
        module: Its import name.
        extra: The extra of kg-news that brings it.
        to: What it is needed for: "read HTML".
        where: The source that needs it.

    Raises:
        ReadError: It is not installed.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        needs = f"to {to}, kg needs {module.partition('.')[0]}"
        raise not_installed(ReadError, needs, extra=extra, where=where) from error
