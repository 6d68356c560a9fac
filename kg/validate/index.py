"""The triples of one document, laid out for checking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

__all__ = ["RDF_TYPE", "TripleIndex"]

RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


class TripleIndex:
    """Triples as N-Quads text by predicate and subject, with the classes of every node closed.

    Args:
        triples: Each once.
        types: More ``rdf:type`` triples, as pairs of node and class: of entities, which stand in another graph.
        above: The classes above each class.
    """

    __slots__ = ("instances", "objects")

    def __init__(
        self,
        triples: Iterable[tuple[str, str, str]],
        types: Iterable[tuple[str, str]],
        above: Mapping[str, Sequence[str]],
    ) -> None:
        self.objects: dict[str, dict[str, list[str]]] = {RDF_TYPE: {}}
        """Predicate -> subject -> its values, each once."""
        for subject, predicate, value in triples:
            subjects = self.objects.get(predicate)
            if subjects is None:
                subjects = self.objects[predicate] = {}
            values = subjects.get(subject)
            if values is None:
                subjects[subject] = [value]
            else:
                values.append(value)
        self.instances: dict[str, dict[str, None]] = {}
        """Class -> its nodes."""
        self._close_types(types, above)

    def _close_types(self, types: Iterable[tuple[str, str]], above: Mapping[str, Sequence[str]]) -> None:
        typed = self.objects[RDF_TYPE]
        for node, kind in types:
            typed.setdefault(node, []).append(kind)
        for node, kinds in typed.items():
            closed = dict.fromkeys(kinds)
            for kind in kinds:
                closed.update(dict.fromkeys(above.get(kind, ())))
            typed[node] = list(closed)
            for kind in closed:
                self.instances.setdefault(kind, {})[node] = None
