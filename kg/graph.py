"""The Python API: build a graph, open it, ask it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.config import Settings
from kg.errors import QueryError
from kg.iris import Iris, prefixes
from kg.query import Result, Value, read_query, run
from kg.store.workspace import Workspace

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    from rdflib import Dataset

    from kg.builder import BuildReport, Sources
    from kg.lexicon.check import LexiconReport
    from kg.page.write import WrittenPage
    from kg.show.disputes import Disputes
    from kg.show.evidence import Evidence
    from kg.show.explain import Explanation
    from kg.show.notebook.graphs import GraphView
    from kg.show.whynot import WhyNot
    from kg.store.export import Quotes
    from kg.validate import ValidationReport

__all__ = ["Graph", "build", "open_graph"]

_FIRED = "SELECT ?rule (COUNT(DISTINCT ?claim) AS ?n) WHERE { ?claim kg:rule ?rule } GROUP BY ?rule"
_UNTYPED = """SELECT ?predicate (COUNT(DISTINCT ?claim) AS ?n) WHERE {
  ?claim a kg:ActClaim ; kg:predicate ?predicate
} GROUP BY ?predicate"""


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
        return run(self.store, read_query(query), params=params, base=self.settings.base)

    def network(self) -> nx.MultiDiGraph[str]:
        """Return the direct triples between canonical entities, see :func:`kg.store.network.network`."""
        from kg.store.network import network

        return network(self.store, self.iris)

    def events(self, **params: Value) -> pd.DataFrame:
        """Return the events as a table of PLOVER rows, see :mod:`kg.analysis.events`.

        Args:
            params: ``entity``, ``since`` and ``until`` leave out other events.

        Raises:
            QueryError: pandas is not installed, or a parameter is wrong.
        """
        from kg.analysis.events import read_events

        return read_events(self.store, params=params, base=self.settings.base)

    def page(self, path: str | os.PathLike[str], *, limit: int = 5000, title: str = "") -> WrittenPage:
        """Write a page to explore the graph in a browser: one file that needs nothing else and asks no server.

        Args:
            path: Of the file, which is overwritten.
            limit: The most entities that it holds, the most important ones first.
            title: Stands above the page; the name of the graph's folder unless given.

        Raises:
            ResourceError: This installation has no page: it was not built.
            KGError: The file cannot be written.
        """
        from kg.lexicon import load_lexicon
        from kg.page.bundle import page_title
        from kg.page.write import write_page

        lexicon = load_lexicon(self.settings.lexicon)
        title = title or page_title(self.workspace.path)
        return write_page(self.store, Path(path), lexicon=lexicon, title=title, limit=limit, base=self.settings.base)

    def view(self, *, limit: int = 200, height: int = 680) -> GraphView:
        """Return the graph to explore in a notebook: its page in a frame, above a picture for where that cannot be.

        Args:
            limit: The most entities that it holds, the most important ones first.
            height: Of the frame, in pixels.
        """
        from kg.lexicon import load_lexicon
        from kg.page.bundle import page_title
        from kg.show.notebook.graphs import read_view

        lexicon, name = load_lexicon(self.settings.lexicon), page_title(self.workspace.path)
        return read_view(self.store, lexicon, name=name, limit=limit, height=height, base=self.settings.base)

    def explain(self, subject: str, predicate: str, thing: str) -> Explanation:
        """Return what speaks for and against a direct triple, each claim with its sentence.

        Args:
            subject: Name, CURIE or IRI of an entity.
            predicate: Local name (``lendsTo``), CURIE, label or IRI of a property.
            thing: Name, CURIE or IRI of an entity.

        Returns:
            With ``found`` False, and the claims that name both, where the graph has no such triple.

        Raises:
            QueryError: An entity or the property is unknown.
        """
        from kg.show.explain import explain

        return explain(self.store, self.text, subject, predicate, thing, base=self.settings.base)

    def claim(self, claim: str) -> Evidence:
        """Return one claim with its source and its sentence.

        Args:
            claim: Its hash, CURIE or IRI.

        Raises:
            QueryError: The graph has no such claim.
        """
        from kg.show.evidence import read_evidence

        iri = self.iris.claim(claim.rpartition("/")[2].rpartition(":")[2])
        found = read_evidence(self.store, [iri], texts=self.text, base=self.settings.base)
        if not found:
            raise QueryError(f"the graph has no claim {claim!r}", remedy="'kg query evidence' lists the claims")
        return found[0]

    def disputes(self, entity: str | None = None) -> Disputes:
        """Return what sources differ on, each value with the claims that give it.

        Args:
            entity: Only disputes on events in which this entity plays a role: a name, CURIE or IRI.

        Raises:
            QueryError: The entity is unknown.
        """
        from kg.show.disputes import Disputes, read_disputes
        from kg.store.claims import ClaimReader

        result = self.query("disputes", **({"entity": entity} if entity else {}))
        at = result.columns.index("event")
        events = dict.fromkeys(getattr(row[at], "value", "") for row in result.terms)
        reader = ClaimReader(self.store, base=self.settings.base)
        return Disputes(dispute for event in events for dispute in read_disputes(reader, event))

    def check_lexicon(self, *packs: Path | str) -> LexiconReport:
        """Return which triggers never fired in the graph, and the most frequent predicates that no class takes.

        Args:
            packs: Lexicon packs that the graph was not built with, to be judged as well.
        """
        from kg.lexicon import load_lexicon
        from kg.lexicon.check import check_lexicon

        lexicon = load_lexicon((*self.settings.lexicon, *map(Path, packs)))
        return check_lexicon(lexicon, self._counted(_FIRED), self._counted(_UNTYPED))

    def _counted(self, query: str) -> Counter[str]:
        return Counter({str(name): int(str(number)) for name, number in self.query(query).rows})

    def why_not(self, subject: str, predicate: str, thing: str) -> WhyNot:
        """Return what stopped a direct triple, see :func:`kg.show.whynot.why_not`.

        Raises:
            QueryError: The property is unknown.
        """
        from kg.fuse.kept.withheld import Withheld
        from kg.lexicon import load_lexicon
        from kg.show.whynot import why_not

        settings, lexicon = self.settings, load_lexicon(self.settings.lexicon)
        if self.generation is None:  # Workspace.open has made sure of it
            raise ValueError("the workspace has no graph")
        store, ledger = self.store, self.generation.open_ledger()
        try:
            return why_not(
                store,
                subject,
                predicate,
                thing,
                lexicon=lexicon,
                threshold=settings.threshold,
                base=settings.base,
                withheld=Withheld(ledger.database, lexicon, settings.threshold),
            )
        finally:
            ledger.close()

    def text(self, document_id: str) -> str:
        """Return the stored text of a document.

        Args:
            document_id: Its hash, CURIE or IRI.

        Raises:
            StoreError: The graph has no such document.
        """
        return self.workspace.text(document_id.rpartition("/")[2].rpartition(":")[2].partition("#")[0])

    def export(self, path: str | os.PathLike[str], *, quotes: Quotes = "full") -> int:
        """Write the graph to a file (.ttl, .trig, .nq, .jsonld, .graphml), or its events as a table (.csv, .parquet).

        See :func:`kg.store.export.export` and :func:`kg.analysis.events.write_events`.
        """
        from kg.analysis.events import ENDINGS, write_events
        from kg.store.export import export

        if Path(path).suffix in ENDINGS:
            return write_events(self.events(), Path(path))
        return export(self.store, Path(path), iris=self.iris, prefixes=self.prefixes, quotes=quotes)

    def validate(self) -> ValidationReport:
        """Validate the graph as a whole, with the lexicon of its settings.

        The union of its named graphs is held in memory, about 1.2 GB for a million quads.

        Raises:
            ShapeError: The shapes themselves are broken.
            StoreError: A file of the store is damaged.
        """
        from kg.lexicon import load_lexicon
        from kg.validate import validate_graph
        from kg.validate.read import union_of

        if self.generation:
            self.generation.check_store()
        return validate_graph(union_of(self.store), load_lexicon(self.settings.lexicon))

    def close(self) -> None:
        """Let go of the store."""
        self.__dict__.pop("dataset", None)
        self.__dict__.pop("store", None)

    def __enter__(self) -> Graph:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @cached_property
    def _view(self) -> GraphView:
        return self.view()

    def _repr_html_(self) -> str:
        """Show what the graph holds, and its network, in a notebook."""
        return self._view._repr_html_()

    def _repr_svg_(self) -> str | None:
        return self._view._repr_svg_()

    def __repr__(self) -> str:
        return f"<kg.Graph {self.workspace.path}>"
