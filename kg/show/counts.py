"""How much a graph holds."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Store

from kg.iris import DEFAULT_BASE
from kg.query.engine import solutions

__all__ = ["Counts", "counted", "read_counts"]

_DOCUMENTS = """
SELECT (COUNT(DISTINCT ?document) AS ?documents) (COUNT(DISTINCT ?publisher) AS ?publishers)
  (MIN(?day) AS ?first) (MAX(?day) AS ?last) WHERE {
  ?document kg:lineage ?origin .
  OPTIONAL { ?document schema:publisher ?publisher } OPTIONAL { ?document schema:datePublished ?day }
}"""
_HOW_MANY = {
    "claims": "SELECT (COUNT(DISTINCT ?claim) AS ?n) WHERE { ?event kg:claim ?claim ; a kg:Event }",
    "events": "SELECT (COUNT(DISTINCT ?event) AS ?n) WHERE { ?event a kg:Event }",
    "disputes": "SELECT (COUNT(DISTINCT ?dispute) AS ?n) WHERE { ?dispute a kg:Dispute }",
    "entities": """SELECT (COUNT(DISTINCT ?entity) AS ?n) WHERE {
        ?entity kg:mentionCount ?mentions FILTER NOT EXISTS { ?entity kg:mergedBecause ?reason } }""",
    # a symmetric property stands in both directions and is one relation
    "relations": """SELECT (COUNT(DISTINCT ?statement) AS ?n) WHERE {
        ?statement rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o
        FILTER(STR(?s) <= STR(?o) || NOT EXISTS { ?p a owl:SymmetricProperty }) }""",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much the whole graph holds; ``first`` and ``last`` are the days between which its articles appeared."""

    documents: int
    publishers: int
    claims: int
    events: int
    disputes: int
    entities: int
    relations: int
    first: str = ""
    last: str = ""


def read_counts(store: Store, *, base: str = DEFAULT_BASE) -> Counts:
    """Count what a graph holds; entities that were merged into others and quarantines are left out.

    Args:
        store: Read only.
        base: The base of the graph's IRIs.
    """
    row = next(iter(solutions(store, _DOCUMENTS, base=base)))
    return Counts(
        documents=int(row["documents"].value),
        publishers=int(row["publishers"].value),
        first=row["first"].value if row["first"] else "",
        last=row["last"].value if row["last"] else "",
        **{what: int(next(iter(solutions(store, query, base=base)))["n"].value) for what, query in _HOW_MANY.items()},
    )


def counted(count: int, what: str) -> str:
    """Return a number with its noun, in the plural where that is right.

    >>> counted(1, "entity"), counted(1200, "entity"), counted(0, "claim")
    ('1 entity', '1,200 entities', '0 claims')
    """
    if count == 1:
        return f"1 {what}"
    return f"{count:,} {what[:-1]}ies" if what.endswith("y") else f"{count:,} {what}s"
