"""The one place that hands SPARQL to Oxigraph."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
    Triple,
    Variable,
)

from kg.iris import DEFAULT_BASE, prefixes

__all__ = ["Term", "answer", "solutions"]

Term = NamedNode | BlankNode | Literal | Triple


def answer(
    store: Store, text: str, bound: Mapping[str, Term], *, base: str = DEFAULT_BASE
) -> QuerySolutions | QueryBoolean | QueryTriples:
    """Answer a query on the union of all graphs, with variables bound to terms and the vocabulary's prefixes known.

    Raises:
        SyntaxError: The text is not SPARQL.
        RuntimeError: The outermost SELECT does not project a bound variable.
    """
    terms = {Variable(name): term for name, term in bound.items()}
    return store.query(text, prefixes=prefixes(base), use_default_graph_as_union=True, substitutions=terms or None)


def solutions(store: Store, text: str, *, base: str = DEFAULT_BASE, **bound: Term) -> QuerySolutions:
    """Answer a SELECT of our own.

    Raises:
        TypeError: The text is no SELECT.
    """
    rows = answer(store, text, bound, base=base)
    if not isinstance(rows, QuerySolutions):
        raise TypeError(f"a SELECT was expected: {text}")
    return rows
