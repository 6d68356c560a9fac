"""The answer to a query: columns and rows, a truth value, or a graph."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, Triple

from kg.errors import QueryError
from kg.extras import not_installed
from kg.iris import DEFAULT_BASE, PREFIXES, shorten
from kg.query import formats
from kg.query.engine import Term

if TYPE_CHECKING:
    import pandas as pd

    from kg.show.notebook.display import Printer

__all__ = ["Cell", "Result", "to_python"]

Cell = str | int | float | bool | Decimal | date | None
"""A value as Python has it: IRIs as CURIEs where a prefix fits, partial dates as strings, unbound as None."""

_XSD = PREFIXES["xsd"]
_INTEGERS = frozenset(_XSD + name for name in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger"))
_FLOATS = frozenset((_XSD + "double", _XSD + "float"))


def to_python(term: Term | None, base: str = DEFAULT_BASE) -> Cell:
    """Return a term as a Python value; a literal whose lexical form is ill-typed stays a string."""
    if term is None or isinstance(term, BlankNode | Triple):
        return None if term is None else str(term)
    if isinstance(term, NamedNode):
        return shorten(term.value, base)
    kind, text = term.datatype.value, term.value
    try:
        if kind in _INTEGERS:
            return int(text)
        if kind in _FLOATS:
            return float(text)
        if kind == _XSD + "decimal":
            return Decimal(text)
        if kind == _XSD + "boolean":
            return text in {"true", "1"}
        if kind == _XSD + "date":
            return date.fromisoformat(text)
    except (ValueError, ArithmeticError):
        return text
    return text


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a query answered.

    SELECT fills ``columns`` and ``terms`` (a row each, in the query's order), ASK ``boolean``, CONSTRUCT and
    DESCRIBE ``triples`` (sorted, each once). ``name`` is the query's.
    """

    name: str
    base: str = DEFAULT_BASE
    columns: tuple[str, ...] = ()
    terms: tuple[tuple[Term | None, ...], ...] = ()
    boolean: bool | None = None
    triples: tuple[Triple, ...] | None = field(default=None, repr=False)

    @cached_property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows as Python values; of an ASK one row, of a graph subject, predicate and object."""
        if self.boolean is not None:
            return ((self.boolean,),)
        terms = self.terms if self.triples is None else tuple(tuple(triple) for triple in self.triples)
        return tuple(tuple(to_python(term, self.base) for term in row) for row in terms)

    @property
    def header(self) -> tuple[str, ...]:
        """The names above :attr:`rows`."""
        if self.boolean is not None:
            return ("answer",)
        return self.columns if self.triples is None else ("subject", "predicate", "object")

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def _repr_html_(self) -> str:
        """Show the answer in a notebook, the first rows of a long one."""
        from kg.show.notebook.results import result_html

        return result_html(self.header, self.rows)

    def _repr_pretty_(self, printer: Printer, cycle: bool) -> None:
        from kg.show.notebook.results import result_text

        printer.text(result_text(self.header, self.rows))

    def to_table(self) -> str:
        """Return a plain table for reading, columns padded with spaces."""
        return formats.table(self.header, self.rows)

    def to_markdown(self) -> str:
        """Return a Markdown table."""
        return formats.markdown(self.header, self.rows)

    def to_csv(self) -> str:
        """Return CSV as the recommendation "SPARQL 1.1 Query Results CSV" has it: full IRIs, lines end in CR LF."""
        raw = self.terms if self.triples is None else tuple(tuple(triple) for triple in self.triples)
        return formats.csv_text(self.header, self.rows if self.boolean is not None else raw)

    def to_json(self) -> str:
        """Return "SPARQL 1.1 Query Results JSON".

        Raises:
            QueryError: The query made a graph; Turtle is the format for that.
        """
        if self.triples is not None:
            raise QueryError("a CONSTRUCT query gives a graph, not rows", where=self.name, remedy="Use --format turtle")
        return formats.sparql_json(self.columns, self.terms, self.boolean)

    def to_turtle(self) -> str:
        """Return a CONSTRUCT's graph as Turtle, with the prefixes that are used.

        Raises:
            QueryError: The query gives rows.
        """
        if self.triples is None:
            raise QueryError("only a CONSTRUCT query gives a graph", where=self.name, remedy="Use --format csv or json")
        return formats.turtle(self.triples, self.base)

    def frame(self) -> pd.DataFrame:
        """Return the rows as a pandas frame; decimals become floats, so that they can be summed and plotted.

        Raises:
            QueryError: pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise not_installed(QueryError, "data frames need pandas", extra="frames") from error
        rows = [[float(cell) if isinstance(cell, Decimal) else cell for cell in row] for row in self.rows]
        return pd.DataFrame(rows, columns=list(self.header))
