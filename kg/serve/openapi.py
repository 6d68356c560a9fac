"""The server's OpenAPI 3.1 document; the part about named queries comes from their headers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kg import __version__
from kg.query import NamedQuery, Parameter
from kg.serve.http.media import DOWNLOADS, FORMATS, GRAPHS, JSON, ROWS, TEXT, formats_of
from kg.serve.http.problems import MEDIA_TYPE

__all__ = ["openapi"]

_TYPES: Mapping[str, Mapping[str, Any]] = {
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "iri": {"type": "string", "description": "An IRI or CURIE."},
    "entity": {"type": "string", "description": "A name, CURIE or IRI of an entity."},
    "class": {"type": "string", "description": "A local name, CURIE, label or IRI of an event class."},
    "property": {"type": "string", "description": "A local name, CURIE, label or IRI of a property."},
    "date": {"type": "string", "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$", "description": "A day, month or year."},
}
"""Schemas by type of parameter; every other one is a string."""

_PROBLEMS = {
    "400": "The request or query is wrong; the body says where.",
    "403": "Refused: an update, a query that asks another server, a file, a foreign page or host name.",
    "404": "There is nothing of that name.",
    "406": "None of the formats that were accepted is on offer.",
    "413": "The query or its answer is too large.",
    "414": "The URL is too long.",
    "415": "The body's Content-Type is not one of the protocol's.",
    "429": "Too many requests of this client are under way.",
    "503": "Too many requests are waiting, or the query had to make room for others.",
    "504": "The query took too long.",
}


def openapi(queries: Sequence[NamedQuery]) -> dict[str, Any]:
    """Return the document as JSON values."""
    paths = {
        "/sparql": {"get": _sparql_get(), "post": _sparql_post()},
        "/queries": {"get": _operation("listQueries", "The named queries", {JSON: {}, FORMATS["markdown"]: {}})},
        **{f"/queries/{query.name}": {"get": _named(query)} for query in queries},
        "/explain": {"get": _explain()},
        "/entities": {"get": _entities()},
        "/download/{name}": {"get": _download()},
        "/health": {"get": _operation("health", "Whether the server is well", {JSON: {}}, fails=("503",))},
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "A knowledge graph from news text",
            "version": __version__,
            "description": "Read only. Every triple can be asked for its evidence.",
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": {"Problem": _PROBLEM_SCHEMA},
            "responses": {code: _problem_response(text) for code, text in _PROBLEMS.items()},
        },
    }


_PROBLEM_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "required": ["title", "status", "detail"],
    "properties": {
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What was found, and what was expected."},
        "limit": {"type": "number", "description": "The limit that was met."},
        "remedy": {"type": "string", "description": "What to do."},
    },
}


def _problem_response(text: str) -> dict[str, Any]:
    return {"description": text, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}


def _operation(
    name: str,
    summary: str,
    content: Mapping[str, Any],
    *,
    parameters: Sequence[Mapping[str, Any]] = (),
    fails: Sequence[str] = ("400", "403", "406", "413", "429", "503", "504"),
    **more: Any,
) -> dict[str, Any]:
    responses = {"200": {"description": "The answer.", "content": dict(content)}}
    responses |= {code: {"$ref": f"#/components/responses/{code}"} for code in fails}
    found = {"operationId": name, "summary": summary, "responses": responses, **more}
    return {**found, "parameters": list(parameters)} if parameters else found


def _parameter(name: str, text: str, schema: Mapping[str, Any], *, required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": required, "description": text, "schema": dict(schema)}


def _strings(*values: str) -> dict[str, Any]:
    return {"type": "string", "enum": list(values)}


def _named(query: NamedQuery) -> dict[str, Any]:
    names = formats_of(is_graph=not query.columns)
    form = _parameter("format", "In place of the Accept header.", _strings(*names))
    return _operation(
        f"query-{query.name}",
        query.title or query.name,
        {FORMATS[name]: {} for name in names},
        parameters=[*map(_query_parameter, query.params), form],
        description=_described(query),
        fails=("400", "403", "404", "406", "413", "429", "503", "504"),
        tags=["named queries"],
    )


def _query_parameter(parameter: Parameter) -> dict[str, Any]:
    schema = dict(_TYPES.get(parameter.type, {"type": "string"}))
    if parameter.default is not None:
        read = {"integer": int, "number": float}.get(str(schema["type"]), str)
        schema["default"] = read(parameter.default)
    return _parameter(parameter.name, parameter.text, schema)


def _described(query: NamedQuery) -> str:
    columns = "".join(f"\n- `{column.name}`: {column.text}" for column in query.columns)
    return f"{query.description}\n\nColumns:\n{columns}" if columns else query.description


_GRAPH_NAMES: Mapping[str, Any] = {"type": "array", "items": {"type": "string", "format": "iri"}}


def _dataset() -> list[dict[str, Any]]:
    return [
        _parameter("default-graph-uri", "Graphs whose union is the default graph.", _GRAPH_NAMES),
        _parameter("named-graph-uri", "Graphs that GRAPH ranges over.", _GRAPH_NAMES),
    ]


def _sparql_get() -> dict[str, Any]:
    query = _parameter("query", "SPARQL 1.1; without it the service description.", {"type": "string"})
    content: dict[str, Any] = {media_type: {} for media_type in (*ROWS, *GRAPHS)}
    return _operation("sparql", "Answer a query", content, parameters=[query, *_dataset()])


def _sparql_post() -> dict[str, Any]:
    form = {
        "type": "object",
        "required": ["query"],
        "properties": {
            "query": {"type": "string"},
            "default-graph-uri": _GRAPH_NAMES,
            "named-graph-uri": _GRAPH_NAMES,
        },
    }
    body = {
        "required": True,
        "content": {
            "application/sparql-query": {"schema": {"type": "string"}},
            "application/x-www-form-urlencoded": {"schema": form},
        },
    }
    made = _sparql_get() | {"operationId": "sparqlPost", "parameters": _dataset(), "requestBody": body}
    made["responses"]["415"] = {"$ref": "#/components/responses/415"}
    return made


def _explain() -> dict[str, Any]:
    name = {"type": "string"}
    return _operation(
        "explain",
        "What speaks for and against a triple, each claim with its sentence",
        {JSON: {}, TEXT: {}},
        parameters=[
            _parameter("s", "The subject: a name, CURIE or IRI of an entity.", name, required=True),
            _parameter("p", "The property: a local name, CURIE, label or IRI.", name, required=True),
            _parameter("o", "The object, as the subject.", name, required=True),
            _parameter("format", "In place of the Accept header.", _strings("json", "text")),
        ],
    )


def _entities() -> dict[str, Any]:
    names = ("json", "csv", "markdown", "table")
    return _operation(
        "entities",
        "Entities, those with most mentions first",
        {FORMATS[name]: {} for name in names},
        parameters=[
            _parameter("q", "Part of a name.", {"type": "string"}),
            _parameter("type", "Part of the class: person, country, organization …", {"type": "string"}),
            _parameter("limit", "How many; 0 is all.", {"type": "integer", "minimum": 0, "default": 0}),
            _parameter("format", "In place of the Accept header.", _strings(*names)),
        ],
    )


def _download() -> dict[str, Any]:
    files = [f"graph{ending}" for ending in DOWNLOADS]
    name = {"name": "name", "in": "path", "required": True, "description": "The ending chooses the format."}
    return _operation(
        "download",
        "The whole graph as a file",
        {media_type: {} for media_type in DOWNLOADS.values()},
        parameters=[name | {"schema": _strings(*files)}],
        fails=("403", "404", "503"),
    )
