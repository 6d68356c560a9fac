"""How many requests each client has under way: running, waiting, or with an answer that is being sent."""

from __future__ import annotations

from collections import Counter

from kg.serve.http.problems import Problem

__all__ = ["Clients"]


class Clients:
    """Counts requests by address.

    Args:
        limit: Requests that one address may have under way.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._requests: Counter[str] = Counter()

    def enter(self, client: str) -> None:
        """Count a request.

        Raises:
            Problem: The client has as many as it may have (429).
        """
        if self._requests[client] >= self._limit:
            raise Problem(
                429,
                f"{self._limit} requests from {client} are under way",
                limit=self._limit,
                remedy="Wait for answers before asking more",
                headers={"Retry-After": "2"},
            )
        self._requests[client] += 1

    def leave(self, client: str) -> None:
        """Count a request no longer."""
        self._requests[client] -= 1
        if not self._requests[client]:
            del self._requests[client]
