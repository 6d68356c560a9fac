"""What a server is started with."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.store.export import Quotes

__all__ = ["Options", "is_loopback"]


def _default_workers() -> int:
    """Return two for each processor, four at least: those that take long give way to the others."""
    return max(4, min(16, 2 * (os.cpu_count() or 2)))


def is_loopback(host: str) -> bool:
    """Tell whether an address or name can be reached from this machine only.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Where a server listens, what it serves, and its limits.

    Attributes:
        graph: The workspace's folder.
        host: Address or name to listen on.
        port: Port to listen on; 0 lets the system choose one.
        timeout: Seconds a query may take, from its start to the end of its answer.
        max_bytes: Bytes an answer may have, before compression.
        max_query: Bytes a query may have.
        workers: Processes for queries that take less than ``quick``; there may be as many for those that take longer.
        quick: Seconds after which a query counts as long, see :mod:`kg.serve.workers.places`.
        waiting: Requests that may wait for a worker.
        patience: Seconds a request may wait for a worker.
        per_client: Requests of one address that may be under way: running, waiting, or with an answer being sent.
        memory: Bytes a worker may take for a query.
        quotes: How much of the articles' words is served, as for ``kg export``.
        origins: Web origins whose pages may read answers (CORS), ``*`` for any; none by default.
        hosts: Names, besides the loopback ones, that a request may be addressed to; none means any, unless ``host`` is
            a loopback address.
    """

    graph: Path
    host: str = "127.0.0.1"
    port: int = 8000
    timeout: float = 20.0
    max_bytes: int = 64_000_000
    max_query: int = 64_000
    workers: int = field(default_factory=_default_workers)
    quick: float = 1.0
    waiting: int = 64
    patience: float = 20.0
    per_client: int = 32
    memory: int = 1_000_000_000
    quotes: Quotes = "full"
    origins: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
