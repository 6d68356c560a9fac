"""Text for terminals, written to an answer."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["printed", "without_controls"]

_WIDTH = 120
# All control characters but tab and line feed: an article must not move the cursor of whoever reads it with curl.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def printed(show: Callable[[Console], None]) -> str:
    """Return what a function prints on a console without colours."""
    from rich.console import Console

    out = io.StringIO()
    show(Console(file=out, width=_WIDTH, color_system=None, force_terminal=False))
    return without_controls(out.getvalue())


def without_controls(text: str) -> str:
    """Return text with its control characters replaced."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)
