"""Compile SHACL shapes into plain checks, as far as their constraints are known here.

What is known: predicate and alternative paths; sh:class, datatype, nodeKind, minCount, maxCount, min/maxInclusive,
min/maxExclusive, minLength, maxLength, pattern, in, hasValue, lessThan, lessThanOrEquals, node, not, and, or, xone.
Anything else on a shape, and anything written in an unusual way, leaves the whole shape to pySHACL, which also says
what is not well formed. Source: SHACL, W3C Recommendation of 20 July 2017, sections 2 and 4.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from rdflib import RDF, RDFS, SH, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection as RdfList
from rdflib.term import Node

from kg.rdf.nquads import term
from kg.validate.checks import Check, Path, ValuesTest, ValueTest
from kg.validate.index import TripleIndex
from kg.validate.literals import DATATYPES, lexical, order_key

__all__ = ["DEPTH", "Compiler", "NotCompiledError"]

DEPTH = 2
"""How many steps from its node a compiled check may go; :mod:`kg.validate.judge` shows pySHACL as much."""

_KINDS = {SH.NodeShape, SH.PropertyShape}
_SAYS_NOTHING = {
    SH.name, SH.description, SH.message, SH.severity, SH.order, SH.group, SH.defaultValue, SH.path,
    SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf, RDFS.label, RDFS.comment,
}  # fmt: skip
_NODE_KINDS = {SH.IRI: "<", SH.Literal: '"', SH.IRIOrLiteral: '<"', SH.BlankNodeOrIRI: "<", SH.BlankNodeOrLiteral: '"'}
_RANGES = {
    SH.minInclusive: operator.ge, SH.minExclusive: operator.gt, SH.maxInclusive: operator.le,
    SH.maxExclusive: operator.lt,
}  # fmt: skip
_PAIRS: dict[Node, Callable[..., bool]] = {SH.lessThan: operator.lt, SH.lessThanOrEquals: operator.le}


class NotCompiledError(Exception):
    """A shape says something that is not known here."""


@dataclass(slots=True)
class _Parts:
    """A check in the making."""

    least: int = 0
    most: int | None = None
    tests: list[ValueTest] = field(default_factory=list)
    together: list[ValuesTest] = field(default_factory=list)
    exact: bool = True
    depth: int = 0


class Compiler:
    """Compiles the shapes of a graph.

    Args:
        shapes: The shapes graph; not modified.
    """

    def __init__(self, shapes: Graph) -> None:
        self.shapes = shapes
        self.compiled: set[Node] = set()
        """The shapes that were compiled, with those inside others."""

    def check(self, shape: Node, *, own: bool = False) -> Check:
        """Return the check of a shape.

        Args:
            shape: A node or property shape.
            own: Leave out what it demands by sh:property, which is checked apart.

        Raises:
            NotCompiledError: It says something that is not known here.
        """
        parts = _Parts()
        for predicate in sorted(set(self.shapes.predicates(shape)), key=str):
            values = sorted(self.shapes.objects(shape, predicate), key=str)
            if predicate == RDF.type:
                _demand(_KINDS.issuperset(values), f"its class is {values[0]}")
            elif predicate == SH.property:
                _demand(own and (shape, SH.path, None) not in self.shapes, "a property shape in another")
            elif predicate not in _SAYS_NOTHING:
                self._add(parts, predicate, values)
        path = self._path(shape)
        depth = parts.depth + bool(path)
        _demand(depth <= DEPTH, "a path in a path in a path")
        self.compiled.add(shape)
        return Check(
            shape=str(shape),
            path=path,
            least=parts.least,
            most=parts.most,
            tests=tuple(parts.tests),
            together=tuple(parts.together),
            exact=parts.exact,
            depth=depth,
        )

    def _path(self, shape: Node) -> Path:
        found = list(self.shapes.objects(shape, SH.path))
        _demand(len(found) <= 1, "several paths")
        if not found:
            return ()
        if isinstance(found[0], URIRef):
            return (term(found[0]),)
        _demand(set(self.shapes.predicates(found[0])) == {SH.alternativePath}, "an unusual path")
        return tuple(term(_iri(member)) for member in self._list(self.shapes.objects(found[0], SH.alternativePath)))

    def _list(self, heads: object) -> list[Node]:
        [head] = heads if isinstance(heads, list) else list(heads)  # type: ignore[call-overload]
        members = list(RdfList(self.shapes, head))
        _demand(bool(members), "an empty list")
        return members

    def _add(self, parts: _Parts, predicate: Node, values: list[Node]) -> None:
        """Add what one parameter demands."""
        if predicate in _REPEATABLE:
            for value in values:
                parts.tests.append(_REPEATABLE[predicate](value))
        elif predicate == SH.hasValue:
            parts.together += [_has_value(_iri(value)) for value in values]
        elif len(values) != 1:
            raise NotCompiledError(f"several values of {predicate}")
        elif predicate == SH.minCount:
            parts.least = _count(values[0])
        elif predicate == SH.maxCount:
            parts.most = _count(values[0])
        elif predicate in _SINGLE:
            parts.tests.append(_SINGLE[predicate](values[0]))
            parts.exact &= predicate == SH.nodeKind
        elif predicate == SH["in"]:
            parts.tests.append(_in(self._list(values)))
        elif predicate in _PAIRS:
            parts.together.append(_ordered(_PAIRS[predicate], term(_iri(values[0]))))
            parts.exact = False
        elif predicate in _LOGICAL:
            self._add_shapes(parts, predicate, values)
        else:
            raise NotCompiledError(f"{predicate} is not known")

    def _add_shapes(self, parts: _Parts, predicate: Node, values: list[Node]) -> None:
        members = values if predicate in (SH.node, SH["not"]) else self._list(values)
        checks = [self.check(member) for member in members]
        exact = all(check.exact for check in checks)
        _demand(exact or predicate not in (SH["not"], SH.xone), "the opposite of what is not exact")
        parts.tests.append(_LOGICAL[predicate](checks))
        parts.exact &= exact
        parts.depth = max(parts.depth, *(check.depth for check in checks))


def _demand(condition: bool, otherwise: str) -> None:
    if not condition:
        raise NotCompiledError(otherwise)


def _iri(node: Node) -> URIRef:
    _demand(isinstance(node, URIRef), f"{node} is no IRI")
    return URIRef(str(node))


def _count(node: Node) -> int:
    _demand(isinstance(node, Literal) and node.datatype == XSD.integer and not node.ill_typed, f"{node} is no count")
    return int(str(node))


def _class(node: Node) -> ValueTest:
    kind = term(_iri(node))
    return lambda index, value: value in index.instances.get(kind, ())


def _pattern(node: Node) -> ValueTest:
    _demand(isinstance(node, Literal), f"{node} is no pattern")
    try:
        search = re.compile(str(node)).search
    except re.error as error:
        raise NotCompiledError(str(error)) from error
    return lambda _index, value: search(lexical(value)) is not None


def _datatype(node: Node) -> ValueTest:
    is_one = DATATYPES.get(str(node))
    if is_one is None:
        raise NotCompiledError(f"the datatype {node} is not known")
    return lambda _index, value: is_one(value)


def _node_kind(node: Node) -> ValueTest:
    _demand(node in _NODE_KINDS, f"{node} is no kind of node")
    firsts = _NODE_KINDS[URIRef(str(node))]
    return lambda _index, value: value[0] in firsts


def _min_length(node: Node) -> ValueTest:
    least = _count(node)
    return lambda _index, value: len(lexical(value)) >= least


def _max_length(node: Node) -> ValueTest:
    most = _count(node)
    return lambda _index, value: len(lexical(value)) <= most


def _in(members: Sequence[Node]) -> ValueTest:
    known = frozenset(term(_iri(member)) for member in members)
    return lambda _index, value: value in known


def _has_value(wanted: URIRef) -> ValuesTest:
    found = term(wanted)
    return lambda _index, _node, values: found in values


def _range(compare: Callable[[Decimal, Decimal], bool]) -> Callable[[Node], ValueTest]:
    def make(node: Node) -> ValueTest:
        _demand(isinstance(node, Literal), f"{node} is no bound")
        bound = order_key(term(node))
        _demand(bound is not None and bound[0] == "number", f"{node} is no plain number")
        return lambda _index, value: _compare(compare, order_key(value), bound)

    return make


def _compare(compare: Callable[..., bool], left: tuple[str, object] | None, right: tuple[str, object] | None) -> bool:
    """Compare two keys of :func:`kg.validate.literals.order_key`; what is of different kinds does not compare."""
    return left is not None and right is not None and left[0] == right[0] and compare(left[1], right[1])


def _ordered(compare: Callable[..., bool], predicate: str) -> ValuesTest:
    def test(index: TripleIndex, node: str, values: Sequence[str]) -> bool:
        others = index.objects.get(predicate, {}).get(node, ())
        return all(_compare(compare, order_key(value), order_key(other)) for value in values for other in others)

    return test


def _all(checks: Sequence[Check]) -> ValueTest:
    return lambda index, value: all(check.fits(index, value) for check in checks)


def _any(checks: Sequence[Check]) -> ValueTest:
    return lambda index, value: any(check.fits(index, value) for check in checks)


def _one(checks: Sequence[Check]) -> ValueTest:
    return lambda index, value: sum(check.fits(index, value) for check in checks) == 1


def _none(checks: Sequence[Check]) -> ValueTest:
    return lambda index, value: not any(check.fits(index, value) for check in checks)


_REPEATABLE: dict[Node, Callable[[Node], ValueTest]] = {SH["class"]: _class, SH.pattern: _pattern}
_SINGLE: dict[Node, Callable[[Node], ValueTest]] = {
    SH.datatype: _datatype,
    SH.nodeKind: _node_kind,
    SH.minLength: _min_length,
    SH.maxLength: _max_length,
    **{parameter: _range(compare) for parameter, compare in _RANGES.items()},
}
_LOGICAL: dict[Node, Callable[[Sequence[Check]], ValueTest]] = {
    SH.node: _all,
    SH["and"]: _all,
    SH["not"]: _none,
    SH["or"]: _any,
    SH.xone: _one,
}
