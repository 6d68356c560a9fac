"""Ask a SPARQL endpoint, and check what it answers before anybody believes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolution,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from kg.errors import QueryError, RemoteError
from kg.remote.connection import Answer, Connection, refusal

__all__ = ["Client"]

_ROWS = "application/sparql-results+json, application/sparql-results+xml;q=0.8"
_GRAPH = "application/n-triples, text/turtle;q=0.8"
_RESULT_FORMATS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/json": QueryResultsFormat.JSON,
}
_GRAPH_FORMATS = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
    "text/plain": RdfFormat.N_TRIPLES,
}
# Virtuoso cuts answers at its ResultSetMaxRows and says so only here
_MOST_ROWS = "x-sparql-maxrows"
# Virtuoso's "anytime" queries stop when their time is up and give what they have
_PARTIAL = "x-sql-state"
# Virtuoso 7 answers ASK with one row of one number
_ASK_COLUMN = "__ASK_RETVAL"


class Client:
    """Sends queries to one endpoint.

    Args:
        connection: Carries them.
        url: Of the endpoint.
    """

    def __init__(self, connection: Connection, url: str) -> None:
        self.connection = connection
        self.url = url

    def rows(self, text: str, parameters: Mapping[str, str] | None = None) -> QuerySolutions | bool:
        """Return what a SELECT or ASK gives.

        Args:
            text: SPARQL.
            parameters: Of the protocol, such as ``default-graph-uri``.

        Raises:
            QueryError: The endpoint finds fault with the query.
            RemoteError: It cannot be reached, refuses, or answers what is not a whole result.
        """
        answer = self._post(text, _ROWS, parameters)
        form = _RESULT_FORMATS.get(answer.media_type)
        if form is None:
            raise _nonsense(answer, "SPARQL results")
        count = _row_count(answer, form)
        if count is None:
            return bool(parse_query_results(answer.body, form))
        _check_whole(answer, count)
        found = cast("QuerySolutions", parse_query_results(answer.body, form))
        if [variable.value for variable in found.variables] == [_ASK_COLUMN]:
            return any(getattr(row[0], "value", "0") not in {"0", "false"} for row in found)
        return found

    def graph(self, text: str, parameters: Mapping[str, str] | None = None) -> tuple[Triple, ...]:
        """Return what a CONSTRUCT or DESCRIBE gives; arguments and errors as for :meth:`rows`."""
        answer = self._post(text, _GRAPH, parameters)
        form = _GRAPH_FORMATS.get(answer.media_type)
        if form is None:
            raise _nonsense(answer, "N-Triples or Turtle")
        try:
            return tuple(quad.triple for quad in list(parse(answer.body, form)))
        except (SyntaxError, ValueError) as error:
            raise _unparsable(answer, error) from error

    def select(self, text: str) -> list[QuerySolution]:
        """Return the rows of a SELECT of our own; errors as for :meth:`rows`."""
        found = self.rows(text)
        if isinstance(found, bool):
            raise RemoteError("the endpoint answers yes or no to a question for rows", where=self.url)
        return list(found)

    def _post(self, text: str, accept: str, parameters: Mapping[str, str] | None) -> Answer:
        form = {"query": text, **(parameters or {})}
        answer = self.connection.send("POST", self.url, form=form, headers={"Accept": accept})
        if answer.status == 400:
            raise QueryError(f"the endpoint finds fault with the query: {answer.text}", where=self.url)
        if answer.status != 200:
            raise refusal(answer, "to answer a query", signed=self.connection.signed)
        return answer


def _row_count(answer: Answer, form: QueryResultsFormat) -> int | None:
    """Read an answer to its end and return the number of its rows, None for a truth value.

    Raises:
        RemoteError: It breaks off, or is malformed.
    """
    results = None
    try:
        results = parse_query_results(answer.body, form)
        return None if isinstance(results, QueryBoolean) else len(list(results))
    except (SyntaxError, ValueError) as error:
        raise _unparsable(answer, error) from error
    finally:
        # Oxigraph's results must end in the thread that made them, and a traceback would keep them for any
        del results


def _check_whole(answer: Answer, rows: int) -> None:
    """Refuse an answer that the server cut.

    Raises:
        RemoteError: It says so in a header.
    """
    most = answer.headers.get(_MOST_ROWS, "")
    if most.isdigit() and rows >= int(most):
        raise RemoteError(
            f"the endpoint gives at most {int(most):,} rows, and the answer has as many, so it may be cut",
            where=answer.url,
            remedy="Raise ResultSetMaxRows in virtuoso.ini, or ask for less with --param",
        )
    if answer.headers.get(_PARTIAL):
        raise RemoteError("the endpoint's time was up, and it answers only a part", where=answer.url)


def _nonsense(answer: Answer, expected: str) -> RemoteError:
    found = answer.media_type or "no content type"
    return RemoteError(
        f"the endpoint answers with {found} where {expected} were expected: {answer.text}",
        where=answer.url,
        remedy="See that the URL is that of a SPARQL endpoint, and --profile right",
    )


def _unparsable(answer: Answer, error: Exception) -> RemoteError:
    return RemoteError(
        f"the endpoint says that all is well, and breaks off or errs in its answer: {error}",
        where=answer.url,
        remedy="Ask again; a server whose time is up may end like this",
    )
