"""Libraries that come with an extra, and may not be there."""

from __future__ import annotations

from typing import TypeVar

from kg.errors import KGError

__all__ = ["not_installed"]

E = TypeVar("E", bound=KGError)


def not_installed(error: type[E], what: str, *, extra: str, where: str | None = None, or_else: str = "") -> E:
    """Return the error that says which extra to install.

    Args:
        error: The class of error.
        what: Who needs which library: "pictures need matplotlib".
        extra: The extra of kg-news that brings it.
        where: The source or address that needs it.
        or_else: Another way out: "use .csv".
    """
    remedy = f"Run: pip install 'kg-news[{extra}]'{f', or {or_else}' if or_else else ''}"
    return error(f"{what}, which is not installed", where=where, remedy=remedy)
