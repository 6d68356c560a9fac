"""The one place that hands SPARQL to what answers it: an Oxigraph store, or what is asked like one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, Triple, Variable

from kg.iris import DEFAULT_BASE, prefixes

__all__ = ["Found", "Queryable", "Term", "answer", "solutions"]

Term = NamedNode | BlankNode | Literal | Triple
Found = QuerySolutions | QueryBoolean | bool | Iterable[Triple]
"""What SELECT, ASK, and CONSTRUCT or DESCRIBE give."""


class Queryable(Protocol):
    """What can be asked: :class:`pyoxigraph.Store`, or :class:`kg.remote.endpoint.Endpoint` for a server elsewhere."""

    def query(
        self,
        query: str,
        *,
        prefixes: dict[str, str] | None = None,
        use_default_graph_as_union: bool = False,
        substitutions: dict[Variable, Term] | None = None,
    ) -> Found:
        """Answer a query in which the prefixes are known and the variables stand for the terms."""


def answer(store: Queryable, text: str, bound: Mapping[str, Term], *, base: str = DEFAULT_BASE) -> Found:
    """Answer a query on the union of all graphs, with variables bound to terms and the vocabulary's prefixes known.

    Raises:
        SyntaxError: The text is not SPARQL.
        RuntimeError: The outermost SELECT does not project a bound variable.
    """
    terms = {Variable(name): term for name, term in bound.items()}
    return store.query(text, prefixes=prefixes(base), use_default_graph_as_union=True, substitutions=terms or None)


def solutions(store: Queryable, text: str, *, base: str = DEFAULT_BASE, **bound: Term) -> QuerySolutions:
    """Answer a SELECT of our own.

    Raises:
        TypeError: The text is no SELECT.
    """
    rows = answer(store, text, bound, base=base)
    if not isinstance(rows, QuerySolutions):
        raise TypeError(f"a SELECT was expected: {text}")
    return rows
