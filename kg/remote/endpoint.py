"""A SPARQL endpoint that is asked as a store of ours is: names are resolved and queries bound the same way."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import Store, Variable

from kg.errors import QueryError
from kg.query.engine import Found, Term
from kg.remote.binding import GRAPH_FORMS, ask_as_select, bind_terms, query_form, with_prefixes
from kg.remote.client import Client

__all__ = ["Endpoint"]


class Endpoint:
    """Answers queries on the union of an endpoint's graphs.

    Args:
        client: Reaches the endpoint.
        union: The protocol parameters that make the default graph the union; empty where it is.
    """

    def __init__(self, client: Client, union: Mapping[str, str]) -> None:
        self.client = client
        self.union = union

    def query(
        self,
        query: str,
        *,
        prefixes: dict[str, str] | None = None,
        use_default_graph_as_union: bool = True,
        substitutions: dict[Variable, Term] | None = None,
    ) -> Found:
        """Answer a query, as :meth:`pyoxigraph.Store.query` does.

        Args:
            query: SPARQL.
            prefixes: Need not be declared in it.
            use_default_graph_as_union: Always true here.
            substitutions: The terms that variables stand for.

        Raises:
            SyntaxError: It is no SPARQL query; nothing was sent.
            QueryError: The endpoint finds fault with it.
            RemoteError: The endpoint cannot be reached, refuses, or answers what is no whole result.
        """
        if not use_default_graph_as_union:
            raise QueryError("an endpoint is always asked about all of its graphs")
        form = _checked_form(query, prefixes or {})
        bound = {variable.value: term for variable, term in (substitutions or {}).items()}
        text = with_prefixes(bind_terms(query, bound), prefixes or {})
        ask = self.client.graph if form in GRAPH_FORMS else self.client.rows
        return ask(text, self.union)


def _checked_form(query: str, prefixes: dict[str, str]) -> str:
    """Return the form of a query that is SPARQL; what is none, an update too, never leaves the machine.

    Raises:
        SyntaxError: With line and column, as for a store of ours.
    """
    # rows and graphs are made when they are read, so nothing runs here; an ASK would, a SERVICE in it too
    Store().query(ask_as_select(query), prefixes=prefixes)
    return query_form(query)
