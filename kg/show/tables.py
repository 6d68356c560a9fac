"""Results as tables on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.query.formats import cell_text, is_number

if TYPE_CHECKING:
    from rich.table import Table

    from kg.query import Result

__all__ = ["result_table"]


def result_table(result: Result) -> Table:
    """Return a result as a rich table: long cells are folded, numbers flush right."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for at, name in enumerate(result.header):
        cells = [row[at] for row in result.rows if row[at] is not None]
        flush = bool(cells) and all(map(is_number, cells))
        table.add_column(name, justify="right" if flush else "left", overflow="fold")
    for row in result.rows:
        # Cells are data: "[disputed]" in a quote is no markup.
        table.add_row(*(_plain(cell_text(cell)) for cell in row))
    return table


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text)
