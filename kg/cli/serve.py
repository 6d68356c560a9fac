"""``kg serve``: the graph over HTTP."""

from __future__ import annotations

from pathlib import Path

import typer

from kg.cli.common import GRAPH, tell, write
from kg.cli.show import QuoteLength
from kg.errors import ServeError
from kg.extras import not_installed

__all__ = ["serve"]

_WARNING = (
    "kg serve: warning: {} is not a loopback address. Whoever reaches this machine can read the whole graph, the "
    "articles' sentences included, and keep its processors busy; there is no login. Put a proxy with TLS and access "
    "control in front, or keep to 127.0.0.1."
)


def serve(
    graph: Path = GRAPH,
    *,
    port: int = typer.Option(8000, "--port", min=0, max=65535, help="0 takes any free one."),
    host: str = typer.Option("127.0.0.1", "--host", help="Address to listen on; only this machine reaches 127.0.0.1."),
    timeout: float = typer.Option(20.0, "--timeout", min=0.1, help="Seconds a query may take."),
    max_bytes: int = typer.Option(64_000_000, "--max-bytes", min=1, help="Size of an answer, in bytes."),
    max_query: int = typer.Option(64_000, "--max-query", min=1, help="Length of a query, in bytes."),
    memory: int = typer.Option(1_000, "--memory", min=100, help="What a query may take, in megabytes."),
    workers: int | None = typer.Option(None, "--workers", min=1, help="Processes; as many again for long queries."),
    quotes: QuoteLength = typer.Option(QuoteLength.FULL, "--quotes", help="full, short or none, as for kg export."),
    cors: list[str] = typer.Option([], "--cors", metavar="ORIGIN", help="A web page's origin that may read answers."),
    allow_host: list[str] = typer.Option([], "--allow-host", metavar="NAME", help="A name this server goes by, too."),
) -> None:
    """Serve the graph, read only: a SPARQL endpoint, the named queries, evidence and downloads (docs/serving.md).

    Example: kg serve --port 8000
    """
    options = {"workers": workers} if workers else {}
    try:
        from kg.serve.options import Options, is_loopback
        from kg.serve.run import serve as run
    except ImportError as error:
        raise not_installed(ServeError, f"the server needs {error.name}", extra="serve") from error
    if not is_loopback(host):
        tell(_WARNING.format(host))
    run(
        Options(
            graph=graph,
            host=host,
            port=port,
            timeout=timeout,
            max_bytes=max_bytes,
            max_query=max_query,
            memory=memory * 1_000_000,
            quotes=quotes.value,
            origins=tuple(cors),
            hosts=tuple(allow_host),
            **options,
        ),
        started=lambda url: write(f"Serving {graph} at {url} (ctrl-C ends it)"),
    )
