r"""What a query must not hold: SERVICE, updates, files. Decided on the parsed query, never by looking for words in it.

Oxigraph evaluates, rdflib parses. Two parsers can read one text differently, and whoever wants to get past the check
will look for such a text; so the check leaves no room for that:

- Without the letters s-e-r-v-i-c-e, in any case and after undoing escapes, no parser can see SERVICE. Nearly all
  queries end here, at no cost.
- With them, the query must be one that rdflib parses too, and its tree must hold no SERVICE. Carriage returns, which
  end a comment for Oxigraph only, are replaced before either reads the text. Escapes such as ``\u0022``, which rdflib
  undoes before it parses and Oxigraph in strings only, are not taken together with those letters.
- A worker cannot open a connection anyhow (:mod:`kg.serve.workers.sandbox`).

Updates are no queries for Oxigraph; parsing tells them from mere mistakes, so that the client hears what is wrong. LOAD
is an update. ``FROM <file:…>`` only chooses among the graphs in the store, but says that something else was hoped for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from kg.serve.http.problems import Problem

__all__ = ["check_graph_names", "has_dataset_clause", "is_update", "normalised", "read_only", "refuse_service"]

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_READ_ONLY = "This server only reads; kg build, kg review and kg remove change the graph"


def normalised(text: str) -> str:
    """Return the text that is checked and run: line ends are line feeds, on which all parsers agree."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def refuse_service(text: str) -> None:
    """Refuse a query that asks another server.

    Raises:
        Problem: It holds SERVICE (403), or holds the word in a way that cannot be checked (403).
    """
    unescaped = _ESCAPE.sub(_character, text)
    if "service" not in unescaped.casefold():
        return
    tree = _parsed_query(text) if unescaped == text else None
    if tree is None:
        raise Problem(
            403,
            "the query holds the word SERVICE and cannot be parsed to see whether it asks another server",
            remedy="Federation is switched off; if the word means something else, use SPARQL 1.1 without \\u escapes",
        )
    if any(getattr(node, "name", "") == "ServiceGraphPattern" for node in _nodes(tree)):
        raise Problem(
            403, "the query asks another server (SERVICE)", remedy="Federation is switched off here; remove it"
        )


def has_dataset_clause(text: str) -> bool:
    """Tell whether a query says FROM, and refuse it if it hopes for a file.

    Raises:
        Problem: It names a file (403), or holds the word in a way that cannot be checked (400).
    """
    if "from" not in _ESCAPE.sub(_character, text).casefold():
        return False
    tree = _parsed_query(text)
    if tree is None:
        raise Problem(
            400,
            "the query holds the word FROM and is no SPARQL 1.1, so that its dataset cannot be told",
            remedy="Check its syntax, or choose the graphs with default-graph-uri and named-graph-uri",
        )
    clauses = [node for node in _nodes(tree) if getattr(node, "name", "") == "DatasetClause"]
    check_graph_names(str(iri) for clause in clauses for iri in (clause.get("default"), clause.get("named")) if iri)
    return bool(clauses)


def check_graph_names(iris: Iterable[str]) -> None:
    """Refuse a dataset of files.

    Raises:
        Problem: An IRI is a file's (403).
    """
    for iri in iris:
        if iri.lower().startswith("file:"):
            raise Problem(403, "a file was named as a graph; graphs are those of this store, nothing is fetched")


def is_update(text: str) -> bool:
    """Tell whether a text that is no query is an update."""
    from rdflib.plugins.sparql.parser import parseUpdate

    try:
        return bool(parseUpdate(text).request)
    except Exception:  # pyparsing has many ways to fail, and all mean no
        return False


def read_only() -> Problem:
    """Return what is said of an update."""
    return Problem(403, "this is an update, and updates are refused", remedy=_READ_ONLY)


def _character(escape: re.Match[str]) -> str:
    number = int(escape[1] or escape[2], 16)
    return chr(number) if number <= 0x10FFFF else "\ufffd"


def _parsed_query(text: str) -> Any:
    """Return rdflib's parse tree, None for what it does not parse."""
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        return parseQuery(text)
    except Exception:  # pyparsing and rdflib have many ways to fail, among them RecursionError; all mean no
        return None


def _nodes(tree: Any) -> Iterator[Any]:
    """Yield every node of a parse tree."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, dict):
            waiting += node.values()
        elif not isinstance(node, str) and hasattr(node, "__iter__"):
            waiting += list(node)
