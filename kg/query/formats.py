"""Writers of results: plain table, Markdown, CSV, SPARQL JSON, Turtle."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from kg.iris import PREFIXES, prefixes

__all__ = ["cell_text", "csv_text", "is_number", "markdown", "sparql_json", "table", "turtle"]

_MAX_CELL = 60
"""Characters of a cell in the plain table; a quoted sentence would push the other columns off the screen."""

# What moves a terminal's cursor or changes its title is shown, as a Unicode control picture, and not done.
_CONTROLS = {code: chr(0x2400 + code) for code in range(0x20) if not chr(code).isspace()} | {
    code: "\N{REPLACEMENT CHARACTER}" for code in range(0x7F, 0xA0) if not chr(code).isspace()
}
_MARKDOWN = {ord(char): f"\\{char}" for char in "\\|`*[]"} | {ord("<"): "&lt;", ord(">"): "&gt;", ord("&"): "&amp;"}


def is_number(cell: object) -> bool:
    """Say whether a cell is set flush right."""
    return isinstance(cell, int | float | Decimal) and not isinstance(cell, bool)


def cell_text(cell: object) -> str:
    """Return a cell as people read it: thousands grouped, yes and no, nothing for unbound, one line.

    >>> cell_text(630000000), cell_text(True), cell_text(None)
    ('630,000,000', 'yes', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | float | Decimal):
        return f"{cell:,}"
    return cell.isoformat() if isinstance(cell, date) else " ".join(str(cell).translate(_CONTROLS).split())


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table padded with spaces, a rule under the header; cells of more than 60 characters are cut with …."""
    listed = [list(row) for row in rows]
    texts = [[_cut(cell_text(cell)) for cell in row] for row in listed]
    widths = [max(len(name), *(len(row[i]) for row in texts), 1) for i, name in enumerate(header)]
    right = [bool(listed) and all(row[i] is None or is_number(row[i]) for row in listed) for i in range(len(header))]
    lines = [_padded(header, widths, right), "  ".join("-" * width for width in widths)]
    lines += [_padded(row, widths, right) for row in texts]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def markdown(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table; what would be markup, HTML or the end of a cell is escaped."""
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    lines += ["| " + " | ".join(cell_text(cell).translate(_MARKDOWN) for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return SPARQL results as CSV (W3C, section 3): IRIs in full, literals by lexical form, unbound empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([_lexical(cell) for cell in row])
    return out.getvalue()


def sparql_json(columns: Sequence[str], rows: Iterable[Sequence[object]], boolean: bool | None) -> str:
    """Return SPARQL results as JSON (W3C); unbound variables are left out of their row."""
    if boolean is not None:
        return json.dumps({"head": {}, "boolean": boolean}) + "\n"
    bindings = [{name: _json(term) for name, term in zip(columns, row, strict=True) if term} for row in rows]
    document = {"head": {"vars": list(columns)}, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def turtle(triples: Sequence[Triple], base: str) -> str:
    """Return triples as Turtle in the given order, with only the prefixes that they use."""
    iris = [term.value for triple in triples for term in _nodes(triple)]
    used = {name: space for name, space in prefixes(base).items() if any(iri.startswith(space) for iri in iris)}
    data = serialize(triples, format=RdfFormat.TURTLE, prefixes=used)
    return data.decode("utf-8") if data else ""


def _nodes(triple: Triple) -> Iterable[NamedNode]:
    for term in triple:
        if isinstance(term, NamedNode):
            yield term
        elif isinstance(term, Literal):
            yield term.datatype


def _cut(text: str) -> str:
    return text if len(text) <= _MAX_CELL else text[: _MAX_CELL - 1] + "…"


def _padded(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = zip(cells, widths, right, strict=True)
    return "  ".join(cell.rjust(width) if flush else cell.ljust(width) for cell, width, flush in padded)


def _lexical(term: object) -> str:
    if term is None:
        return ""
    if isinstance(term, bool):
        return "true" if term else "false"
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _json(term: object) -> dict[str, Any]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if not isinstance(term, Literal):
        return {"type": "literal", "value": str(term)}
    value: dict[str, Any] = {"type": "literal", "value": term.value}
    if term.language:
        value["xml:lang"] = term.language
    elif term.datatype.value != PREFIXES["xsd"] + "string":
        value["datatype"] = term.datatype.value
    return value
