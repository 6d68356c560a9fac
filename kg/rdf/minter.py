"""What mints the terms of a graph: each value has one canonical form, whatever a term is represented by.

:class:`kg.rdf.terms.RdfTerms` makes rdflib's terms, :class:`kg.rdf.nquads.LineTerms` their N-Quads text, which takes a
twentieth of the time. Whoever writes a graph takes a minter, so that both say the same.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date, datetime
from decimal import Decimal
from typing import Generic, TypeVar

from kg import iris
from kg.errors import MappingError
from kg.rdf import lexical

__all__ = ["Minter"]

T = TypeVar("T")


class Minter(ABC, Generic[T]):
    """Makes terms of one representation.

    Names of the vocabulary are looked up by CURIE, ``mint["kg:evidence"]``, and are minted once.
    """

    def __init__(self) -> None:
        self._names: dict[str, T] = {}

    @abstractmethod
    def uri(self, iri: str) -> T:
        """Return an IRI as a term.

        Raises:
            MappingError: It has no scheme, or a character that no IRI may have.
        """

    @abstractmethod
    def literal(self, text: str, datatype: str | None = None) -> T:
        """Return a literal of a datatype given as a CURIE, or a plain string; the text is taken as it is."""

    def __getitem__(self, curie: str) -> T:
        found = self._names.get(curie)
        if found is None:
            found = self._names[curie] = self.name(curie)
        return found

    def name(self, curie: str, base: str = iris.DEFAULT_BASE) -> T:
        """Return the term of a CURIE of the vocabulary, or of a full IRI (a user's own class).

        Raises:
            MappingError: The prefix is not one of the vocabulary, and it is no IRI either.
        """
        prefix, _, local = curie.partition(":")
        known = iris.prefixes(base)
        if prefix in known:
            return self.uri(known[prefix] + local)
        if local.startswith("//") or prefix == "urn":
            return self.uri(curie)
        raise MappingError(f"the prefix {prefix!r} of {curie!r} is not declared; known: {', '.join(sorted(known))}")

    def text(self, value: str) -> T:
        """Return a plain string."""
        return self.literal(value)

    def any_uri(self, value: str) -> T:
        """Return a web address as a literal: what sources give as addresses need not be valid IRIs."""
        return self.literal(value, "xsd:anyURI")

    def integer(self, value: int) -> T:
        """Return an ``xsd:integer``."""
        return self.literal(str(value), "xsd:integer")

    def boolean(self, value: bool) -> T:
        """Return an ``xsd:boolean``."""
        return self.literal("true" if value else "false", "xsd:boolean")

    def number(self, value: Decimal) -> T:
        """Return an ``xsd:decimal``, see :func:`kg.rdf.lexical.decimal`.

        Raises:
            MappingError: It is not finite.
        """
        return self.literal(lexical.decimal(value), "xsd:decimal")

    def day(self, value: date) -> T:
        """Return an ``xsd:date``."""
        return self.literal(value.isoformat(), "xsd:date")

    def instant(self, value: datetime) -> T:
        """Return an ``xsd:dateTime`` in UTC, to the second."""
        return self.literal(lexical.instant(value), "xsd:dateTime")

    def time(self, text: str) -> T:
        """Return a date as precise as it is written: ``xsd:date``, ``xsd:gYearMonth`` or ``xsd:gYear``.

        Raises:
            MappingError: It is none of the three.
        """
        return self.literal(text, lexical.time_type(text))

    def duration(self, text: str) -> T:
        """Return an ``xsd:duration``, see :func:`kg.rdf.lexical.duration`.

        Raises:
            MappingError: It is no duration of whole units.
        """
        return self.literal(lexical.duration(text), "xsd:duration")
