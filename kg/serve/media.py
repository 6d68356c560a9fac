"""The media types of answers, favourites first."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import QueryResultsFormat, RdfFormat

__all__ = ["GRAPHS", "JSON", "ROWS", "TEXT"]

JSON = "application/json"
TEXT = "text/plain; charset=utf-8"

ROWS: Mapping[str, QueryResultsFormat] = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv; charset=utf-8": QueryResultsFormat.CSV,
    "text/tab-separated-values; charset=utf-8": QueryResultsFormat.TSV,
    JSON: QueryResultsFormat.JSON,
    "application/xml": QueryResultsFormat.XML,
}
"""Of rows and truth values."""

GRAPHS: Mapping[str, RdfFormat] = {
    "text/turtle; charset=utf-8": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
"""Of graphs."""
