"""Make what Jupyter shows of an object: HTML from a template.

Notebooks are opened without trust, too: then scripts, styles and frames are taken out of the HTML. So each template
says everything in words, tables and ``<mark>``; its style sheet only makes that prettier. Jinja escapes all that is put
into a template.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from jinja2 import Environment
    from rich.console import Console

__all__ = ["Printer", "fill", "printed"]

_WIDTH = 100
"""Columns of plain text; about what a terminal and a cell of a notebook have."""


class Printer(Protocol):
    """What IPython hands to ``_repr_pretty_``; a terminal shows only that, so nothing else is made there."""

    def text(self, text: str) -> None:
        """Print."""


def fill(template: str, **values: object) -> str:
    """Return a template with its values in place, escaped; a value that is missing is an error."""
    return _environment().get_template(template).render(values)


def printed(show: Callable[[Console], None]) -> str:
    """Return what something prints on a console without colours."""
    from rich.console import Console

    out = io.StringIO()
    # in a notebook rich would show it at once instead
    show(Console(file=out, width=_WIDTH, color_system=None, force_jupyter=False))
    return out.getvalue()


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("kg.show.notebook")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
