"""Screen a document's triples by plain checks, so that pySHACL looks only at what is in doubt.

The checks are compiled from the shapes graph itself. What passes them surely conforms; whatever they doubt, and every
shape that could not be compiled, is for pySHACL to judge (:mod:`kg.validate.shapes`). On a document of 500 triples that
is 1 ms instead of 20.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from rdflib import RDF, SH, Graph, URIRef
from rdflib.term import Node

from kg.errors import ShapeError
from kg.iris import Iris
from kg.lexicon import Lexicon
from kg.lexicon.compile import ontology_graph, shapes_graph
from kg.rdf.nquads import LINE_TERMS, LineTriple, term
from kg.validate.checks import Check
from kg.validate.compiler import Compiler, NotCompiledError
from kg.validate.index import TripleIndex
from kg.validate.literals import lexical
from kg.validate.shapes import Target, all_targets, prepare, superclasses

__all__ = ["Doubt", "Screen", "Screening", "screen_document", "screen_of", "typed_entities"]


@dataclass(frozen=True, slots=True, order=True)
class Doubt:
    """A shape that may be violated, with the focus node; None stands for all where the shape could not be compiled."""

    shape: str
    focus: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """What screening found: how many nodes each shape with targets checks, and what is in doubt, sorted."""

    focus_nodes: Mapping[str, int]
    doubts: tuple[Doubt, ...] = ()

    @property
    def checked(self) -> int:
        """How many focus nodes there were, each as often as shapes looked at it."""
        return sum(self.focus_nodes.values())

    @property
    def conforms(self) -> bool:
        """True when something was checked and nothing is in doubt."""
        return self.checked > 0 and not self.doubts

    @property
    def shapes(self) -> frozenset[str]:
        """The shapes in doubt, which pySHACL has to evaluate."""
        return frozenset(doubt.shape for doubt in self.doubts)


class Screen:
    """Shapes compiled into checks.

    Args:
        shapes: The shapes graph.
        ontology: Gives the class hierarchy.
    """

    def __init__(self, shapes: Graph, ontology: Graph) -> None:
        self._targets = {shape: _Targets(found) for shape, found in all_targets(shapes).items()}
        self._checks: dict[Node, list[Check]] = {}
        self.left_out: dict[Node, list[str]] = {}
        """The shapes below each shape with targets that could not be compiled."""
        compiler = Compiler(shapes)
        for shape in self._targets:
            self._compile(shape, shapes, compiler)
        said = {*shapes.subjects(SH.path), *shapes.subjects(RDF.type, SH.NodeShape), *self._targets}
        self.complete = not any(self.left_out.values()) and said <= compiler.compiled
        """Whether every shape of the graph was compiled; pySHACL has to say if the others are well formed."""
        asked = {value for predicate in (SH.targetClass, SH["class"]) for value in shapes.objects(None, predicate)}
        above = superclasses(ontology, asked)
        self._above = {term(name): [term(kind) for kind in kinds] for name, kinds in above.items() if kinds}

    @property
    def has_targets(self) -> bool:
        """Whether any shape says what it checks."""
        return bool(self._targets)

    def _compile(self, shape: Node, shapes: Graph, compiler: Compiler) -> None:
        self._checks[shape], self.left_out[shape] = [], []
        for part in (shape, *sorted(shapes.objects(shape, SH.property), key=str)):
            # one without an IRI can only be evaluated with the shape that it is part of
            name = str(part if isinstance(part, URIRef) else shape)
            try:
                check = compiler.check(part, own=part == shape)
            except NotCompiledError:
                self.left_out[shape].append(name)
            else:
                if not check.demands_nothing:
                    self._checks[shape].append(replace(check, shape=name))

    def screen(self, triples: Iterable[LineTriple], types: Iterable[tuple[str, str]]) -> Screening:
        """Check the triples of a document.

        Args:
            triples: Each once.
            types: The classes of entities that it names, as pairs of node and class.
        """
        index = TripleIndex(triples, types, self._above)
        counts: dict[str, int] = {}
        doubts: set[Doubt] = set()
        for shape, targets in self._targets.items():
            nodes = targets.nodes(index)
            counts[str(shape)] = len(nodes)
            if nodes:
                doubts.update(self._doubts(shape, nodes, index))
        return Screening(focus_nodes=counts, doubts=tuple(sorted(doubts, key=lambda d: (d.shape, d.focus or ""))))

    def _doubts(self, shape: Node, nodes: Collection[str], index: TripleIndex) -> Iterator[Doubt]:
        for check in self._checks[shape]:
            for node in check.doubted(index, nodes):
                yield Doubt(check.shape, lexical(node))
        for left_out in self.left_out[shape]:
            yield Doubt(left_out, None)


class _Targets:
    """What the targets of one shape select."""

    def __init__(self, targets: Iterable[Target]) -> None:
        self._targets = [(kind, term(value)) for kind, value in targets]

    def nodes(self, index: TripleIndex) -> Collection[str]:
        if len(self._targets) == 1:
            return self._select(index, *self._targets[0])
        return {node for target in self._targets for node in self._select(index, *target)}

    def _select(self, index: TripleIndex, kind: Node, value: str) -> Collection[str]:
        if kind == SH.targetClass:
            return index.instances.get(value, ())
        if kind == SH.targetSubjectsOf:
            return index.objects.get(value, {}).keys()
        if kind == SH.targetObjectsOf:
            return {found for values in index.objects.get(value, {}).values() for found in values}
        return (value,)


@lru_cache(maxsize=4)
def screen_of(lexicon: Lexicon) -> Screen:
    """Return the screen of a lexicon, made ready once.

    Raises:
        ShapeError: No shape has a target, or one that cannot be compiled is not well formed.
    """
    screen = Screen(shapes_graph(lexicon), ontology_graph(lexicon))
    if not screen.has_targets:
        raise ShapeError(
            "no shape has a target, so nothing would be checked", where="shapes", remedy="Reinstall kg-news, or add one"
        )
    if not screen.complete:
        prepare(lexicon)
    return screen


def screen_document(
    triples: Iterable[LineTriple], entity_types: Mapping[str, str], lexicon: Lexicon, *, iris: Iris | None = None
) -> Screening:
    """Screen the triples of one document.

    Args:
        triples: Layers 1 and 2.
        entity_types: The key of each entity that it names with the CURIE of its class.
        lexicon: Gives shapes and class hierarchy.
        iris: Mints the entities' IRIs from keys; needed for another base than the default.

    Raises:
        ShapeError: The shapes themselves are broken.
    """
    return screen_of(lexicon).screen(triples, typed_entities(entity_types, iris or Iris()))


def typed_entities(entity_types: Mapping[str, str], iris: Iris) -> list[tuple[str, str]]:
    """Return keys of entities with the CURIEs of their classes as pairs of terms in N-Quads syntax."""
    return [(f"<{iris.entity(key)}>", LINE_TERMS[curie]) for key, curie in entity_types.items()]
