"""Join things that belong together and ask for the groups."""

from __future__ import annotations

__all__ = ["Components"]


class Components:
    """Groups of keys. The smaller group moves into the larger, so that n joins cost n log n steps."""

    def __init__(self) -> None:
        self._group: dict[str, list[str]] = {}

    def members(self, key: str) -> list[str]:
        """Return the keys that belong together with a key, itself among them; in no order."""
        return self._group.get(key) or [key]

    def together(self, first: str, second: str) -> bool:
        """Tell whether two keys are in one group."""
        return first == second or (first in self._group and self._group[first] is self._group.get(second))

    def join(self, first: str, second: str) -> None:
        """Put the groups of two keys together."""
        if self.together(first, second):
            return
        small, large = sorted((self.members(first), self.members(second)), key=len)
        for key in (*small, *(large if len(large) == 1 else ())):
            self._group[key] = large
        large.extend(small)

    def groups(self) -> list[tuple[str, ...]]:
        """Return all groups of two or more keys, sorted."""
        distinct = {id(group): group for group in self._group.values()}
        return sorted(tuple(sorted(group)) for group in distinct.values())
