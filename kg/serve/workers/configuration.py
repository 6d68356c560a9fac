"""What a worker is started with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.store.export import Quotes

__all__ = ["Configuration"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """What a worker is started with.

    Attributes:
        graph: The workspace's folder.
        memory: Bytes that it may take; 0 is no bound.
        quotes: How much of the articles' words may be served.
        copies: The folder for copies of the store without the other words; empty opens the store itself.
        grace: Seconds that a job may go on beyond its time when nobody stops it.
    """

    graph: str
    memory: int
    quotes: Quotes = "full"
    copies: str = ""
    grace: float = 5.0
