"""Query files: SPARQL with a header of comments that names, describes and parameterises it.

The header is a run of ``#+`` comments in the manner of grlc::

    #+ title: Who met whom
    #+ description: Meetings between entities, one row a pair.
    #+ param: entity (entity) Only meetings of this person, country or organisation.
    #+ param: since (date; default 2020) Not before this day.
    #+ param: until (date, last day) Not after this day; "2021-09" means its last day.
    #+ column: who The first party's label.

A ``#+`` line without one of these keys goes on with the line before. A file without a header is a query
too: its name is the file's, and every variable it projects may be bound.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg import resources
from kg.errors import QueryError
from kg.spelling import did_you_mean

__all__ = [
    "PARAMETER_TYPES",
    "Column",
    "NamedQuery",
    "Parameter",
    "list_queries",
    "load_query",
    "parse_query",
    "query_catalogue",
    "read_query",
]

PARAMETER_TYPES = ("entity", "class", "property", "iri", "date", "integer", "decimal", "string")
"""What the value of a parameter can be; :mod:`kg.query.bind` makes RDF terms of them."""

_LINE = re.compile(r"#\+ ?(?:(title|description|param|column):)?\s*(.*?)\s*$")
_PARAMETER = re.compile(
    r"(?P<name>[A-Za-z]\w*) \((?P<type>\w+)(?P<last>, last day)?(?:; default (?P<default>[^)]+))?\) (?P<text>.+)"
)
_COLUMN = re.compile(r"(?P<name>[A-Za-z]\w*) (?P<text>.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter; ``last_day`` makes of a month or year its last day instead of its first."""

    name: str
    type: str
    text: str
    default: str | None = None
    last_day: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of the answer, in the order of the SELECT."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedQuery:
    """A query with what its header says; ``path`` is None for text that came from elsewhere."""

    name: str
    text: str
    title: str = ""
    description: str = ""
    params: tuple[Parameter, ...] = ()
    columns: tuple[Column, ...] = ()
    path: Path | None = None

    @property
    def where(self) -> str:
        """The file, else the name, for messages."""
        return str(self.path) if self.path else self.name


def parse_query(text: str, *, name: str = "query", path: Path | None = None) -> NamedQuery:
    """Read the header of a query's text.

    Raises:
        QueryError: A header line cannot be read; file and line are named.
    """
    where = str(path) if path else name
    entries = _header(text, where)
    one = {key: value for key, value, _ in entries if key in {"title", "description"}}
    return NamedQuery(
        name=name,
        text=text,
        title=one.get("title", ""),
        description=one.get("description", ""),
        params=tuple(_parameter(value, f"{where} line {line}") for key, value, line in entries if key == "param"),
        columns=tuple(_column(value, f"{where} line {line}") for key, value, line in entries if key == "column"),
        path=path,
    )


def load_query(name_or_path: str | Path) -> NamedQuery:
    """Return the named query of ``queries/``, or the one in a file of the user's.

    Args:
        name_or_path: A name without ending (``who-met-whom``), or a path: whatever ends in ``.rq`` or
            holds a folder separator.

    Raises:
        QueryError: There is no such query or file, or its header cannot be read.
    """
    text = str(name_or_path)
    if text.endswith(".rq") or "/" in text or "\\" in text:
        return _read(Path(name_or_path))
    known = {path.stem: path for path in resources.queries()}
    if text not in known:
        raise QueryError(
            f"there is no query named {text!r}{did_you_mean(text, known)}; known: {', '.join(known)}",
            remedy="'kg query --list' describes them; a query file of your own is named by its path",
        )
    return _read(known[text])


def read_query(query: str | os.PathLike[str]) -> NamedQuery:
    """Return the query that a name, a path or SPARQL text means.

    Raises:
        QueryError: There is no such query or file, or its header cannot be read.
    """
    text = os.fspath(query)
    return parse_query(text) if "{" in text else load_query(text)


@cache
def list_queries() -> tuple[NamedQuery, ...]:
    """Return every query that ships with kg, sorted by name."""
    return tuple(_read(path) for path in resources.queries())


def query_catalogue(queries: Sequence[NamedQuery] | None = None) -> str:
    """Return the manual's page about the named queries, as Markdown (``docs/queries.md`` is this text)."""
    lines = [
        "# Named queries",
        "",
        "Generated from the headers of `queries/*.rq`. Ask one with `kg query NAME --param PARAMETER=VALUE`; every",
        "parameter may be left out. The files are plain SPARQL 1.1 on the union of all graphs, so any triple store",
        "answers them as well.",
    ]
    for query in list_queries() if queries is None else queries:
        lines += ["", f"## {query.name}", "", f"**{query.title}.** {query.description}"]
        if query.params:
            lines += ["", "| parameter | type | meaning |", "|---|---|---|", *map(_parameter_row, query.params)]
        if query.columns:
            lines += ["", "| column | meaning |", "|---|---|", *(f"| `{c.name}` | {c.text} |" for c in query.columns)]
    return "\n".join(lines) + "\n"


def _parameter_row(parameter: Parameter) -> str:
    default = f"; default {parameter.default}" if parameter.default else ""
    return f"| `{parameter.name}` | {parameter.type}{default} | {parameter.text} |"


def _read(path: Path) -> NamedQuery:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise QueryError("there is no such query file", where=str(path)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"the query file cannot be read: {error}", where=str(path)) from error
    return parse_query(text, name=path.stem, path=path)


def _header(text: str, where: str) -> list[tuple[str, str, int]]:
    """Return (key, value, line number from 1) of each header entry, continued lines joined."""
    entries: list[tuple[str, str, int]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        match = _LINE.match(line)
        if not match:
            continue
        key, value = match.groups()
        if key:
            entries.append((key, value, number))
        elif entries:
            last, start, first = entries[-1]
            entries[-1] = (last, f"{start} {value}".strip(), first)
        else:
            raise QueryError(
                f"the header begins with {line!r}",
                where=f"{where} line {number}",
                remedy="Begin with '#+ title:', '#+ description:', '#+ param:' or '#+ column:'",
            )
    return entries


def _parameter(value: str, where: str) -> Parameter:
    match = _PARAMETER.fullmatch(value)
    if not match or match["type"] not in PARAMETER_TYPES:
        raise QueryError(
            f"the parameter {value!r} cannot be read",
            where=where,
            remedy=f"Write 'NAME (TYPE; default VALUE) text'; TYPE is one of {', '.join(PARAMETER_TYPES)}",
        )
    return Parameter(
        name=match["name"],
        type=match["type"],
        text=match["text"],
        default=match["default"],
        last_day=match["last"] is not None,
    )


def _column(value: str, where: str) -> Column:
    match = _COLUMN.fullmatch(value)
    if not match:
        raise QueryError(f"the column {value!r} cannot be read", where=where, remedy="Write 'NAME text'")
    return Column(name=match["name"], text=match["text"])
