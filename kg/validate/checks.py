"""Plain checks that SHACL shapes are compiled into (:mod:`kg.validate.compiler`).

A check is one-sided: a node that fits surely conforms to the shape, one that does not is in doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from kg.validate.index import TripleIndex

__all__ = ["Check", "Path", "ValueTest", "ValuesTest"]

ValueTest = Callable[[TripleIndex, str], bool]
"""Tells whether one value surely fits."""

ValuesTest = Callable[[TripleIndex, str, Sequence[str]], bool]
"""Tells whether the values of a focus node surely fit together."""

Path = tuple[str, ...]
"""Predicates of which any may lead to a value; an empty path leads to the focus node itself."""

_NOTHING: dict[str, list[str]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What one shape demands.

    ``shape`` names it; ``least`` and ``most`` bound how many values there may be; ``exact`` says that a node that does
    not fit surely violates the shape, so that others may build on the opposite; ``depth`` is how many steps from its
    node the check may go.
    """

    shape: str
    path: Path = ()
    least: int = 0
    most: int | None = None
    tests: tuple[ValueTest, ...] = ()
    together: tuple[ValuesTest, ...] = ()
    exact: bool = True
    depth: int = 0

    @property
    def demands_nothing(self) -> bool:
        """Whether every node fits."""
        return not (self.least or self.most is not None or self.tests or self.together)

    def doubted(self, index: TripleIndex, nodes: Collection[str]) -> Iterator[str]:
        """Yield the focus nodes that may violate the shape."""
        for node, values in self._values_of_all(index, nodes):
            if not self._fit(index, node, values):
                yield node

    def fits(self, index: TripleIndex, node: str) -> bool:
        """Tell whether a node surely conforms."""
        return self._fit(index, node, self._values(index, node))

    def _fit(self, index: TripleIndex, node: str, values: Sequence[str]) -> bool:
        # a document has some thousand values to look at: plain loops are half again as fast as all() and any()
        count = len(values)
        if count < self.least or (self.most is not None and count > self.most):
            return False
        for test in self.tests:
            for value in values:
                if not test(index, value):
                    return False
        return not self.together or all(rule(index, node, values) for rule in self.together)

    def _values_of_all(self, index: TripleIndex, nodes: Collection[str]) -> Iterator[tuple[str, Sequence[str]]]:
        """Yield focus nodes with their values; those without values only where they may be in doubt."""
        if len(self.path) != 1:
            yield from ((node, self._values(index, node)) for node in nodes)
            return
        found = index.objects.get(self.path[0], _NOTHING)
        if self.least or self.together:
            yield from ((node, found.get(node, ())) for node in nodes)
        else:
            yield from ((node, values) for node, values in found.items() if node in nodes)

    def _values(self, index: TripleIndex, node: str) -> Sequence[str]:
        if not self.path:
            return (node,)
        if len(self.path) == 1:
            return index.objects.get(self.path[0], _NOTHING).get(node, ())
        found = (index.objects.get(predicate, _NOTHING).get(node, ()) for predicate in self.path)
        return list(dict.fromkeys(value for values in found for value in values))
