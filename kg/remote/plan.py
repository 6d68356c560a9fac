"""What a push has to do: the workspace's graphs against the manifest and what the store holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.errors import RemoteError
from kg.iris import Iris, is_quarantine
from kg.remote.content import Content
from kg.remote.manifest import Manifest

__all__ = ["Plan", "make_plan"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Graphs by what happens to them, each kind in the order in which they are sent.

    ``new`` no push has sent; ``changed`` hold something else now; ``repaired`` are as they were, but the store does not
    hold what was sent, or nobody knows whether it does; ``gone`` were sent and are no longer in the workspace.
    """

    new: tuple[str, ...]
    changed: tuple[str, ...]
    repaired: tuple[str, ...]
    unchanged: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def sent(self) -> tuple[str, ...]:
        """Every graph that is sent."""
        return (*self.new, *self.changed, *self.repaired)


def make_plan(
    contents: Mapping[str, Content],
    manifest: Manifest | None,
    counts: Mapping[str, int],
    iris: Iris,
    *,
    workspace: str | None,
    adopt: bool = False,
) -> Plan:
    """Compare, and refuse to overwrite what somebody else wrote.

    Args:
        contents: What the workspace's graphs hold.
        manifest: What stands in the store; None where nothing was ever pushed there.
        counts: The triples of the store's graphs of those names.
        iris: Mints the names of graphs.
        workspace: This workspace's identifier; None where it never pushed.
        adopt: Take over what another workspace or somebody by hand put there.

    Raises:
        RemoteError: The store holds graphs of these names that no push of this workspace wrote.
    """
    before = manifest.digests if manifest else {}
    if not adopt:
        _check_own(manifest, workspace)
        _check_not_foreign([name for name in contents if name not in before and counts.get(name)], counts)
    kinds: dict[str, list[str]] = {"new": [], "changed": [], "repaired": [], "unchanged": []}
    for name in sorted(contents, key=lambda name: (_rank(name, iris), name)):
        kinds[_kind(contents[name], before.get(name), counts.get(name, 0))].append(name)
    gone = tuple(name for name in sorted(before) if name not in contents)
    return Plan(gone=gone, **{kind: tuple(names) for kind, names in kinds.items()})


def _kind(content: Content, before: str | None, count: int) -> str:
    if before is None:
        return "new"
    if before and before != content.digest:
        return "changed"
    return "unchanged" if before and count == content.triples else "repaired"


def _rank(name: str, iris: Iris) -> int:
    """Return the place of a graph's kind: what is referred to comes before what refers to it, the world last."""
    if name in {iris.ontology_graph, iris.world_graph}:
        return 0 if name == iris.ontology_graph else 4
    if name.startswith(iris.run("")):
        return 1
    return 3 if is_quarantine(name) else 2


def _check_own(manifest: Manifest | None, workspace: str | None) -> None:
    if manifest and manifest.workspace != workspace:
        raise RemoteError(
            f"another workspace ({manifest.workspace}) has pushed {len(manifest.digests):,} graphs under this base",
            remedy="Build with a --base of your own, or replace the other's graphs with --adopt; nothing was changed",
        )


def _check_not_foreign(names: list[str], counts: Mapping[str, int]) -> None:
    if names:
        listed = ", ".join(f"{name} ({counts[name]:,} triples)" for name in sorted(names)[:3])
        more = f" and {len(names) - 3:,} more" if len(names) > 3 else ""
        raise RemoteError(
            f"the store holds graphs of these names that no push of this workspace wrote: {listed}{more}",
            remedy="Replace them with --adopt; nothing was changed",
        )
