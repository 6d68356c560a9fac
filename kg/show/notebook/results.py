"""Show the answer to a query as a table of bounded length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.query.formats import cell_text, is_number, table
from kg.show.notebook.display import fill

__all__ = ["result_html", "result_text"]

_ROWS = 50
"""Rows that a notebook shows, as many as pandas does of a long frame; a frame or a file has them all."""


@dataclass(frozen=True, slots=True)
class _Table:
    """What the template shows: columns with whether they hold numbers, and cells in words."""

    columns: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[str, ...], ...]
    note: str


def result_html(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return an answer as an HTML table.

    Args:
        header: Names of the columns.
        rows: Cells as Python has them; of more than 50 rows the first are shown, and how many there are.
    """
    shown = rows[:_ROWS]
    columns = tuple((name, _is_numeric([row[at] for row in shown])) for at, name in enumerate(header))
    return fill("result.html", it=_Table(columns, tuple(tuple(map(cell_text, row)) for row in shown), _note(len(rows))))


def result_text(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return the same as plain text."""
    return f"{table(header, rows[:_ROWS])}{_note(len(rows))}"


def _is_numeric(cells: Sequence[object]) -> bool:
    known = [cell for cell in cells if cell is not None]
    return bool(known) and all(map(is_number, known))


def _note(count: int) -> str:
    if count > _ROWS:
        return f"{_ROWS} of {count:,} rows; .frame() and .to_csv() have them all"
    return f"{count:,} row{'' if count == 1 else 's'}"
