"""What every job is given, and how it chooses its format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.graph import Graph
from kg.serve.http.negotiation import choose
from kg.serve.http.problems import Problem
from kg.store.export import Quotes

__all__ = ["Context"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """An open graph, and what the client said it takes.

    Attributes:
        graph: The generation that the worker has open.
        prefixes: The vocabulary's, and those of the user's lexicon packs.
        accept: The Accept header.
        quotes: How much of the articles' words may leave.
    """

    graph: Graph
    prefixes: Mapping[str, str]
    accept: str = ""
    quotes: Quotes = "full"

    def media_type(self, offers: Sequence[str]) -> str:
        """Return the media type that the client likes best.

        Raises:
            Problem: It takes none of them (406).
        """
        best = choose(self.accept, offers)
        if best is None:
            raise Problem(406, f"none of the formats accepted is on offer here; on offer: {', '.join(offers)}")
        return best
