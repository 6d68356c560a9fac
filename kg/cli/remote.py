"""``kg push``: the graph into somebody's triple store; and the options by which stores and endpoints are named."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kg.cli.common import GRAPH, console, tell, write
from kg.errors import RemoteError
from kg.extras import not_installed

if TYPE_CHECKING:
    from kg.remote import PushReport
    from kg.remote.push import Progress
    from kg.remote.store import RemoteStore

__all__ = ["AUTH", "BASE", "PROFILE", "TIMEOUT", "USER", "Auth", "Product", "push", "require_httpx"]


class Product(StrEnum):
    """The triple stores whose paths kg knows."""

    OXIGRAPH = "oxigraph"
    VIRTUOSO = "virtuoso"
    FUSEKI = "fuseki"


class Auth(StrEnum):
    """How requests are signed."""

    BASIC = "basic"
    DIGEST = "digest"
    BEARER = "bearer"


AUTH = typer.Option(None, "--auth", help="Sign requests; secrets: KG_STORE_PASSWORD or KG_STORE_TOKEN, see docs.")
BASE = typer.Option(None, "--base", help="The base of the graph's IRIs; by default the endpoint is asked.")
PROFILE = typer.Option(None, "--profile", help="The store's make; by default the server is asked.")
TIMEOUT = typer.Option(60.0, "--timeout", min=1.0, metavar="SECONDS", help="How long the server may take to answer.")
USER = typer.Option(None, "--user", metavar="NAME", help="Who signs in; else KG_STORE_USER.")


def require_httpx() -> None:
    """Say which extra is missing, where one is.

    Raises:
        RemoteError: httpx is not installed.
    """
    try:
        import httpx  # noqa: F401 (only whether it is there)
    except ImportError as error:
        raise not_installed(RemoteError, "talking to servers needs httpx", extra="remote") from error


def push(
    url: str = typer.Argument(..., metavar="URL", help="The server, for Fuseki with its data set: http://host:3030/ds"),
    graph: Path = GRAPH,
    *,
    profile: Product | None = PROFILE,
    store_url: str | None = typer.Option(
        None, "--store-url", metavar="TEMPLATE", help="For other stores: the URL of a graph, with {graph} for its name."
    ),
    prune: bool = typer.Option(False, "--prune", help="Delete graphs that an earlier push sent and that are gone."),
    adopt: bool = typer.Option(False, "--adopt", help="Replace graphs of the same names that somebody else wrote."),
    dry_run: bool = typer.Option(False, "--dry-run", help="Tell what differs and send nothing."),
    auth: Auth | None = AUTH,
    user: str | None = USER,
    timeout: float = typer.Option(
        300.0, "--timeout", min=1.0, metavar="SECONDS", help="How long the server may take to answer."
    ),
) -> None:
    """Put the graph into a triple store, each named graph under its name; only what changed is sent.

    With --store-url, URL is that of the store's query endpoint. A push that broke off is repeated to go on.

    Example: kg push http://localhost:7878 --dry-run
    """
    require_httpx()
    from kg.remote.push import push as run
    from kg.remote.store import RemoteStore
    from kg.store.workspace import Workspace

    workspace = Workspace.open(graph)
    store = RemoteStore.open(url, profile=profile, template=store_url, auth=auth, user=user, timeout=timeout)
    try:
        with _progress() as progress:
            report = run(workspace, store, prune=prune, adopt=adopt, dry_run=dry_run, progress=progress)
    finally:
        store.close()
    _tell(report, store)


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """Show a bar while a terminal looks on; be quiet otherwise."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import Progress as Bar

    with Bar(console=console(stderr=True), transient=True) as bar:
        task = bar.add_task("graphs", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _tell(report: PushReport, store: RemoteStore) -> None:
    plan = report.plan
    if report.dry_run:
        for kind in ("new", "changed", "repaired"):
            for name in getattr(plan, kind):
                write(f"{kind:<9} {name} ({report.triples[name]:,} triples)")
        for name in plan.gone:
            write(f"{'delete' if report.deleted else 'gone':<9} {name}")
    did = "Would push" if report.dry_run else "Pushed"
    kinds = ", ".join(f"{len(getattr(plan, kind)):,} {kind}" for kind in ("new", "changed", "repaired", "unchanged"))
    write(f"{did} {len(plan.sent):,} graphs ({report.sent_triples:,} triples) to {store.address.title}: {kinds}.")
    if report.deleted:
        write(f"{'Would delete' if report.dry_run else 'Deleted'} {len(report.deleted):,} graphs.")
    elif plan.gone:
        tell(f"kg: {len(plan.gone):,} graphs of earlier pushes are gone here and stay there; --prune deletes them.")
