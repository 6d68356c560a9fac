"""Shapes made ready for validating many small graphs."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from rdflib import RDF, RDFS, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection as RdfList
from rdflib.term import Node

from kg.errors import ShapeError
from kg.lexicon import Lexicon
from kg.lexicon.compile import ontology_graph, shapes_graph
from kg.validate.report import ValidationResult

if TYPE_CHECKING:
    from pyshacl import ShapesGraph

__all__ = ["PreparedShapes", "Target", "all_targets", "close_types", "prepare", "superclasses"]

_LOG = logging.getLogger(__name__)
_LOG.addHandler(logging.NullHandler())  # pySHACL reports broken shapes to a logger as well; we raise

_SH = str(SH)
_TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
Target = tuple[Node, Node]
"""One of the target properties, and the class, property or node that it names."""


@lru_cache(maxsize=4)
def prepare(lexicon: Lexicon) -> PreparedShapes:
    """Return the shapes of a lexicon, made ready once."""
    return PreparedShapes(shapes_graph(lexicon), ontology_graph(lexicon))


class PreparedShapes:
    """Shapes with their targets pushed down to property shapes, and the superclasses that they ask about.

    A property shape below a node shape is evaluated once for every focus node; with the targets of its node shape it
    is evaluated once for all of them and means the same. On a document of 1,000 triples that is 37 ms instead of 91;
    loading the shapes once and leaving out those without a focus node makes it 26.

    Raises:
        ShapeError: A shape is not well formed.
    """

    def __init__(self, shapes: Graph, ontology: Graph) -> None:
        self._targets = all_targets(shapes)
        self._below = {shape: _evaluated(shapes, shape) for shape in self._targets}
        self._engine = _load(_pushed_down(shapes, self._targets))
        asked = {value for predicate in (SH.targetClass, SH["class"]) for value in shapes.objects(None, predicate)}
        self.superclasses = superclasses(ontology, asked)
        self.asked = asked

    def focus_nodes(self, data: Graph) -> dict[str, int]:
        """Return how many nodes each shape with targets checks in this data, sorted by shape."""
        counts = {str(shape): len(_focus(data, targets)) for shape, targets in self._targets.items()}
        return dict(sorted(counts.items()))

    def validate(
        self, data: Graph, focus_nodes: Mapping[str, int], *, only: Collection[str] | None = None
    ) -> tuple[ValidationResult, ...]:
        """Return what violates a shape, sorted; only shapes with a focus node are evaluated.

        Args:
            data: With closed classes, see :func:`close_types`.
            focus_nodes: How many nodes each shape with targets checks.
            only: Evaluate no shapes but these.

        Raises:
            ShapeError: A constraint is not well formed.
        """
        below = (str(part) for shape, parts in self._below.items() if focus_nodes[str(shape)] for part in parts)
        live = [part for part in below if only is None or part in only]
        if not live:
            return ()
        return tuple(sorted(_results(_run(self._engine, data, live)), key=lambda result: result.sort_key))


def all_targets(shapes: Graph) -> dict[Node, list[Target]]:
    """Return the targets of every shape that has some, sorted."""
    targeted = sorted({shape for target in _TARGETS for shape in shapes.subjects(target)}, key=str)
    return {
        shape: [(kind, value) for kind in _TARGETS for value in sorted(shapes.objects(shape, kind), key=str)]
        for shape in targeted
    }


def _evaluated(shapes: Graph, shape: Node) -> list[Node]:
    """Return the shape itself and the property shapes to which its targets are pushed down."""
    return [shape, *_named_parts(shapes, shape)]


def _named_parts(shapes: Graph, shape: Node) -> list[Node]:
    """Return the property shapes of a shape that have IRIs; pySHACL is told what to evaluate by IRI."""
    return sorted((part for part in shapes.objects(shape, SH.property) if isinstance(part, URIRef)), key=str)


def _pushed_down(shapes: Graph, targets: Mapping[Node, list[Target]]) -> Graph:
    pushed = Graph("SimpleMemory", bind_namespaces="none")
    pushed += shapes
    for shape, found in targets.items():
        for part in _named_parts(shapes, shape):
            for kind, value in found:
                pushed.add((part, kind, value))
            pushed.remove((shape, SH.property, part))
    return pushed


def _focus(data: Graph, targets: list[Target]) -> set[Node]:
    found: set[Node] = set()
    for kind, value in targets:
        if kind == SH.targetClass:
            found.update(data.subjects(RDF.type, value))
        elif kind == SH.targetSubjectsOf:
            found.update(data.subjects(value))
        elif kind == SH.targetObjectsOf:
            found.update(data.objects(None, value))
        else:
            found.add(value)
    return found


def superclasses(ontology: Graph, asked: Collection[Node]) -> dict[Node, tuple[Node, ...]]:
    """Return, for every class, those above it that are asked about, however far, sorted."""
    found = {}
    for name in set(ontology.subjects(RDFS.subClassOf)):
        above = {c for c in ontology.transitive_objects(name, RDFS.subClassOf) if c is not None and c != name}
        found[name] = tuple(sorted(above.intersection(asked), key=str))
    return found


def close_types(data: Graph, above: Mapping[Node, tuple[Node, ...]]) -> None:
    """Add to a graph, for every typed node, the classes above its own."""
    for node, kind in list(data.subject_objects(RDF.type)):
        for superclass in above.get(kind, ()):
            data.add((node, RDF.type, superclass))


def _load(shapes: Graph) -> ShapesGraph:
    from pyshacl import ShapesGraph  # here, since it takes 0.3 s and only validating needs it
    from pyshacl.errors import ReportableRuntimeError

    _check_lists(shapes)
    engine = ShapesGraph(shapes, logger=_LOG)
    try:
        list(engine.shapes)
    except (ReportableRuntimeError, ValueError, re.error) as error:
        raise _broken(error) from error
    return engine


def _check_lists(shapes: Graph) -> None:
    """Refuse broken RDF lists, which pySHACL would take for shorter ones."""
    for predicate in (SH["in"], SH["or"], SH["and"], SH.xone, SH.alternativePath):
        for subject, value in shapes.subject_objects(predicate):
            if not len(RdfList(shapes, value)):
                raise ShapeError(f"{subject} has an empty list at sh:{predicate.removeprefix(_SH)}", where="shapes")


def _run(engine: ShapesGraph, data: Graph, live: list[str]) -> Graph:
    from pyshacl import Validator
    from pyshacl.errors import ReportableRuntimeError
    from pyshacl.graph_abstraction import DataGraph

    options = {"inplace": True, "use_shapes": live, "logger": _LOG}
    validator = Validator(DataGraph.from_rdflib(data), shacl_graph=engine.graph, options=options)
    validator.shacl_graph = engine  # loaded once, not for every document
    try:
        with warnings.catch_warnings():
            # rdflib takes "cannot tell" for "less" where it meets the ill-typed value second
            warnings.filterwarnings("error", "NotImplemented should not be used", DeprecationWarning)
            report: Graph = validator.run()[1]  # type: ignore[no-untyped-call]  # pySHACL leaves run() untyped
    except (ReportableRuntimeError, ValueError, re.error) as error:
        raise _broken(error) from error
    except (TypeError, ArithmeticError, DeprecationWarning) as error:  # rdflib, when it orders what is ill-typed
        raise _incomparable(data, error) from error
    return report


def _incomparable(data: Graph, error: Exception) -> Exception:
    """Return what to raise where values of the data could not be compared."""
    bad = sorted((s, p, o) for s, p, o in data if isinstance(o, Literal) and (o.ill_typed or str(o) == "NaN"))
    if not bad:
        return error
    subject, predicate, value = bad[0]
    kind = str(value.datatype).removeprefix(str(XSD))
    return ShapeError(
        f"{str(value)!r} is no {kind} and cannot be compared with other values of <{predicate}>",
        where=str(subject),
        remedy="Correct it, then validate again",
    )


def _broken(error: Exception) -> ShapeError:
    first = str(error).partition("\n")[0]
    return ShapeError(f"a shape is not well formed: {first}", where="shapes", remedy="Correct the shape")


def _results(report: Graph) -> Iterator[ValidationResult]:
    for result in report.subjects(RDF.type, SH.ValidationResult):
        path = report.value(result, SH.resultPath)
        value = report.value(result, SH.value)
        messages = sorted(str(message) for message in report.objects(result, SH.resultMessage))
        yield ValidationResult(
            focus=str(report.value(result, SH.focusNode)),
            shape=str(report.value(result, SH.sourceShape)),
            path=str(path) if path is not None and not isinstance(path, BNode) else None,
            value=None if value is None else str(value),
            message=" ".join(messages),
            severity=str(report.value(result, SH.resultSeverity)).removeprefix(_SH),
        )
