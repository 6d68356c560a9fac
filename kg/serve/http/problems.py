"""What a client is told when it gets no answer: JSON problem details (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from kg.errors import KGError

__all__ = ["MEDIA_TYPE", "Problem", "shown"]

MEDIA_TYPE = "application/problem+json"

# Words of a request that a message repeats, so that it stays readable
_SHOWN = 120


def shown(text: str) -> str:
    """Return text of a client's as a message repeats it: one line, quoted, not too long."""
    cut = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return ascii(cut) if any(not char.isprintable() for char in cut) else f"'{cut}'"


class Problem(KGError):  # noqa: N818 (the term of RFC 9457)
    """A request that is refused or failed.

    Args:
        status: The HTTP status.
        problem: What was found, and what was expected.
        limit: The limit that was met, as a number of bytes, seconds or requests.
        remedy: What the client can do.
        headers: To send along, such as Allow.
    """

    def __init__(
        self,
        status: int,
        problem: str,
        *,
        limit: float | None = None,
        remedy: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(problem, remedy=remedy)
        self.status = status
        self.limit = limit
        self.headers = dict(headers or {})

    def fields(self) -> dict[str, Any]:
        """Return the members of the JSON object; those that say nothing are left out."""
        members = {
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.problem,
            "limit": self.limit,
            "remedy": self.remedy,
        }
        return {name: value for name, value in members.items() if value is not None}

    def body(self) -> bytes:
        """Return the JSON text; no markup of a request's stands in it, whoever may take it for a page."""
        text = json.dumps(self.fields(), ensure_ascii=False, indent=1).replace("<", "\\u003c")
        return f"{text}\n".encode("utf-8", "replace")
