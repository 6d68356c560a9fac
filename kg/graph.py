"""The Python API: build a graph, open it, ask it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.config import Settings
from kg.iris import Iris, prefixes
from kg.query import Result, Value, load_query, parse_query, resolve_entity, resolve_property, run
from kg.query.engine import solutions
from kg.store.workspace import Workspace

if TYPE_CHECKING:
    import networkx as nx
    from rdflib import Dataset

    from kg.builder import BuildReport, Sources
    from kg.store.export import Quotes

__all__ = ["Evidence", "Graph", "build", "open_graph"]


def build(sources: Sources, *, graph: Path | str = "kg-graph", **options: Any) -> Graph:
    """Bring a workspace's graph up to date with sources and open it; options as for :func:`kg.builder.build_graph`.

    What was done, with the documents that failed, is in :attr:`Graph.report`.

    Raises:
        KGError: The workspace, settings, lexicon, model or shapes cannot be used.
    """
    from kg.builder import build_graph

    report = build_graph(sources, graph=graph, **options)
    opened = open_graph(graph)
    opened.report = report
    return opened


def open_graph(graph: Path | str = "kg-graph") -> Graph:
    """Open a workspace's graph for reading.

    Raises:
        StoreError: There is no graph, it is damaged or of another format.
    """
    return Graph(Workspace.open(Path(graph)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One claim for or against a direct triple, with the place where it says so.

    ``start`` and ``end`` are the sentence's offsets in the document's text, ``trigger`` those of the words that carry
    the claim, within the sentence. ``speakers`` are labels, empty where the
    source says it in its own voice; ``supports`` is False for a denial.
    """

    claim: str
    event: str
    supports: bool
    document: str
    source_path: str
    publisher: str | None
    published: date
    speakers: tuple[str, ...]
    via: tuple[str, ...]
    polarity: str
    modality: str
    confidence: Decimal
    rule: str
    sentence: str
    start: int
    end: int
    trigger: tuple[int, int]


class Graph:
    """A graph, open for reading: one immutable generation of a workspace.

    Args:
        workspace: One that has been built.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.generation = workspace.current()
        self.settings: Settings = workspace.settings() or Settings()
        self.report: BuildReport | None = None

    @property
    def iris(self) -> Iris:
        """The minter of IRIs under the graph's base."""
        return self.settings.iris

    @cached_property
    def store(self) -> ox.Store:
        """The Oxigraph store, read only."""
        if self.generation is None:  # Workspace.open has made sure of it
            raise ValueError("the workspace has no graph")
        return self.generation.open_store()

    @cached_property
    def dataset(self) -> Dataset:
        """The graph as an rdflib data set over the store; its default graph is the union of all graphs."""
        from oxrdflib import OxigraphStore
        from rdflib import Dataset

        dataset = Dataset(store=OxigraphStore(store=self.store), default_union=True)
        for prefix, namespace in self.prefixes.items():
            dataset.bind(prefix, namespace)
        return dataset

    @property
    def prefixes(self) -> Mapping[str, str]:
        """The vocabulary's prefixes, and those of the user's lexicon packs."""
        own: dict[str, str] = {}
        if self.settings.lexicon:
            from kg.lexicon import load_lexicon

            own.update(load_lexicon(self.settings.lexicon).prefixes)
        return prefixes(self.settings.base) | own

    def query(self, query: str | os.PathLike[str], **params: Value) -> Result:
        """Answer a named query, a query file or SPARQL text.

        Args:
            query: A name (``"who-met-whom"``), a path that ends in ``.rq``, or SPARQL.
            params: Values of the query's parameters; names of entities are resolved.

        Raises:
            QueryError: There is no such query, it is not SPARQL, or a parameter is wrong.
        """
        text = os.fspath(query)
        is_sparql = "{" in text
        named = parse_query(text) if is_sparql else load_query(text)
        return run(self.store, named, params=params, base=self.settings.base)

    def network(self) -> nx.MultiDiGraph[str]:
        """Return the direct triples between canonical entities, see :func:`kg.store.network.network`."""
        from kg.store.network import network

        return network(self.store, self.iris)

    def explain(self, subject: str, predicate: str, thing: str) -> tuple[Evidence, ...]:
        """Return the claims for and against a direct triple: supporting ones first, then by date and place.

        Args:
            subject: Name, CURIE or IRI of an entity.
            predicate: Local name (``lendsTo``), CURIE, label or IRI of a property.
            thing: Name, CURIE or IRI of an entity.

        Returns:
            Empty where the graph has no such triple.

        Raises:
            QueryError: An entity or the property is unknown.
        """
        base = self.settings.base
        bound = {
            "s": resolve_entity(self.store, subject, base=base),
            "p": resolve_property(self.store, predicate, base=base),
            "o": resolve_entity(self.store, thing, base=base),
        }
        rows = solutions(self.store, _EVIDENCE, base=base, **bound)
        found = [_evidence({str(v.value): row[v] for v in rows.variables}) for row in rows]
        return tuple(sorted(found, key=lambda e: (not e.supports, e.published, e.document, e.start, e.claim)))

    def text(self, document_id: str) -> str:
        """Return the stored text of a document.

        Args:
            document_id: Its hash, CURIE or IRI.

        Raises:
            StoreError: The graph has no such document.
        """
        return self.workspace.text(document_id.rpartition("/")[2].rpartition(":")[2].partition("#")[0])

    def export(self, path: str | os.PathLike[str], *, quotes: Quotes = "full") -> int:
        """Write the graph to a file (.ttl, .trig, .nq, .jsonld, .graphml), see :func:`kg.store.export.export`."""
        from kg.store.export import export

        return export(self.store, Path(path), iris=self.iris, prefixes=self.prefixes, quotes=quotes)

    def close(self) -> None:
        """Let go of the store."""
        self.__dict__.pop("dataset", None)
        self.__dict__.pop("store", None)

    def __enter__(self) -> Graph:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<kg.Graph {self.workspace.path}>"


