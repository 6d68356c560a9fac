"""Ask the graph: named, documented, parameterised SPARQL, and plain SPARQL of one's own.

Importing this package loads neither rdflib nor pandas nor spaCy: ``kg query`` answers in under a second.
"""

from kg.query.bind import Value
from kg.query.engine import Term
from kg.query.files import (
    Column,
    NamedQuery,
    Parameter,
    list_queries,
    load_query,
    parse_query,
    query_catalogue,
    read_query,
)
from kg.query.resolve import resolve_class, resolve_entity, resolve_property
from kg.query.results import Cell, Result
from kg.query.run import run

__all__ = [
    "Cell",
    "Column",
    "NamedQuery",
    "Parameter",
    "Result",
    "Term",
    "Value",
    "list_queries",
    "load_query",
    "parse_query",
    "query_catalogue",
    "read_query",
    "resolve_class",
    "resolve_entity",
    "resolve_property",
    "run",
]
