"""The media types of answers, favourites first."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import QueryResultsFormat, RdfFormat

__all__ = ["DOWNLOADS", "FORMATS", "GRAPHS", "HTML", "JSON", "PAGE", "ROWS", "TEXT", "formats_of"]

JSON = "application/json"
TEXT = "text/plain; charset=utf-8"
HTML = "text/html"

PAGE = "page.json"
"""The file that the web page begins with; it is made like a download."""

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

FORMATS: Mapping[str, str] = {
    "json": "application/sparql-results+json",
    "csv": "text/csv; charset=utf-8",
    "markdown": "text/markdown; charset=utf-8",
    "table": TEXT,
    "cards": TEXT,
    "turtle": "text/turtle; charset=utf-8",
}
"""Of named queries, by the names of ``kg query --format``."""

DOWNLOADS: Mapping[str, str] = {
    ".ttl": "text/turtle; charset=utf-8",
    ".trig": "application/trig; charset=utf-8",
    ".nq": "application/n-quads",
    ".jsonld": "application/ld+json",
    ".graphml": "application/graphml+xml",
}
"""Of files, by ending."""


def formats_of(*, is_graph: bool) -> tuple[str, ...]:
    """Return the names of the formats that fit a graph, or rows, favourites first."""
    return ("turtle", "csv", "markdown", "table") if is_graph else ("json", "csv", "markdown", "table", "cards")
