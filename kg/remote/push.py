"""Push a workspace's graph into a remote store: only what changed, in an order that a killed push can go on from.

First the manifest is written with all graphs that may stand in the store from now on, those about to be sent without a
digest; then each graph, and its digest when it is whole; then what is gone is deleted; then all is counted.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import pyoxigraph as ox

from kg.config import Settings
from kg.errors import RemoteError
from kg.iris import Iris
from kg.remote.content import Content, contents, pieces
from kg.remote.manifest import Manifest, digest_lines
from kg.remote.plan import Plan, make_plan
from kg.remote.store import RemoteStore
from kg.store.workspace import Workspace

__all__ = ["PushReport", "push"]

# Seconds between two notes of what is whole: as much work a killed push has to do again
_NOTE_EVERY = 2.0

Progress = Callable[[int, int], None]
"""Is told how many graphs are sent, of how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PushReport:
    """What a push did, or with ``dry_run`` would do.

    ``triples`` counts those of every graph of the workspace by the graph's name; ``deleted`` are the graphs that
    ``prune`` removed.
    """

    plan: Plan
    triples: Mapping[str, int]
    deleted: tuple[str, ...]
    dry_run: bool

    @property
    def sent_triples(self) -> int:
        """The triples of the graphs that were sent."""
        return sum(self.triples[name] for name in self.plan.sent)


def push(
    workspace: Workspace,
    store: RemoteStore,
    *,
    prune: bool = False,
    adopt: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> PushReport:
    """Bring a remote store up to date with a workspace; graphs that no push wrote are never touched.

    Args:
        workspace: One that has been built; only its identifier is written, by the first push.
        store: Where to.
        prune: Delete the graphs that an earlier push wrote and the workspace no longer has.
        adopt: Take over graphs of the same names, and the manifest, that somebody else wrote.
        dry_run: Only find out what would be done.
        progress: Is told how far it is.

    Raises:
        RemoteError: The store cannot be reached, refuses, holds what is not ours, or does not hold what was sent.
        StoreError: Another push of this workspace is at work.
    """
    generation = workspace.current()
    if generation is None:
        raise RemoteError("there is no graph to push", where=str(workspace.path), remedy="Make one with kg build")
    iris = (workspace.settings() or Settings()).iris
    with workspace.locked("push.lock", doing="pushing"):
        local = generation.open_store()
        held = contents(local)
        manifest = store.manifest(iris.manifest_graph)
        names = sorted({*held, *(manifest.digests if manifest else ())})
        plan = make_plan(held, manifest, store.counts(names), iris, workspace=workspace.identifier(), adopt=adopt)
        report = PushReport(
            plan=plan,
            triples={name: content.triples for name, content in held.items()},
            deleted=plan.gone if prune else (),
            dry_run=dry_run,
        )
        if not dry_run:
            pusher = _Pusher(local, store, iris, held, workspace.draw_identifier())
            pusher.run(plan, manifest, report.deleted, progress)
        return report


class _Pusher:
    """Carries out one plan.

    Args:
        local: The workspace's store.
        store: The remote one.
        iris: Mints the manifest's name.
        held: What the workspace's graphs hold.
        workspace: Its identifier.
    """

    def __init__(
        self, local: ox.Store, store: RemoteStore, iris: Iris, held: Mapping[str, Content], workspace: str
    ) -> None:
        self.local = local
        self.store = store
        self.iris = iris
        self.held = held
        self.workspace = workspace

    def run(self, plan: Plan, manifest: Manifest | None, deleted: Sequence[str], progress: Progress | None) -> None:
        """Send what is to be sent, delete what is to be deleted, and count.

        Raises:
            RemoteError: The store refuses, or does not hold what was sent.
        """
        digests = dict(manifest.digests if manifest else {})
        digests |= {name: self.held[name].digest for name in plan.unchanged}
        wanted = digests | dict.fromkeys(plan.sent, "")
        if manifest != Manifest(workspace=self.workspace, digests=wanted):
            self._write_manifest(wanted)
        self._send(plan.sent, progress)
        for name in deleted:
            self.store.delete(name)
        wanted |= {name: self.held[name].digest for name in plan.sent}
        kept = {name: digest for name, digest in wanted.items() if name not in deleted}
        if deleted:
            self._write_manifest(kept)
        if plan.sent or deleted:
            self._verify(kept, deleted)

    def _send(self, names: Sequence[str], progress: Progress | None) -> None:
        """Send graphs, and note every few seconds which of them are whole."""
        whole: dict[str, str] = {}
        noted = time.monotonic()
        for number, name in enumerate(names, 1):
            self.store.replace(name, partial(pieces, self.local, name))
            whole[name] = self.held[name].digest
            if number == len(names) or time.monotonic() - noted > _NOTE_EVERY:
                self.store.add(self.iris.manifest_graph, digest_lines(whole))
                whole.clear()
                noted = time.monotonic()
            if progress:
                progress(number, len(names))

    def _write_manifest(self, digests: Mapping[str, str]) -> None:
        name = self.iris.manifest_graph
        lines = Manifest(workspace=self.workspace, digests=digests).lines(name)
        self.store.replace(name, lambda _: (lines,))

    def _verify(self, kept: dict[str, str], deleted: Sequence[str]) -> None:
        """Count every graph, and note those that do not hold what was sent, so that the next push sends them again.

        Raises:
            RemoteError: There are some.
        """
        counts = self.store.counts(sorted({*self.held, *deleted}))
        expected = {name: content.triples for name, content in self.held.items()} | dict.fromkeys(deleted, 0)
        wrong = [name for name, triples in sorted(expected.items()) if counts.get(name, 0) != triples]
        if not wrong:
            return
        self._write_manifest(kept | dict.fromkeys(wrong, ""))
        told = (f"{name} holds {counts.get(name, 0):,} triples, not {expected[name]:,}" for name in wrong[:5])
        more = f"; and {len(wrong) - 5:,} more" if len(wrong) > 5 else ""
        raise RemoteError(
            f"the store does not hold what was sent to it: {'; '.join(told)}{more}",
            where=self.store.address.query,
            remedy="Push again: these graphs will be sent anew; if it comes back, the store changes or loses triples",
        )
