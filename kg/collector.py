"""How often Python looks for garbage in cycles, in processes that are kg's own."""

from __future__ import annotations

import gc

__all__ = ["collect_rarely"]

_OBJECTS = 20_000
"""New containers before a look; Python's 700 are reached several times an article."""


def collect_rarely() -> None:
    """Look for garbage less often: a build makes many records and few cycles, the looking was 8 % of annotating.

    For the command and its worker processes; a program that imports kg decides for itself.
    """
    gc.set_threshold(_OBJECTS, *gc.get_threshold()[1:])