_EVIDENCE = """
SELECT ?s ?p ?o ?claim ?event ?stance ?document ?path ?publisher ?published ?polarity ?modality ?confidence ?rule
       ?sentence ?start ?end ?tstart ?tend
       (GROUP_CONCAT(DISTINCT ?who; separator="\\u001F") AS ?speakers)
       (GROUP_CONCAT(DISTINCT ?messenger; separator="\\u001F") AS ?via)
WHERE {
  ?stmt rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; ?stance ?claim .
  VALUES ?stance { kg:supportedBy kg:deniedBy }
  ?claim kg:event ?event ; prov:hadPrimarySource ?document ; kg:evidence ?span ; kg:trigger ?trigger ;
         kg:polarity ?polarity ; kg:modality ?modality ; kg:confidence ?confidence ; kg:rule ?rule .
  ?span nif:anchorOf ?sentence ; nif:beginIndex ?start ; nif:endIndex ?end .
  ?trigger nif:beginIndex ?tstart ; nif:endIndex ?tend .
  ?document kg:sourcePath ?path ; schema:datePublished ?published .
  OPTIONAL { ?document schema:publisher/rdfs:label ?publisher }
  OPTIONAL { ?claim kg:attributedTo/rdfs:label ?who }
  OPTIONAL { ?claim kg:via/rdfs:label ?messenger }
}
GROUP BY ?s ?p ?o ?claim ?event ?stance ?document ?path ?publisher ?published ?polarity ?modality ?confidence ?rule
         ?sentence ?start ?end ?tstart ?tend
"""


def _evidence(row: Mapping[str, Any]) -> Evidence:
    def text(name: str) -> str:
        return row[name].value if row[name] is not None else ""

    def local(name: str) -> str:
        return text(name).rpartition("/")[2].rpartition("#")[2]

    start = int(text("start"))
    return Evidence(
        claim=local("claim"),
        event=local("event"),
        supports=text("stance").endswith("supportedBy"),
        document=local("document"),
        source_path=text("path"),
        publisher=text("publisher") or None,
        published=date.fromisoformat(text("published")),
        speakers=_labels(text("speakers")),
        via=_labels(text("via")),
        polarity=local("polarity"),
        modality=local("modality"),
        confidence=Decimal(text("confidence")),
        rule=text("rule"),
        sentence=text("sentence"),
        start=start,
        end=int(text("end")),
        trigger=(int(text("tstart")) - start, int(text("tend")) - start),
    )


def _labels(joined: str) -> tuple[str, ...]:
    return tuple(sorted(filter(None, joined.split("\x1f"))))
