"""Counts over the whole graph, kept by what is added and taken away: counting anew would read all of it."""

from __future__ import annotations

import sqlite3

__all__ = ["Totals"]


class Totals:
    """Numbers by name; one that comes to zero is forgotten."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def add(self, name: str, change: int) -> None:
        """Change a number."""
        if change:
            query = "INSERT INTO total VALUES (?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n"
            self._database.execute(query, (name, change))

    def of(self, name: str) -> int:
        """Return a number."""
        row = self._database.execute("SELECT n FROM total WHERE name = ?", (name,)).fetchone()
        return row[0] if row else 0

    def under(self, prefix: str) -> dict[str, int]:
        """Return the numbers other than zero whose names begin like this, without the beginning."""
        rows = self._database.execute("SELECT name, n FROM total WHERE n <> 0 ORDER BY name")
        return {name.removeprefix(prefix): n for name, n in rows if name.startswith(prefix)}
