"""Say why a claim that is sure enough asserts no direct triple: what the gate or its ends held against it."""

from __future__ import annotations

import sqlite3
from decimal import Decimal

from kg.codec import Codec
from kg.fuse.facts import Fact
from kg.fuse.gate import load_gate
from kg.fuse.kept.claims import role_keys
from kg.fuse.statements import supports
from kg.fuse.trust import Ends
from kg.lexicon import Lexicon

__all__ = ["Withheld"]

_FACT = Codec(Fact, level=1)
# What is told of a triple apart from doubts; the rest is nothing that a reader could weigh.
_NEUTRAL = frozenset({"office", "planned", "symmetric"})


class Withheld:
    """Tells what stopped direct triples of a world that has been fused.

    Args:
        database: Holds the tables of :mod:`kg.fuse.kept.tables`; only read.
        lexicon: Gives the direct properties.
        threshold: The confidence that a claim needs.
    """

    def __init__(self, database: sqlite3.Connection, lexicon: Lexicon, threshold: Decimal) -> None:
        self._database = database
        self._lexicon = lexicon
        self._threshold = threshold
        self._gate = load_gate()

    def __call__(self, claim: str, subject: str, thing: str) -> str:
        """Return why a claim does not assert a triple of two entities, "" where nothing here stopped it.

        Args:
            claim: Its hash.
            subject: The canonical key of the triple's subject.
            thing: That of its object.
        """
        row = self._database.execute("SELECT data FROM fact WHERE claim = ?", (claim,)).fetchone()
        fact = _FACT.decode(row[0]) if row else None
        if fact is None or not supports(fact.claim, self._threshold):
            return ""
        keys = sorted(role_keys([fact]))
        ends = Ends(self._found("SELECT type FROM entity WHERE key = ?", keys), self._sides(keys))
        refused = ends.refusal(fact.claim, (subject, thing), fact.marks, self._lexicon)
        return refused or self._weighed(fact, (subject, thing))

    def _weighed(self, fact: Fact, pair: tuple[str, str]) -> str:
        probability = self._gate.probability(fact.claim, pair, fact.marks, self._lexicon)
        if probability >= self._gate.threshold:
            return ""
        doubts = sorted(self._gate.features(fact.claim, pair, fact.marks, self._lexicon) - _NEUTRAL)
        told = f" ({', '.join(doubt.replace('_', ' ') for doubt in doubts)})" if doubts else ""
        return (
            f"the gate of direct triples: probability {probability:.2f} that the sentence says so of both{told}, "
            f"below the threshold of {self._gate.threshold:.2f}"
        )

    def _sides(self, keys: list[str]) -> dict[str, str]:
        return self._found("SELECT party FROM side WHERE person = ?", keys)

    def _found(self, query: str, keys: list[str]) -> dict[str, str]:
        found = ((key, self._database.execute(query, (key,)).fetchone()) for key in keys)
        return {key: row[0] for key, row in found if row and row[0]}
