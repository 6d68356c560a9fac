"""Remember keys for a while, not too many of them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable

__all__ = ["Recent"]


class Recent:
    """A set that forgets.

    Args:
        seconds: How long a key stays.
        most: How many stay; beyond that the oldest go.
    """

    def __init__(self, *, seconds: float = 600.0, most: int = 10_000) -> None:
        self._seconds = seconds
        self._most = most
        self._until: OrderedDict[Hashable, float] = OrderedDict()

    def add(self, key: Hashable, *, now: float) -> None:
        """Remember a key from now on."""
        self._until[key] = now + self._seconds
        self._until.move_to_end(key)
        if len(self._until) > self._most:
            self._until.popitem(last=False)

    def discard(self, key: Hashable) -> None:
        """Forget a key."""
        self._until.pop(key, None)

    def holds(self, key: Hashable, *, now: float) -> bool:
        """Tell whether a key is remembered."""
        return self._until.get(key, now) > now
