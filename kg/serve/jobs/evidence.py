"""Say why the graph says so."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from kg.serve.http.media import JSON, TEXT
from kg.serve.jobs.context import Context
from kg.serve.jobs.text import printed
from kg.serve.workers.output import Output
from kg.show.explain import explain, render

__all__ = ["answer"]


def answer(context: Context, out: Output, *, s: str, p: str, o: str, format: str = "") -> str:  # noqa: A002
    """Write what speaks for and against a triple and return the media type.

    Args:
        context: Graph and Accept header.
        out: Where to write.
        s: Name, CURIE or IRI of an entity.
        p: Local name, CURIE, label or IRI of a property.
        o: As ``s``.
        format: In place of the Accept header: json or text.

    Raises:
        QueryError: An entity or the property is unknown.
    """
    media_type = {"json": JSON, "text": TEXT}.get(format) or context.media_type((JSON, TEXT))
    # The quotes in the graph serve: the stored texts go when a build has replaced their documents.
    explanation = explain(context.graph.store, None, s, p, o, base=context.graph.settings.base)
    if media_type == TEXT:
        out.text(printed(lambda console: render(explanation, console)))
    else:
        out.text(json.dumps(asdict(explanation), ensure_ascii=False, indent=1, default=_plain) + "\n")
    return media_type


def _plain(value: Any) -> str | float:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"{type(value)} is not JSON")
